/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as numbers, so that an earlier form of a text can be compared without being kept. */
#pragma once

#include "verbatim/transcript.h"

/* Of a word as shown, its punctuation included. */
uint32_t word_print(vb_str word);
/* One a word, to be freed. */
uint32_t *word_prints(const struct vb_transcript *t);
/* `map` gets an entry for each of the old words: where it stands now, VB_NONE when it is gone;
 * its entries rise. How many are still there is returned. */
uint32_t prints_map(const uint32_t *old, uint32_t old_count, const uint32_t *now,
                    uint32_t now_count, uint32_t *map);
