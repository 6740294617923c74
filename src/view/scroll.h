/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of the text is in the window, and how it moves there.
 *
 * The reading line stands at 37 % of the height.  Following scrolls only when the line being
 * heard leaves the band from 25 to 60 %, so a page moves in rare calm steps.  A reader who
 * scrolls is never fought with: while her line is in sight nothing moves, and once it is out of
 * sight following rests until it is asked for, or until she has brought the line back. */
#pragma once

#include "verbatim/types.h"

enum { READING_LINE = 37, BAND_TOP = 25, BAND_BOTTOM = 60 }; /* percent of the height */

#define SCROLL_FADE    (120 * VB_SECOND / 1000)
#define SCROLL_RETURNS (1 * VB_SECOND) /* how long the line has to stand in the band again */

struct scroll {
    int top;                 /* what of the text is at the window's upper edge */
    int height, text_height; /* of the window onto the text, and of the text */
    int down;                /* so much lower than the reading line asks for, following begins */
    bool calm;               /* no movements: reduced motion */

    int from, to; /* while it moves */
    vb_time began, lasts;
    vb_time fade_began; /* after a jump; VB_NO_TIME: none */

    bool held;            /* the reader scrolled: only the window's edges count as a band */
    bool suspended;       /* … and the line went out of sight */
    vb_time back_in_band; /* since when; VB_NO_TIME: it is not */
    int line_y;           /* of the line heard at the frame before */
};

void scroll_init(struct scroll *s);
int scroll_limit(const struct scroll *s); /* the largest top */
/* Sets top so that the text's `y` stands at the reading line, at once. */
void scroll_put(struct scroll *s, int y);

/* A movement by the reader's hand, from where the last one was to end. */
void scroll_by(struct scroll *s, int distance, vb_time now);
void scroll_to(struct scroll *s, int top, vb_time now);
/* To a place that the hand holds (the thumb): at once. */
void scroll_drag(struct scroll *s, int top);

/* The text itself grew or shrank above what is read: what is in sight stays. */
void scroll_shift(struct scroll *s, int by);

/* Once a frame, with the line being heard. */
void scroll_follow(struct scroll *s, int line_y, int line_height, vb_time now);
/* Brings the line to the reading line and follows from there. */
void scroll_resume(struct scroll *s, int line_y, vb_time now);

/* Once a frame: moves on. */
void scroll_move(struct scroll *s, vb_time now);
/* How much of the text is there while it fades in, in percent. */
int scroll_fade(const struct scroll *s, vb_time now);
/* How long until it has to be drawn again; VB_NO_TIME: it is at rest. */
vb_time scroll_next_change(const struct scroll *s, vb_time now);
