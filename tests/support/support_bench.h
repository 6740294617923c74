/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What benches share: a long text that is the same at every run, and time taken. */
#pragma once

#include "base/buf.h"
#include "verbatim/transcript.h"

uint32_t draw_number(uint32_t *seed);
/* A word of the language of numbers, some far more frequent than others, as in any language. */
void put_made_word(struct buf *text, uint32_t *seed);
/* Turns of ninety words, each with a space behind it; the caller owns a reference. `all`: the
 * text is added, too; NULL: it isn't wanted. */
struct vb_transcript *transcript_of_turns(uint32_t words,
                                          void (*put_word)(struct buf *text, uint32_t *seed),
                                          struct buf *all);

double cpu_ms(void); /* of the calling thread */
void sort_times(double *taken, size_t count);
