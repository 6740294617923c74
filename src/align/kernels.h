/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four loops in which alignment spends its time, each in several frames or states at once.
 *
 * Their code stands once, in kernels_code.h, in vectors of LANES floats; it is compiled for
 * 16-byte vectors (any machine: SSE2, NEON) and for AVX2, and the best is taken when the
 * program runs.  All of them give the same bits. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "align/shapes.h"

/* How a frame of sound becomes powers: made by mel_init(). */
struct mel {
    int rate;
    int window;     /* samples; at most SPECTRUM_POINTS */
    float emphasis; /* of high frequencies: x[i] - emphasis * x[i - 1] */
    float taper[SPECTRUM_POINTS];
    float cosine[SPECTRUM_POINTS / 2 + 1], sine[SPECTRUM_POINTS / 2 + 1]; /* of 2 pi k / N */
    uint16_t reversed[SPECTRUM_POINTS / 2]; /* bits of the index */
    int8_t band[SPECTRUM_BINS]; /* the band whose middle lies below the bin; -1: in none */
    float weight[SPECTRUM_BINS];
    float cosines[CEPSTRA][MEL_BANDS]; /* the transform from bands to cepstra */
    float floor;                       /* added to a band's power */
};

/* Scores of many Gaussians as one product: see scorer.h. */
struct scorer {
    uint32_t columns; /* padded to 2 SCORE_GROUP */
    uint32_t mixtures;
    float *constants; /* columns x mixtures */
    float *weights;   /* by group of columns, then dimension, then column in the group */
    uint32_t phones;  /* padded to SCORE_GROUP: scores of first, second, third states follow */
    uint32_t silence; /* its column */
    uint32_t stride;  /* floats from one frame's scores to the next one's */
};

/* The phone loop's running scores: loop.h. */
struct loop_state {
    float *score[3]; /* by third of a phone, then phone */
    int32_t *choice; /* bit k: the third k was entered in this frame */
    uint32_t phones;
};

/* The search's running scores: search.h. */
struct search_state {
    float *score;
    int32_t *age, *origin; /* frames spent; node at the last checkpoint: one a cell */
    const float *stay, *enter;
    const int32_t *column; /* of the emission */
    const uint32_t *block_first;
    float *silence, *filler, *entry; /* one a word */
    int32_t *silence_age, *filler_age, *silence_origin, *filler_origin, *entry_origin;
    const float *silence_enter, *filler_enter, *gap_cost, *edge_gain; /* one a word */
    const int32_t *edge_from;
    float overlong_cost, stuck_cost;
    int32_t overlong_age, stuck_age, gap_age;
};

struct kernels {
    int lanes;
    /* The power spectra of `lanes` frames; power[bin * lanes + frame]. A frame's samples begin
     * at samples[start], and samples[start - 1] is readable. */
    void (*powers)(const struct mel *mel, const float *samples, const uint32_t *starts,
                   float *power);
    /* Cepstra of as many frames from these; out[frame * CEPSTRA + c], in RAW_SCALE. */
    void (*cepstra)(const struct mel *mel, const float *power, int16_t *out);
    /* Scores of `count` frames of expanded features; rows of `columns` x `mixtures` floats. */
    void (*scores)(const struct scorer *scorer, const float *features, uint32_t count,
                   float *out);
    void (*best_mixture)(const struct scorer *scorer, float *rows, uint32_t count);
    void (*loop)(const struct loop_state *loop, const float *scores, float entry, int thirds);
    /* One frame of the cells and gaps of a block of words; the best score among them. */
    float (*block)(const struct search_state *s, uint32_t block, const float *scores,
                   float silence_score, float filler_score);
};

extern const struct kernels kernels_plain;
const struct kernels *kernels_avx2(void); /* NULL: this machine has no such instructions */
const struct kernels *kernels_best(void);
