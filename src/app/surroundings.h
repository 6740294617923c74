/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was heard around the reader's place before the whole was listened to: nobody vouches for
 * it yet, so the words stay estimates, but estimates run through it. */
#pragma once

#include "verbatim/timeline.h"

struct surroundings {
    struct vb_pin *found; /* NULL: nothing yet */
    size_t count;
};

/* One entry a word; they are freed. */
void surroundings_take(struct surroundings *around, struct vb_heard *words, uint32_t count);
void surroundings_forget(struct surroundings *around);
/* Takes an estimate, and gives back that or one that runs through what was found. */
struct vb_timeline *surroundings_bend(const struct surroundings *around,
                                      const struct vb_transcript *t, vb_time duration,
                                      struct vb_timeline *estimate);
