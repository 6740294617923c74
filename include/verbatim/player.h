/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hears a sound file: a decoding thread fills a ring, a sound card pulls from it.
 *
 * All functions are for one thread, the user interface's; none of them waits for the sound. */
#pragma once

#include "verbatim/error.h"

enum vb_phase { VB_PAUSED, VB_PLAYING, VB_ENDED, VB_FAILED };

struct vb_player_state { /* what the interface reads, once a frame */
    enum vb_phase phase;
    vb_time position;    /* what is heard now: the card's delay is taken off */
    vb_time duration;    /* best known; VB_NO_TIME: not known yet */
    bool duration_exact; /* every frame was counted */
    bool seeking;        /* an order is on its way; position is its target */
    bool silent;         /* no sound card: a silent clock runs */
    float speed, volume;
    uint32_t underruns; /* how often the card found the ring empty while playing */
};

/* A sound card, as the player sees it: it pulls frames when it needs them. */
struct vb_sink {
    const char *name;
    /* Opens for `rate` and `channels`, float frames. `pull` runs on the card's own thread. */
    void *(*open)(int rate, int channels, void (*pull)(void *ctx, float *out, int frames),
                  void *ctx, struct vb_error *error);
    vb_time (*latency)(void *card); /* from the end of a pull to its first frame being heard */
    void (*pause)(void *card, bool paused); /* paused: pull is no longer called, soon */
    void (*close)(void *card);              /* pull is not running when this returns */
};

/* Pulls in real time and throws the sound away: for machines without a card, and for tests. */
extern VB_API const struct vb_sink vb_sink_null;

struct vb_player;

/* Opens paused at 0. When `sink` can't open, the silent clock takes its place (state.silent).
 * `notify` is called from other threads when there is news to read; it must not call back. */
VB_API struct vb_player *vb_player_open(const char *path, const struct vb_sink *sink,
                                        void (*notify)(void *ctx), void *ctx,
                                        struct vb_error *error);
VB_API void vb_player_close(struct vb_player *p);
VB_API void vb_player_play(struct vb_player *p);
VB_API void vb_player_pause(struct vb_player *p);
VB_API void vb_player_seek(struct vb_player *p, vb_time to); /* clamped to the sound */
/* Plays from `from`, and pauses at `to`; or goes back to `from` there, `again` and again.  The
 * next seek ends that. At least half a second is played. */
VB_API void vb_player_play_span(struct vb_player *p, vb_time from, vb_time to, bool again);
/* 0.5 to 3, the pitch stays; heard a few hundredths of a second later, without a jump. */
VB_API void vb_player_set_speed(struct vb_player *p, float speed);
/* Quiet voices louder, loud ones as they are. */
VB_API void vb_player_set_voice_up(struct vb_player *p, bool on);
VB_API void vb_player_set_volume(struct vb_player *p, float volume); /* 0 to 1 */
/* Goes on with another card: the old one is gone, or a better one has come. It takes the place
 * of the old one at once; when it can't open, the silent clock does (false, `error` says why).
 */
VB_API bool vb_player_change_sink(struct vb_player *p, const struct vb_sink *sink,
                                  struct vb_error *error);
/* What the sound needs from the card to the ear and the card does not know of (Bluetooth). */
VB_API void vb_player_set_delay(struct vb_player *p, vb_time delay);
VB_API struct vb_player_state vb_player_now(struct vb_player *p);
