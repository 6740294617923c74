/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sound as the aligner hears it: 13 normalised cepstra every 10 ms, 26 bytes a frame.
 * Slopes and squares are made anew for every stretch that is looked at. */
#pragma once

#include <stdbool.h>

#include "align/mel.h"

struct features {
    uint32_t count;    /* frames */
    int16_t *cepstra;  /* CEPSTRA a frame; in RAW_SCALE, then in NORMAL_SCALE */
    uint8_t *is_voice; /* one a frame: vad.h */
};

void features_free(struct features *f);

/* Frames of samples in memory: frame t begins at t / 100 s. Not normalised yet. */
struct features features_of_samples(const float *samples, size_t count, int rate, double high);
/* Adds the frames that begin in samples[1 …] to `cepstra`; samples[0] is the one before.
 * starts: of `count` frames. */
void features_of_frames(const struct mel *mel, const float *samples, const uint32_t *starts,
                        uint32_t count, int16_t *cepstra);
/* The mean power that mel_init() asks for, summed here. */
double emphasised_power(const float *samples, size_t count);

/* Finds the voice, then takes off what is the room's and the microphone's: mean and variance of
 * the voiced frames within 3 s, in place. */
void features_normalise(struct features *f);

/* Frames [from, until) as rows of FEATURE_STRIDE floats: features, then their squares.
 * `step` > 1: each row is the mean of so many frames, and from, until count such rows. */
void features_expand(const struct features *f, uint32_t from, uint32_t until, uint32_t step,
                     float *rows);
