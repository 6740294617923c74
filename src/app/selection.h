/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that are selected, and what can be done with them. */
#pragma once

#include "base/buf.h"
#include "verbatim/types.h"

struct session;

/* Whole words, from one to the other in either order. */
struct selection {
    uint32_t anchor, head; /* VB_NONE: nothing is selected */
};

struct selected { /* first to last, both included */
    uint32_t first, last;
};

bool selection_is(const struct session *s);
/* False: nothing is selected. */
bool selection_get(const struct session *s, struct selected *words);
void selection_none(struct session *s);
void selection_set(struct session *s, uint32_t anchor, uint32_t head);
/* Where the reader is: the word heard while it is in sight, else the one at the reading line;
 * VB_NONE: there is no text. */
uint32_t selection_reader(const struct session *s);
/* The anchor stays; without a selection it begins where the reader is. */
void selection_extend(struct session *s, uint32_t to);
void selection_step(struct session *s, int words);        /* the head, by that many words */
void selection_step_paragraph(struct session *s, int by); /* to a paragraph's next end */
void selection_paragraph(struct session *s, uint32_t word);
void selection_turn(struct session *s, uint32_t word);
void selection_all(struct session *s);
/* What is selected, else the turn being heard, else the one that is read. False: no text. */
bool selection_or_turn(const struct session *s, struct selected *words);
/* From the first word's beginning to the last one's end. */
void selection_times(const struct session *s, struct selected words, vb_time *from,
                     vb_time *until);
