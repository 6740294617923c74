/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that is being typed into, in lines: every space as it is, line ends where they are,
 * and both directions of writing.
 *
 * A layout (layout.h) stands on the words of a transcript that does not change; a live text has
 * no words yet.  It breaks its lines by the same rules, so that a passage that is opened for
 * typing stays as it was.  When the text changes, only the lines around the change are made
 * anew: a key costs the same in a paragraph of any length. Places are bytes of the text. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "view/draw.h"
#include "view/measure.h"

struct live_style { /* in pixels */
    int width, size, line;
    enum face face;
};

/* A part of a line that is set at once: a word, a part of one, or spaces. */
struct live_piece {
    size_t from, until;
    int x, width;
    uint8_t level; /* of UAX 9: odd ones are read from the right */
    bool is_space;
};

struct live {
    const struct measure *measure;
    struct live_style style;
    struct buf text;
    VEC(uint32_t) lines; /* where each begins */
    bool is_mixed, right_to_left;
    VEC(uint8_t) levels;           /* of each byte, where the text is mixed */
    VEC(struct live_piece) pieces; /* of the line that was asked for last */
    VEC(struct live_piece) placed;
    VEC(uint32_t) order;
    VEC(uint8_t) piece_levels;
    uint32_t broken; /* lines that were broken, ever: for tests */
};

void live_free(struct live *l);
/* The text as it is now, in that style. */
void live_set(struct live *l, const struct measure *measure, struct live_style style,
              vb_str text);
static inline int live_height(const struct live *l)
{
    return (int)l->lines.count * l->style.line;
}

/* The line that a place stands in; the place between two lines belongs to the second. */
size_t live_line_of(const struct live *l, size_t place);
size_t live_line_start(const struct live *l, size_t line);
/* Behind its last letter: before the space that it was broken at. */
size_t live_line_end(const struct live *l, size_t line);
/* From left to right; good until the next call. */
const struct live_piece *live_line(struct live *l, size_t line, size_t *count);
/* From the text's left edge. */
int live_x(struct live *l, size_t place);
/* The place in the line that is nearest to `x`. */
size_t live_place_at(struct live *l, size_t line, int x);
/* The place to the right (or left) of it, by the eye: VB_NONE when the line has none. */
size_t live_beside(struct live *l, size_t place, bool right);
/* Where [from, until) stands in the line, as at most `room` stretches of x and width. */
size_t live_stretches(struct live *l, size_t line, size_t from, size_t until,
                      struct rect *stretches, size_t room);
