/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search in the bar: a field, which match of how many, and the way from one to the next. */
#pragma once

#include "view/screen.h"

/* How much of the bar's free room it takes: all of it in a narrow window while it is used. */
int find_box_width(const struct screen *on, int room);
/* `at`: its part of the bar, as high as a button. */
void find_box_draw(struct screen *on, struct rect at);
void find_box_open(struct screen *on);
/* Once a frame: what is searched for stands in the field, whoever began the search. */
void find_box_update(struct screen *on);
