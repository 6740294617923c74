/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop shows of the window, and how large it wants things. */
#pragma once

#include <SDL.h>
#include <stdbool.h>

/* Before SDL's video begins, and before there are threads, for it sets the environment: we draw
 * the pixels, and whoever reads lets the screen sleep. */
void look_begin(void);
/* Device pixels in a logical one: GDK_SCALE, else the dots per inch that the desktop is set to.
 */
double look_scale(SDL_Window *window);
void look_set_icon(SDL_Window *window);
/* A strip above all other windows, or as it was before; sizes in device pixels. */
void look_set_compact(SDL_Window *window, bool compact, int width, int height, double scale);
/* Makes a window higher, upward as far as it would leave the screen below; and back again. */
struct growth {
    int by, up; /* device pixels, since it began */
};
void look_grow(SDL_Window *window, struct growth *growth, int by);
void look_shrink(SDL_Window *window, struct growth *growth);
