/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the words of a text take by nature, each of them and up to each: two bytes a word,
 * from which all times that are only estimated are worked out when they are asked for. */
#pragma once

#include "verbatim/transcript.h"

struct naturals;

/* Of all words of `t`, pauses behind paragraphs and turns included.  `old`, of `before`, may be
 * NULL: of the same text they are shared; of a text that a small correction made `t` of they
 * are taken over, and *old is NULL. */
struct naturals *naturals_new(const struct vb_transcript *t, struct naturals **old,
                              const struct vb_transcript *before);
void naturals_free(struct naturals *n); /* NULL is allowed */
/* Of what is said of the word, in µs; `t` is the text that they are of. */
uint32_t naturals_length(const struct naturals *n, const struct vb_transcript *t,
                         uint32_t word);
/* Of all before the word, which may be the word count: then of all. */
vb_time naturals_before(const struct naturals *n, const struct vb_transcript *t, uint32_t word);
