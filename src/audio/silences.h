/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Silences, found while the sound is decoded: has it been still for a while, and where does it
 * go on? */
#pragma once

#include "audio/loudness.h"
#include "audio/source.h"

struct silences {
    uint32_t heard[LOUD_STEPS]; /* how loud this sound is, as far as it was listened to */
    bool is_tuned;
    size_t still;    /* frames of silence that were just played */
    uint64_t looked; /* no leap from before this source frame */
};

/* It goes on elsewhere. */
void silences_forget(struct silences *silences);
/* These frames are going to be played. */
void silences_hear(struct silences *silences, const float *frames, size_t count,
                   const struct source *source);
/* Is it worth while to look for the end of a silence at `at`? */
bool silences_may_leap(const struct silences *silences, uint64_t at, int rate);
/* Where to leap from `at`, in a silence, so that it is left for a moment before it ends; `at`:
 * it is too short for that.  Moves the source; looks no further than `until`, nor than ten
 * seconds. */
uint64_t silences_leap(struct silences *silences, struct source *source, uint64_t at,
                       uint64_t until);
