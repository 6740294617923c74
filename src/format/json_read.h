/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON, whatever wrote it.
 *
 * One row of 16 bytes a value, in the order of the text: where it stands, and where what comes
 * behind it begins.  Nothing is decoded before it is asked for.  What is not JSON but can only
 * mean one thing (a missing comma, NaN, half a surrogate pair, a text that breaks off) is read
 * and reported to the builder with its place. */
#pragma once

#include "base/vec.h"
#include "format/timed_words.h"

enum json_kind {
    JSON_NOTHING, /* no such value */
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

struct json_node {
    uint32_t at, len; /* of the text; a string's without its quotes */
    uint32_t after;   /* the row of the next value that is not inside this one */
    uint8_t kind;     /* of enum json_kind */
    bool escaped;     /* a string with a backslash */
};

/* A value's row. */
typedef uint32_t json_ref;
#define JSON_NONE UINT32_MAX

struct json_tree {
    vb_str source;
    struct builder *builder; /* who is told what was odd; NULL: nobody */
    VEC(struct json_node) nodes;
    struct arena decoded; /* strings that had escapes */
};

/* Reads one value of `text` from `*at` on, and moves `*at` behind it; row 0 is that value. The
 * tree may be read into again: old rows are forgotten. False: no JSON, `error` says where. */
bool json_parse(struct json_tree *tree, vb_str text, size_t *at, struct vb_error *error);
/* The whole text is one value; what follows it is reported. */
bool json_parse_all(struct json_tree *tree, vb_str text, struct vb_error *error);
void json_tree_free(struct json_tree *tree);

enum json_kind json_kind(const struct json_tree *tree, json_ref value); /* of JSON_NONE too */
struct vb_span json_span(const struct json_tree *tree, json_ref value);
/* The member of an object; JSON_NONE: there is none, or `object` is none. Of several with one
 * name the last counts, and it is reported. */
json_ref json_get(struct json_tree *tree, json_ref object, const char *name);
/* The first of several paths that leads to a value: "voice|speaker", "offsets.from", and
 * "timestamp.0" for the first of a list. */
json_ref json_find(struct json_tree *tree, json_ref from, const char *paths);
/* for (json_ref v = json_first(t, array); v != JSON_NONE; v = json_next(t, array, v)) */
json_ref json_first(const struct json_tree *tree, json_ref array);
json_ref json_next(const struct json_tree *tree, json_ref array, json_ref value);

/* A string decoded, a number as written; lives as long as the tree. Empty for all else. */
vb_str json_text(struct json_tree *tree, json_ref value);
/* A number, or a string that holds one, in units of `unit` microseconds; or a stamp
 * "00:00:01,500". VB_NO_TIME: null,
 * missing, or no time at all; the latter is reported. */
vb_time json_time_in(struct json_tree *tree, json_ref value, vb_time unit);
/* A number from 0 to 1; below 0: none. */
float json_share(const struct json_tree *tree, json_ref value);

/* Adds the string as pieces whose bytes are exact, escapes included. */
void json_add_pieces(struct json_tree *tree, json_ref value, struct piece like,
                     struct pieces *into);

/* Does the text begin like JSON, with an object or an array? */
bool json_looks_like(vb_str text);
/* A key of that name stands somewhere in the first 64 KB. */
bool json_has_key(vb_str text, const char *name);
