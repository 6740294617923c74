/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is heard when: the card notes each stretch of sound that it hands over, the interface
 * asks which one sounds now.
 *
 * The card is asked for frames some time before they are heard, and what it handed over at
 * another speed may still be on its way; so not one moment is published but the last few
 * hundred stretches.  Where nothing was handed over (pause, an empty ring), time stands still
 * by itself: a stretch is never heard beyond its end. */
#pragma once

#include <stdatomic.h>

#include "verbatim/types.h"

#define CLOCK_STRETCHES 512U

struct stretch_heard { /* times in ns of the monotonic clock, sound in source frames */
    int64_t due, length;
    double from, span;
    uint32_t epoch;
    bool end; /* the sound ended here */
};

struct sound_clock {
    atomic_uint_least64_t count;
    struct {
        atomic_int_least64_t due, length;
        atomic_uint_least64_t from, span; /* bits of a double */
        atomic_uint_least64_t rest;
    } slots[CLOCK_STRETCHES];
};

/* Card. */
void clock_add(struct sound_clock *clock, struct stretch_heard stretch);

struct heard {
    double frame;
    bool ended;
};
/* Interface: what of the epoch is heard at `at`. False: nothing of it was handed over yet.
 * Before its first frame is heard, that frame. */
bool clock_heard(struct sound_clock *clock, uint32_t epoch, int64_t at, struct heard *heard);
