/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text as plain characters, for those who have it read to them or feel it on a braille
 * line.
 *
 * Offsets are characters (code points), as assistive programs count.  A block of the page (a
 * heading, a marker, a paragraph) is one text; where a turn begins, who speaks stands before
 * it: "Anne: Good evening".  Bytes that are no text are U+FFFD. */
#pragma once

#include "view/screen.h"

struct plain_text {
    struct buf text;
    uint32_t length;
    VEC(uint32_t) words, sentences, lines; /* where each begins; the first at 0 */
    uint32_t first_word;                   /* of the transcript; VB_NONE: it holds none */
    uint32_t word_from; /* `words` has it here; those before are of the name */
};

enum plain_part { PLAIN_CHARACTER, PLAIN_WORD, PLAIN_SENTENCE, PLAIN_LINE, PLAIN_ALL };

struct plain_range { /* `until` is not part of it */
    uint32_t from, until;
};

void plain_text_free(struct plain_text *t);
/* Lines are those of the window. The text must be laid out. */
void plain_text_of_block(struct plain_text *t, const struct screen *on, uint32_t block);
void plain_text_of_line(struct plain_text *t, vb_str line);

/* The part that holds `at`, with the space behind it; clamped. */
struct plain_range plain_text_part(const struct plain_text *t, enum plain_part part,
                                   uint32_t at);
vb_str plain_text_cut(const struct plain_text *t, struct plain_range range);
/* Where a word of the transcript begins, and which one stands there (VB_NONE: a name). */
uint32_t plain_text_offset(const struct plain_text *t, uint32_t word);
uint32_t plain_text_word(const struct plain_text *t, uint32_t at);
/* The byte at which the character begins. */
size_t plain_text_byte(vb_str text, uint32_t character);
uint32_t plain_text_count(vb_str text); /* of whole UTF-8 */
/* Appends it without what is no text. */
void plain_text_clean(vb_str text, struct buf *out);
