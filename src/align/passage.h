/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words are looked for, and in which part of the sound. */
#pragma once

#include "align/script.h"

/* All, or what the options ask for with its surroundings, to learn from. */
struct passage passage_of(const struct vb_transcript *t, const struct vb_align_options *options,
                          vb_time duration);
/* Words that were not asked for keep what is known of them. */
void passage_keep_known(const struct vb_transcript *t, const struct vb_align_options *options,
                        struct vb_heard *heard);
