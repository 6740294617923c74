/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole sound as a bar: who speaks when, what was heard, what no text covers. */
#pragma once

#include "view/screen.h"

void timeline_bar_draw(struct screen *on, struct rect at);
/* True: the bar was meant. */
bool timeline_bar_input(struct screen *on, struct rect at, const struct input *in);
