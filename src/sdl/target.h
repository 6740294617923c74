/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a window's pixels go: straight into its surface, or where there is none (some Wayland
 * and embedded drivers) through one texture. */
#pragma once

#include <SDL.h>

#include "sdl/blit.h"

struct target {
    SDL_Window *window;
    SDL_Surface *surface; /* the one of the frame before; NULL: none, or no longer good */
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    uint32_t *pixels; /* of the texture */
    int width, height;
};

/* The canvas to paint this frame on. `fresh`: it holds nothing of the frame before. False: the
 * window can't be drawn on now. */
bool target_begin(struct target *t, struct canvas *canvas, bool *fresh);
void target_show(struct target *t, const struct rect *painted, size_t count);
void target_free(struct target *t);
