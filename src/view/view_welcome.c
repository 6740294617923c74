/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that is shown without files: what to do, in three lines; the sample; what was open
 * lately. */
#include <stdlib.h>

#include "app/arrivals.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { LOW = 300, WIDTH = 520, STEP = 44, ROW = 40, RECENTS = 6, PAD = 24 };

static bool shown(const struct screen *on)
{
    return !on->session->transcript && !on->session->player;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

static void open_sample(struct screen *on, long amount)
{
    (void)amount;
    arrivals_open_sample(on->session);
    session_begin(on->session, VB_NO_TIME, true);
}

static void open_recent(struct screen *on, long i)
{
    arrivals_open_recent(on->session, (size_t)i);
}

/* ---- three lines ---- */

static int draw_step(struct screen *on, struct rect at, const char *number, const char *text)
{
    int disc = px(on, 26), gap = px(on, 14), room = at.w - disc - gap;
    int height = widget_lines_height(on, &text_note, room, str_of(text));
    struct rect round = {at.x, at.y, disc, disc};
    draw_round(&on->list, round, disc / 2, CORNERS_ALL, color_faded(token(on, ACCENT), 14));
    int width = widget_width(on, FACE_UI_STRONG, 13, str_of(number));
    widget_text(on, FACE_UI_STRONG, 13, round.x + (disc - width) / 2,
                widget_baseline(on, round, FACE_UI_STRONG, 13), token(on, ACCENT),
                str_of(number));
    widget_lines(on, &text_note, at.x + disc + gap, at.y + px(on, 3), room, token(on, INK2),
                 str_of(text));
    return height > disc ? height + px(on, 14) : disc + px(on, 14);
}

static int draw_steps(struct screen *on, struct rect at)
{
    const char *const steps[] = {
        _("Drop a recording and its transcript on this window, in any order."),
        _("A transcript on the web? Copy the whole page and paste it here with Ctrl+V."),
        _("Listen: the text follows the voice, and a click on a word plays it. F1 shows all "
          "keys."),
    };
    static const char *const numbers[] = {"1", "2", "3"};
    int y = at.y;
    for (size_t i = 0; i < COUNT(steps); i++)
        y += draw_step(on, (struct rect){at.x, y, at.w, 0}, numbers[i], steps[i]);
    return y - at.y;
}

/* ---- lately ---- */

static void draw_recent(struct screen *on, struct rect at, const struct recent *recent, long i)
{
    vb_str title = screen_print(on, "%s", recent->title);
    vb_str where = screen_print(on, "%s", recent->place);
    screen_spot(on, at, open_recent, i, VB_STR(""));
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 6));
    int pad = px(on, 10), baseline = widget_baseline(on, at, FACE_UI, 13.5);
    int side = widget_text_right(on, FACE_FIGURES, 12, at.x + at.w - pad, baseline,
                                 token(on, INK3), where);
    widget_fit(on, FACE_UI, 13.5, at.x + pad, baseline, at.w - 3 * pad - side, token(on, INK),
               title);
}

static void draw_recents(struct screen *on, struct rect at)
{
    const struct recents *recents = &on->session->recents;
    struct recent *list = mem_new(RECENTS * sizeof *list);
    size_t count = recents->list ? recents->list(recents->ctx, list, RECENTS) : 0;
    int y = at.y, row = px(on, ROW);
    if (count) {
        widget_text(on, FACE_UI_STRONG, 11, at.x, y + px(on, 14), token(on, INK3),
                    str_of(_("OPEN LATELY")));
        y += px(on, 26);
    }
    for (size_t i = 0; i < count && y + row <= at.y + at.h; i++, y += row)
        draw_recent(on, (struct rect){at.x - px(on, 10), y, at.w + px(on, 20), row}, &list[i],
                    (long)i);
    free(list);
}

/* ---- the whole, in the middle, or from the top where it is too tall ---- */

static int content_height(const struct screen *on, bool has_sample)
{
    return px(on, 56 + 3 * STEP + (has_sample ? 60 : 0) +
                      (on->session->recents.list ? 26 + 4 * ROW : 0));
}

static void draw(struct screen *on, struct rect at)
{
    static const struct text_style large = {FACE_TEXT, 26, 36, false};
    static const struct text_style small = {FACE_TEXT, 17, 24, false};
    bool has_sample = arrivals_has_sample(on->session);
    int room = at.w - 2 * px(on, PAD), width = px(on, WIDTH) < room ? px(on, WIDTH) : room;
    int spare = at.h - content_height(on, has_sample);
    struct rect page = {at.x + (at.w - width) / 2, at.y + px(on, PAD), width, at.h};
    page.y += spare > 2 * px(on, PAD) ? spare * 2 / 5 - px(on, PAD) : 0;
    page.h = at.y + at.h - page.y;
    page.y += widget_lines(on, at.w < px(on, 300) ? &small : &large, page.x, page.y, width,
                           token(on, INK), str_of(_("Hear it while you read it"))) +
              px(on, 16);
    bool is_low = at.h < px(on, LOW); /* what can be pressed comes first */
    if (!is_low)
        page.y += draw_steps(on, page) + px(on, 8);
    if (has_sample) {
        widget_button(on, page.x, page.y, str_of(_("Try the sample")), true, open_sample, true);
        page.y += px(on, 32 + 24);
    }
    if (is_low)
        page.y += draw_steps(on, page) + px(on, 8);
    page.h = at.y + at.h - page.y;
    draw_recents(on, page);
}

const struct view view_welcome = {"welcome", place, shown, draw, NULL};
