/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text in two columns and in lines, counted as a terminal shows it: "é" is one wide however it
 * is written, "漢" is two. */
#pragma once

#include "base/buf.h"

/* How many cells of a terminal the text takes. */
size_t text_width(vb_str text);
/* The part of `text` that fits into `width` cells; breaks at white space where it can. Never
 * empty unless the text is. `*at` moves behind it and the white space that follows; false at
 * the end of the text. */
bool wrap_next(vb_str text, size_t width, size_t *at, vb_str *line);

/* "  left   right", the right column starting at `column` and wrapped at 80. */
void put_row(struct buf *out, size_t column, const char *left, const char *right);
/* A paragraph wrapped at 80. */
void put_paragraph(struct buf *out, const char *text);
/* Text from a file, with nothing in it that a terminal would obey. */
void put_safe(struct buf *out, vb_str text);
/* The same in at most `width` cells; where it was cut stands "…". */
void put_fitted(struct buf *out, vb_str text, size_t width);
