/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the window, for the files that make it up. */
#pragma once

#include "app/remote.h"
#include "bus/buses.h"
#include "sdl/look.h"
#include "sdl/paint.h"
#include "sdl/target.h"
#include "sdl/touch.h"
#include "sdl/typing.h"
#include "sdl/window.h"
#include "view/screen.h"

struct window {
    struct session *session;
    SDL_Window *window;
    struct target target;
    struct fonts *fonts;
    struct paint *paint;
    struct screen screen;
    struct remote *remote;
    struct buses *buses;
    SDL_Cursor *cursors[CURSORS];
    enum screen_cursor cursor;
    struct typing typing;
    struct touch touch;
    struct buf title;
    bool exposed; /* what is on the display may be gone */
    bool is_compact;
    struct growth growth; /* of the strip, for a panel that it has no room for */
    vb_time stop_at;
};

/* ---- window.c ---- */

/* From any thread; false: there is no window, or none any more. */
bool window_push(SDL_Event *event);

/* ---- window_events.c ---- */

/* What SDL tells: to the screen, or to the session. */
void window_take_event(struct window *w, SDL_Event *event);
