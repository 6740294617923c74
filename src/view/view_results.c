/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search found, as a list where the contents stand: who says it, when, and the words
 * around it.  A click, or Ctrl+Enter in the field, hears it. */
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { ROW = 84, HEAD = 44, PAD = 12, WORDS_BEFORE = 5, WORDS_SHOWN = 40, LINES = 2 };

static bool shown(const struct screen *on)
{
    bool docked = screen_logical_width(on) >= 1000;
    return on->session->transcript && on->session->search.shown &&
           on->session->search.query.len && (docked || on->results_wanted);
}

static struct rect place(const struct screen *on, struct rect *room)
{
    return view_outline.place(on, room);
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

static void draw_row(struct screen *on, struct rect at, size_t i)
{
    struct vb_match match = search_match(on->session, i);
    bool is_here = i == on->session->search.here;
    struct rect box = {at.x, at.y, at.w, at.h - px(on, 4)};
    struct rect inside = {box.x + px(on, 10), box.y, box.w - px(on, 20), box.h};
    screen_spot(on, box, play, (long)i, VB_STR(""));
    if (is_here)
        draw_round(&on->list, box, px(on, 8), CORNERS_ALL, color_faded(token(on, ACCENT), 13));
    else if (screen_hovers(on, box))
        draw_round(&on->list, box, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 6));
    if (is_here)
        draw_round(&on->list,
                   (struct rect){box.x, box.y + px(on, 12), px(on, 3), box.h - px(on, 24)},
                   px(on, 1), CORNERS_ALL, token(on, ACCENT));
    draw_name(on, inside, &match);
    struct rect words = {inside.x, inside.y + px(on, 28), inside.w, px(on, 19 * LINES)};
    if (match.section != VB_NONE)
        draw_heading(on, words, match.section);
    else
        draw_context(on, words, &match);
}

/* ---- the list ---- */

/* Keeps the match that was gone to in sight when it becomes another one. */
static void scroll_rows(struct screen *on, int height)
{
    size_t count = search_count(on->session), here = on->session->search.here;
    int row = px(on, ROW);
    int64_t most = (int64_t)count * row - height;
    if (here != on->results_here && here != SEARCH_NOWHERE) {
        int64_t y = (int64_t)here * row;
        if (y < on->results_top || y + row > (int64_t)on->results_top + height)
            on->results_top = (int)(y - height / 3);
    }
    on->results_here = here;
    on->results_top = on->results_top > most ? (int)most : on->results_top;
    on->results_top = on->results_top < 0 ? 0 : on->results_top;
}

static void draw_rows(struct screen *on, struct rect at)
{
    int row = px(on, ROW);
    scroll_rows(on, at.h);
    struct rect before = draw_clip(&on->list, at);
    for (size_t i = (size_t)(on->results_top / row); i < search_count(on->session); i++) {
        struct rect place_of_row = {at.x, at.y + (int)i * row - on->results_top, at.w, row};
        if (place_of_row.y >= at.y + at.h)
            break;
        draw_row(on, place_of_row, i);
    }
    draw_unclip(&on->list, before);
}

static void draw_nothing(struct screen *on, struct rect at)
{
    widget_lines(on, &text_note, at.x, at.y, at.w, token(on, INK3),
                 str_of(_("Nothing in the text is like that. Accents and capitals make no "
                          "difference; a name and a colon in front search one voice.")));
}

static void draw(struct screen *on, struct rect at)
{
    size_t count = search_count(on->session);
    draw_rect(&on->list, at, token(on, PANEL));
    screen_spot(on, at, NULL, 0, VB_STR(""));
    draw_rect(&on->list, (struct rect){at.x + at.w - px(on, 1), at.y, px(on, 1), at.h},
              widget_hairline(on));
    vb_str title = count ? screen_print(on, P_("%zu PLACE", "%zu PLACES", count), count)
                         : screen_print(on, "%s", _("NOT FOUND"));
    int pad = px(on, PAD), head = px(on, HEAD), top = at.y + px(on, 8);
    widget_text(on, FACE_UI_STRONG, 11, at.x + pad + px(on, 8), top + head - px(on, 16),
                token(on, INK3), title);
    struct rect rows = {at.x + pad, top + head, at.w - 2 * pad, at.h - head - px(on, 16)};
    if (count)
        draw_rows(on, rows);
    else
        draw_nothing(on,
                     (struct rect){rows.x + px(on, 8), rows.y, rows.w - px(on, 16), rows.h});
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)at;
    if (in->kind == INPUT_WHEEL)
        on->results_top += (int)(in->amount * (float)px(on, ROW));
    return true;
}

const struct view view_results = {"results", place, shown, draw, input};
