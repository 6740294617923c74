/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of all states for stretches of frames.
 *
 * log N(x; m, v) = C + x (m/v) - x² / 2v, so the scores of many frames are one product of the
 * rows [x, x²] with a matrix. */
#pragma once

#include "align/features.h"
#include "align/models.h"

/* How a recording is looked at: in fine frames by thirds of a phone, or in coarse ones of 30 ms
 * by whole phones, each scored by the best of its thirds. */
struct look {
    const struct features *features;
    uint32_t step;  /* fine frames in one of ours */
    uint32_t count; /* of ours */
    int thirds;     /* STATES, or 1 */
};
struct look look_fine(const struct features *f);
struct look look_coarse(const struct features *f);
double look_seconds(const struct look *look); /* a frame */

/* Columns of a frame's scores: third k of phone p stands at k * phones + p. */
void scorer_init(struct scorer *s, const struct models *m);
void scorer_free(struct scorer *s);

/* Scores of stretches of at most STRETCH_FRAMES, reused from call to call. */
enum { STRETCH_FRAMES = 512 };
struct scores {
    const struct scorer *scorer;
    float *features, *rows, *out;
};
void scores_init(struct scores *scores, const struct scorer *scorer);
void scores_free(struct scores *scores);
/* Frame `from` of the look stands in row 0; rows are scorer->stride floats apart. */
void scores_make(struct scores *scores, const struct look *look, uint32_t from, uint32_t until);
static inline const float *scores_row(const struct scores *scores, uint32_t i)
{
    return scores->out + (size_t)i * scores->scorer->stride;
}
