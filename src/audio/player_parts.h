/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the player, shared by its two sides: player.c is the interface's,
 * player_decode.c the decoding thread's. */
#pragma once

#include <pthread.h>
#include <time.h>

#include "audio/card.h"
#include "audio/player.h"
#include "audio/silences.h"
#include "audio/source.h"
#include "audio/stretch.h"
#include "audio/voice.h"

struct manner { /* how it is played */
    float speed;
    bool voice_up, skip_silences;
};

struct order {
    uint32_t epoch;
    uint64_t frame; /* where the epoch begins */
    uint64_t until; /* … and ends; UINT64_MAX: with the sound */
    uint64_t back;  /* from there it goes on here; UINT64_MAX: it does not */
    struct manner manner;
    bool playing, quit;
};

struct vb_player {
    /* never changes after open */
    struct source *source;
    struct player_time time;
    bool has_decoder; /* it was started */
    pthread_t decoder;

    struct card card; /* the card's side, with the atomics between it and us */

    /* under lock: what the interface wants next */
    pthread_mutex_t lock;
    pthread_cond_t news;
    void (*notify)(void *ctx); /* NULL: nobody is there yet, or any more */
    void *notify_ctx;
    struct order order;
    bool poked; /* look at the ring again now */
    const struct vb_sink *sink;
    void *opened_sink;
    enum sink_does { SINK_IS_READY, SINK_RUNS, SINK_RESTS } sink_does; /* ready: just opened */
    bool sink_is_held; /* the decoder is at it, without the lock: a card may take its time */
    struct vb_error trouble; /* why the sound ends before its end; VB_OK: it does not */
    bool is_out;             /* the decoder has done with it */
    bool is_left;            /* the decoder, held up by a disk, is to free it all */

    /* atomic: the decoder writes, the interface reads */
    atomic_uint answered; /* the epoch whose first frames are decoded */
    atomic_bool is_full;  /* … and the ring is full, or all there is is in it */

    /* decoding thread only */
    struct decoding {
        uint32_t epoch;
        uint64_t target, until; /* source frames that the epoch begins and ends with */
        uint64_t back;          /* … and goes on with then */
        bool turned; /* it went back to its beginning, and nothing is written since */
        struct manner manner;
        struct voice voice;
        struct silences silences;
        struct stretch *stretch;
        float *frames; /* room for a chunk or a hop */
        size_t room;
        bool was_plain;        /* what was written last */
        struct ring_mark seam; /* cut: the next frames replace those from here on */
        bool pending;          /* the seek waits for the scan */
        bool begun;            /* first frames are in the ring */
        bool finished;         /* the last frame is */
        bool told_end;
        uint64_t written;   /* frames since the epoch or the cut */
        int64_t idle_since; /* ns; INT64_MAX: not idle */
    } d;

    /* interface thread only */
    enum vb_phase phase;
    vb_time position;    /* last told */
    bool was_heard;      /* something of this epoch was */
    vb_time from, until; /* of the span that is played; VB_NO_TIME: none is */
    bool again;          /* … again and again */
    struct manner manner;
    vb_time delay;   /* that the card does not know of */
    vb_time rewind;  /* on resume */
    bool may_rewind; /* paused, and not moved since */
    bool is_lost;    /* the card was taken away … */
    bool goes_on;    /* … while it played */
    struct vb_error failure;
};

int64_t player_monotonic(void *ctx); /* ns */
struct timespec player_in(int ms);   /* of the same clock */
void player_tell(void *player);      /* there is news */
void player_free(struct vb_player *p);

void player_decode_init(struct vb_player *p);
void player_decode_free(struct vb_player *p);
void *player_decode(void *player); /* the thread */
