/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bookmarks in the sidebar, with their notes: those around what is heard when there are
 * more than there is room for. */
#pragma once

#include "view/screen.h"

/* What they take of `room`; 0: there are none. */
int outline_marks_height(const struct screen *on, int room);
/* `at`: of that height. */
void outline_marks_draw(struct screen *on, struct rect at);
