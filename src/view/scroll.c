/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolling: by the rules of following, and by hand. */
#include "view/scroll.h"

#include <stdlib.h>

#define FRAME       (VB_SECOND / 60)
#define BY_HAND     (140 * VB_SECOND / 1000) /* a notch of the wheel, a page */
#define A_LINE      (320 * VB_SECOND / 1000)
#define A_SCREENFUL (600 * VB_SECOND / 1000)

void scroll_init(struct scroll *s)
{
    *s = (struct scroll){.fade_began = VB_NO_TIME, .back_in_band = VB_NO_TIME};
}

int scroll_limit(const struct scroll *s)
{
    return s->text_height > s->height ? s->text_height - s->height : 0;
}

static int clamped(const struct scroll *s, int top)
{
    int limit = scroll_limit(s);
    return top < 0 ? 0 : top > limit ? limit : top;
}

static void rest_at(struct scroll *s, int top)
{
    s->top = s->to = clamped(s, top);
    s->lasts = 0;
}

void scroll_put(struct scroll *s, int y)
{
    rest_at(s, y - s->height * READING_LINE / 100);
}

static void start(struct scroll *s, int to, vb_time lasts, vb_time now)
{
    if (s->calm) {
        rest_at(s, to);
        return;
    }
    s->from = s->top;
    s->to = clamped(s, to);
    s->began = now;
    s->lasts = s->from == s->to ? 0 : lasts;
}

/* ---- by hand ---- */

static void hold(struct scroll *s)
{
    s->held = true;
    s->back_in_band = VB_NO_TIME;
    s->fade_began = VB_NO_TIME;
}

void scroll_to(struct scroll *s, int top, vb_time now)
{
    hold(s);
    if (abs(clamped(s, top) - s->top) > 2 * s->height)
        rest_at(s, top);
    else
        start(s, top, BY_HAND, now);
}

void scroll_by(struct scroll *s, int distance, vb_time now)
{
    scroll_to(s, (s->lasts ? s->to : s->top) + distance, now);
}

void scroll_drag(struct scroll *s, int top)
{
    hold(s);
    rest_at(s, top);
}

void scroll_shift(struct scroll *s, int by)
{
    s->from += by;
    s->top = clamped(s, s->top + by);
    s->to = clamped(s, s->to + by);
}

/* ---- following ---- */

static void bring(struct scroll *s, int line_y, vb_time now)
{
    int to = clamped(s, line_y - s->height * READING_LINE / 100 + s->down);
    int distance = abs(to - s->top);
    if (s->lasts && s->to == to) /* on its way already */
        return;
    if (distance > s->height) {
        rest_at(s, to);
        s->fade_began = s->calm ? VB_NO_TIME : now;
        return;
    }
    vb_time lasts = A_LINE;
    if (s->height)
        lasts += (A_SCREENFUL - A_LINE) * distance / s->height;
    start(s, to, lasts, now);
}

void scroll_resume(struct scroll *s, int line_y, vb_time now)
{
    s->held = s->suspended = false;
    s->back_in_band = VB_NO_TIME;
    bring(s, line_y, now);
}

/* The reader has scrolled: has she lost sight of the line, or brought it back? */
static void watch_hand(struct scroll *s, bool in_sight, bool in_band, vb_time now)
{
    if (!in_sight)
        s->suspended = true;
    if (!in_band) {
        s->back_in_band = VB_NO_TIME;
        return;
    }
    if (s->back_in_band == VB_NO_TIME)
        s->back_in_band = now;
    if (!s->suspended || now - s->back_in_band >= SCROLL_RETURNS)
        s->held = s->suspended = false;
}

void scroll_follow(struct scroll *s, int line_y, int line_height, vb_time now)
{
    int top = s->lasts ? s->to : s->top; /* where it will be */
    int y = line_y - top;
    bool in_sight = y + line_height > 0 && y < s->height;
    bool in_band = y >= s->height * BAND_TOP / 100 &&
                   y + line_height <= s->height * BAND_BOTTOM / 100 + line_height / 2;
    /* gone by the voice's own progress, not by the hand */
    bool leaves_by_itself =
        line_y != s->line_y && !s->suspended && (y < 0 || y + line_height > s->height);
    s->line_y = line_y;
    if (leaves_by_itself)
        s->held = false;
    if (s->held)
        watch_hand(s, in_sight, in_band, now);
    if (!s->held && !in_band)
        bring(s, line_y, now);
}

/* ---- from frame to frame ---- */

void scroll_move(struct scroll *s, vb_time now)
{
    if (s->fade_began != VB_NO_TIME && now - s->fade_began >= SCROLL_FADE)
        s->fade_began = VB_NO_TIME;
    if (!s->lasts)
        return;
    if (now - s->began >= s->lasts) {
        rest_at(s, s->to);
        return;
    }
    double left = 1 - (double)(now - s->began) / (double)s->lasts;
    double done = 1 - left * left * left; /* quick at first, then ever slower */
    s->top = s->from + (int)((s->to - s->from) * done);
}

int scroll_fade(const struct scroll *s, vb_time now)
{
    if (s->fade_began == VB_NO_TIME)
        return 100;
    return (int)(15 + 85 * (now - s->fade_began) / SCROLL_FADE);
}

vb_time scroll_next_change(const struct scroll *s, vb_time now)
{
    if (s->lasts || s->fade_began != VB_NO_TIME)
        return FRAME;
    if (s->suspended && s->back_in_band != VB_NO_TIME)
        return s->back_in_band + SCROLL_RETURNS - now;
    return VB_NO_TIME;
}
