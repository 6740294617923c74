/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hears a sound file: a decoding thread fills a ring, a sound card pulls from it.
 *
 * All functions are for one thread, the user interface's; none of them waits for the sound. */
#pragma once

#include "verbatim/error.h"

/* VB_FAILED: the file gave no more sound where there should be some; playing tries again. */
enum vb_phase { VB_PAUSED, VB_PLAYING, VB_ENDED, VB_FAILED };

enum vb_sides { VB_BOTH_SIDES, VB_LEFT_SIDE, VB_RIGHT_SIDE };

struct vb_player_state { /* what the interface reads, once a frame */
    enum vb_phase phase;
    vb_time position;    /* what is heard now: the card's delay is taken off */
    vb_time duration;    /* best known; VB_NO_TIME: not known yet */
    bool duration_exact; /* every frame was counted */
    bool seeking;        /* an order is on its way; position is its target */
    bool waiting;        /* playing, but the file's next part has not come: a slow disk */
    bool silent;         /* no sound card: a silent clock runs */
    bool lost;           /* the card was taken away, and no other has come yet */
    bool gone;           /* the card is there in name only: vb_player_lose_sink() */
    float speed, volume;
    uint32_t underruns;  /* how often the card found the ring empty while playing */
    const char *failure; /* VB_FAILED: a sentence; good until the next call. Else NULL */
};

/* A sound card, as the player sees it: it pulls frames when it needs them. */
struct vb_sink {
    const char *name;
    /* Opens for `rate` and `channels`, float frames, paused. `pull` runs on the card's own
     * thread. */
    void *(*open)(int rate, int channels, void (*pull)(void *ctx, float *out, int frames),
                  void *ctx, struct vb_error *error);
    vb_time (*latency)(void *card); /* from the end of a pull to its first frame being heard */
    /* Paused: pull is no longer called, soon, and the device may be let go of. That is asked for
     * when there was nothing to hear for `rest_ms`; 0: for a few seconds. */
    void (*pause)(void *card, bool paused);
    int rest_ms;
    void (*close)(void *card);              /* pull is not running when this returns */
    bool (*gone)(void *card); /* it was taken away, and nobody told; NULL: can't be known */
    /* The name of the output that is heard, empty: there is none; NULL: outputs have no names.
     */
    void (*output)(char *name, size_t room);
};

/* Pulls in real time and throws the sound away: for machines without a card, and for tests. */
extern VB_API const struct vb_sink vb_sink_null;

struct vb_player;

/* Opens paused at 0. When `sink` can't open, the silent clock takes its place (state.silent).
 * `notify` is called from other threads when there is news to read; it must not call back. */
VB_API struct vb_player *vb_player_open(const char *path, const struct vb_sink *sink,
                                        void (*notify)(void *ctx), void *ctx,
                                        struct vb_error *error);
/* The two halves of it. The first one reads the file, which takes as long as its disk does: it
 * may run on any thread. Until the second one nothing else but closing is allowed. */
VB_API struct vb_player *vb_player_prepare(const char *path, struct vb_error *error);
/* False: `p` is closed. The error does not name the path. */
VB_API bool vb_player_start(struct vb_player *p, const struct vb_sink *sink,
                            void (*notify)(void *ctx), void *ctx, struct vb_error *error);
VB_API void vb_player_close(struct vb_player *p); /* does not wait for a disk that hangs */
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
/* Long silences are passed over, but for a breath; the position passes over them, too. */
VB_API void vb_player_set_skip_silences(struct vb_player *p, bool on);
/* 0 to 2. Nothing is driven over full scale: a limiter holds it. */
VB_API void vb_player_set_volume(struct vb_player *p, float volume);
/* One side of a stereo recording alone, heard on both. */
VB_API void vb_player_set_sides(struct vb_player *p, enum vb_sides sides);
/* Playing on after a pause begins so much earlier, 0 (as it is set at first) to 10 s. Not after
 * a jump made while paused, and not within a span. */
VB_API void vb_player_set_rewind(struct vb_player *p, vb_time rewind);
/* The card was taken away: pauses where the ear was, on the silent clock (state.lost). */
VB_API void vb_player_lose_sink(struct vb_player *p);
/* Goes on with another card: the old one is gone, or a better one has come. It takes the place
 * of the old one at once; when it can't open, the silent clock does (false, `error` says why).
 * Plays on what a lost card was playing, unless it was paused or played by order since. */
VB_API bool vb_player_change_sink(struct vb_player *p, const struct vb_sink *sink,
                                  struct vb_error *error);
/* What the sound needs from the card to the ear and the card does not know of (Bluetooth). */
VB_API void vb_player_set_delay(struct vb_player *p, vb_time delay);
VB_API struct vb_player_state vb_player_now(struct vb_player *p);
