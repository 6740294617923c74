/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two sequences have in common: of words, of lines, of anything that has a number.
 *
 * Places that occur once in both are anchors (patience sorting, after Bram Cohen); between them
 * the shortest edit script in linear space (E. W. Myers, "An O(ND) difference algorithm and its
 * variations", Algorithmica 1, 1986), given up for a coarser answer where the two have little
 * in common: the time is bounded for any input. */
#pragma once

#include <stddef.h>

#include "verbatim/types.h"

/* Told in rising order; a[at_a … at_a + len) equals b[at_b …]. */
typedef void (*diff_same)(void *ctx, size_t at_a, size_t at_b, size_t len);

void diff(const uint32_t *a, size_t count_a, const uint32_t *b, size_t count_b, diff_same same,
          void *ctx);

/* Numbers for texts: equal texts have the same one. */
struct numbering;
struct numbering *numbering_new(void);
uint32_t numbering_of(struct numbering *n, vb_str text); /* copies nothing: `text` must live */
void numbering_free(struct numbering *n);
