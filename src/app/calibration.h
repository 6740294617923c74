/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How late sound is heard, found by tapping along with clicks.
 *
 * Nobody reacts to a steady rhythm, one falls in with it: so the taps of a listener lie around
 * the moment at which the clicks are heard, and the time between that and the moment at which
 * the program believes they are is the output's own delay. The clicks go the way of all other
 * sound, and are timed by the same clock. */
#pragma once

#include "verbatim/player.h"

enum { TAPS_LEAST = 8, TAPS_MOST = 16, TAPS_TO_WARM_UP = 2 };
#define CLICK_PERIOD (600 * VB_SECOND / 1000)

struct tapped {
    int delay;    /* ms */
    int spread;   /* ms: half of the taps lie no farther from it */
    bool is_even; /* even enough to be believed */
};

/* `taps`: where the clicks were believed to be when the listener tapped; the first click is at
 * 0. False: fewer than TAPS_LEAST. A delay is told between -150 and 450 ms. */
bool taps_measure(const vb_time *taps, size_t count, struct tapped *found);

struct calibration {
    struct vb_player *player; /* of the clicks */
    vb_time taps[TAPS_MOST];
    size_t count;
    struct tapped found; /* once count is TAPS_MOST */
};

/* Plays clicks on `sink` until it is freed. NULL: `error` says why. */
struct calibration *calibration_start(const struct vb_sink *sink, void (*notify)(void *ctx),
                                      void *ctx, struct vb_error *error);
void calibration_free(struct calibration *c); /* NULL is allowed */
void calibration_tap(struct calibration *c);
void calibration_again(struct calibration *c);
bool calibration_is_done(const struct calibration *c);
