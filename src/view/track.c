/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scroll track and its ticks. */
#include "view/track.h"

#include <stdlib.h>

#include "view/reading.h"
#include "view/screen.h"
#include "view/ticks.h"

void track_clear(struct track *t, enum tick_kind kind)
{
    t->kinds[kind].ticks.count = 0;
}

void track_add(struct track *t, enum tick_kind kind, uint32_t first, uint32_t last)
{
    vec_push(&t->kinds[kind].ticks, (struct track_tick){first, last});
}

void track_free(struct track *t)
{
    for (int kind = 0; kind < TICK_KINDS; kind++)
        free(t->kinds[kind].ticks.items);
    *t = (struct track){0};
}

/* ---- where ---- */

static struct rect place_of(const struct screen *on, struct rect at)
{
    return (struct rect){at.x + at.w - px(on, 14), at.y + px(on, 8), px(on, 8),
                         at.h - px(on, 16)};
}

static struct rect thumb_of(const struct screen *on, struct rect track)
{
    const struct scroll *s = &on->scroll;
    int64_t length = s->text_height ? (int64_t)track.h * s->height / s->text_height : track.h;
    length = length < px(on, 32) ? px(on, 32) : length;
    length = length > track.h ? track.h : length;
    int limit = scroll_limit(s);
    int64_t y = limit ? (track.h - length) * s->top / limit : 0;
    return (struct rect){track.x, track.y + (int)y, track.w, (int)length};
}

bool track_is_at(const struct screen *on, struct rect at, int x)
{
    return x >= place_of(on, at).x - px(on, 6);
}

/* ---- ticks ---- */

/* Each kind has its own shape beside its colour: a thread, a band, a flag, a wedge, a stroke.
 */
static const struct look {
    enum token color;
    double left, width, height; /* beyond the track's left edge, logical */
} looks[TICK_KINDS] = {
    [TICK_HEARD] = {VERIFIED,   3,  2,  2},
      [TICK_VERIFIED] = {VERIFIED,   0,  8,  2},
    [TICK_BOOKMARK] = {ACCENT,     -4, 8,  3},
      [TICK_DOUBT] = {WARN,       -2, 12, 3},
    [TICK_MATCH] = {MATCH_LINE, 0,  8,  2},
};

static int y_of(const struct screen *on, struct rect track, int text_y)
{
    int64_t height = on->scroll.text_height > 0 ? on->scroll.text_height : 1;
    return track.y + (int)((int64_t)track.h * text_y / height);
}

/* Ticks that fall on one place are drawn once: there may be thousands. */
static void draw_kind(struct screen *on, struct rect track, enum tick_kind kind)
{
    const struct look *look = &looks[kind];
    uint32_t words = vb_word_count(on->session->transcript);
    int drawn_to = track.y - 1;
    for (size_t i = 0; i < on->track.kinds[kind].ticks.count; i++) {
        struct track_tick tick = on->track.kinds[kind].ticks.items[i];
        if (tick.first >= words || tick.last >= words || tick.last < tick.first)
            continue;
        int from = y_of(on, track, layout_word_y(on->layout, tick.first));
        int until =
            y_of(on, track, layout_word_y(on->layout, tick.last) + on->layout->style.line);
        int least = from + px(on, look->height);
        until = until > least && tick.last > tick.first ? until : least;
        if (until <= drawn_to)
            continue;
        from = from > drawn_to ? from : drawn_to;
        draw_rect(&on->list,
                  (struct rect){track.x + px(on, look->left), from, px(on, look->width),
                                until - from},
                  token(on, look->color));
        drawn_to = until;
    }
}

void track_draw(struct screen *on, struct rect at)
{
    if (!scroll_limit(&on->scroll))
        return;
    struct rect track = place_of(on, at), thumb = thumb_of(on, track);
    ticks_keep_track(on, track);
    bool near = on->pointer.inside && track_is_at(on, at, on->pointer.x) &&
                rect_holds(at, on->pointer.x, on->pointer.y);
    draw_round(&on->list, track, px(on, 4), CORNERS_ALL,
               color_mix(token(on, BG), token(on, INK), on->theme->is_stark ? 25 : 5));
    draw_kind(on, track, TICK_HEARD);
    draw_kind(on, track, TICK_VERIFIED);
    draw_round(&on->list, thumb, px(on, 4), CORNERS_ALL,
               color_faded(token(on, FIELD), near || on->grip ? 100 : 70));
    for (int kind = TICK_BOOKMARK; kind < TICK_KINDS; kind++)
        draw_kind(on, track, (enum tick_kind)kind);
    ticks_draw_here(on, track);
}

/* ---- the hand ---- */

bool track_press(struct screen *on, struct rect at, const struct input *in)
{
    struct rect track = place_of(on, at), thumb = thumb_of(on, track);
    if (!track_is_at(on, at, in->x) || !scroll_limit(&on->scroll))
        return false;
    if (rect_holds((struct rect){at.x, thumb.y, at.w, thumb.h}, in->x, in->y))
        on->grip = in->y - thumb.y + 1; /* 0 stands for no grip */
    else
        on->session->scroll = in->y < thumb.y ? SCROLL_PAGE_UP : SCROLL_PAGE_DOWN;
    return true;
}

void track_drag(struct screen *on, struct rect at, const struct input *in)
{
    struct rect track = place_of(on, at), thumb = thumb_of(on, track);
    int free_way = track.h - thumb.h;
    if (free_way <= 0)
        return;
    int64_t y = in->y - (on->grip - 1) - track.y;
    scroll_drag(&on->scroll, (int)(y * scroll_limit(&on->scroll) / free_way));
    reading_moved(on);
}
