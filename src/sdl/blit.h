/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels: shapes and masks blended into a frame of 32-bit pixels, in integers. */
#pragma once

#include "view/draw.h"

struct canvas {
    uint8_t *pixels;
    int pitch; /* bytes from row to row */
    int width, height;
    uint8_t red, green, blue; /* by how many bits each is shifted in a pixel */
};

/* Each paints only inside `clip`, which lies inside the canvas. */
void blit_rect(const struct canvas *to, struct rect clip, struct rect at, color c);
void blit_round(const struct canvas *to, struct rect clip, struct rect at, int radius,
                enum draw_corners corners, color c);
void blit_ring(const struct canvas *to, struct rect clip, struct rect at, int radius,
               int stroke, color c);
void blit_hatch(const struct canvas *to, struct rect clip, struct rect at, color c);
/* Pixels of their own colours, 0xAARRGGBB, multiplied by their alpha; `alpha` of 255 of them.
 */
void blit_colors(const struct canvas *to, struct rect clip, struct rect at,
                 const uint32_t *colors, uint32_t alpha);
/* A mask of at.w by at.h. */
void blit_cover(const struct canvas *to, struct rect clip, struct rect at, const uint8_t *cover,
                color c);
