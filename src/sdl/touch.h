/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fingers on the window.
 *
 * A finger that is drawn over the text moves it; one that only touches presses, twice selects a
 * word, and one that rests half a second asks for the menu.  Everywhere else a finger is a
 * pointer with its button held: sliders and the seek bar go with it. */
#pragma once

#include <SDL.h>

#include "view/screen.h"

struct touch {
    SDL_FingerID finger; /* the first one down; others are not looked at */
    bool down, on_text, moves;
    int x, y;               /* where it came down, pixels */
    int top;                /* what the text was scrolled to, then */
    uint32_t since, tapped; /* SDL's milliseconds; `tapped`: of the tap before */
    int taps;
};

/* SDL makes no mouse of fingers then. Before the window is opened. */
void touch_begin(void);
void touch_take(struct touch *t, const SDL_TouchFingerEvent *event, struct screen *screen);
