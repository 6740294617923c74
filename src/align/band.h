/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words may be heard in a frame: what a search need not look at. */
#pragma once

#include "align/passes.h"

/* For the first pass: by the times of the page, or by pace where the whole would be too much;
 * what somebody heard holds in every pass. */
struct band band_first(const struct aligner *a, const struct look *look, bool by_anchors);

/* Where a path was: the word at each fine frame, with IN_GAP where it was not being said. */
#define IN_GAP UINT32_C(0x80000000)
/* For a fine pass: the words that the path was at within so many frames of each frame. */
struct band band_near(const struct aligner *a, const uint32_t *place, const struct look *look,
                      uint32_t around);

void band_free(struct band *band);
