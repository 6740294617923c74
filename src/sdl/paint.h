/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a draw list to pixels: only what changed since the frame before is painted. */
#pragma once

#include "sdl/blit.h"
#include "sdl/font.h"

struct paint;

enum { PAINT_RECTS_MAX = 12 };

/* `fonts` must outlive it. */
struct paint *paint_new(struct fonts *fonts);
void paint_free(struct paint *p);
/* Paints what differs from the list before, everything when `all` is set. Returns how many
 * rectangles were painted; they are in `painted`. */
size_t paint_frame(struct paint *p, const struct draw_list *list, const struct canvas *to,
                   bool all, struct rect painted[PAINT_RECTS_MAX]);
