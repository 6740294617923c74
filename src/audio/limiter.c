/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing over full scale. */
#include "audio/limiter.h"

#include <math.h>
#include <stdbool.h>

/* A hair below, so that no rounding goes over. */
#define FULL_SCALE      0.9999F
#define RELEASE_SECONDS 0.080F /* two thirds of the way back */

void limiter_start(struct limiter *limiter, int rate)
{
    *limiter = (struct limiter){
        .gain = 1,
        .release = 1 - expf(-1 / (RELEASE_SECONDS * (float)rate)),
    };
}

/* Asked the other way round, for what is no number is not below anything. */
static bool is_within(const float *values, size_t count)
{
    size_t over = 0;
    for (size_t i = 0; i < count; i++)
        over += !(fabsf(values[i]) <= 1);
    return over == 0;
}

static void limit_frame(struct limiter *limiter, float *frame, int channels)
{
    float peak = 0;
    for (int c = 0; c < channels; c++) {
        frame[c] = isfinite(frame[c]) ? frame[c] : 0;
        peak = fmaxf(peak, fabsf(frame[c]));
    }
    limiter->gain += (1 - limiter->gain) * limiter->release;
    if (peak * limiter->gain > FULL_SCALE)
        limiter->gain = FULL_SCALE / peak;
    for (int c = 0; c < channels; c++)
        frame[c] *= limiter->gain;
}

void limit(struct limiter *limiter, float *frames, size_t count, int channels)
{
    if (limiter->gain == 1 && is_within(frames, count * (size_t)channels))
        return;
    for (size_t i = 0; i < count; i++)
        limit_frame(limiter, frames + i * (size_t)channels, channels);
    if (limiter->gain > 0.99999F)
        limiter->gain = 1;
}
