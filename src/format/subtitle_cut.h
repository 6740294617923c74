/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paragraph to subtitles that can be read: two lines of 42 characters, 17 characters a
 * second, cut where a phrase ends, never inside a name. */
#pragma once

#include "verbatim/types.h"

enum { SUBTITLE_LINE = 42, SUBTITLE_LINES = 2, SUBTITLE_CPS = 17 };

struct cut_word {
    vb_str text;
    vb_time start, end;
    uint32_t ahead; /* characters that stand before it: the speaker's label */
    bool tied;      /* no cut before it: a no-break space, or none where the script sets them */
    bool glued;     /* no space before it */
};

struct cut_cue {
    uint32_t first, count; /* words */
    uint32_t break_at;     /* the word that begins the second line; VB_NONE: one line */
};

/* The best way to cut `count` words. The caller frees what is returned; *cues: how many. */
struct cut_cue *subtitle_cut(const struct cut_word *words, uint32_t count, uint32_t *cues);

/* The word that should begin the second line of these; VB_NONE: they fit into one, or nowhere.
 */
uint32_t subtitle_break(const struct cut_word *words, uint32_t count);

/* May a line end before words[i]? How badly: 0 at the end of a sentence, 100 inside a name. */
int subtitle_break_cost(const struct cut_word *words, uint32_t count, uint32_t i);
