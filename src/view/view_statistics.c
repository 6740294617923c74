/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who says how much, how fast, and when: a table, a lane a voice, and the pace of it all. */
#include "verbatim/statistics.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/str.h"
#include "view/sheet.h"
#include "view/widgets.h"

enum {
    WIDTH = 760,
    HEIGHT = 640,
    ROW = 44,
    LANE = 18,
    LANES_SHOWN = 8,
    PACE_HEIGHT = 72,
    BINS = 120,
    SLOW_FROM = 460, /* logical widths from which a column has its place */
    OVERLAPS_FROM = 560,
};

struct ranked {
    vb_time talk;
    uint32_t voice;
};

/* What costs too much to be counted for each frame. */
struct statistics_view {
    uint32_t revision;
    struct vb_statistics of;
    struct ranked *order; /* the voices, who talks most first */
    uint16_t pace[BINS];  /* words a minute, over the whole of the sound */
    bool is_known[BINS];  /* most words of it are not only estimated */
    uint16_t fastest;
    vb_time span;
    struct rect lanes; /* where they were drawn last */
};

static bool shown(const struct screen *on)
{
    return on->session->mode == MODE_STATISTICS;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

/* ---- counting ---- */

static void free_counts(struct statistics_view *v)
{
    vb_statistics_free(&v->of);
    free(v->order);
}

void view_statistics_free(struct screen *on)
{
    if (on->statistics)
        free_counts(on->statistics);
    free(on->statistics);
    on->statistics = NULL;
}

static vb_time span_of(const struct session *s)
{
    vb_time end = vb_timeline_text_end(s->timeline);
    return s->now.duration > end ? s->now.duration : end;
}

static void find_pace(struct statistics_view *v, const struct session *s)
{
    uint32_t words[BINS] = {0}, known[BINS] = {0};
    double minutes = (double)v->span / BINS / (60. * VB_SECOND);
    for (uint32_t i = 0; i < vb_word_count(s->transcript) && v->span > 0; i++) {
        vb_time start = vb_timeline_start(s->timeline, i);
        if (start < 0 || start >= v->span || vb_word_marks(s->transcript, i) & VB_UNSPOKEN)
            continue;
        size_t bin = (size_t)(start * BINS / v->span);
        words[bin]++;
        known[bin] += vb_timeline_origin(s->timeline, i) > VB_ESTIMATED;
    }
    for (size_t i = 0; i < BINS; i++) {
        double pace = minutes > 0 ? words[i] / minutes : 0;
        v->pace[i] = (uint16_t)(pace < UINT16_MAX ? pace : UINT16_MAX);
        v->is_known[i] = known[i] * 2 > words[i];
        v->fastest = v->pace[i] > v->fastest ? v->pace[i] : v->fastest;
    }
}

/* Who talks as long as another stands where the text has them. */
static int by_talk(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;
    if (one->talk != other->talk)
        return one->talk > other->talk ? -1 : 1;
    return one->voice < other->voice ? -1 : one->voice > other->voice;
}

static void sort_voices(struct statistics_view *v)
{
    v->order = mem_new((v->of.count + 1) * sizeof *v->order);
    for (uint32_t i = 0; i < v->of.count; i++)
        v->order[i] = (struct ranked){v->of.voices[i].talk, i};
    qsort(v->order, v->of.count, sizeof *v->order, by_talk);
}

/* NULL: there is no text. */
static struct statistics_view *counts(struct screen *on)
{
    struct session *s = on->session;
    struct statistics_view *v = on->statistics;
    if (!s->transcript || !s->timeline)
        return NULL;
    if (v && v->revision == s->revision)
        return v;
    if (!v)
        v = on->statistics = mem_new(sizeof *v);
    free_counts(v);
    *v = (struct statistics_view){
        .revision = s->revision,
        .of = vb_statistics_of(s->transcript, s->timeline),
        .span = span_of(s),
    };
    sort_voices(v);
    find_pace(v, s);
    return v;
}

/* ---- the table ---- */

/* From the right. Titles are as long as a language wants them. */
enum { OVERLAPS, TURNS, PACE, TIME, COLUMNS };

static const struct {
    const char *title;
    int least, from; /* logical widths: of the column, and of a row that has place for it */
} columns[COLUMNS] = {
    [OVERLAPS] = {N_("overlaps"),       76, OVERLAPS_FROM},
    [TURNS] = {N_("turns"),          56, SLOW_FROM    },
    [PACE] = {N_("words a minute"), 82, 0            },
    [TIME] = {N_("speaks"),         68, 0            },
};

static int column_width(struct screen *on, int column)
{
    int title = widget_width(on, FACE_UI, 12, str_of(_(columns[column].title)));
    int least = px(on, columns[column].least);
    return (title > least ? title : least) + px(on, 16);
}

/* -1: it has no place. */
static int column_end(struct screen *on, struct rect row, int column)
{
    int end = row.x + row.w;
    if (row.w < px(on, columns[column].from))
        return -1;
    for (int i = 0; i < column; i++)
        end -= row.w < px(on, columns[i].from) ? 0 : column_width(on, i);
    return end;
}

static void put_cell(struct screen *on, struct rect row, int column, color ink, vb_str text)
{
    int right = column_end(on, row, column);
    if (right >= 0)
        widget_text_right(on, FACE_FIGURES, 13, right,
                          widget_baseline(on, row, FACE_FIGURES, 13), ink, text);
}

static void draw_head(struct screen *on, struct rect row)
{
    for (int i = COLUMNS; i-- > 0;) { /* as it is read */
        int right = column_end(on, row, i);
        if (right >= 0)
            widget_text_right(on, FACE_UI, 12, right, widget_baseline(on, row, FACE_UI, 12),
                              token(on, INK3), str_of(_(columns[i].title)));
    }
}

static vb_str time_words(struct screen *on, vb_time time, bool known)
{
    return known ? screen_time(on, time)
                 : screen_print(on, "≈ %s", (const char *)screen_time(on, time).data);
}

static void draw_share(struct screen *on, struct rect at, color tint, double share)
{
    draw_round(&on->list, at, px(on, 2), CORNERS_ALL, color_faded(token(on, INK), 10));
    at.w = (int)(at.w * share + .5);
    draw_round(&on->list, at, px(on, 2), CORNERS_ALL, tint);
}

static void draw_figures(struct screen *on, struct rect row, const struct vb_voice *voice)
{
    bool known = voice->known * 2 > voice->talk;
    color ink = token(on, known ? INK : INK2);
    put_cell(on, row, TIME, ink, time_words(on, voice->talk, known));
    put_cell(on, row, PACE, ink,
             screen_print(on, "%s%.0f", known ? "" : "≈ ", vb_words_per_minute(voice)));
    put_cell(on, row, TURNS, token(on, INK2), screen_print(on, "%u", voice->turns));
    put_cell(on, row, OVERLAPS, token(on, INK2),
             known ? screen_print(on, "%u", voice->overlaps) : VB_STR("–"));
}

static int draw_voice(struct screen *on, struct rect at, const struct statistics_view *v,
                      uint32_t speaker)
{
    const struct vb_voice *voice = &v->of.voices[speaker];
    color tint = theme_speaker(on->theme, speaker);
    struct rect row = {at.x, at.y, at.w, px(on, ROW)};
    struct rect upper = {row.x, row.y, row.w, px(on, 26)};
    double share = v->of.all.talk > 0 ? (double)voice->talk / (double)v->of.all.talk : 0;
    int dot = px(on, 10), baseline = widget_baseline(on, upper, FACE_UI_MEDIUM, 14);
    int end = column_end(on, row, TIME) - column_width(on, TIME),
        left = row.x + dot + px(on, 10);
    draw_round(&on->list, (struct rect){row.x, upper.y + (upper.h - dot) / 2, dot, dot},
               dot / 2, CORNERS_ALL, tint);
    vb_str percent = screen_print(on, _("%u %%"), (unsigned)(share * 100 + .5));
    int used = widget_text_right(on, FACE_FIGURES, 12, end, baseline, token(on, INK3), percent);
    widget_fit(on, FACE_UI_MEDIUM, 14, left, baseline, end - used - px(on, 8) - left,
               token(on, INK), vb_speaker(on->session->transcript, speaker)->name);
    draw_figures(on, upper, voice);
    draw_share(on, (struct rect){left, row.y + px(on, 30), end - left, px(on, 4)}, tint, share);
    return row.h;
}

static int draw_total(struct screen *on, struct rect at, const struct statistics_view *v)
{
    struct rect row = {at.x, at.y, at.w, px(on, 34)};
    draw_rect(&on->list, (struct rect){row.x, row.y, row.w, px(on, 1)}, widget_hairline(on));
    widget_text(on, FACE_UI_MEDIUM, 14, row.x, widget_baseline(on, row, FACE_UI_MEDIUM, 14),
                token(on, INK), str_of(_("All together")));
    draw_figures(on, row, &v->of.all);
    return row.h;
}

/* ---- over the time ---- */

static int x_of(const struct statistics_view *v, struct rect at, vb_time time)
{
    return at.x + (int)((double)at.w * (double)time / (double)v->span);
}

/* Turns of one voice, joined where they touch: there are more of them than pixels. */
static void draw_lane(struct screen *on, struct rect at, const struct statistics_view *v,
                      uint32_t speaker)
{
    const struct vb_transcript *t = on->session->transcript;
    const struct vb_timeline *times = on->session->timeline;
    color tint = theme_speaker(on->theme, speaker);
    int from = at.x, until = at.x;
    draw_round(&on->list, at, px(on, 3), CORNERS_ALL, color_faded(token(on, INK), 5));
    for (uint32_t i = 0; i < vb_turn_count(t); i++) {
        const struct vb_turn *turn = vb_turn(t, i);
        bool speaks = false;
        for (uint32_t k = 0; k < turn->speaker_count; k++)
            speaks |= vb_turn_speaker(t, i, k) == speaker;
        if (!speaks || !turn->word_count)
            continue;
        uint32_t last = turn->first_word + turn->word_count - 1;
        int begin = x_of(v, at, vb_timeline_start(times, turn->first_word));
        int end = x_of(v, at, vb_timeline_end(times, last)) + 1;
        if (begin > until) {
            draw_rect(&on->list, (struct rect){from, at.y, until - from, at.h}, tint);
            from = begin;
        }
        until = end > until ? end : until;
    }
    draw_rect(&on->list, (struct rect){from, at.y, until - from, at.h}, tint);
}

static void draw_axis(struct screen *on, struct rect at, const struct statistics_view *v)
{
    int baseline = at.y + px(on, 14);
    widget_text(on, FACE_FIGURES, 11.5, at.x, baseline, token(on, INK3),
                time_words(on, 0, true));
    widget_text_right(on, FACE_FIGURES, 11.5, at.x + at.w, baseline, token(on, INK3),
                      time_words(on, v->span, true));
    vb_str half = time_words(on, v->span / 2, true);
    widget_text(on, FACE_FIGURES, 11.5,
                at.x + (at.w - widget_width(on, FACE_FIGURES, 11.5, half)) / 2, baseline,
                token(on, INK3), half);
}

/* What is heard now, over lanes and pace. */
static void draw_now(struct screen *on, struct rect at, const struct statistics_view *v)
{
    if (on->session->player && on->session->now.position <= v->span)
        draw_rect(&on->list,
                  (struct rect){x_of(v, at, on->session->now.position), at.y, px(on, 2), at.h},
                  token(on, INK));
}

static int draw_lanes(struct screen *on, struct rect at, struct statistics_view *v)
{
    int y = at.y, gap = px(on, 6);
    uint32_t count = v->of.count < LANES_SHOWN ? v->of.count : LANES_SHOWN;
    for (uint32_t i = 0; i < count; i++) {
        if (!v->of.voices[v->order[i].voice].words)
            break;
        draw_lane(on, (struct rect){at.x, y, at.w, px(on, LANE)}, v, v->order[i].voice);
        y += px(on, LANE) + gap;
    }
    return y - at.y;
}

static int draw_pace(struct screen *on, struct rect at, const struct statistics_view *v)
{
    int height = px(on, PACE_HEIGHT), base = at.y + height;
    for (int i = 0; i < BINS && v->fastest; i++) {
        int left = at.x + at.w * i / BINS, right = at.x + at.w * (i + 1) / BINS;
        int tall = height * v->pace[i] / v->fastest;
        color tint = token(on, ACCENT);
        draw_rect(&on->list, (struct rect){left, base - tall, right - left - px(on, 1), tall},
                  v->is_known[i] ? tint : color_faded(tint, 45));
    }
    draw_rect(&on->list, (struct rect){at.x, base, at.w, px(on, 1)}, widget_hairline(on));
    return height + px(on, 4);
}

/* Where the pointer is, as a time of the sound. */
static void go_there(struct screen *on, long amount)
{
    (void)amount;
    const struct statistics_view *v = on->statistics;
    if (v && rect_holds(v->lanes, on->pointer.x, on->pointer.y))
        session_seek(on->session, (vb_time)((double)(on->pointer.x - v->lanes.x) *
                                            (double)v->span / v->lanes.w));
}

static int put_title(struct screen *on, struct rect at, vb_str title)
{
    widget_text(on, FACE_UI_STRONG, 13, at.x, at.y + px(on, 26), token(on, INK2), title);
    return px(on, 38);
}

static int draw_plot(struct screen *on, struct rect at, struct statistics_view *v)
{
    struct rect row = at;
    row.y += put_title(on, row, str_of(_("Who speaks when")));
    v->lanes = (struct rect){row.x, row.y, row.w, 0};
    row.y += draw_lanes(on, row, v);
    draw_now(on, (struct rect){row.x, v->lanes.y, row.w, row.y - v->lanes.y}, v);
    row.y += put_title(on, row,
                       screen_print(on, _("Words a minute, at most %u"), (unsigned)v->fastest));
    int top = row.y;
    row.y += draw_pace(on, row, v);
    draw_now(on, (struct rect){row.x, top, row.w, row.y - top}, v);
    v->lanes.h = row.y - v->lanes.y;
    screen_spot(on, v->lanes, go_there, 0, VB_STR(""));
    draw_axis(on, row, v);
    return row.y + px(on, 24) - at.y;
}

/* ---- the whole ---- */

static int draw_all(struct screen *on, struct rect at, struct statistics_view *v)
{
    struct rect row = at;
    draw_head(on, (struct rect){row.x, row.y, row.w, px(on, 26)});
    row.y += px(on, 26);
    for (uint32_t i = 0; i < v->of.count; i++)
        if (v->of.voices[v->order[i].voice].words)
            row.y += draw_voice(on, row, v, v->order[i].voice);
    row.y += draw_total(on, row, v);
    if (v->of.all.known * 2 <= v->of.all.talk)
        row.y += px(on, 8) +
                 widget_lines(on, &text_note, row.x, row.y + px(on, 8), row.w, token(on, INK2),
                              str_of(_("Most times are only estimated yet, by how long words "
                                       "take to say: who is fast or slow shows when Verbatim "
                                       "has listened.")));
    if (v->span > 0)
        row.y += draw_plot(on, row, v);
    return row.y - at.y;
}

static void draw(struct screen *on, struct rect at)
{
    struct sheet sheet = sheet_begin(on, at, _("Who speaks how much"), WIDTH, HEIGHT);
    struct statistics_view *v = counts(on);
    int height = 0;
    if (v && v->of.all.words)
        height = draw_all(on, sheet.at, v);
    else
        height = widget_lines(on, &text_note, sheet.at.x, sheet.at.y + px(on, 12), sheet.at.w,
                              token(on, INK2), str_of(_("No words are open yet.")));
    sheet_end(on, &sheet, height + px(on, 16));
}

const struct view view_statistics = {"statistics", place, shown, draw, sheet_input};
