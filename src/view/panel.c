/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/panel.h"

#include "view/screen.h"
#include "view/widgets.h"

enum {
    WIDTH = 272,
    DOCKED_FROM = 1000, /* logical width of the window */
    LEFT_OVER = 40,     /* of a narrow window, beside the panel */
    THUMB = 4,
    THUMB_LEAST = 24,
};

bool panel_is_docked(const struct screen *on)
{
    return screen_logical_width(on) >= DOCKED_FROM;
}

struct rect panel_place(const struct screen *on, struct rect *room)
{
    struct rect at = *room;
    int width = px(on, WIDTH), most = room->w - px(on, LEFT_OVER);
    at.w = width < most ? width : most;
    if (panel_is_docked(on)) {
        room->x += at.w;
        room->w -= at.w;
    }
    return at;
}

/* Also beyond the view's own place, which ends with the panel. */
static void draw_shade(struct screen *on, struct rect at,
                       void (*dismiss)(struct screen *on, long amount))
{
    struct rect rest = {at.x + at.w, at.y, on->width - at.w, at.h};
    struct rect before = on->list.clip;
    draw_unclip(&on->list, (struct rect){0, at.y, on->width, at.h});
    screen_spot(on, rest, dismiss, 0, VB_STR(""));
    draw_rect(&on->list, rest, color_faded(0xFF000000, 22));
    draw_unclip(&on->list, before);
}

void panel_draw_ground(struct screen *on, struct rect at,
                       void (*dismiss)(struct screen *on, long amount))
{
    if (dismiss && !panel_is_docked(on))
        draw_shade(on, at, dismiss);
    draw_rect(&on->list, at, token(on, PANEL));
    screen_spot(on, at, NULL, 0, VB_STR(""));
    draw_rect(&on->list, (struct rect){at.x + at.w - px(on, 1), at.y, px(on, 1), at.h},
              widget_hairline(on));
}

void panel_draw_head(struct screen *on, int x, int y, vb_str title)
{
    widget_text(on, FACE_UI_STRONG, 11, x, y + px(on, PANEL_HEAD - 16), token(on, INK3), title);
}

/* ---- a list ---- */

void rows_draw_ground(struct screen *on, struct rect at, bool is_here)
{
    int inset = px(on, 10);
    if (is_here) {
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, ACCENT), 13));
        draw_round(&on->list, (struct rect){at.x, at.y + inset, px(on, 3), at.h - 2 * inset},
                   px(on, 1), CORNERS_ALL, token(on, ACCENT));
    } else if (screen_hovers(on, at)) {
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 6));
    }
}

void rows_scroll(struct rows *rows, float by)
{
    rows->top += (int)by;
}

static void keep_in_sight(struct rows *rows, const struct row_list *list, int height)
{
    int64_t most = (int64_t)list->count * list->height - height, top = rows->top;
    if (list->here != rows->here && list->here != ROWS_NOWHERE) {
        int64_t y = (int64_t)list->here * list->height;
        if (y < top || y + list->height > top + height)
            top = y - height / 3;
    }
    rows->here = list->here;
    top = top > most ? most : top;
    top = top < 0 ? 0 : top > INT32_MAX ? INT32_MAX : top;
    rows->top = (int)top;
}

/* In the panel's margin, at the right of the rows. */
static void draw_thumb(struct screen *on, int top, struct rect at, int64_t whole)
{
    int width = px(on, THUMB), least = px(on, THUMB_LEAST);
    if (whole <= at.h)
        return;
    int height = (int)(at.h * (int64_t)at.h / whole);
    height = height < least ? least : height;
    int y = at.y + (int)((at.h - height) * (int64_t)top / (whole - at.h));
    draw_round(&on->list, (struct rect){at.x + at.w + px(on, 4), y, width, height}, width / 2,
               CORNERS_ALL, color_faded(token(on, FIELD), 70));
}

void rows_draw(struct screen *on, struct rows *rows, struct rect at,
               const struct row_list *list)
{
    keep_in_sight(rows, list, at.h);
    struct rect before = draw_clip(&on->list, at);
    for (size_t i = (size_t)(rows->top / list->height); i < list->count; i++) {
        int64_t y = (int64_t)i * list->height - rows->top;
        if (y >= at.h)
            break;
        list->draw(on, (struct rect){at.x, at.y + (int)y, at.w, list->height}, i,
                   i == list->here);
    }
    draw_unclip(&on->list, before);
    draw_thumb(on, rows->top, at, (int64_t)list->count * list->height);
}
