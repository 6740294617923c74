/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panel beside the text, where the contents, the places found and the doubts take turns;
 * and the list in it: rows of one height, scrolled, with a thumb where not all are in sight. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "view/draw.h"

struct screen;
struct input;

enum { PANEL_PAD = 12, PANEL_HEAD = 44 }; /* logical */

/* Is there room beside the text? Else it lies over it. */
bool panel_is_docked(const struct screen *on);
/* As a view's `place`. */
struct rect panel_place(const struct screen *on, struct rect *room);
/* `dismiss`: what a press beside the panel does while it lies over the text; NULL: nothing, and
 * the text stays as it is. */
void panel_draw_ground(struct screen *on, struct rect at,
                       void (*dismiss)(struct screen *on, long amount));
/* The small capitals above a list; `y`: of their room, PANEL_HEAD high. */
void panel_draw_head(struct screen *on, int x, int y, vb_str title);

/* ---- a list ---- */

#define ROWS_NOWHERE SIZE_MAX

struct rows {    /* where it stands */
    int top;     /* scrolled, in pixels */
    size_t here; /* as it was when the list last moved by itself */
};

struct row_list { /* what it shows */
    size_t count;
    size_t here; /* the row that is heard, or was gone to; ROWS_NOWHERE */
    int height;  /* of a row */
    void (*draw)(struct screen *on, struct rect at, size_t row, bool is_here);
};

/* `here` is kept in sight when it becomes another one. */
void rows_draw(struct screen *on, struct rows *rows, struct rect at,
               const struct row_list *list);
/* By so many pixels; the next drawing keeps it within its bounds. */
void rows_scroll(struct rows *rows, float by);
/* Tinted and with a bar where `is_here`, softly while the pointer is over it. */
void rows_draw_ground(struct screen *on, struct rect at, bool is_here);
