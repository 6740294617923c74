/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON objects that are cues: what all dialects have in common, told by the names of their
 * members. */
#pragma once

#include "format/cues.h"
#include "format/json_read.h"

/* Paths as json_find() takes them. NULL: the dialect has no such thing. */
struct cue_names {
    const char *start, *end, *text, *speaker;
    vb_time unit; /* of times that are numbers */
    const char *words, *word, *word_start, *word_end, *word_sure;
    const char *skipped; /* words that begin so are no words: "[_" of whisper.cpp */
};

struct json_cues {
    struct json_tree tree;
    const struct cue_names *names;
    struct cues cues;
    struct pieces text, pieces;
    struct {
        struct timed_word *items;
        size_t count, room;
    } words;
    json_ref beside; /* the next of the words that stand beside the segments, or JSON_NONE */
    json_ref beside_list;
    bool apart;       /* the text before ended with a line end */
    bool other_voice; /* said once: a word has another speaker than its segment */
};

/* Begins to read: the whole text to a tree. json_cues_end() in both cases. */
bool json_cues_begin(struct json_cues *j, const struct cue_names *names, vb_str text,
                     struct builder *b, struct vb_error *error);
void json_cues_end(struct json_cues *j);
/* Both, with what `take` does between. */
bool json_cues_read(const struct cue_names *names, vb_str text, struct builder *b,
                    bool (*take)(struct json_cues *j, struct vb_error *error),
                    struct vb_error *error);
/* One object as a cue. */
bool json_cues_add(struct json_cues *j, json_ref object, struct vb_error *error);
/* The words of all cues stand in one list beside them: each belongs to the cue it begins in. */
void json_cues_words_beside(struct json_cues *j, json_ref list);
/* Each object of an array. */
bool json_cues_add_all(struct json_cues *j, json_ref array, struct vb_error *error);
