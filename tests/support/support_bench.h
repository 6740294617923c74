/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What benches share: a long text that is the same at every run, and what is taken of time and
 * memory. */
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

double cpu_ms(void);      /* of the calling thread */
double cpu_seconds(void); /* of the process */
double peak_megabytes(void);
/* Prints a line: name, value, unit, limit.  False when the limit is passed. */
bool print_within(const char *name, double value, const char *unit, double limit);
void sort_times(double *taken, size_t count);
