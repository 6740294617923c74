/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one sampling rate to another: a windowed sinc, looked up in a table.
 *
 * The method is J. O. Smith's band-limited interpolation
 * (https://ccrma.stanford.edu/~jos/resample/); going down, the sinc is widened so that nothing
 * above the new limit is left. */
#include "audio/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { CROSSINGS = 16, STEPS = 256 }; /* zero crossings a side; table steps between two */

struct resampler {
    int from, to, channels;
    double scale; /* input frames are this many crossings apart: 1, less when going down */
    int reach;    /* input frames needed on each side */
    uint64_t next;
    uint64_t first; /* input frame that history begins with */
    VEC(float) history;
    float table[CROSSINGS * STEPS + 2];
};

static double bessel_i0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; k < 40; k++) {
        term *= (x / 2 / k) * (x / 2 / k);
        sum += term;
    }
    return sum;
}

struct resampler *resampler_new(int from, int to, int channels)
{
    const double pi = 3.14159265358979323846, beta = 9;
    struct resampler *r = mem_new(sizeof *r);
    r->from = from;
    r->to = to;
    r->channels = channels;
    r->scale = to < from ? (double)to / from : 1;
    r->reach = (int)ceil(CROSSINGS / r->scale);
    for (int i = 0; i < CROSSINGS * STEPS; i++) {
        double x = (double)i / STEPS, w = x / CROSSINGS;
        double sinc = i ? sin(pi * x) / (pi * x) : 1;
        r->table[i] = (float)(sinc * bessel_i0(beta * sqrt(1 - w * w)) / bessel_i0(beta));
    }
    return r;
}

void resampler_free(struct resampler *r)
{
    if (!r)
        return;
    free(r->history.items);
    free(r);
}

static uint64_t place_of(const struct resampler *r, uint64_t out, double *between)
{
    uint64_t product = out * (uint64_t)r->from, to = (uint64_t)r->to;
    *between = (double)(product % to) / r->to;
    return product / to;
}

uint64_t resampler_start(struct resampler *r, uint64_t out)
{
    double between;
    uint64_t at = place_of(r, out, &between);
    r->next = out;
    r->history.count = 0;
    return at > (uint64_t)r->reach ? at - (uint64_t)r->reach : 0;
}

void resampler_begin(struct resampler *r, uint64_t in)
{
    r->first = in;
    r->history.count = 0;
}

void resampler_feed(struct resampler *r, const float *in, size_t frames)
{
    size_t count = frames * (size_t)r->channels;
    vec_reserve(&r->history, r->history.count + count);
    memcpy(r->history.items + r->history.count, in, count * sizeof *in);
    r->history.count += count;
}

static float gain_at(const struct resampler *r, double distance)
{
    double x = fabs(distance) * r->scale * STEPS;
    int i = (int)x;
    if (i >= CROSSINGS * STEPS)
        return 0;
    float part = (float)(x - i);
    return (r->table[i] + part * (r->table[i + 1] - r->table[i])) * (float)r->scale;
}

static void make_frame(const struct resampler *r, int64_t at, double between, float *out)
{
    int64_t have = (int64_t)(r->history.count / (size_t)r->channels);
    int64_t from = at - r->reach + 1 - (int64_t)r->first;
    memset(out, 0, (size_t)r->channels * sizeof *out);
    for (int tap = 0; tap < 2 * r->reach; tap++) {
        int64_t i = from + tap;
        if (i < 0 || i >= have)
            continue; /* silence before the first frame and behind the last */
        float gain = gain_at(r, tap - r->reach + 1 - between);
        for (int c = 0; c < r->channels; c++)
            out[c] += gain * r->history.items[i * r->channels + c];
    }
}

static void forget(struct resampler *r, uint64_t at)
{
    uint64_t keep = at > (uint64_t)r->reach ? at - (uint64_t)r->reach : 0;
    if (keep <= r->first)
        return;
    size_t gone = (size_t)(keep - r->first) * (size_t)r->channels;
    gone = gone < r->history.count ? gone : r->history.count;
    r->history.count -= gone;
    memmove(r->history.items, r->history.items + gone, r->history.count * sizeof(float));
    r->first += gone / (size_t)r->channels;
}

size_t resampler_take(struct resampler *r, float *out, size_t room, uint64_t until,
                      bool finished)
{
    size_t made = 0;
    double between;
    uint64_t end = r->first + r->history.count / (size_t)r->channels;
    uint64_t at = place_of(r, r->next, &between);
    while (made < room && r->next < until && (finished || at + (uint64_t)r->reach < end)) {
        make_frame(r, (int64_t)at, between, out + made * (size_t)r->channels);
        made++;
        at = place_of(r, ++r->next, &between);
    }
    forget(r, at);
    return made;
}
