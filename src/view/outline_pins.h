/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pins ("heard now") in the sidebar, each with a cross that takes it away: those around
 * what is heard when there are more than there is room for. */
#pragma once

#include "view/screen.h"

/* What they take of `room`; 0: there are none. */
int outline_pins_height(const struct screen *on, int room);
/* `at`: of that height. */
void outline_pins_draw(struct screen *on, struct rect at);
