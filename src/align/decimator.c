/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fewer samples a second.  What lies above 6.8 kHz is never looked at, so the filter (a sinc
 * under Hamming's window) may leave what folds back onto frequencies above that: it is short.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/hearing.h"
#include "base/mem.h"

enum { TAPS_A_STEP = 8, FACTOR_MOST = 24, TAPS_MOST = TAPS_A_STEP * FACTOR_MOST + 1 };

struct decimator {
    int factor, taps;
    float tap[TAPS_MOST];
    float *line; /* the last taps - 1 samples, then new ones */
    size_t room;
    int phase; /* samples to skip before the next that is kept */
};

struct decimator *decimator_new(int factor)
{
    struct decimator *d = mem_new(sizeof *d);
    d->factor = factor < FACTOR_MOST ? factor : FACTOR_MOST;
    d->taps = d->factor == 1 ? 1 : TAPS_A_STEP * d->factor + 1;
    double sum = 0;
    for (int i = 0; i < d->taps; i++) {
        double at = i - (d->taps - 1) / 2.0, x = PI * at / d->factor;
        double sinc = at == 0 ? 1 : sin(x) / x;
        double taper = d->taps > 1 ? 0.54 - 0.46 * cos(2 * PI * i / (d->taps - 1)) : 1;
        d->tap[i] = (float)(sinc * taper);
        sum += d->tap[i];
    }
    for (int i = 0; i < d->taps; i++)
        d->tap[i] = (float)(d->tap[i] / sum);
    decimator_reset(d);
    return d;
}

void decimator_free(struct decimator *d)
{
    if (d)
        free(d->line);
    free(d);
}

/* The first output is centred on the first input: half a filter of silence stands before. */
void decimator_reset(struct decimator *d)
{
    size_t kept = (size_t)d->taps - 1;
    d->phase = (d->taps - 1) / 2;
    if (d->room < kept + 1) {
        d->room = kept + 1;
        d->line = mem_grow(d->line, d->room * sizeof *d->line);
    }
    memset(d->line, 0, kept * sizeof *d->line);
}

/* Four sums at once: the compiler may not reorder one. */
static float filter(const struct decimator *d, const float *x)
{
    float a = 0, b = 0, c = 0, e = 0;
    int i = 0;
    for (; i + 4 <= d->taps; i += 4) {
        a += d->tap[i] * x[i];
        b += d->tap[i + 1] * x[i + 1];
        c += d->tap[i + 2] * x[i + 2];
        e += d->tap[i + 3] * x[i + 3];
    }
    for (; i < d->taps; i++)
        a += d->tap[i] * x[i];
    return (a + b) + (c + e);
}

size_t decimator_run(struct decimator *d, const float *in, size_t count, float *out)
{
    size_t kept = (size_t)d->taps - 1, made = 0;
    if (d->room < kept + count) {
        d->room = kept + count;
        d->line = mem_grow(d->line, d->room * sizeof *d->line);
    }
    memcpy(d->line + kept, in, count * sizeof *in);
    size_t at = (size_t)d->phase;
    for (; at < count; at += (size_t)d->factor)
        out[made++] = filter(d, d->line + at);
    d->phase = (int)(at - count);
    memmove(d->line, d->line + count, kept * sizeof *d->line);
    return made;
}
