/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clock that only runs while somebody speaks.
 *
 * In its time music and silence have no length: what is spread evenly in it lies on speech. */
#pragma once

#include "verbatim/timeline.h"

struct speech_time {
    struct speech_piece {
        vb_time start, end; /* of the sound */
        vb_time before;     /* speech before it */
    } * pieces;
    size_t count;
};

/* Between two neighbours of the `known` times (rising) there must be `least[i]` of speech;
 * where there is less, somebody was not heard, and all of it counts. */
struct speech_time speech_time_new(const struct vb_stretch *speech, size_t count,
                                   const vb_time *known, const vb_time *least,
                                   size_t known_count);
void speech_time_free(struct speech_time *clock);

vb_time speech_time_at(const struct speech_time *clock, vb_time sound);
/* Back: the first moment of the sound with so much speech before it at which speech goes on,
 * or, for an `end`, the one at which it was. */
vb_time speech_time_back(const struct speech_time *clock, vb_time speech, bool is_end);
