/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replacing, in a row below the bar that holds the search. */
#include "app/replacing.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { HEIGHT = 52, FIELD_WIDTH = 300, FIELD_HEIGHT = 34, GAP = 10, SIDE = 16, SMALL = 26 };

static bool shown(const struct screen *on)
{
    return replacing_shown(on->session);
}

static struct rect place(const struct screen *on, struct rect *room)
{
    struct rect at = *room;
    at.h = px(on, HEIGHT);
    room->y += at.h;
    room->h -= at.h;
    return at;
}

/* ---- what is done in it ---- */

static void take_text(struct screen *on)
{
    struct buf *with = &on->session->replacing.with;
    buf_clear(with);
    buf_add(with, field_text(&on->replace_field));
}

static void replace_this(struct screen *on, long amount)
{
    (void)amount;
    take_text(on);
    replacing_this(on->session);
}

static void replace_all(struct screen *on, long amount)
{
    (void)amount;
    take_text(on);
    replacing_all(on->session);
}

static void toggle_exact(struct screen *on, long amount)
{
    (void)amount;
    replacing_set_exact(on->session, on->session->replacing.inexact);
}

static void close(struct screen *on, long amount)
{
    (void)amount;
    on->session->replacing.shown = false;
    search_only_exact(on->session, false);
    field_focus(on, &on->find_field);
}

static bool key(struct screen *on, const struct key_press *press)
{
    if (press->name == KEY_RETURN && press->modifiers & KEY_CTRL)
        replace_all(on, 0);
    else if (press->name == KEY_RETURN)
        replace_this(on, 0);
    else if (press->name == KEY_ESCAPE)
        close(on, 0);
    else if (press->name == KEY_TAB && press->modifiers & KEY_SHIFT)
        field_focus(on, &on->find_field);
    else
        return false;
    return true;
}

bool view_replace_key(struct screen *on, const struct key_press *press)
{
    if (!shown(on) || press->name != KEY_TAB || press->modifiers)
        return false;
    field_select_all(&on->replace_field);
    field_focus(on, &on->replace_field);
    return true;
}

/* ---- drawing ---- */

/* A ring that is ticked, and words beside it; returns its width. */
static int draw_exact(struct screen *on, struct rect row, int x)
{
    bool exact = !on->session->replacing.inexact;
    vb_str text = str_of(_("exactly so"));
    int side = px(on, 16), width = side + px(on, 8) + widget_width(on, FACE_UI, 13, text);
    struct rect box = {x, row.y + (row.h - side) / 2, side, side};
    screen_spot(
        on,
        (struct rect){x - px(on, 4), row.y + px(on, 10), width + px(on, 8), row.h - px(on, 20)},
        toggle_exact, 0, screen_print(on, "%s", _("capitals and accents make a difference")));
    if (exact)
        draw_icon(&on->list, box, ICON_CHECKED, token(on, ACCENT));
    else
        draw_ring(&on->list, box, side / 2, px(on, 1.5), token(on, FIELD));
    widget_text(on, FACE_UI, 13, x + side + px(on, 8), widget_baseline(on, row, FACE_UI, 13),
                token(on, INK), text);
    return width;
}

static void draw_preview(struct screen *on, struct rect row, int x, int right)
{
    struct buf before = {0}, after = {0};
    take_text(on);
    if (right - x > px(on, 120) && replacing_preview(on->session, &before, &after)) {
        vb_str text = screen_print(on, "%s → %s", before.data, after.data);
        widget_fit(on, FACE_UI, 13, x, widget_baseline(on, row, FACE_UI, 13), right - x,
                   token(on, INK3), text);
    }
    buf_free(&before);
    buf_free(&after);
}

static void draw(struct screen *on, struct rect at)
{
    size_t count = search_count(on->session);
    int x = at.x + px(on, SIDE), right = at.x + at.w - px(on, SIDE), gap = px(on, GAP);
    vb_str one = str_of(_("Replace"));
    vb_str all =
        count ? screen_print(on, P_("All (%zu)", "All (%zu)", count), count) : str_of(_("All"));
    draw_rect(&on->list, at, token(on, PANEL));
    draw_rect(&on->list, (struct rect){at.x, at.y + at.h - px(on, 1), at.w, px(on, 1)},
              widget_hairline(on));
    screen_spot(on, at, NULL, 0, VB_STR(""));
    int buttons = widget_button(on, 0, 0, one, true, replace_this, false) +
                  widget_button(on, 0, 0, all, false, replace_all, false) + 2 * gap;
    int room = right - x - buttons - px(on, SMALL) - gap, wide = px(on, FIELD_WIDTH);
    int height = px(on, FIELD_HEIGHT), y = at.y + (at.h - height) / 2;
    on->replace_field.key = key;
    field_draw(on, &on->replace_field, (struct rect){x, y, wide < room ? wide : room, height},
               (struct field_look){.size = 14,
                                   .hint = screen_print(on, "%s", _("Replace with")),
                                   .before = px(on, 12),
                                   .after = px(on, 12)});
    x += (wide < room ? wide : room) + gap;
    x += widget_button(on, x, y + px(on, 1), one, true, replace_this, true) + gap;
    x += widget_button(on, x, y + px(on, 1), all, false, replace_all, true) + 2 * gap;
    right -= px(on, SMALL);
    widget_icon_spot(
        on,
        (struct rect){right, at.y + (at.h - px(on, SMALL)) / 2, px(on, SMALL), px(on, SMALL)},
        ICON_CLOSE, close, 0, screen_print(on, "%s", _("stop replacing (Escape)")));
    if (right - x < px(on, 110))
        return;
    x += draw_exact(on, at, x) + 2 * gap;
    draw_preview(on, at, x, right - gap);
}

const struct view view_replace = {"replace", place, shown, draw, NULL};
