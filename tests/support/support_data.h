/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared material of transcript formats: MANIFEST.jsonl, the files, and what they must
 * give. It lies beside the checkout, in ../shared/data/formats, or in $VERBATIM_SHARED. */
#pragma once

#include "base/buf.h"
#include "verbatim/types.h"

/* One value of a flat JSON object. */
enum value_kind { VALUE_NONE, VALUE_NULL, VALUE_TEXT, VALUE_NUMBER, VALUE_OTHER };
struct value {
    enum value_kind kind;
    struct buf text; /* unescaped; of a number, as written */
    double number;
};

/* The value of `key` in one line of JSON; VALUE_NONE: there is no such key.  `value` is used
 * again by the next call; value_free() at the end. */
enum value_kind data_field(vb_str row, const char *key, struct value *value);
void value_free(struct value *value);

/* A row of a folder's MANIFEST. */
struct data_file {
    char path[256];     /* "srt/python-srt/gb2312.srt" */
    char expected[256]; /* the same folder's rows; empty: there are none */
    enum { DATA_ACCEPT, DATA_TOLERANT, DATA_REJECT } expect;
};

/* The i-th row of the folder's manifest; false: no more. `manifest` is its text. */
bool data_file_at(const char *folder, vb_str manifest, size_t *at, struct data_file *file);

/* A file of ../shared/data/formats; false: it is not there. */
bool data_read(const char *path, struct buf *into);

/* White space runs to one space, none at the ends. */
void data_fold(vb_str text, struct buf *into);
