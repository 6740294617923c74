/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on the screen, as a list of things to draw, from back to front.
 *
 * A view appends, the painter compares with the frame before and paints what changed, tests
 * dump the list as text.  Nothing here knows pixels, but places are in pixels of the window. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "view/measure.h"

struct rect {
    int x, y, w, h;
};

/* What both cover; w or h 0: nothing. */
static inline struct rect rect_cut(struct rect a, struct rect b)
{
    int left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct rect){left, top, right > left ? right - left : 0,
                         bottom > top ? bottom - top : 0};
}
struct rect rect_grown(struct rect a, int by);
static inline bool rect_holds(struct rect a, int x, int y)
{
    return x >= a.x && y >= a.y && x < a.x + a.w && y < a.y + a.h;
}
static inline bool rect_is_empty(struct rect a)
{
    return a.w <= 0 || a.h <= 0;
}

typedef uint32_t color; /* 0xAARRGGBB, not multiplied */

color color_mix(color a, color b, int percent_of_b);
color color_faded(color c, int percent); /* its alpha times that */

enum draw_kind {
    DRAW_RECT,
    DRAW_ROUND, /* corners of radius `size`; `corners` says which */
    DRAW_RING,  /* the outline of such a shape, `stroke` wide, inside `at` */
    DRAW_HATCH, /* stripes from lower left to upper right */
    DRAW_ICON,  /* `icon` fills `at` */
    DRAW_TEXT,  /* starts at at.x on the baseline at.y + `rise` */
    DRAW_KINDS,
};

enum draw_corners { CORNERS_ALL, CORNERS_LEFT, CORNERS_RIGHT };

struct draw_item {
    uint8_t kind, face, icon, corners;
    int16_t size; /* text: pixels of the em; round and ring: the radius */
    int16_t rise; /* text: from at.y down to the baseline; ring: the stroke */
    struct rect at, clip;
    color color;
    uint8_t direction; /* text: enum direction */
    vb_str text;       /* lives as long as the frame, or longer */
};

struct draw_list {
    VEC(struct draw_item) items;
    struct rect clip; /* of what is appended now */
};

/* Empties the list for a frame of that size. */
void draw_begin(struct draw_list *list, int width, int height);
void draw_free(struct draw_list *list);
/* Narrows the clip; returns the one before, to be given to draw_unclip(). */
struct rect draw_clip(struct draw_list *list, struct rect to);
void draw_unclip(struct draw_list *list, struct rect to);

void draw_rect(struct draw_list *list, struct rect at, color c);
void draw_round(struct draw_list *list, struct rect at, int radius, enum draw_corners corners,
                color c);
void draw_ring(struct draw_list *list, struct rect at, int radius, int stroke, color c);
void draw_hatch(struct draw_list *list, struct rect at, color c);
void draw_icon(struct draw_list *list, struct rect at, int icon, color c);
/* `x` and `baseline` of a text set in `size`; returns its width. */
int draw_text(struct draw_list *list, const struct measure *m, enum face face, int size, int x,
              int baseline, color c, vb_str text);
/* The same when the width is known. */
void draw_text_wide(struct draw_list *list, const struct measure *m, enum face face, int size,
                    int x, int baseline, int width, color c, vb_str text);
/* … and its direction. */
void draw_text_towards(struct draw_list *list, const struct measure *m, enum face face,
                       int size, int x, int baseline, int width, enum direction direction,
                       color c, vb_str text);

/* One line an item; `name_of` may name colours (NULL: none have names). */
void draw_dump(const struct draw_list *list, const char *(*name_of)(const void *ctx, color c),
               const void *ctx, struct buf *out);
