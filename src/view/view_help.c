/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The help: every action with its keys, made from the action table, over everything else. */
#include "app/keymap.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/sheet.h"
#include "view/widgets.h"

enum { WIDTH = 880, HEIGHT = 640, TWO_COLUMNS_FROM = 700, ROW = 30, GROUP_HEAD = 44 };

static bool shown(const struct screen *on)
{
    return on->session->mode == MODE_HELP;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

/* One action: keys in boxes, what they do beside them. */
static int draw_action(struct screen *on, const struct action *action, struct rect at)
{
    vb_str keys = widget_action_keys(on, action->name);
    int keys_room = at.w * 2 / 5, x = at.x;
    struct rect row = {at.x, at.y, at.w, px(on, ROW)};
    for (size_t from = 0; from < keys.len;) {
        size_t comma = str_find(str_from(keys, from), VB_STR(", "));
        size_t until = comma == STR_NOT_FOUND ? keys.len : from + comma;
        vb_str key = str_cut(keys, from, until);
        int width = widget_width(on, FACE_UI_MEDIUM, 12, key) + px(on, 14);
        if (x + width > at.x + keys_room && x > at.x) {
            x = at.x;
            row.y += px(on, ROW - 4);
        }
        struct rect box = {x, row.y + px(on, 4), width, px(on, 22)};
        draw_round(&on->list, box, px(on, 5), CORNERS_ALL, color_faded(token(on, INK), 9));
        widget_text(on, FACE_UI_MEDIUM, 12, x + px(on, 7),
                    widget_baseline(on, box, FACE_UI_MEDIUM, 12), token(on, INK), key);
        x += width + px(on, 5);
        from = until + 2;
    }
    struct rect first = {at.x, at.y + px(on, 4), at.w, px(on, 22)};
    int left = at.x + keys_room + px(on, 10), room = at.x + at.w - left;
    int text = widget_lines(on, &text_note, left, first.y + px(on, 1), room, token(on, INK2),
                            str_of(_(action->help)));
    int height = row.y + row.h - at.y, text_height = text + px(on, ROW - 20);
    return height > text_height ? height : text_height;
}

static int draw_group(struct screen *on, enum action_group group, struct rect at)
{
    int y = at.y;
    widget_text(on, FACE_UI_STRONG, 13.5, at.x, y + px(on, 28), token(on, ACCENT),
                str_of(action_group_title(group)));
    y += px(on, GROUP_HEAD);
    for (size_t i = 0; i < action_count(); i++) {
        const struct action *action = action_at(i);
        if (action->group == group && keymap_keys(action)[0])
            y += draw_action(on, action, (struct rect){at.x, y, at.w, 0});
    }
    return y - at.y;
}

/* The mouse has no row in the table of actions. */
static int draw_mouse(struct screen *on, struct rect at)
{
    static const char *const rows[] = {
        N_("Click on a word: hear it from there"),
        N_("Wheel: read on without moving the voice"),
        N_("Drop files on the window to open them"),
    };
    int y = at.y;
    widget_text(on, FACE_UI_STRONG, 13.5, at.x, y + px(on, 28), token(on, ACCENT),
                str_of(_("Mouse")));
    y += px(on, GROUP_HEAD);
    for (size_t i = 0; i < COUNT(rows); i++)
        y += widget_lines(on, &text_note, at.x, y + px(on, 4), at.w, token(on, INK2),
                          str_of(_(rows[i]))) +
             px(on, 6);
    return y - at.y;
}

/* Groups go to the shorter column. */
static int draw_groups(struct screen *on, struct rect at)
{
    bool two = at.w >= px(on, TWO_COLUMNS_FROM);
    int gap = px(on, 40), heights[2] = {0, 0};
    struct rect column = {at.x, at.y, two ? (at.w - gap) / 2 : at.w, at.h};
    for (int group = 0; group <= GROUP_COUNT; group++) {
        int side = two && heights[1] < heights[0];
        struct rect where = {column.x + side * (column.w + gap), at.y + heights[side], column.w,
                             0};
        heights[side] += group < GROUP_COUNT ? draw_group(on, (enum action_group)group, where)
                                             : draw_mouse(on, where);
        heights[side] += px(on, 8);
    }
    return heights[0] > heights[1] ? heights[0] : heights[1];
}

static void draw(struct screen *on, struct rect at)
{
    struct sheet sheet = sheet_begin(on, at, _("Keys"), WIDTH, HEIGHT);
    sheet_end(on, &sheet, draw_groups(on, sheet.at) + px(on, 16));
}

const struct view view_help = {"help", place, shown, draw, sheet_input};
