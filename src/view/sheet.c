/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets. */
#include "view/sheet.h"

#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { HEAD = 64, PAD = 28, NARROW_PAD = 16, ROW = 30 };

static void close_sheet(struct screen *on, long amount)
{
    (void)amount;
    on->session->mode = MODE_READING;
}

static struct rect box_of(const struct screen *on, struct rect at, int width, int height)
{
    int margin = px(on, at.w < px(on, 720) || at.h < px(on, 480) ? 8 : 40);
    struct rect box = rect_grown(at, -margin);
    if (box.w > px(on, width)) {
        box.x += (box.w - px(on, width)) / 2;
        box.w = px(on, width);
    }
    if (box.h > px(on, height)) {
        box.y += (box.h - px(on, height)) / 2;
        box.h = px(on, height);
    }
    return box;
}

struct sheet sheet_begin(struct screen *on, struct rect at, const char *title, int width,
                         int height)
{
    draw_rect(&on->list, at, color_faded(0xFF000000, 38));
    screen_spot(on, at, close_sheet, 0, VB_STR(""));
    struct sheet sheet = {.box = box_of(on, at, width, height)};
    struct rect box = sheet.box;
    screen_begin_modal(on);
    widget_shadow(on, box, px(on, 14));
    draw_round(&on->list, box, px(on, 14), CORNERS_ALL, token(on, BG));
    if (on->theme->is_stark)
        draw_ring(&on->list, box, px(on, 14), px(on, 1), token(on, FIELD));
    screen_spot(on, box, NULL, 0, VB_STR(""));
    int pad = px(on, box.w < px(on, 480) ? NARROW_PAD : PAD), close = px(on, 32);
    int head = px(on, box.h < px(on, 300) ? HEAD * 3 / 4 : HEAD);
    struct rect row = {box.x + pad, box.y, box.w - 2 * pad - close, head + px(on, 12)};
    widget_fit(on, FACE_UI_STRONG, 18, row.x, widget_baseline(on, row, FACE_UI_STRONG, 18),
               row.w, token(on, INK), str_of(title));
    widget_icon_spot(on,
                     (struct rect){box.x + box.w - close - px(on, 16),
                                   box.y + (head + px(on, 12) - close) / 2, close, close},
                     ICON_CLOSE, close_sheet, 1, screen_print(on, "%s", _("close (Esc)")));
    sheet.window =
        (struct rect){box.x + pad, box.y + head, box.w - 2 * pad, box.h - head - px(on, 8)};
    sheet_scroll(on, 0);
    sheet.at = sheet.window;
    sheet.at.y -= on->sheet_top;
    sheet.clip = draw_clip(&on->list, (struct rect){box.x, sheet.window.y - px(on, 3), box.w,
                                                    sheet.window.h + px(on, 6)});
    return sheet;
}

void sheet_end(struct screen *on, const struct sheet *sheet, int height)
{
    draw_unclip(&on->list, sheet->clip);
    on->sheet_limit = height > sheet->window.h ? height - sheet->window.h : 0;
    if (!on->sheet_limit)
        return;
    int thumb = sheet->window.h * sheet->window.h / height;
    int y = (sheet->window.h - thumb) * on->sheet_top / on->sheet_limit;
    draw_round(&on->list,
               (struct rect){sheet->box.x + sheet->box.w - px(on, 12), sheet->window.y + y,
                             px(on, 6), thumb - px(on, 8)},
               px(on, 3), CORNERS_ALL, token(on, FIELD));
}

void sheet_scroll(struct screen *on, int by)
{
    on->sheet_top += by;
    on->sheet_top = on->sheet_top > on->sheet_limit ? on->sheet_limit : on->sheet_top;
    on->sheet_top = on->sheet_top < 0 ? 0 : on->sheet_top;
}

void sheet_show(struct screen *on, const struct sheet *sheet, struct rect row)
{
    int above = sheet->window.y - row.y;
    int below = row.y + row.h - sheet->window.y - sheet->window.h;
    if (above > 0)
        on->sheet_top -= above;
    else if (below > 0)
        on->sheet_top += below;
}

bool sheet_input(struct screen *on, struct rect at, const struct input *in)
{
    (void)at;
    if (in->kind == INPUT_WHEEL)
        sheet_scroll(on, (int)(in->amount * 3 * (float)px(on, ROW)));
    return true;
}

bool sheet_key(struct screen *on, const struct key_press *press)
{
    static const struct {
        enum key_name key;
        int rows;
    } moves[] = {
        {KEY_UP,        -2  },
        {KEY_DOWN,      2   },
        {KEY_PAGE_UP,   -12 },
        {KEY_PAGE_DOWN, 12  },
        {KEY_HOME,      -500},
        {KEY_END,       500 }
    };
    for (size_t i = 0; i < COUNT(moves); i++)
        if (press->name == moves[i].key) {
            sheet_scroll(on, moves[i].rows * px(on, ROW));
            return true;
        }
    return false;
}
