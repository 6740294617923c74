/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Anne :" at the beginning of a line, in files that have no better sign for who speaks. */
#pragma once

#include "format/timed_words.h"
#include "transcript/builder.h"

/* Bytes up to and with the colon; 0: no name stands there. At most five words, no sentence sign
 * in it, no digit first, white space behind the colon. */
size_t line_label(vb_str line);
/* Takes so many bytes of text off the front. */
void pieces_drop_front(struct pieces *pieces, size_t bytes);
/* Adds the text of all pieces. */
void pieces_flatten(const struct pieces *pieces, struct buf *into);
