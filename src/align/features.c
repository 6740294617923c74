/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From samples to rows of features.
 *
 * Slopes as in the HTK book, section 5.6 (a regression over two frames on either side), in a
 * scale that makes them count as much as the cepstra.  Normalising takes integer sums over a
 * rolling window, so that the same frame gives the same numbers however the sound is cut. */
#include "align/features.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/vad.h"
#include "base/mem.h"

enum {
    AROUND = 3 * FRAMES_A_SECOND, /* the window of the normalisation, on either side */
    MEAN_PRIOR = 50,              /* frames of the whole that weigh in on the window */
    VARIANCE_PRIOR = 100,
    REACH = 4, /* frames on either side that a frame's slopes look at */
};

void features_free(struct features *f)
{
    free(f->cepstra);
    free(f->is_voice);
    *f = (struct features){0};
}

/* ---- frames ---- */

void features_of_frames(const struct mel *mel, const float *samples, const uint32_t *starts,
                        uint32_t count, int16_t *cepstra)
{
    const struct kernels *kernels = kernels_best();
    uint32_t at_once = (uint32_t)kernels->lanes;
    float power[SPECTRUM_BINS * MOST_LANES];
    int16_t out[CEPSTRA * MOST_LANES];
    for (uint32_t t = 0; t < count; t += at_once) {
        uint32_t some = count - t < at_once ? count - t : at_once;
        uint32_t at[MOST_LANES];
        for (uint32_t i = 0; i < at_once; i++)
            at[i] = starts[t + (i < some ? i : 0)];
        kernels->powers(mel, samples, at, power);
        kernels->cepstra(mel, power, out);
        memcpy(cepstra + (size_t)t * CEPSTRA, out, some * CEPSTRA * sizeof *out);
    }
}

double emphasised_power(const float *samples, size_t count)
{
    double sum = 0;
    for (size_t i = 1; i < count; i++) {
        double x = samples[i] - PRE_EMPHASIS * samples[i - 1];
        sum += x * x;
    }
    return sum;
}

struct features features_of_samples(const float *samples, size_t count, int rate, double high)
{
    struct mel mel;
    mel_init(&mel, rate, MEL_LOW, high, emphasised_power(samples, count) / ((double)count + 1));
    struct features f = {0};
    if (count > (size_t)mel.window + 1)
        f.count = (uint32_t)((count - (size_t)mel.window - 1) * FRAMES_A_SECOND / (size_t)rate);
    f.cepstra = mem_new(((size_t)f.count + 1) * CEPSTRA * sizeof *f.cepstra);
    f.is_voice = mem_new((size_t)f.count + 1);
    uint32_t *starts = mem_new(((size_t)f.count + 1) * sizeof *starts);
    for (uint32_t t = 0; t < f.count; t++)
        starts[t] = (uint32_t)((uint64_t)t * (uint64_t)rate / FRAMES_A_SECOND) + 1;
    features_of_frames(&mel, samples, starts, f.count, f.cepstra);
    free(starts);
    return f;
}

/* ---- normalising ---- */

struct sums {
    int64_t count, sum[CEPSTRA], square[CEPSTRA];
};

static void sums_add(struct sums *sums, const int16_t *frame, int sign)
{
    sums->count += sign;
    for (int c = 0; c < CEPSTRA; c++) {
        sums->sum[c] += sign * frame[c];
        sums->square[c] += sign * ((int64_t)frame[c] * frame[c]);
    }
}

struct moments {
    double mean[CEPSTRA], variance[CEPSTRA];
};

static struct moments moments_of(const struct sums *sums)
{
    struct moments m;
    double n = (double)sums->count + 1e-3;
    for (int c = 0; c < CEPSTRA; c++) {
        m.mean[c] = (double)sums->sum[c] / n;
        m.variance[c] = (double)sums->square[c] / n - m.mean[c] * m.mean[c];
    }
    return m;
}

static void normalise_frame(const struct sums *window, const struct moments *whole,
                            int16_t *frame)
{
    double n = (double)window->count;
    for (int c = 0; c < CEPSTRA; c++) {
        double sum = (double)window->sum[c], square = (double)window->square[c];
        double mean = (sum + MEAN_PRIOR * whole->mean[c]) / (n + MEAN_PRIOR);
        double spread = square - 2 * mean * sum + n * mean * mean;
        double variance = (spread + VARIANCE_PRIOR * whole->variance[c]) / (n + VARIANCE_PRIOR);
        if (variance < 0.1 * whole->variance[c])
            variance = 0.1 * whole->variance[c];
        double z = (frame[c] - mean) / sqrt(variance + 1e-2) * NORMAL_SCALE;
        frame[c] = (int16_t)lrint(z > 32767 ? 32767 : z < -32767 ? -32767 : z);
    }
}

/* The frames behind are already normalised: a ring keeps them as they were. */
static void normalise_rolling(struct features *f, const struct moments *whole)
{
    enum { RING = AROUND + 1 };
    int16_t(*ring)[CEPSTRA] = mem_new(RING * sizeof *ring);
    struct sums window = {0};
    uint32_t entered = 0;
    for (uint32_t t = 0; t < f->count; t++) {
        for (; entered < f->count && entered < t + AROUND; entered++)
            if (f->is_voice[entered])
                sums_add(&window, f->cepstra + (size_t)entered * CEPSTRA, 1);
        if (t > AROUND && f->is_voice[t - AROUND - 1])
            sums_add(&window, ring[(t - AROUND - 1) % RING], -1);
        int16_t *frame = f->cepstra + (size_t)t * CEPSTRA;
        memcpy(ring[t % RING], frame, sizeof *ring);
        normalise_frame(&window, whole, frame);
    }
    free(ring);
}

void features_normalise(struct features *f)
{
    vad_mark(f);
    struct sums all = {0};
    for (uint32_t t = 0; t < f->count; t++)
        if (f->is_voice[t])
            sums_add(&all, f->cepstra + (size_t)t * CEPSTRA, 1);
    struct moments whole = moments_of(&all);
    normalise_rolling(f, &whole);
}

/* ---- expanding ---- */

enum { STRETCH = 1024 }; /* frames whose slopes are worked out together */

static void statics(const struct features *f, int64_t from, uint32_t count, float *out)
{
    for (uint32_t i = 0; i < count; i++) {
        int64_t t = from + i < 0 ? 0 : from + i >= f->count ? (int64_t)f->count - 1 : from + i;
        const int16_t *frame = f->cepstra + (size_t)t * CEPSTRA;
        for (int c = 0; c < CEPSTRA; c++)
            out[(size_t)i * CEPSTRA + (size_t)c] = frame[c] * (1 / NORMAL_SCALE);
    }
}

/* 2.5 times the regression over five frames; `x` is the middle one. */
static float slope(const float *x)
{
    return ((x[CEPSTRA] - x[-CEPSTRA]) + 2 * (x[2 * CEPSTRA] - x[-2 * CEPSTRA])) * 0.25f;
}

static void put_row(const float *values, const float *slopes, float weight, float *row)
{
    for (int c = 0; c < CEPSTRA; c++) {
        row[c] += values[c] * weight;
        row[CEPSTRA + c] += slopes[c] * weight;
        row[2 * CEPSTRA + c] += slope(slopes + c) * weight;
    }
}

static void square(float *row)
{
    for (int d = 0; d < FEATURES; d++)
        row[FEATURES + d] = row[d] * row[d];
}

/* At most STRETCH fine frames. */
static void expand_stretch(const struct features *f, uint32_t from, uint32_t until,
                           uint32_t step, float *rows)
{
    float values[(STRETCH + 2 * REACH) * CEPSTRA], slopes[(STRETCH + REACH) * CEPSTRA];
    uint32_t first = from * step, last = until * step < f->count ? until * step : f->count;
    uint32_t count = last - first;
    statics(f, (int64_t)first - REACH, count + 2 * REACH, values);
    for (uint32_t i = 0; i < (count + REACH) * CEPSTRA; i++)
        slopes[i] = slope(values + i + 2 * CEPSTRA);
    for (uint32_t row = 0; row < until - from; row++) {
        float *out = rows + (size_t)row * FEATURE_STRIDE;
        memset(out, 0, FEATURE_STRIDE * sizeof *out);
        uint32_t some = count - row * step < step ? count - row * step : step;
        for (uint32_t i = row * step; i < row * step + some; i++)
            put_row(values + (size_t)(i + REACH) * CEPSTRA,
                    slopes + (size_t)(i + REACH / 2) * CEPSTRA, 1.0f / (float)some, out);
        square(out);
    }
}

void features_expand(const struct features *f, uint32_t from, uint32_t until, uint32_t step,
                     float *rows)
{
    const uint32_t most = STRETCH / step;
    for (uint32_t t = from; t < until; t += most)
        expand_stretch(f, t, until - t < most ? until : t + most, step,
                       rows + (size_t)(t - from) * FEATURE_STRIDE);
}
