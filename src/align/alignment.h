/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One alignment on its way: what align.c does to a whole, and around.c to the surroundings of a
 * moment. */
#pragma once

#include "align/hearing.h"
#include "align/passes.h"

struct alignment {
    /* lent */
    const struct vb_transcript *transcript;
    const struct vb_align_options *options;
    const struct vb_task *task;

    struct hearing hearing;
    struct synthesiser *voice;
    struct aligner aligner;
    struct vb_align_report report;
};

/* Opens the sound, finds the language and a voice for it. Ends it when it fails. */
bool alignment_begin(struct alignment *al, const char *sound_path, struct vb_error *error);
void alignment_end(struct alignment *al);

/* Reads a passage of the text, has it said, and listens to its sound: all that the passes need.
 */
bool alignment_learn(struct alignment *al, struct passage passage, struct vb_error *error);
