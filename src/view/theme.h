/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours, by what they mean. */
#pragma once

#include "view/draw.h"

enum token {
    BG,
    PANEL,
    INK,  /* the turn being heard, titles */
    INK2, /* the other turns */
    INK3, /* times, notes, hints */
    ACCENT,
    ON_ACCENT,  /* signs on an accent ground */
    FIELD,      /* borders that have to be seen */
    MATCH,      /* the ground of what was searched for */
    MATCH_LINE, /* … and the line under it */
    MATCH_HERE, /* the match that was gone to */
    ON_MATCH_HERE,
    SELECTION,
    WARN,     /* also what is to be checked */
    VERIFIED, /* a person has listened to it and found it right */
    EDITED,
    TIP, /* the ground of tooltips */
    ON_TIP,
    TOKENS,
};

enum { SPEAKER_COLORS = 12 };

struct palette {
    const char *name;
    bool is_dark;  /* the button offers the light one */
    bool is_stark; /* grounds are alike: edges are drawn as borders */
    color tokens[TOKENS];
    color speakers[SPEAKER_COLORS];
    uint8_t unheard[SPEAKER_COLORS + 1]; /* percent of it: as pale as 3 to 1 allows; nobody's */
};

/* By enum theme of the settings; the light one for a value that is none. `system_is_dark`: what
 * THEME_SYSTEM stands for. */
const struct palette *theme_of(int setting, bool system_is_dark);
size_t theme_count(void);
color theme_speaker(const struct palette *theme,
                    uint32_t speaker); /* VB_NONE: nobody's, INK3 */
/* The same where it was not heard yet, on PANEL. */
color theme_unheard(const struct palette *theme, uint32_t speaker);
/* "ink2", "speaker3"; NULL: the colour is mixed. For dumps. */
const char *theme_color_name(const void *theme, color c);
