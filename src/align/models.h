/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sounds of speech look like: three states a phone and one for silence, each a mixture
 * of at most MIXTURES Gaussians with diagonal variance. */
#pragma once

#include <stdint.h>

#include "align/shapes.h"

enum { MIXTURES = 4, STATES = 3 };

struct state {
    int count; /* of its Gaussians */
    float weight[MIXTURES];
    float mean[MIXTURES][FEATURES], variance[MIXTURES][FEATURES];
    float stay, leave; /* log probabilities */
};

/* Frames that were heard in a state, by Gaussian. */
struct tally {
    double count[MIXTURES], sum[MIXTURES][FEATURES], square[MIXTURES][FEATURES];
    double visits; /* how often it was entered */
};

struct models {
    uint32_t phones;
    struct state *states; /* STATES a phone, then silence */
    struct state *priors; /* as the synthesiser says them, pooled over its voices */
    float *share;         /* one a phone: of the text's phones; 0: does not occur */
};

static inline uint32_t silence_of(const struct models *m)
{
    return m->phones * STATES;
}

void models_free(struct models *m);

/* `row`: an expanded frame. */
void tally_add(struct tally *tally, const struct state *state, const float *row);
double tally_frames(const struct tally *tally);

/* From synthetic speech, one Gaussian of the tally a voice; no room is left for how people
 * differ from synthesisers, so `widen` is added to each variance. */
void models_begin(struct models *m, const struct tally *tallies, int voices);
/* The recording's silence. */
void models_begin_silence(struct models *m, const struct tally *tally);
/* Maximum a posteriori (Gauvain and Lee 1994): the synthetic prior counts as so many frames.
 * Afterwards states that were heard often have up to `most` Gaussians. */
void models_adapt(struct models *m, const struct tally *tallies, int most);
/* One Gaussian a state again. */
void models_reset(struct models *m);
