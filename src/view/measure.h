/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts, as the view knows them: how wide a text is.  The window gives the real ones, tests
 * a fixed one. */
#pragma once

#include "verbatim/types.h"

enum face {
    FACE_TEXT, /* for reading */
    FACE_TEXT_ITALIC,
    FACE_TEXT_BOLD,
    FACE_UI, /* for names, buttons, messages */
    FACE_UI_MEDIUM,
    FACE_UI_STRONG,
    FACE_FIGURES, /* FACE_UI with digits of one width, for times */
    FACE_FIGURES_STRONG,
    FACE_COUNT,
};

/* Which way a text is set; AUTO: as its letters say. */
enum direction { DIRECTION_AUTO, DIRECTION_LEFT_TO_RIGHT, DIRECTION_RIGHT_TO_LEFT };

enum { EM = 1024 }; /* widths are parts of an em: one measuring serves every size */

struct measure {
    uint32_t (*width)(void *ctx, enum face face, vb_str text); /* in 1/1024 em, unhinted */
    /* From the baseline up and down, in 1/1024 em, of letters (not of the font's box). */
    uint16_t ascent[FACE_COUNT], descent[FACE_COUNT];
    void *ctx;
    /* Other letters for FACE_TEXT and its like, by enum reading_face of the settings: all
     * widths change. NULL: there is but one. */
    void (*use_face)(void *ctx, int reading_face);
};

static inline int measure_px(uint32_t em, int size)
{
    return (int)(((uint64_t)em * (uint32_t)size + EM / 2) / EM);
}

static inline int measure_text(const struct measure *m, enum face face, int size, vb_str text)
{
    return measure_px(m->width(m->ctx, face, text), size);
}
