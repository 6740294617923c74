/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of the road: what runs on the sound card's thread.
 *
 * No lock, no allocation, no log, no call to the system but a look at the clock. */
#pragma once

#include "audio/clock.h"
#include "audio/limiter.h"
#include "audio/ring.h"

struct card {
    /* never changes after open */
    int rate, channels;
    int64_t (*now)(void *ctx); /* ns, monotonic */
    void *now_ctx;

    /* atomic: the interface writes, the card reads */
    atomic_uint wanted; /* epoch: frames of another are dropped on sight */
    atomic_bool paused;
    _Atomic float volume;
    atomic_int sides; /* enum vb_sides */

    /* atomic: the card writes, the interface reads */
    atomic_uint underruns;
    atomic_bool is_starved; /* the ring is empty though it should not be */
    struct sound_clock clock;

    struct ring ring; /* the decoder writes, the card reads */

    /* card thread only */
    uint32_t epoch;        /* what is being played */
    struct ring_mark mark; /* the frames at the ring's tail, while has_mark */
    bool has_mark, ended;
    uint64_t catch_up; /* frames before this place of the source were heard already */
    float fade;        /* 0 … 1, on its way to what is wanted: no clicks */
    float gain;        /* on its way to the volume */
    float cross[2];    /* how much of the other side each side plays: on its way to 0 or 1 */
    float last[2];     /* the last frame before volume: faded out when there is no other */
    struct limiter limiter;
    int64_t due; /* when this callback's first frame is due, its jitter smoothed */
    int64_t due_next;
};

void card_init(struct card *card, int rate, int channels, int64_t (*now)(void *), void *ctx);
void card_free(struct card *card);
/* Another device will pull from now on: it begins with silence. None pulls meanwhile. */
void card_restart(struct card *card);
/* The sink's callback; `card` is a struct card. */
void card_pull(void *card, float *out, int frames);
