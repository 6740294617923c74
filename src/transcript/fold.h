/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as a search sees it: what people leave out or type otherwise is made alike. */
#pragma once

#include "base/buf.h"

/* Characters folded lately; {0} is an empty one. */
enum { FOLD_SLOTS = 4096, FOLD_KEPT = 11 };
struct folds {
    struct fold {
        uint32_t character;
        uint8_t len;
        char text[FOLD_KEPT];
    } slots[FOLD_SLOTS];
};

enum { FOLD_MAX = 64 }; /* bytes that one character can become */

/* Bytes written: none for what is not seen. */
size_t fold_char(struct folds *folds, uint32_t c, char out[FOLD_MAX]);
/* Adds the folded text; no character of it is a line end. */
void fold_text(struct folds *folds, vb_str text, struct buf *out);
/* The byte of `text` with which its folded bytes from `folded` on begin; `whole`: and behind
 * the marks that hang on what is before it. */
size_t fold_back(struct folds *folds, vb_str text, size_t folded, bool whole);
