/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole sound as a bar, a column each four pixels.
 *
 * A column is tall where its times are known and low where they are only estimated; it is
 * strong where the sound was heard already.  Sound that no text covers is hatched. */
#include "view/timeline_bar.h"

#include "base/i18n.h"
#include "view/ticks.h"
#include "view/widgets.h"

enum { KNOWN_HEIGHT = 30, ESTIMATED_HEIGHT = 18, BARE_HEIGHT = 6 };

static bool has_length(const struct session *s)
{
    return s->now.duration != VB_NO_TIME && s->now.duration > 0;
}

static int x_of(const struct session *s, struct rect at, vb_time time)
{
    if (time < 0)
        time = 0;
    if (time > s->now.duration)
        time = s->now.duration;
    return at.x + (int)((double)at.w * (double)time / (double)s->now.duration);
}

static vb_time time_at(const struct session *s, struct rect at, int x)
{
    double share = at.w > 0 ? (double)(x - at.x) / at.w : 0;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return (vb_time)((double)s->now.duration * share);
}

/* ---- the columns ---- */

/* Known where the file or the sound tells a time for the word, or for its paragraph's start. */
static bool is_known(const struct session *s, uint32_t word)
{
    uint32_t first =
        vb_paragraph(s->transcript, vb_paragraph_of_word(s->transcript, word))->first_word;
    return vb_timeline_origin(s->timeline, word) > VB_ESTIMATED ||
           vb_timeline_origin(s->timeline, first) > VB_ESTIMATED;
}

static struct column column_at(const struct session *s, vb_time time, uint32_t *hint)
{
    struct column c = {.speaker = VB_NONE};
    uint32_t word = vb_timeline_word_at(s->timeline, time, *hint);
    c.beyond = word == VB_NONE && time >= vb_timeline_text_end(s->timeline);
    if (word == VB_NONE)
        return c;
    *hint = word;
    uint32_t turn = vb_turn_of_word(s->transcript, word);
    if (turn != VB_NONE && vb_turn(s->transcript, turn)->speaker_count)
        c.speaker = vb_turn_speaker(s->transcript, turn, 0);
    c.known = is_known(s, word);
    return c;
}

static void keep_columns(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    size_t count = at.w > 0 ? (size_t)(at.w / px(on, 4)) : 0;
    if (on->columns.count == count && on->columns_revision == s->revision &&
        on->columns_over == s->now.duration)
        return;
    on->columns.count = 0;
    on->columns_revision = s->revision;
    on->columns_over = s->now.duration;
    uint32_t hint = 0;
    for (size_t i = 0; i < count; i++) {
        vb_time time = (vb_time)((double)s->now.duration * ((double)i + .5) / (double)count);
        vec_push(&on->columns,
                 s->timeline ? column_at(s, time, &hint) : (struct column){.speaker = VB_NONE});
    }
}

static void draw_column(struct screen *on, struct rect at, size_t i, int head)
{
    struct column c = on->columns.items[i];
    int step = px(on, 4), width = px(on, c.known ? 2.6 : 2), x = at.x + (int)i * step;
    int height = px(on, c.speaker == VB_NONE && !c.known ? BARE_HEIGHT
                        : c.known                        ? KNOWN_HEIGHT
                                                         : ESTIMATED_HEIGHT);
    color strong = theme_speaker(on->theme, c.speaker);
    if (x + width / 2 >= head)
        strong = color_mix(token(on, PANEL), strong, 42);
    draw_round(&on->list, (struct rect){x, at.y + (at.h - height) / 2, width, height}, 1,
               CORNERS_ALL, strong);
}

static void draw_columns(struct screen *on, struct rect at, int head)
{
    size_t beyond = on->columns.count;
    for (size_t i = 0; i < on->columns.count; i++) {
        if (!on->columns.items[i].beyond)
            draw_column(on, at, i, head);
        else if (beyond == on->columns.count)
            beyond = i;
    }
    if (beyond == on->columns.count)
        return;
    int x = at.x + (int)beyond * px(on, 4), height = px(on, ESTIMATED_HEIGHT);
    draw_hatch(&on->list, (struct rect){x, at.y + (at.h - height) / 2, at.x + at.w - x, height},
               color_faded(token(on, INK3), 45));
}

/* ---- on the bar: sections, stated times, the playhead ---- */

static void draw_ticks(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    const struct vb_transcript *t = s->transcript;
    if (!t || !s->timeline)
        return;
    color c = token(on, INK3);
    int y = at.y - px(on, 8);
    for (uint32_t i = 0; i < vb_section_count(t); i++) {
        uint32_t word = vb_section(t, i)->first_word;
        if (word < vb_word_count(t))
            draw_rect(&on->list,
                      (struct rect){x_of(s, at, vb_timeline_start(s->timeline, word)), y,
                                    px(on, 1), px(on, 7)},
                      c);
    }
    int dot = px(on, 5);
    for (uint32_t i = 0; i < vb_marker_count(t); i++)
        if (vb_marker(t, i)->usable && vb_marker(t, i)->time <= s->now.duration)
            draw_round(&on->list,
                       (struct rect){x_of(s, at, vb_marker(t, i)->time) - dot / 2,
                                     y + px(on, 1), dot, dot},
                       dot / 2, CORNERS_ALL, c);
}

static void draw_head(struct screen *on, struct rect at, int x)
{
    int stem = px(on, 2), knob = px(on, 10);
    draw_rect(&on->list, (struct rect){x - stem / 2, at.y - px(on, 4), stem, at.h + px(on, 4)},
              token(on, INK));
    draw_round(&on->list, (struct rect){x - knob / 2, at.y - px(on, 4) - knob / 2, knob, knob},
               knob / 2, CORNERS_ALL, token(on, INK));
}

/* "38:04 · Antonio Casilli" above the pointer. */
static vb_str tip_at(struct screen *on, struct rect at, vb_time time)
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
    (void)at;
    vb_str name = screen_turn_name(on, vb_turn_of_word(s->transcript, word));
    return screen_print(on, "%s · %.*s", clock.data, (int)name.len, name.data);
}

static struct rect sensitive(const struct screen *on, struct rect at)
{
    return (struct rect){at.x - px(on, 8), at.y - px(on, 12), at.w + px(on, 16),
                         at.h + px(on, 20)};
}

static void draw_hover(struct screen *on, struct rect at)
{
    const struct pointer *p = &on->pointer;
    bool held = on->captured == &view_player;
    if (!p->inside || (!held && (on->captured || on->is_over_spot)) ||
        !(held || rect_holds(sensitive(on, at), p->x, p->y)))
        return;
    int x = p->x < at.x ? at.x : p->x > at.x + at.w ? at.x + at.w : p->x;
    draw_rect(&on->list, (struct rect){x, at.y, px(on, 1), at.h},
              color_faded(token(on, INK), 55));
    on->bar_tip = tip_at(on, at, time_at(on->session, at, x));
    on->bar_tip_at = (struct rect){x, at.y - px(on, 2), 1, at.h};
    on->cursor = CURSOR_HAND;
}

void timeline_bar_draw(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    if (!has_length(s))
        return;
    keep_columns(on, at);
    int head = x_of(s, at, s->now.position);
    draw_columns(on, at, head);
    draw_ticks(on, at);
    ticks_draw_bar(on, at);
    draw_head(on, at, head);
    draw_hover(on, at);
}

bool timeline_bar_input(struct screen *on, struct rect at, const struct input *in)
{
    struct session *s = on->session;
    if (!has_length(s))
        return false;
    switch (in->kind) {
    case INPUT_PRESS: /* a jump, that can be undone; dragging on from there is none */
        if (!rect_holds(sensitive(on, at), in->x, in->y))
            return false;
        on->scroll.held = on->scroll.suspended = false;
        session_seek(s, time_at(s, at, in->x));
        return true;
    case INPUT_MOVE:
        if (on->captured == &view_player)
            session_drag(s, time_at(s, at, in->x));
        return true;
    default:
        return true;
    }
}
