/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search found, as a list where the contents stand: who says it, when, and the words
 * around it.  A click, or Ctrl+Enter in the field, hears it. */
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { ROW = 84, WORDS_BEFORE = 5, WORDS_SHOWN = 40, LINES = 2 };

static bool shown(const struct screen *on)
{
    return on->session->transcript && on->session->search.shown &&
           on->session->search.query.len && (panel_is_docked(on) || on->results_wanted);
}

/* ---- a row ---- */

static void play(struct screen *on, long match)
{
    on->scroll.held = on->scroll.suspended = false;
    on->results_wanted = false;
    search_play(on->session, (size_t)match);
}

/* Words of the text one after the other, the match marked, in a few lines. */
static void draw_context(struct screen *on, struct rect at, const struct vb_match *match)
{
    const struct vb_transcript *t = on->session->transcript;
    uint32_t turn = vb_turn_of_word(t, match->first);
    uint32_t begin = turn == VB_NONE ? 0 : vb_turn(t, turn)->first_word;
    uint32_t first = match->first - begin > WORDS_BEFORE ? match->first - WORDS_BEFORE : begin;
    int x = at.x, line = px(on, 19), space = widget_width(on, FACE_UI, 13, VB_STR(" "));
    struct rect row = {at.x, at.y, at.w, line};
    if (first > begin)
        x += widget_text(on, FACE_UI, 13, x, widget_baseline(on, row, FACE_UI, 13),
                         token(on, INK3), VB_STR("… "));
    for (uint32_t word = first; word < vb_word_count(t) && word < first + WORDS_SHOWN; word++) {
        vb_str text = vb_word_text(t, word);
        int width = widget_width(on, FACE_UI, 13, str_cut(text, 0, 200));
        if (x + width > at.x + at.w && x > at.x) {
            x = at.x;
            row.y += line;
        }
        if (row.y >= at.y + LINES * line)
            break;
        bool marked = word >= match->first && word <= match->last;
        if (marked)
            draw_round(&on->list,
                       (struct rect){x - px(on, 2), row.y + px(on, 1), width + px(on, 4),
                                     line - px(on, 2)},
                       px(on, 3), CORNERS_ALL, token(on, MATCH));
        widget_fit(on, FACE_UI, 13, x, widget_baseline(on, row, FACE_UI, 13), at.x + at.w - x,
                   token(on, marked ? INK : INK2), text);
        x += width + space;
    }
}

static void draw_heading(struct screen *on, struct rect at, uint32_t section)
{
    static const struct text_style style = {FACE_UI_STRONG, 13, 19, false};
    vb_str title = vb_section(on->session->transcript, section)->title;
    struct rect before = draw_clip(&on->list, at);
    widget_lines(on, &style, at.x, at.y, at.w, token(on, INK), title);
    draw_unclip(&on->list, before);
}

static void draw_name(struct screen *on, struct rect at, const struct vb_match *match)
{
    uint32_t turn = vb_turn_of_word(on->session->transcript, match->first);
    vb_str time = screen_word_time(on, match->first);
    int baseline = at.y + px(on, 20), right = at.x + at.w;
    int width = widget_text_right(on, FACE_FIGURES, 12, right, baseline, token(on, INK3), time);
    vb_str name = match->section == VB_NONE ? screen_turn_name(on, turn)
                                            : screen_print(on, "%s", _("heading"));
    color tint = match->section == VB_NONE ? screen_turn_color(on, turn) : token(on, INK3);
    widget_fit(on, FACE_UI_STRONG, 13, at.x, baseline, right - width - px(on, 10) - at.x, tint,
               name);
}

static void draw_row(struct screen *on, struct rect at, size_t i, bool is_here)
{
    struct vb_match match = search_match(on->session, i);
    struct rect box = {at.x, at.y, at.w, at.h - px(on, 4)};
    struct rect inside = {box.x + px(on, 10), box.y, box.w - px(on, 20), box.h};
    screen_spot(on, box, play, (long)i, VB_STR(""));
    rows_draw_ground(on, box, is_here);
    draw_name(on, inside, &match);
    struct rect words = {inside.x, inside.y + px(on, 28), inside.w, px(on, 19 * LINES)};
    if (match.section != VB_NONE)
        draw_heading(on, words, match.section);
    else
        draw_context(on, words, &match);
}

/* ---- the list ---- */

static void draw_nothing(struct screen *on, struct rect at)
{
    widget_lines(on, &text_note, at.x, at.y, at.w, token(on, INK3),
                 str_of(_("Nothing in the text is like that. Accents and capitals make no "
                          "difference; a name and a colon in front search one voice.")));
}

static void draw(struct screen *on, struct rect at)
{
    size_t count = search_count(on->session);
    panel_draw_ground(on, at, NULL);
    vb_str title = count ? screen_print(on, P_("%zu PLACE", "%zu PLACES", count), count)
                         : screen_print(on, "%s", _("NOT FOUND"));
    int pad = px(on, PANEL_PAD), head = px(on, PANEL_HEAD), top = at.y + px(on, 8);
    panel_draw_head(on, at.x + pad + px(on, 8), top, title);
    struct rect rows = {at.x + pad, top + head, at.w - 2 * pad, at.h - head - px(on, 16)};
    struct row_list list = {count, on->session->search.here, px(on, ROW), draw_row};
    if (count)
        rows_draw(on, &on->results_rows, rows, &list);
    else
        draw_nothing(on,
                     (struct rect){rows.x + px(on, 8), rows.y, rows.w - px(on, 16), rows.h});
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)at;
    if (in->kind == INPUT_WHEEL)
        rows_scroll(&on->results_rows, in->amount * (float)px(on, ROW));
    return true;
}

const struct view view_results = {"results", panel_place, shown, draw, input};
