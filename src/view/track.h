/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scroll track: what part of the text is in the window, and where in it things are marked.
 *
 * Whoever marks things in the text lists them here by their words; the track finds their
 * places, which change with every width of the window. */
#pragma once

#include "base/vec.h"
#include "view/draw.h"

struct screen;
struct input;

enum tick_kind { TICK_HEARD, TICK_VERIFIED, TICK_BOOKMARK, TICK_DOUBT, TICK_MATCH, TICK_KINDS };

struct track_tick {
    uint32_t first, last; /* words; the same for a place */
};

struct track {
    struct {
        VEC(struct track_tick) ticks;
    } kinds[TICK_KINDS];
};

void track_clear(struct track *t, enum tick_kind kind);
void track_add(struct track *t, enum tick_kind kind, uint32_t first, uint32_t last);
void track_free(struct track *t);

/* ---- for the view of the text ---- */

void track_draw(struct screen *on, struct rect at);
/* Is the pointer, or that place, the track's and not the text's? */
bool track_is_at(const struct screen *on, struct rect at, int x);
/* True: taken. */
bool track_press(struct screen *on, struct rect at, const struct input *in);
void track_drag(struct screen *on, struct rect at, const struct input *in);
