/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound as a bar: how loud it is and who speaks when, what was heard, what no text covers.
 * The whole of it, or a part that the wheel chooses. */
#pragma once

#include "view/screen.h"

/* `at`: the columns; ticks stand above it, marks below. */
void timeline_bar_draw(struct screen *on, struct rect at);
/* True: the bar was meant. */
bool timeline_bar_input(struct screen *on, struct rect at, const struct input *in);
