/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models packed for the product, and stretches of scores made with it. */
#include "align/scorer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { COARSE_STEP = 3 };

struct look look_fine(const struct features *f)
{
    return (struct look){f, 1, f->count, STATES};
}

struct look look_coarse(const struct features *f)
{
    return (struct look){f, COARSE_STEP, (f->count + COARSE_STEP - 1) / COARSE_STEP, 1};
}

double look_seconds(const struct look *look)
{
    return (double)look->step / FRAMES_A_SECOND;
}

static uint32_t round_up(uint32_t count, uint32_t to)
{
    return (count + to - 1) / to * to;
}

/* ---- packing ---- */

static void put_gaussian(struct scorer *s, uint32_t column, const struct state *state, int i)
{
    float *weights = s->weights + (size_t)(column / SCORE_GROUP) * SCORE_GROUP * SQUARES +
                     column % SCORE_GROUP;
    double constant = log(state->weight[i] + 1e-8);
    for (int d = 0; d < FEATURES; d++) {
        double mean = state->mean[i][d], variance = state->variance[i][d];
        weights[d * SCORE_GROUP] = (float)(mean / variance);
        weights[(FEATURES + d) * SCORE_GROUP] = (float)(-0.5 / variance);
        constant -= 0.5 * (mean * mean / variance + log(2 * PI * variance));
    }
    s->constants[column] = (float)constant;
}

static void put_state(struct scorer *s, uint32_t column, const struct state *state)
{
    for (int i = 0; i < state->count; i++)
        put_gaussian(s, column + (uint32_t)i * s->columns, state, i);
}

static uint32_t most_gaussians(const struct models *m)
{
    int most = 1;
    for (uint32_t i = 0; i <= silence_of(m); i++)
        if (i == silence_of(m) || m->share[i / STATES] > 0)
            most = m->states[i].count > most ? m->states[i].count : most;
    return (uint32_t)most;
}

void scorer_init(struct scorer *s, const struct models *m)
{
    s->phones = round_up(m->phones, SCORE_GROUP);
    s->silence = STATES * s->phones;
    s->columns = s->stride = round_up(s->silence + 1, 2 * SCORE_GROUP);
    s->mixtures = most_gaussians(m);
    uint32_t width = s->columns * s->mixtures;
    s->constants = mem_new(width * sizeof *s->constants);
    s->weights = mem_new((size_t)width * SQUARES * sizeof *s->weights);
    for (uint32_t i = 0; i < width; i++)
        s->constants[i] = NEVER;
    for (uint32_t i = 0; i < silence_of(m); i++)
        if (m->share[i / STATES] > 0)
            put_state(s, i % STATES * s->phones + i / STATES, &m->states[i]);
    put_state(s, s->silence, &m->states[silence_of(m)]);
}

void scorer_free(struct scorer *s)
{
    free(s->constants);
    free(s->weights);
    *s = (struct scorer){0};
}

/* ---- making ---- */

void scores_init(struct scores *scores, const struct scorer *scorer)
{
    size_t width = (size_t)scorer->columns * scorer->mixtures;
    scores->scorer = scorer;
    scores->features = mem_new(STRETCH_FRAMES * FEATURE_STRIDE * sizeof(float));
    scores->rows = mem_new(SCORE_TILE * width * sizeof(float));
    scores->out = mem_new((size_t)STRETCH_FRAMES * scorer->stride * sizeof(float));
}

void scores_free(struct scores *scores)
{
    free(scores->features);
    free(scores->rows);
    free(scores->out);
    *scores = (struct scores){0};
}

/* The best third stands for the phone. */
static void fold_thirds(const struct scorer *s, float *row)
{
    for (uint32_t p = 0; p < s->phones; p++)
        for (int k = 1; k < STATES; k++)
            row[p] = fmaxf(row[p], row[(uint32_t)k * s->phones + p]);
}

void scores_make(struct scores *scores, const struct look *look, uint32_t from, uint32_t until)
{
    const struct kernels *kernels = kernels_best();
    const struct scorer *s = scores->scorer;
    size_t width = (size_t)s->columns * s->mixtures;
    features_expand(look->features, from, until, look->step, scores->features);
    for (uint32_t t = from; t < until; t += SCORE_TILE) {
        uint32_t count = until - t < SCORE_TILE ? until - t : SCORE_TILE;
        kernels->scores(s, scores->features + (size_t)(t - from) * FEATURE_STRIDE, count,
                        scores->rows);
        kernels->best_mixture(s, scores->rows, count);
        for (uint32_t i = 0; i < count; i++) {
            float *row = scores->out + (size_t)(t - from + i) * s->stride;
            memcpy(row, scores->rows + i * width, s->stride * sizeof *row);
            if (look->thirds == 1)
                fold_thirds(s, row);
        }
    }
}
