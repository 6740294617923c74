/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with the words under the pointer, or with those that are selected. */
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { ROW = 34, PAD = 6, WIDTH = 372 };

/* In this order; those that the program does not have are left out. */
static const char *const actions[] = {
    "play-here",  "edit",       "play-turn", "loop-turn", "select-turn", "copy",
    "copy-quote", "quote-form", "copy-time", "pin",       "bookmark",    "export-clip",
};

static bool shown(const struct screen *on)
{
    return on->session->asked == ASK_MENU;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)room;
    return (struct rect){0, 0, on->width, on->height};
}

static size_t rows(long found[COUNT(actions)])
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(actions); i++) {
        long index = widget_action_index(actions[i]);
        if (index >= 0)
            found[count++] = index;
    }
    return count;
}

static void dismiss(struct screen *on, long amount)
{
    (void)amount;
    on->session->asked = ASK_NOTHING;
}

/* An action may ask for something else; then that stays open. */
static void run(struct screen *on, long action)
{
    uint32_t asks = on->session->asks;
    widget_run_action(on, action);
    if (on->session->asks == asks)
        on->session->asked = ASK_NOTHING;
}

bool view_menu_key(struct screen *on, const struct key_press *press)
{
    long found[COUNT(actions)];
    size_t count = rows(found);
    switch (press->name) {
    case KEY_UP:
        on->menu_row = (on->menu_row + count - 1) % count;
        return true;
    case KEY_DOWN:
        on->menu_row = (on->menu_row + 1) % count;
        return true;
    case KEY_HOME:
        on->menu_row = 0;
        return true;
    case KEY_END:
        on->menu_row = count - 1;
        return true;
    case KEY_RETURN:
        run(on, found[on->menu_row < count ? on->menu_row : 0]);
        return true;
    case KEY_ESCAPE:
    case KEY_MENU:
        dismiss(on, 0);
        return true;
    default:
        return false;
    }
}

static void draw_row(struct screen *on, struct rect at, long index, bool is_here)
{
    const struct action *action = action_at((size_t)index);
    vb_str keys = widget_action_keys(on, action->name);
    size_t comma = str_find(keys, VB_STR(", "));
    keys = str_cut(keys, 0, comma == STR_NOT_FOUND ? keys.len : comma);
    int pad = px(on, 12), right = at.x + at.w - pad;
    int baseline = widget_baseline(on, at, FACE_UI, 13.5);
    screen_spot(on, at, run, index, VB_STR(""));
    if (is_here || screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 6), CORNERS_ALL,
                   color_faded(token(on, ACCENT), is_here ? 16 : 9));
    int width = widget_text_right(on, FACE_UI, 12, right, baseline, token(on, INK3), keys);
    widget_fit(on, FACE_UI, 13.5, at.x + pad, baseline, right - width - px(on, 12) - at.x - pad,
               token(on, INK), screen_sentence(on, _(action->help)));
}

/* Beside the words; where there is no room below or at the right, above or at the left. */
static struct rect box_of(const struct screen *on, size_t count)
{
    int width = px(on, WIDTH), height = (int)count * px(on, ROW) + 2 * px(on, PAD);
    width = width < on->width - px(on, 16) ? width : on->width - px(on, 16);
    struct rect word = on->menu_at, box = {word.x, word.y + word.h + px(on, 2), width, height};
    if (box.y + height > on->height - px(on, 8) && word.y - height > px(on, 8))
        box.y = word.y - height - px(on, 2);
    int most_x = on->width - width - px(on, 8), most_y = on->height - height - px(on, 8);
    box.x = box.x > most_x ? most_x : box.x;
    box.y = box.y > most_y ? most_y : box.y;
    box.x = box.x < px(on, 8) ? px(on, 8) : box.x;
    box.y = box.y < px(on, 8) ? px(on, 8) : box.y;
    return box;
}

static void draw(struct screen *on, struct rect at)
{
    long found[COUNT(actions)];
    size_t count = rows(found);
    struct rect box = box_of(on, count);
    screen_spot(on, at, dismiss, 0, VB_STR(""));
    screen_begin_modal(on);
    widget_shadow(on, box, px(on, 10));
    draw_round(&on->list, box, px(on, 10), CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, box, px(on, 10), px(on, 1), widget_hairline(on));
    screen_spot(on, box, NULL, 0, VB_STR(""));
    int pad = px(on, PAD), row = px(on, ROW);
    for (size_t i = 0; i < count; i++)
        draw_row(on,
                 (struct rect){box.x + pad, box.y + pad + (int)i * row, box.w - 2 * pad, row},
                 found[i], i == on->menu_row);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)at;
    if (in->kind == INPUT_MENU)
        dismiss(on, 0);
    return true;
}

const struct view view_menu = {"menu", place, shown, draw, input};
