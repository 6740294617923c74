/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voice by loudness: a threshold between the quiet and the loud of the 15 s on either side,
 * never above the threshold of the whole: else a stretch of music, whose quietest frame is
 * loud, would be split and its lower half be taken for silence. */
#include "align/vad.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    AROUND = 15 * FRAMES_A_SECOND,
    TOGETHER = 3 * FRAMES_A_SECOND, /* frames that share a threshold */
    SAMPLES = 600,                  /* looked at for one threshold */
    SMOOTH = 4,                     /* frames on either side that vote */
};

static int by_size(const void *a, const void *b)
{
    return *(const int16_t *)a - *(const int16_t *)b;
}

/* A third of the way from the quiet to the loud in [from, until), looking at every n-th. */
static double threshold(const struct features *f, uint32_t from, uint32_t until, uint32_t every,
                        int16_t *scratch)
{
    size_t count = 0;
    for (uint32_t t = from; t < until; t += every)
        scratch[count++] = f->cepstra[(size_t)t * CEPSTRA];
    qsort(scratch, count, sizeof *scratch, by_size);
    double quiet = scratch[count / 20], loud = scratch[(size_t)((double)count * 0.95)];
    return quiet + 0.35 * (loud - quiet);
}

/* A frame is a voice when four of the nine around it are. */
static void smooth(uint8_t *is_voice, uint32_t count)
{
    uint8_t *raw = mem_new(count + 1);
    memcpy(raw, is_voice, count);
    int votes = 0;
    for (int64_t t = -SMOOTH; t < count; t++) {
        if (t + SMOOTH < count)
            votes += raw[t + SMOOTH];
        if (t - SMOOTH - 1 >= 0)
            votes -= raw[t - SMOOTH - 1];
        if (t >= 0)
            is_voice[t] = votes >= SMOOTH;
    }
    free(raw);
}

void vad_mark(struct features *f)
{
    if (f->count == 0)
        return;
    const uint32_t every = 7;
    int16_t *scratch = mem_new((f->count / every + SAMPLES + 2) * sizeof *scratch);
    double whole = threshold(f, 0, f->count, every, scratch);
    for (uint32_t t = 0; t < f->count; t += TOGETHER) {
        uint32_t from = t > AROUND ? t - AROUND : 0;
        uint32_t until = t + TOGETHER + AROUND < f->count ? t + TOGETHER + AROUND : f->count;
        double here = threshold(f, from, until, (until - from) / SAMPLES + 1, scratch);
        double limit = here < whole ? here : whole;
        for (uint32_t i = t; i < t + TOGETHER && i < f->count; i++)
            f->is_voice[i] = f->cepstra[(size_t)i * CEPSTRA] > limit;
    }
    free(scratch);
    smooth(f->is_voice, f->count);
}
