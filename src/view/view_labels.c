/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels that the reader of the page had to guess about: a speaker's, or text? One press each
 * decides; the page is read anew at once. */
#include "app/editing.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/sheet.h"
#include "view/widgets.h"

enum { WIDTH = 620, HEIGHT = 560, ROW = 64, BUTTON = 32, BESIDE_FROM = 460 };

static bool shown(const struct screen *on)
{
    return on->session->mode == MODE_LABELS;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

size_t view_labels_open(const struct screen *on)
{
    size_t count = 0, open = 0;
    if (!on->session->transcript)
        return 0;
    const struct vb_doubtful_label *doubts = vb_doubtful_labels(on->session->transcript, &count);
    for (size_t i = 0; i < count; i++)
        open += !doubts[i].is_told;
    return open;
}

/* The label by its place in the list, and what it is: twice the place, plus one for a speaker.
 */
static void judge(struct screen *on, long amount)
{
    size_t count;
    const struct vb_doubtful_label *doubts = vb_doubtful_labels(on->session->transcript, &count);
    if ((size_t)amount / 2 < count)
        session_judge_label(on->session, doubts[amount / 2].label, amount % 2);
}

/* A choice that is taken is filled, and says so by its check. */
static int draw_choice(struct screen *on, int right, int y, const char *word, bool is_taken,
                       long amount)
{
    vb_str text = str_of(word);
    int sign = is_taken ? px(on, 20) : 0;
    int width = widget_width(on, FACE_UI_MEDIUM, 13, text) + px(on, 24) + sign;
    struct rect at = {right - width, y, width, px(on, BUTTON)};
    screen_spot(on, at, judge, amount, VB_STR(""));
    color ink = token(on, is_taken ? ON_ACCENT : INK);
    if (is_taken)
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, token(on, ACCENT));
    else
        draw_ring(&on->list, at, px(on, 8), px(on, 1), token(on, FIELD));
    if (screen_hovers(on, at) && !is_taken)
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 8));
    if (is_taken)
        draw_icon(&on->list,
                  (struct rect){at.x + px(on, 8), at.y + (at.h - px(on, 18)) / 2, px(on, 18),
                                px(on, 18)},
                  ICON_CHECKED, ink);
    widget_text(on, FACE_UI_MEDIUM, 13, at.x + px(on, 12) + sign,
                widget_baseline(on, at, FACE_UI_MEDIUM, 13), ink, text);
    return width;
}

static int draw_row(struct screen *on, struct rect at, const struct vb_doubtful_label *doubt, long i)
{
    bool beside = at.w >= px(on, BESIDE_FROM);
    int y = at.y + (beside ? px(on, (ROW - BUTTON) / 2.) : px(on, 44)), gap = px(on, 8);
    int right = beside ? at.x + at.w : at.x + px(on, 260);
    right -=
        draw_choice(on, right, y, _("is text"), !doubt->is_speaker && doubt->is_told, 2 * i) +
        gap;
    right -= draw_choice(on, right, y, _("is a speaker"), doubt->is_speaker && doubt->is_told,
                         2 * i + 1);
    int room = beside ? right - 2 * gap - at.x : at.w;
    widget_fit(on, FACE_UI_STRONG, 14, at.x, at.y + px(on, 24), room, token(on, INK),
               screen_print(on, "%.*s", (int)doubt->label.len, doubt->label.data));
    const char *taken =
        doubt->is_speaker ? _("line %u, taken for a speaker") : _("line %u, taken for text");
    widget_fit(on, FACE_UI, 12.5, at.x, at.y + px(on, 42), room, token(on, INK3),
               screen_print(on, taken, (unsigned)doubt->line));
    return px(on, beside ? ROW : ROW + 24);
}

static void draw(struct screen *on, struct rect at)
{
    struct sheet sheet = sheet_begin(on, at, _("Speakers or text?"), WIDTH, HEIGHT);
    struct rect row = sheet.at;
    size_t count = 0;
    const struct vb_doubtful_label *doubts =
        on->session->transcript ? vb_doubtful_labels(on->session->transcript, &count) : NULL;
    if (!count)
        row.y += widget_lines(on, &text_note, row.x, row.y + px(on, 12), row.w, token(on, INK2),
                              str_of(_("No label of this page is in doubt."))) +
                 px(on, 24);
    for (size_t i = 0; i < count; i++) {
        row.y += draw_row(on, row, &doubts[i], (long)i);
        draw_rect(&on->list, (struct rect){row.x, row.y - px(on, 1), row.w, px(on, 1)},
                  widget_hairline(on));
    }
    sheet_end(on, &sheet, row.y - sheet.at.y + px(on, 16));
}

const struct view view_labels = {"labels", place, shown, draw, sheet_input};
