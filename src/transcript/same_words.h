/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a text are still there after it was changed.
 *
 * Words are compared by their prints, so that the old text need not be kept.  The way is that
 * of a patience diff (Bram Cohen): what both ends share, then the words (or rows of words)
 * that stand once in each text and are in the same order, then the same again between those;
 * the short rest by its longest common subsequence. */
#pragma once

#include "verbatim/transcript.h"

/* A number for a word as shown, its punctuation included. */
uint32_t word_print(vb_str word);
/* One a word, to be freed. */
uint32_t *word_prints(const struct vb_transcript *t);

/* `map` gets an entry for each of the old words: where it stands now, VB_NONE when it is gone;
 * its entries rise. How many are still there is returned. */
uint32_t same_words(const uint32_t *old, uint32_t old_count, const uint32_t *now,
                    uint32_t now_count, uint32_t *map);
