/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training the models: first from synthetic speech, then from the recording itself. */
#include "align/models.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define PRIOR_FRAMES   20.0 /* the weight of the synthetic prior */
#define VARIANCE_LEAST 0.05
#define WIDEN          0.4 /* people differ more than four voices of a synthesiser */
#define WIDEN_SILENCE  0.05
#define FRAMES_A_SPLIT 60.0 /* a state heard less often keeps its Gaussian */

void models_free(struct models *m)
{
    free(m->states);
    free(m->priors);
    free(m->share);
    *m = (struct models){0};
}

/* ---- tallies ---- */

static double log_density(const struct state *state, int i, const float *row)
{
    double sum = 0;
    for (int d = 0; d < FEATURES; d++) {
        double z = row[d] - state->mean[i][d];
        sum += z * z / state->variance[i][d] + log(state->variance[i][d]);
    }
    return log(state->weight[i] + 1e-8) - 0.5 * sum;
}

static void add_weighted(struct tally *tally, int i, const float *row, double weight)
{
    tally->count[i] += weight;
    for (int d = 0; d < FEATURES; d++) {
        tally->sum[i][d] += weight * row[d];
        tally->square[i][d] += weight * row[FEATURES + d];
    }
}

void tally_add(struct tally *tally, const struct state *state, const float *row)
{
    double density[MIXTURES], most = -INFINITY, sum = 0;
    if (state->count == 1) {
        add_weighted(tally, 0, row, 1);
        return;
    }
    for (int i = 0; i < state->count; i++) {
        density[i] = log_density(state, i, row);
        most = density[i] > most ? density[i] : most;
    }
    for (int i = 0; i < state->count; i++)
        sum += density[i] = exp(density[i] - most);
    for (int i = 0; i < state->count; i++)
        add_weighted(tally, i, row, density[i] / sum);
}

double tally_frames(const struct tally *tally)
{
    double sum = 0;
    for (int i = 0; i < MIXTURES; i++)
        sum += tally->count[i];
    return sum;
}

/* ---- one Gaussian ---- */

/* `prior` stands for `tau` frames; NULL: for none. */
static void estimate(struct state *state, int i, const struct tally *tally, int from,
                     const struct state *prior, double tau)
{
    double n = tally->count[from] + (prior ? tau : 0) + 1e-9;
    for (int d = 0; d < FEATURES; d++) {
        double mean = prior ? prior->mean[0][d] : 0;
        double square = prior ? prior->variance[0][d] + mean * mean : 0;
        double m = (tally->sum[from][d] + (prior ? tau * mean : 0)) / n;
        double v = (tally->square[from][d] + (prior ? tau * square : 0)) / n - m * m;
        state->mean[i][d] = (float)m;
        state->variance[i][d] = (float)(v > VARIANCE_LEAST ? v : VARIANCE_LEAST);
    }
}

static void widen(struct state *state, int i, double by)
{
    for (int d = 0; d < FEATURES; d++)
        state->variance[i][d] += (float)by;
}

static void set_stay(struct state *state, double frames)
{
    state->stay = (float)log(1 - 1 / frames);
    state->leave = (float)log(1 / frames);
}

static void reset(struct state *state)
{
    *state = (struct state){
        .count = 1, .weight = {1, 1, 1, 1}
    };
    for (int i = 0; i < MIXTURES; i++)
        for (int d = 0; d < FEATURES; d++)
            state->variance[i][d] = 1;
}

/* ---- from synthetic speech ---- */

static struct tally pool(const struct tally *tally)
{
    struct tally all = {.visits = tally->visits};
    for (int i = 0; i < MIXTURES; i++) {
        all.count[0] += tally->count[i];
        for (int d = 0; d < FEATURES; d++) {
            all.sum[0][d] += tally->sum[i][d];
            all.square[0][d] += tally->square[i][d];
        }
    }
    return all;
}

static void begin_state(struct state *state, struct state *prior, const struct tally *tally,
                        int voices)
{
    struct tally all = pool(tally);
    reset(prior);
    if (all.count[0] >= 3)
        estimate(prior, 0, &all, 0, NULL, 0);
    widen(prior, 0, WIDEN);
    *state = *prior;
    state->count = 0;
    for (int voice = 0; voice < voices; voice++) {
        if (tally->count[voice] < (voice ? 12 : 3))
            continue;
        estimate(state, state->count, tally, voice, NULL, 0);
        widen(state, state->count++, WIDEN);
    }
    if (state->count == 0)
        *state = *prior;
}

void models_begin(struct models *m, const struct tally *tallies, int voices)
{
    uint32_t count = silence_of(m) + 1;
    m->states = mem_new(count * sizeof *m->states);
    m->priors = mem_new(count * sizeof *m->priors);
    for (uint32_t i = 0; i < silence_of(m); i++) {
        begin_state(&m->states[i], &m->priors[i], &tallies[i], voices);
        double frames = tally_frames(&tallies[i]) / (tallies[i].visits + 1e-9);
        set_stay(&m->states[i], frames < 1.2 ? 1.2 : frames > 30 ? 30 : frames);
    }
    reset(&m->states[silence_of(m)]);
    m->priors[silence_of(m)] = m->states[silence_of(m)];
}

void models_begin_silence(struct models *m, const struct tally *tally)
{
    struct state *silence = &m->states[silence_of(m)];
    if (tally_frames(tally) > 30) {
        estimate(silence, 0, tally, 0, NULL, 0);
        widen(silence, 0, WIDEN_SILENCE);
    }
    m->priors[silence_of(m)] = *silence;
}

/* ---- from the recording ---- */

void models_reset(struct models *m)
{
    for (uint32_t i = 0; i < silence_of(m); i++) {
        float stay = m->states[i].stay, leave = m->states[i].leave;
        m->states[i] = m->priors[i];
        m->states[i].stay = stay;
        m->states[i].leave = leave;
    }
}

/* The heaviest Gaussian becomes two, a little apart. */
static void split(struct state *state)
{
    int heaviest = 0, fresh = state->count++;
    for (int i = 1; i < fresh; i++)
        if (state->weight[i] > state->weight[heaviest])
            heaviest = i;
    state->weight[heaviest] *= 0.5f;
    state->weight[fresh] = state->weight[heaviest];
    for (int d = 0; d < FEATURES; d++) {
        float apart = 0.3f * sqrtf(state->variance[heaviest][d]);
        state->variance[fresh][d] = state->variance[heaviest][d];
        state->mean[fresh][d] = state->mean[heaviest][d] + apart;
        state->mean[heaviest][d] -= apart;
    }
}

static void adapt_state(struct state *state, const struct state *prior,
                        const struct tally *tally, double tau, int most)
{
    double frames = tally_frames(tally), share = tau / state->count;
    for (int i = 0; i < state->count; i++) {
        estimate(state, i, tally, i, prior, share);
        state->weight[i] = (float)((tally->count[i] + share) / (frames + tau));
    }
    int wanted = (int)(frames / FRAMES_A_SPLIT);
    wanted = wanted < most ? wanted : most;
    while (state->count < wanted)
        split(state);
}

void models_adapt(struct models *m, const struct tally *tallies, int most)
{
    uint32_t silence = silence_of(m);
    for (uint32_t i = 0; i < silence; i++) {
        if (m->share[i / STATES] <= 0)
            continue;
        adapt_state(&m->states[i], &m->priors[i], &tallies[i], PRIOR_FRAMES, most);
        double frames = (tally_frames(&tallies[i]) + 6) / (tallies[i].visits + 2);
        set_stay(&m->states[i], frames < 1.05 ? 1.05 : frames);
    }
    adapt_state(&m->states[silence], &m->priors[silence], &tallies[silence], 1, most);
}
