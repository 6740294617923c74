/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two texts of one recording, word by word: typically a transcript by hand and one by a
 * machine.
 *
 * Case, punctuation and the form of apostrophes make no difference.  The second text is a
 * witness, not a judge: each difference is a place to listen to. */
#pragma once

#include "verbatim/check.h"

/* Words `first` … of the transcript stand where the other text has words `other_first` …;
 * one of the two counts may be 0. */
struct vb_difference {
    uint32_t first, count; /* count 0: the other text has words before the word `first` */
    uint32_t other_first, other_count;
};

/* Word errors, as if the other text were right: of `words`, so many were substituted, so many
 * are missing from the transcript (`insertions` of the other), so many it alone has. */
struct vb_word_errors {
    uint32_t words, same, substituted, only_here, only_there;
};

struct vb_comparison;

/* Holds references to both. */
VB_API struct vb_comparison *vb_compare(const struct vb_transcript *t,
                                        const struct vb_transcript *other);
VB_API void vb_comparison_free(struct vb_comparison *c);
VB_API size_t vb_difference_count(const struct vb_comparison *c);
VB_API struct vb_difference vb_difference(const struct vb_comparison *c, size_t i);
VB_API struct vb_word_errors vb_word_errors(const struct vb_comparison *c);
/* Of what one speaker says (words in turns of several count for each). */
VB_API struct vb_word_errors vb_word_errors_of(const struct vb_comparison *c, uint32_t speaker);
/* (substituted + only here + only there) / words of the transcript; 0 for a text without. */
VB_API double vb_word_error_rate(struct vb_word_errors errors);
/* Each difference as a finding ("difference"), with its time as `times` has it. */
VB_API void vb_differences_add(struct vb_findings *findings, const struct vb_comparison *c,
                               const struct vb_timeline *times);
/* The times that `other` states, for the words that `t` shares with it, and estimates between
 * them; the caller owns it. NULL: it states none. */
VB_API struct vb_timeline *vb_times_lent(const struct vb_transcript *t,
                                         const struct vb_transcript *other, vb_time duration);
