/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seek bar.
 *
 * A column is broad where its times are known and narrow where they are only estimated, as tall
 * as the sound is loud, and strong where it was heard already.  Sound that no text covers is
 * grey on a hatched ground; sound that was not looked through yet is a row of dots. */
#include "view/timeline_bar.h"

#include "app/listening.h"
#include "app/survey.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/bar_columns.h"
#include "view/doubts.h"
#include "view/widgets.h"

/* Heights where nothing is known of the loudness, in logical pixels. */
enum { KNOWN_HEIGHT = 30, ESTIMATED_HEIGHT = 18, BARE_HEIGHT = 6, DOT = 3, TICK = 8, RAIL = 3 };
enum { NEAR_TICK = 5, ROUND_FROM = 3 /* pixels: narrower ones have no room for it */ };
#define DOUBLE_CLICK (400 * VB_SECOND / 1000)

static bool has_length(const struct session *s)
{
    return s->now.duration != VB_NO_TIME && s->now.duration > 0;
}

static bool is_zoomed(const struct session *s)
{
    return session_bar_part(s).span < s->now.duration;
}

static int x_of(const struct session *s, struct rect at, vb_time time)
{
    struct bar_part part = session_bar_part(s);
    double share = part.span ? (double)(time - part.from) / (double)part.span : 0;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return at.x + (int)((double)at.w * share);
}

static bool is_in_part(const struct session *s, vb_time time)
{
    struct bar_part part = session_bar_part(s);
    return time >= part.from && time <= part.from + part.span;
}

static vb_time time_at(const struct session *s, struct rect at, int x)
{
    struct bar_part part = session_bar_part(s);
    double share = at.w > 0 ? (double)(x - at.x) / at.w : 0;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return part.from + (vb_time)((double)part.span * share);
}

/* ---- the columns ---- */

static int height_of(const struct screen *on, struct rect at, struct column c)
{
    if (c.loud >= 0)
        return px(on, DOT) + (at.h - px(on, DOT)) * c.loud / 1000;
    if (on->bar.heard_until != VB_NO_TIME)
        return px(on, DOT);
    return px(on, c.speaker == VB_NONE && !c.known ? BARE_HEIGHT
                  : c.known                        ? KNOWN_HEIGHT
                                                   : ESTIMATED_HEIGHT);
}

static void draw_column(struct screen *on, struct rect at, size_t i, int head)
{
    struct column c = on->columns.items[i];
    int width = px(on, c.known ? 2.6 : 1.8), x = at.x + (int)i * px(on, COLUMN_STEP);
    int height = height_of(on, at, c);
    uint32_t speaker = c.beyond ? VB_NONE : c.speaker;
    color ink = x + width / 2 >= head ? theme_unheard(on->theme, speaker)
                                      : theme_speaker(on->theme, speaker);
    struct rect bar = {x, at.y + (at.h - height) / 2, width, height};
    if (width > ROUND_FROM)
        draw_round(&on->list, bar, width / 2, CORNERS_ALL, ink);
    else
        draw_rect(&on->list, bar, ink);
}

/* The ground of a run of columns that no text covers. */
static size_t draw_uncovered(struct screen *on, struct rect at, size_t from)
{
    size_t until = from;
    while (until < on->columns.count && on->columns.items[until].beyond)
        until++;
    int step = px(on, COLUMN_STEP), x = at.x + (int)from * step;
    int end = until == on->columns.count ? at.x + at.w : at.x + (int)until * step;
    draw_hatch(&on->list, (struct rect){x, at.y, end - x, at.h},
               color_faded(token(on, INK3), 30));
    return until;
}

static void draw_columns(struct screen *on, struct rect at, int head)
{
    bool loudness_told = on->bar.heard_until != VB_NO_TIME;
    for (size_t i = 0; i < on->columns.count;)
        i = on->columns.items[i].beyond ? draw_uncovered(on, at, i) : i + 1;
    for (size_t i = 0; i < on->columns.count; i++)
        if (!on->columns.items[i].beyond || loudness_told)
            draw_column(on, at, i, head);
}

/* How far the sound was looked through, until all of it was. */
static void draw_progress(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    if (!s->survey || survey_is_done(s->survey))
        return;
    int end = x_of(s, at, on->bar.heard_until);
    draw_rect(&on->list, (struct rect){at.x, at.y + at.h + px(on, 2), end - at.x, px(on, 1)},
              token(on, ACCENT));
}

/* ---- above: sections, chapters, stated times ---- */

struct flag { /* of a section or a chapter */
    vb_time at;
    vb_str title;
    bool is_chapter;
};

/* The i-th of the sections and then of the chapters. False: there are no more. */
static bool tick_at(const struct session *s, size_t i, struct flag *tick)
{
    size_t chapters, sections = s->timeline ? vb_section_count(s->transcript) : 0;
    const struct vb_sound_chapter *chapter = session_chapters(s, &chapters);
    *tick = (struct flag){.at = VB_NO_TIME};
    if (i >= sections + chapters)
        return false;
    if (i >= sections) {
        chapter += i - sections;
        *tick = (struct flag){chapter->start, str_of(chapter->title), true};
        return true;
    }
    const struct vb_section *section = vb_section(s->transcript, (uint32_t)i);
    if (section->first_word < vb_word_count(s->transcript))
        *tick = (struct flag){vb_timeline_start(s->timeline, section->first_word),
                              section->title, false};
    return true;
}

static void draw_ticks(struct screen *on, struct rect at)
{
    struct session *s = on->session;
    struct flag tick;
    int y = at.y - px(on, TICK);
    for (size_t i = 0; tick_at(s, i, &tick); i++) {
        if (tick.at == VB_NO_TIME || !is_in_part(s, tick.at))
            continue;
        int width = px(on, tick.is_chapter ? 2 : 1), x = x_of(s, at, tick.at);
        draw_rect(&on->list, (struct rect){x, y, width, px(on, 7)},
                  token(on, tick.is_chapter ? INK2 : INK3));
        if (tick.is_chapter) /* a flag on its mast */
            draw_rect(&on->list, (struct rect){x, y, px(on, 6), px(on, 2)}, token(on, INK2));
    }
}

static void draw_markers(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    int dot = px(on, 5), y = at.y - px(on, TICK) + px(on, 1);
    for (uint32_t i = 0; s->timeline && i < vb_marker_count(s->transcript); i++) {
        const struct vb_marker *marker = vb_marker(s->transcript, i);
        vb_time time = marker->time + s->offset;
        if (marker->usable && is_in_part(s, time) && time <= s->now.duration)
            draw_round(&on->list, (struct rect){x_of(s, at, time) - dot / 2, y, dot, dot},
                       dot / 2, CORNERS_ALL, token(on, INK3));
    }
}

/* ---- below: what was found, what is doubtful, what was marked ---- */

static void draw_mark(struct screen *on, int x, int y, enum sound_mark_kind kind)
{
    int size = px(on, kind == MARK_THIS_MATCH ? 7 : 5);
    struct rect at = {x - size / 2, y + (px(on, 7) - size) / 2, size, size};
    switch (kind) {
    case MARK_MATCH:
    case MARK_THIS_MATCH:
        draw_round(&on->list, at, size / 2, CORNERS_ALL,
                   token(on, kind == MARK_MATCH ? INK2 : ACCENT));
        break;
    case MARK_DOUBT:
        draw_icon(&on->list, rect_grown(at, px(on, 2)), ICON_WARNING, token(on, WARN));
        break;
    case MARK_BOOKMARK:
        draw_rect(&on->list, at, token(on, ACCENT));
        break;
    }
}

/* One for each few pixels and kind: a thousand matches are no thousand dots on one spot. */
static void draw_marks(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    int last[] = {-100, -100, -100, -100}, y = at.y + at.h + px(on, 4);
    for (size_t i = 0; i < s->marks.count; i++) {
        struct sound_mark mark = s->marks.items[i];
        int x = x_of(s, at, mark.at);
        if (!is_in_part(s, mark.at) ||
            (x >= last[mark.kind] && x - last[mark.kind] < px(on, 3)))
            continue;
        last[mark.kind] = x;
        draw_mark(on, x, y, mark.kind);
    }
}

/* ---- which part is shown ---- */

static struct rect rail_of(const struct screen *on, struct rect at)
{
    return (struct rect){at.x, at.y - px(on, 19), at.w, px(on, RAIL)};
}

static bool is_on_rail(const struct screen *on, struct rect at, int x, int y)
{
    return is_zoomed(on->session) && rect_holds(rect_grown(rail_of(on, at), px(on, 5)), x, y);
}

static void draw_rail(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    struct bar_part part = session_bar_part(s);
    struct rect rail = rail_of(on, at), thumb = rail;
    if (!is_zoomed(s))
        return;
    double scale = (double)rail.w / (double)s->now.duration;
    draw_round(&on->list, rail, rail.h / 2, CORNERS_ALL, widget_hairline(on));
    thumb.x += (int)((double)part.from * scale);
    thumb.w = (int)((double)part.span * scale);
    thumb.w = thumb.w < px(on, 6) ? px(on, 6) : thumb.w;
    draw_round(&on->list, thumb, rail.h / 2, CORNERS_ALL, token(on, INK3));
    draw_rect(&on->list,
              (struct rect){rail.x + (int)((double)s->now.position * scale), rail.y - px(on, 1),
                            px(on, 2), rail.h + px(on, 2)},
              token(on, INK));
}

/* The middle of the part goes where the pointer is. */
static void move_part(struct screen *on, struct rect at, int x)
{
    struct session *s = on->session;
    struct bar_part part = session_bar_part(s);
    double share = at.w > 0 ? (double)(x - at.x) / at.w : 0;
    vb_time middle = (vb_time)((double)s->now.duration * share);
    session_bar_move(s, middle - part.span / 2 - part.from);
}

/* ---- the playhead and the pointer ---- */

static void draw_head(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    int stem = px(on, 2), knob = px(on, 10), x = x_of(s, at, s->now.position);
    if (!is_in_part(s, s->now.position))
        return;
    draw_rect(&on->list, (struct rect){x - stem / 2, at.y - px(on, 4), stem, at.h + px(on, 4)},
              token(on, INK));
    draw_round(&on->list, (struct rect){x - knob / 2, at.y - px(on, 4) - knob / 2, knob, knob},
               knob / 2, CORNERS_ALL, token(on, INK));
}

/* The section or chapter whose tick is so near to x that it is meant. */
static bool find_tick(const struct screen *on, struct rect at, int x, struct flag *found)
{
    const struct session *s = on->session;
    int nearest = px(on, NEAR_TICK) + 1;
    struct flag tick;
    for (size_t i = 0; tick_at(s, i, &tick); i++) {
        if (tick.at == VB_NO_TIME || !is_in_part(s, tick.at))
            continue;
        int far = x_of(s, at, tick.at) - x;
        far = far < 0 ? -far : far;
        if (far >= nearest)
            continue;
        nearest = far;
        *found = tick;
    }
    return nearest <= px(on, NEAR_TICK);
}

/* "38:04 · Antonio Casilli", "≈ 02:11 · Anne", "41:00 · not transcribed" */
static vb_str voice_at(struct screen *on, vb_time time)
{
    const struct session *s = on->session;
    vb_str clock = screen_time(on, time);
    if (!s->timeline)
        return clock;
    uint32_t word = vb_timeline_word_at(s->timeline, time, 0);
    if (word == VB_NONE)
        return time >= vb_timeline_text_end(s->timeline)
                   ? screen_print(on, "%s · %s", clock.data, _("not transcribed"))
                   : clock;
    vb_str name = screen_turn_name(on, vb_turn_of_word(s->transcript, word));
    return screen_print(on, "%s · %.*s", clock.data, (int)name.len, name.data);
}

static vb_str tip_at(struct screen *on, struct rect at, int x)
{
    struct flag tick;
    if (!find_tick(on, at, x, &tick))
        return voice_at(on, time_at(on->session, at, x));
    vb_str clock = screen_time(on, tick.at);
    return tick.title.len
               ? screen_print(on, "%s · %.*s", clock.data, (int)tick.title.len, tick.title.data)
               : clock;
}

static struct rect sensitive(const struct screen *on, struct rect at)
{
    return (struct rect){at.x - px(on, 8), at.y - px(on, 12), at.w + px(on, 16),
                         at.h + px(on, 20)};
}

static void draw_hover(struct screen *on, struct rect at)
{
    const struct pointer *p = &on->pointer;
    bool held = on->captured == &view_player && !on->slider_held && !on->rail_held;
    if (!p->inside || (!held && (on->captured || on->is_over_spot)) ||
        !(held || rect_holds(sensitive(on, at), p->x, p->y)))
        return;
    int x = p->x < at.x ? at.x : p->x > at.x + at.w ? at.x + at.w : p->x;
    struct flag tick;
    if (!held && find_tick(on, at, x, &tick))
        x = x_of(on->session, at, tick.at);
    draw_rect(&on->list, (struct rect){x, at.y, px(on, 1), at.h},
              color_faded(token(on, INK), 55));
    on->bar_tip = tip_at(on, at, x);
    on->bar_tip_at = (struct rect){x, at.y - px(on, 2), 1, at.h};
    on->cursor = CURSOR_HAND;
}

/* ---- keys ---- */

static void play_or_pause(struct screen *on, long amount)
{
    (void)amount;
    session_toggle(on->session);
}

static void step(struct screen *on, int by)
{
    session_skip(on->session, by * on->session->settings.skip * VB_SECOND);
}

static void go_to(struct screen *on, double seconds)
{
    session_seek(on->session, (vb_time)(seconds * VB_SECOND));
}

void timeline_bar_draw(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    if (!has_length(s))
        return;
    bar_columns_keep(on, at.w);
    struct bar_part part = session_bar_part(s);
    int head = s->now.position > part.from + part.span ? at.x + at.w + 1
                                                       : x_of(s, at, s->now.position);
    draw_columns(on, at, head);
    draw_progress(on, at);
    doubts_draw_ribbon(on, at, x_of);
    draw_ticks(on, at);
    draw_markers(on, at);
    draw_marks(on, at);
    draw_rail(on, at);
    draw_head(on, at);
    draw_hover(on, at);
    struct slider slider = {0, (double)s->now.duration / VB_SECOND,
                            (double)s->now.position / VB_SECOND, go_to};
    screen_slider(on, at, play_or_pause, 0, step, slider, _("place in the recording"),
                  voice_at(on, s->now.position));
}

/* A second press soon after shows all again; the first one's jump is taken back. */
static bool is_double_press(struct screen *on, const struct input *in)
{
    vb_time since = on->session->clock - on->bar_pressed;
    int far = in->x - on->bar_pressed_x;
    bool is_double =
        on->bar_pressed && since < DOUBLE_CLICK && far * far <= px(on, 4) * px(on, 4);
    on->bar_pressed = is_double ? 0 : on->session->clock;
    on->bar_pressed_x = in->x;
    return is_double && is_zoomed(on->session);
}

static bool press(struct screen *on, struct rect at, const struct input *in)
{
    struct session *s = on->session;
    on->rail_held = is_on_rail(on, at, in->x, in->y);
    if (on->rail_held) {
        move_part(on, at, in->x);
        return true;
    }
    if (!rect_holds(sensitive(on, at), in->x, in->y))
        return false;
    struct flag tick;
    vb_time to = time_at(s, at, in->x);
    if (is_double_press(on, in)) {
        session_undo_jump(s);
        session_bar_all(s);
        return true;
    }
    if (in->y < at.y && find_tick(on, at, in->x, &tick))
        to = tick.at;
    on->scroll.held = on->scroll.suspended = false;
    session_seek(s, to); /* a jump, that can be undone; dragging on from there is none */
    return true;
}

static void turn_wheel(struct screen *on, struct rect at, const struct input *in)
{
    struct session *s = on->session;
    struct bar_part part = session_bar_part(s);
    if (in->amount != 0) /* up: nearer */
        session_bar_zoom(s, in->amount < 0 ? 1 : -1, time_at(s, at, in->x));
    if (in->across != 0)
        session_bar_move(s, (vb_time)((double)part.span / 12 * (double)in->across));
}

bool timeline_bar_input(struct screen *on, struct rect at, const struct input *in)
{
    struct session *s = on->session;
    if (!has_length(s))
        return false;
    switch (in->kind) {
    case INPUT_PRESS:
        return press(on, at, in);
    case INPUT_MOVE:
        if (on->captured != &view_player)
            return true;
        if (on->rail_held)
            move_part(on, at, in->x);
        else if (on->pointer.dragged) /* not by the trembling of a click */
            session_drag(s, time_at(s, at, in->x));
        return true;
    case INPUT_WHEEL:
        if (rect_holds(sensitive(on, at), in->x, in->y))
            turn_wheel(on, at, in);
        return true;
    case INPUT_RELEASE:
        on->rail_held = false;
        return true;
    default:
        return true;
    }
}
