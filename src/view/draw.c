/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The draw list. */
#include "view/draw.h"

#include <stdlib.h>

#include "view/icons.h"

struct rect rect_grown(struct rect a, int by)
{
    return (struct rect){a.x - by, a.y - by, a.w + 2 * by, a.h + 2 * by};
}

color color_mix(color a, color b, int percent_of_b)
{
    color mixed = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int from = a >> shift & 255, to = b >> shift & 255;
        int value = (from * (100 - percent_of_b) + to * percent_of_b + 50) / 100;
        mixed |= (color)value << shift;
    }
    return mixed;
}

color color_faded(color c, int percent)
{
    return (c & 0xFFFFFF) | ((c >> 24) * (color)percent + 50) / 100 << 24;
}

void draw_begin(struct draw_list *list, int width, int height)
{
    list->items.count = 0;
    list->clip = (struct rect){0, 0, width, height};
}

void draw_free(struct draw_list *list)
{
    free(list->items.items);
    *list = (struct draw_list){0};
}

struct rect draw_clip(struct draw_list *list, struct rect to)
{
    struct rect before = list->clip;
    list->clip = rect_cut(before, to);
    return before;
}

void draw_unclip(struct draw_list *list, struct rect to)
{
    list->clip = to;
}

/* What is out of the clip is left out; letters may lean out of their box. */
static void append(struct draw_list *list, struct draw_item item)
{
    struct rect bounds = item.kind == DRAW_TEXT ? rect_grown(item.at, item.size / 3) : item.at;
    item.clip = list->clip;
    if (!rect_is_empty(rect_cut(bounds, item.clip)))
        vec_push(&list->items, item);
}

void draw_rect(struct draw_list *list, struct rect at, color c)
{
    append(list, (struct draw_item){.kind = DRAW_RECT, .at = at, .color = c});
}

void draw_round(struct draw_list *list, struct rect at, int radius, enum draw_corners corners,
                color c)
{
    int most = at.w < at.h ? at.w / 2 : at.h / 2;
    append(list, (struct draw_item){.kind = DRAW_ROUND,
                                    .corners = (uint8_t)corners,
                                    .size = (int16_t)(radius < most ? radius : most),
                                    .at = at,
                                    .color = c});
}

void draw_ring(struct draw_list *list, struct rect at, int radius, int stroke, color c)
{
    append(list, (struct draw_item){.kind = DRAW_RING,
                                    .size = (int16_t)radius,
                                    .rise = (int16_t)stroke,
                                    .at = at,
                                    .color = c});
}

void draw_hatch(struct draw_list *list, struct rect at, color c)
{
    append(list, (struct draw_item){.kind = DRAW_HATCH, .at = at, .color = c});
}

void draw_icon(struct draw_list *list, struct rect at, int icon, color c)
{
    append(list,
           (struct draw_item){.kind = DRAW_ICON, .icon = (uint8_t)icon, .at = at, .color = c});
}

int draw_text(struct draw_list *list, const struct measure *m, enum face face, int size, int x,
              int baseline, color c, vb_str text)
{
    int width = measure_text(m, face, size, text);
    draw_text_wide(list, m, face, size, x, baseline, width, c, text);
    return width;
}

void draw_text_towards(struct draw_list *list, const struct measure *m, enum face face,
                       int size, int x, int baseline, int width, enum direction direction,
                       color c, vb_str text)
{
    int rise = measure_px(m->ascent[face], size), fall = measure_px(m->descent[face], size);
    if (text.len)
        append(list, (struct draw_item){
                         .kind = DRAW_TEXT,
                         .face = (uint8_t)face,
                         .size = (int16_t)size,
                         .rise = (int16_t)rise,
                         .at = {x, baseline - rise, width, rise + fall},
                         .color = c,
                         .direction = (uint8_t)direction,
                         .text = text
        });
}

void draw_text_wide(struct draw_list *list, const struct measure *m, enum face face, int size,
                    int x, int baseline, int width, color c, vb_str text)
{
    draw_text_towards(list, m, face, size, x, baseline, width, DIRECTION_AUTO, c, text);
}

/* ---- as text ---- */

static const char *const kind_names[DRAW_KINDS] = {"rect",  "round", "ring",
                                                   "hatch", "icon",  "text"};
static const char *const face_names[FACE_COUNT] = {
    "text", "italic", "bold", "ui", "medium", "strong", "figures", "figures-strong"};

static void dump_item(const struct draw_item *item, const char *color_name, struct buf *out)
{
    int y = item->at.y + (item->kind == DRAW_TEXT ? item->rise : 0);
    buf_printf(out, "%-5s %4d %4d", kind_names[item->kind], item->at.x, y);
    if (item->kind != DRAW_TEXT)
        buf_printf(out, " %4d %4d", item->at.w, item->at.h);
    if (color_name)
        buf_printf(out, "  %s", color_name);
    else
        buf_printf(out, "  #%08X", (unsigned)item->color);
    if (item->kind == DRAW_ROUND || item->kind == DRAW_RING)
        buf_printf(out, " r%d", item->size);
    if (item->kind == DRAW_ICON)
        buf_printf(out, " %s", icon_name(item->icon));
    if (item->kind == DRAW_TEXT) {
        buf_printf(out, " %s/%d  ", face_names[item->face], item->size);
        buf_add(out, item->text);
    }
    buf_putc(out, '\n');
}

void draw_dump(const struct draw_list *list, const char *(*name_of)(const void *ctx, color c),
               const void *ctx, struct buf *out)
{
    for (size_t i = 0; i < list->items.count; i++) {
        const struct draw_item *item = &list->items.items[i];
        dump_item(item, name_of ? name_of(ctx, item->color) : NULL, out);
    }
}
