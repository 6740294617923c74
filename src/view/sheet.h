/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet over everything else, with a title, a cross, and content that scrolls: what the help,
 * the settings and other lists stand on.  While it is there, keys reach nothing below it. */
#pragma once

#include "view/screen.h"

struct sheet {
    struct rect box;    /* the whole */
    struct rect window; /* onto the content */
    struct rect at;     /* where the content begins: above the window when it is scrolled */
    struct rect clip;   /* of before */
};

/* `width` and `height` are logical, and most. */
struct sheet sheet_begin(struct screen *on, struct rect at, const char *title, int width,
                         int height);
/* So tall was the content. */
void sheet_end(struct screen *on, const struct sheet *sheet, int height);
/* Scrolls by pixels, within what there is. */
void sheet_scroll(struct screen *on, int by);
/* Scrolls so far that the row is in the window. */
void sheet_show(struct screen *on, const struct sheet *sheet, struct rect row);
bool sheet_input(struct screen *on, struct rect at, const struct input *in);
/* Arrows, pages and ends scroll. True: taken. */
bool sheet_key(struct screen *on, const struct key_press *press);
