/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of doubts, where the contents stand: why, who says it, when; how much was heard; and
 * how far a second text agrees.  A click goes there and plays it. */
#include "app/relire.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/doubts.h"
#include "view/widgets.h"

enum {
    ROW = 88,
    LINE = 17,
    LINES = 3,
    PROOF = 108, /* what was heard */
    TOLD = 22,   /* a line of the comparison */
    VOICES_SHOWN = 4,
};

static const struct text_style reason = {FACE_UI, 13, LINE, false};

/* Beside the text it is there with the mode; over it when it is wanted. */
static bool shown(const struct screen *on)
{
    if (!relire_is_on(on->session) || !on->session->transcript || view_results.shown(on))
        return false;
    return panel_is_docked(on) ? !on->doubts_away : on->doubts_over;
}

bool view_doubts_toggle(struct screen *on)
{
    if (!relire_is_on(on->session))
        return false;
    if (panel_is_docked(on))
        on->doubts_away = !on->doubts_away;
    else
        on->doubts_over = !on->doubts_over;
    return true;
}

bool view_doubts_close(struct screen *on)
{
    bool closes = on->doubts_over && !panel_is_docked(on) && shown(on);
    on->doubts_over = on->doubts_over && !closes;
    return closes;
}

/* ---- a row ---- */

static void go(struct screen *on, long i)
{
    on->scroll.held = on->scroll.suspended = false;
    relire_go(on->session, (size_t)i);
    view_doubts_close(on);
}

/* Grave: a triangle; doubtful: a ring; answered: a disc with a check. */
static void draw_sign(struct screen *on, struct rect at, const struct doubt *d)
{
    if (d->right)
        draw_icon(&on->list, at, ICON_CHECKED, token(on, VERIFIED));
    else if (d->level == VB_MISTAKE)
        draw_icon(&on->list, at, ICON_WARNING, token(on, WARN));
    else
        draw_ring(&on->list, rect_grown(at, -px(on, 3)), (at.w - px(on, 6)) / 2, px(on, 2),
                  token(on, d->level == VB_DOUBT ? WARN : INK3));
}

static vb_str time_of(struct screen *on, const struct doubt *d)
{
    if (d->from != VB_NO_TIME)
        return screen_time(on, d->from);
    return d->first == VB_NONE ? VB_STR("") : screen_word_time(on, d->first);
}

static void draw_name(struct screen *on, struct rect at, const struct doubt *d)
{
    uint32_t turn =
        d->first == VB_NONE ? VB_NONE : vb_turn_of_word(on->session->transcript, d->first);
    int sign = px(on, 18), baseline = at.y + px(on, 20), right = at.x + at.w;
    draw_sign(on, (struct rect){at.x - px(on, 1), at.y + px(on, 6), sign, sign}, d);
    int width = widget_text_right(on, FACE_FIGURES, 12, right, baseline, token(on, INK3),
                                  time_of(on, d));
    int left = at.x + sign + px(on, 7);
    if (turn == VB_NONE)
        widget_fit(on, FACE_UI_STRONG, 13, left, baseline, right - width - px(on, 8) - left,
                   token(on, INK2), str_of(_("the page as a whole")));
    else
        widget_fit(on, FACE_UI_STRONG, 13, left, baseline, right - width - px(on, 8) - left,
                   d->right ? token(on, INK3) : screen_turn_color(on, turn),
                   screen_turn_name(on, turn));
}

static void draw_reason(struct screen *on, struct rect at, const struct doubt *d)
{
    vb_str text = screen_print(on, "%.*s", (int)d->text.len, d->text.data);
    text = screen_sentence(on, text.data);
    struct rect room = {at.x, at.y, at.w, px(on, LINE) * (d->note.len ? LINES - 1 : LINES)};
    struct rect before = draw_clip(&on->list, room);
    widget_lines(on, &reason, room.x, room.y, room.w, token(on, d->right ? INK3 : INK), text);
    draw_unclip(&on->list, before);
    if (!d->note.len)
        return;
    int sign = px(on, 14), y = room.y + room.h;
    draw_icon(&on->list, (struct rect){at.x, y + px(on, 2), sign, sign}, ICON_PENCIL,
              token(on, EDITED));
    widget_fit(on, FACE_UI_MEDIUM, 13, at.x + sign + px(on, 6), y + px(on, 13),
               at.w - sign - px(on, 6), token(on, EDITED), d->note);
}

static void draw_row(struct screen *on, struct rect at, size_t i, bool is_here)
{
    const struct doubt *d = relire_doubt(on->session, i);
    struct rect box = {at.x, at.y, at.w, at.h - px(on, 4)};
    struct rect inside = {box.x + px(on, 10), box.y, box.w - px(on, 20), box.h};
    vb_str tip =
        screen_print(on, "%.*s%s%.*s [%s]", (int)d->text.len, d->text.data,
                     d->note.len ? " · " : "", (int)d->note.len, d->note.data, d->check);
    screen_spot(on, box, go, (long)i, tip);
    rows_draw_ground(on, box, is_here);
    draw_name(on, inside, d);
    draw_reason(
        on, (struct rect){inside.x, inside.y + px(on, 30), inside.w, px(on, LINES * LINE)}, d);
}

static void draw_nothing(struct screen *on, struct rect at)
{
    const char *text =
        relire_works(on->session)
            ? _("The page is being looked through.")
            : _("Nothing here is doubtful by itself. What sounds unlike the text is found by "
                "listening (“align”), and by comparing with a second text.");
    widget_lines(on, &text_note, at.x, at.y, at.w, token(on, INK3), str_of(text));
}

/* ---- what was heard ---- */

static void next_hole(struct screen *on, long amount)
{
    (void)amount;
    relire_next_hole(on->session);
    view_doubts_close(on);
}

static void copy_line(struct screen *on, long amount)
{
    (void)amount;
    relire_copy_progress(on->session);
}

static void turn_stops(struct screen *on, long amount)
{
    (void)amount;
    relire_set_stops(on->session, !relire_stops(on->session));
}

/* "82 % heard · 3 holes", "82 % heard, up to 1.5× · 3 holes" */
static vb_str proof_text(struct screen *on, const struct relire_progress *p)
{
    int percent = (int)(p->heard * 100 + 0.5);
    percent = percent == 100 && p->holes ? 99 : percent;
    vb_str heard = p->speed > 100
                       ? screen_print(on, _("%d %% heard, up to %g×"), percent, p->speed / 100.)
                       : screen_print(on, _("%d %% heard"), percent);
    if (!p->holes || !percent)
        return heard;
    vb_str holes = screen_print(on, P_("%zu hole", "%zu holes", p->holes), p->holes);
    return screen_print(on, "%s · %s", heard.data, holes.data);
}

static int link_to(struct screen *on, int x, int y, const char *text,
                   void (*run)(struct screen *on, long amount), vb_str tip)
{
    vb_str word = str_of(text);
    int width = widget_width(on, FACE_UI_MEDIUM, 12.5, word);
    struct rect at = {x - px(on, 6), y, width + px(on, 12), px(on, 26)};
    screen_spot(on, at, run, 0, tip);
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 6), CORNERS_ALL, color_faded(token(on, INK), 8));
    widget_text(on, FACE_UI_MEDIUM, 12.5, x, widget_baseline(on, at, FACE_UI_MEDIUM, 12.5),
                token(on, ACCENT), word);
    return width;
}

static void draw_proof(struct screen *on, struct rect at)
{
    struct relire_progress p = relire_progress(on->session);
    struct rect bar = {at.x, at.y + px(on, 30), at.w, px(on, 5)};
    widget_fit(on, FACE_UI_MEDIUM, 13, at.x, at.y + px(on, 18), at.w, token(on, INK2),
               proof_text(on, &p));
    draw_round(&on->list, bar, bar.h / 2, CORNERS_ALL, color_faded(token(on, INK), 12));
    bar.w = (int)((double)bar.w * p.heard);
    if (bar.w > bar.h)
        draw_round(&on->list, bar, bar.h / 2, CORNERS_ALL, token(on, VERIFIED));
    int y = at.y + px(on, 44);
    int width =
        link_to(on, at.x, y, _("Next hole"), next_hole, widget_action_tip(on, "next-hole"));
    link_to(on, at.x + width + px(on, 20), y, _("Copy as a line"), copy_line,
            widget_action_tip(on, "copy-progress"));
    link_to(on, at.x, y + px(on, 26),
            relire_stops(on->session) ? _("Stops at each turn") : _("Plays on between turns"),
            turn_stops, widget_action_tip(on, "stop-at-turns"));
}

static int proof_height(const struct screen *on)
{
    return on->session->player ? px(on, PROOF) : 0;
}

/* ---- the second text ---- */

static size_t voices_told(const struct screen *on)
{
    uint32_t count = vb_speaker_count(on->session->transcript);
    return count < VOICES_SHOWN ? count : VOICES_SHOWN;
}

static int comparison_height(const struct screen *on)
{
    if (!relire_comparison(on->session))
        return 0;
    return px(on, TOLD) * (2 + (int)voices_told(on)) + px(on, 10);
}

static void draw_errors(struct screen *on, struct rect row, vb_str name, color tint,
                        struct vb_word_errors e)
{
    int baseline = widget_baseline(on, row, FACE_UI, 12.5), right = row.x + row.w;
    vb_str rate = screen_print(on, _("%.1f %%"), 100 * vb_word_error_rate(e));
    int width = widget_text_right(on, FACE_FIGURES, 12, right, baseline, token(on, INK2), rate);
    widget_fit(on, FACE_UI, 12.5, row.x, baseline, right - width - px(on, 8) - row.x, tint,
               name);
    vb_str tip =
        screen_print(on, _("%u words: %u other, %u only here, %u only in the second text"),
                     e.words, e.substituted, e.only_here, e.only_there);
    screen_spot(on, row, NULL, 0, tip);
}

static void draw_comparison(struct screen *on, struct rect at)
{
    const struct vb_comparison *c = relire_comparison(on->session);
    const struct vb_transcript *t = on->session->transcript;
    struct rect row = {at.x, at.y, at.w, px(on, TOLD)};
    const char *path = vb_document_path(relire_other(on->session));
    struct vb_word_errors all = vb_word_errors(c);
    draw_errors(on, row, str_of(file_name(path)), token(on, INK), all);
    row.y += row.h;
    widget_fit(on, FACE_UI, 12, row.x, widget_baseline(on, row, FACE_UI, 12), row.w,
               token(on, INK3),
               screen_print(on, _("%u other · %u only here · %u only there"), all.substituted,
                            all.only_here, all.only_there));
    for (uint32_t i = 0; i < voices_told(on); i++) {
        row.y += row.h;
        draw_errors(on, row, vb_speaker(t, i)->name, theme_speaker(on->theme, i),
                    vb_word_errors_of(c, i));
    }
}

/* ---- the whole ---- */

static void turn_order(struct screen *on, long amount)
{
    (void)amount;
    relire_order(on->session, !relire_by_rank(on->session));
}

static void dismiss(struct screen *on, long amount)
{
    (void)amount;
    view_doubts_close(on);
}

static void draw_head(struct screen *on, struct rect at)
{
    size_t count = relire_count(on->session);
    vb_str title = count ? screen_print(on, P_("%zu DOUBT", "%zu DOUBTS", count), count)
                         : screen_print(on, "%s", _("DOUBTS"));
    panel_draw_head(on, at.x, at.y, title);
    if (count < 2)
        return;
    const char *order = relire_by_rank(on->session) ? _("likeliest first") : _("by place");
    int width = widget_width(on, FACE_UI_MEDIUM, 12.5, str_of(order));
    link_to(on, at.x + at.w - width, at.y + px(on, 12), order, turn_order,
            widget_action_tip(on, "doubts-order"));
}

static void draw(struct screen *on, struct rect at)
{
    int pad = px(on, PANEL_PAD), head = px(on, PANEL_HEAD), side = px(on, 10);
    struct rect rows = {at.x + pad, at.y + px(on, 8), at.w - 2 * pad, head};
    struct rect narrow = {rows.x + side, rows.y, rows.w - 2 * side, head};
    panel_draw_ground(on, at, dismiss);
    draw_head(on, narrow);
    int below = proof_height(on), told = comparison_height(on);
    told = told > at.h / 3 ? 0 : told;
    rows.y += head;
    rows.h = at.y + at.h - rows.y - below - told - px(on, 8);
    struct row_list list = {relire_count(on->session), relire_here(on->session), px(on, ROW),
                            draw_row};
    if (list.count)
        rows_draw(on, &on->doubts_rows, rows, &list);
    else
        draw_nothing(on, (struct rect){narrow.x, rows.y, narrow.w, rows.h});
    narrow.y = rows.y + rows.h + px(on, 8);
    draw_rect(&on->list, (struct rect){at.x, narrow.y - px(on, 4), at.w, px(on, 1)},
              widget_hairline(on));
    if (told)
        draw_comparison(on, narrow);
    narrow.y += told;
    if (below)
        draw_proof(on, narrow);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)at;
    if (in->kind == INPUT_WHEEL)
        rows_scroll(&on->doubts_rows, in->amount * (float)px(on, ROW));
    return true;
}

const struct view view_doubts = {"doubts", panel_place, shown, draw, input};
