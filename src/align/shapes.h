/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes that all of alignment agrees on. */
#pragma once

enum {
    SPECTRUM_POINTS = 512,
    SPECTRUM_BINS = SPECTRUM_POINTS / 2 + 1,
    MEL_BANDS = 26,
    CEPSTRA = 13,                 /* the first is the loudness */
    FEATURES = 3 * CEPSTRA,       /* cepstra, their slope, the slope's slope */
    SQUARES = 2 * FEATURES,       /* features, then their squares */
    FEATURE_STRIDE = SQUARES + 2, /* floats from one expanded frame to the next */
    FRAMES_A_SECOND = 100,
    MOST_LANES = 8,
    SCORE_GROUP = 8,  /* columns that are scored together */
    SCORE_TILE = 64,  /* frames that are scored together */
    BLOCK_WORDS = 16, /* words whose cells the search moves at once */
};

#define RAW_SCALE    128.0f  /* of cepstra kept as 16-bit numbers */
#define NORMAL_SCALE 2000.0f /* of normalised cepstra kept so */
#define FRAME_US     (1000000 / FRAMES_A_SECOND)
#define NEVER        (-1e30f)
#define PI           3.14159265358979323846
