/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the player, shared by its two sides: player.c is the interface's,
 * player_decode.c the decoding thread's. */
#pragma once

#include <pthread.h>

#include "audio/card.h"
#include "audio/player.h"
#include "audio/source.h"
#include "audio/stretch.h"

struct order {
    uint32_t epoch;
    uint64_t frame; /* where the epoch begins */
    float speed;
    bool playing, quit;
};

struct vb_player {
    /* never changes after open */
    struct source *source;
    const struct vb_sink *sink;
    void *opened_sink;
    bool silent;
    struct player_time time;
    void (*notify)(void *ctx);
    void *notify_ctx;
    pthread_t decoder;

    struct card card; /* the card's side, with the atomics between it and us */

    /* under lock: what the interface wants next */
    pthread_mutex_t lock;
    pthread_cond_t news;
    struct order order;
    bool poked; /* look at the ring again now */

    /* atomic: the decoder writes, the interface reads */
    atomic_uint answered; /* the epoch whose first frames are decoded */
    atomic_bool is_full;  /* … and the ring is full, or all there is is in it */

    /* decoding thread only */
    struct decoding {
        uint32_t epoch;
        uint64_t target; /* source frame that the epoch begins with */
        float speed;
        struct stretch *stretch;
        float *frames; /* room for a chunk or a hop */
        size_t room;
        bool was_plain;        /* what was written last */
        struct ring_mark seam; /* cut: the next frames replace those from here on */
        bool pending;          /* the seek waits for the scan */
        bool begun;            /* first frames are in the ring */
        bool finished;         /* the last frame is */
        bool told_end;
        uint64_t written; /* frames since the epoch or the cut */
        bool sink_runs;
        int64_t idle_since; /* ns; INT64_MAX: not idle */
    } d;

    /* interface thread only */
    enum vb_phase phase;
    vb_time position; /* last told */
    bool was_heard;   /* something of this epoch was */
    float speed;
};

int64_t player_monotonic(void *ctx); /* ns */
void player_tell(void *player);      /* there is news */

void player_decode_init(struct vb_player *p);
void player_decode_free(struct vb_player *p);
void *player_decode(void *player); /* the thread */
