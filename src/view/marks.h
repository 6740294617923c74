/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is marked in the text besides the voice: the selection, and what was searched for. */
#pragma once

#include "view/screen.h"

struct marked_line { /* of the text, as it stands in the window */
    const struct layout_placed *words;
    size_t count;
    int y, height;    /* of the line */
    int size;         /* of its text */
    uint32_t section; /* it is a heading; VB_NONE: it is not */
};

/* Behind the words. */
void marks_draw_grounds(struct screen *on, const struct marked_line *line);
/* Over the words: the match that was gone to. */
void marks_draw_here(struct screen *on, const struct marked_line *line, int baseline);
