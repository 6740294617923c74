/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofreading on the screen: what it adds to the text, the tracks and the bar. The list is a
 * view of its own (view_doubts.c). */
#pragma once

#include "view/marks.h"
#include "view/screen.h"

/* Before a frame: the margin with the states of turns, the ticks of the scroll track. */
void doubts_update(struct screen *on);
/* Below the words of a line: what is doubtful, corrected, new; the second text's words. */
void doubts_draw_line(struct screen *on, const struct marked_line *line);
/* What was heard, below the seek bar. */
void doubts_draw_ribbon(struct screen *on, struct rect bar,
                        int (*x_of)(const struct session *s, struct rect at, vb_time time));
/* "Doubt 3 of 6" and what can be done, at the foot of the text; returns the y above it. */
int doubts_draw_chip(struct screen *on, struct rect at);
/* "Read | Proofread"; returns how much room it took. */
int doubts_draw_switch(struct screen *on, struct rect bar, int right, int room);
/* Tab and Shift+Tab walk the doubts, while no button has the focus. True: taken. */
bool doubts_key(struct screen *on, const struct key_press *press);
