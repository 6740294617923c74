/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The palette: any action by its name in the user's language. */
#include "app/fuzzy.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { WIDTH = 560, ROW = 34, FIELD_HEIGHT = 40, PAD = 14, ROWS_SHOWN = 9, FOUND_MAX = 256 };

static bool shown(const struct screen *on)
{
    return on->session->asked == ASK_ACTION;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)room;
    return (struct rect){0, 0, on->width, on->height};
}

/* ---- what fits ---- */

struct found {
    size_t action;
    int score;
};

/* By its sentence, or by the name that scripts use. */
static int score_of(const struct action *action, vb_str query)
{
    int by_help = fuzzy_score(str_of(_(action->help)), query);
    int by_name = fuzzy_score(str_of(action->name), query);
    return by_help > by_name ? by_help : by_name;
}

/* The best first; of equals the one that stands first in the table. */
static size_t find(const struct screen *on, struct found found[FOUND_MAX])
{
    vb_str query = field_text(&on->ask_field);
    size_t count = 0;
    for (size_t i = 0; i < action_count() && count < FOUND_MAX; i++) {
        int score = score_of(action_at(i), query);
        if (score == FUZZY_NO)
            continue;
        size_t at = count++;
        for (; at > 0 && found[at - 1].score < score; at--)
            found[at] = found[at - 1];
        found[at] = (struct found){i, score};
    }
    return count;
}

/* ---- keys ---- */

static void dismiss(struct screen *on, long amount)
{
    (void)amount;
    on->session->asked = ASK_NOTHING;
}

static void run(struct screen *on, long action)
{
    uint32_t asks = on->session->asks;
    on->session->asked = ASK_NOTHING; /* "close" means what was open before */
    widget_run_action(on, action);
    if (on->session->asks == asks)
        field_focus(on, NULL);
}

static void changed(struct screen *on)
{
    on->menu_row = 0;
}

static bool key(struct screen *on, const struct key_press *press)
{
    struct found found[FOUND_MAX];
    size_t count = find(on, found);
    if (press->name == KEY_ESCAPE)
        dismiss(on, 0);
    else if (press->name == KEY_RETURN && on->menu_row < count)
        run(on, (long)found[on->menu_row].action);
    else if (press->name == KEY_DOWN && count)
        on->menu_row = (on->menu_row + 1) % count;
    else if (press->name == KEY_UP && count)
        on->menu_row = (on->menu_row + count - 1) % count;
    else
        return press->name == KEY_RETURN;
    return true;
}

void palette_open(struct screen *on)
{
    field_set(&on->ask_field, VB_STR(""));
    on->menu_row = 0;
    field_focus(on, &on->ask_field);
}

/* ---- drawing ---- */

static void draw_row(struct screen *on, struct rect at, const struct action *action,
                     bool is_here)
{
    vb_str keys = widget_action_keys(on, action->name);
    int pad = px(on, 12), right = at.x + at.w - pad;
    int baseline = widget_baseline(on, at, FACE_UI, 14);
    screen_spot(on, at, run, (long)(action - action_at(0)), VB_STR(""));
    if (is_here || screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 7), CORNERS_ALL,
                   color_faded(token(on, ACCENT), is_here ? 16 : 8));
    if (is_here)
        draw_round(&on->list,
                   (struct rect){at.x, at.y + px(on, 8), px(on, 3), at.h - px(on, 16)},
                   px(on, 1), CORNERS_ALL, token(on, ACCENT));
    int most = at.w / 3, width = widget_width(on, FACE_UI, 12, keys);
    width = width < most ? width : most;
    widget_fit(on, FACE_UI, 12, right - width, baseline, width, token(on, INK3), keys);
    widget_fit(on, FACE_UI, 14, at.x + pad, baseline, right - width - px(on, 14) - at.x - pad,
               token(on, INK), screen_sentence(on, _(action->help)));
}

/* The rows around the one that was chosen. */
static void draw_rows(struct screen *on, struct rect at, size_t fit)
{
    struct found found[FOUND_MAX];
    size_t count = find(on, found);
    size_t from = on->menu_row >= fit ? on->menu_row - fit + 1 : 0;
    if (!count)
        widget_lines(on, &text_note, at.x + px(on, 12), at.y + px(on, 8), at.w, token(on, INK3),
                     str_of(_("Nothing is called like that.")));
    for (size_t i = from; i < count && i < from + fit; i++)
        draw_row(on,
                 (struct rect){at.x, at.y + (int)(i - from) * px(on, ROW), at.w, px(on, ROW)},
                 action_at(found[i].action), i == on->menu_row);
}

/* How many rows there is room and use for. */
static int rows_that_fit(const struct screen *on, int room)
{
    struct found found[FOUND_MAX];
    int count = (int)find(on, found), fit = room / px(on, ROW);
    fit = fit > ROWS_SHOWN ? ROWS_SHOWN : fit;
    fit = fit > count ? count : fit;
    return fit < 1 ? 1 : fit;
}

static void draw(struct screen *on, struct rect at)
{
    int width = px(on, WIDTH), most = at.w - px(on, 16), pad = px(on, PAD);
    int top = px(on, at.h > px(on, 500) ? 80 : 8), line = px(on, FIELD_HEIGHT);
    int room = at.h - top - 2 * pad - line - px(on, 16);
    int fit = rows_that_fit(on, room);
    width = width < most ? width : most;
    struct rect box = {(at.w - width) / 2, top, width,
                       2 * pad + line + px(on, 8) + fit * px(on, ROW)};
    screen_spot(on, at, dismiss, 0, VB_STR(""));
    screen_begin_modal(on);
    widget_shadow(on, box, px(on, 12));
    draw_round(&on->list, box, px(on, 12), CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, box, px(on, 12), px(on, 1), widget_hairline(on));
    screen_spot(on, box, NULL, 0, VB_STR(""));
    on->ask_field.changed = changed;
    on->ask_field.key = key;
    field_draw(on, &on->ask_field,
               (struct rect){box.x + pad, box.y + pad, box.w - 2 * pad, line},
               (struct field_look){.size = 15,
                                   .hint = screen_print(on, "%s", _("What do you want to do?")),
                                   .before = px(on, 12),
                                   .after = px(on, 12)});
    draw_rows(on,
              (struct rect){box.x + pad, box.y + pad + line + px(on, 8), box.w - 2 * pad,
                            fit * px(on, ROW)},
              (size_t)fit);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)on, (void)at, (void)in;
    return true;
}

const struct view view_palette = {"palette", place, shown, draw, input};
