/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the 16-byte kernels make of made numbers: a line a kernel, for kernels.sh to compare
 * what one kind of machine says with what another does.  Needs nothing but src/align/mel.c and
 * kernels_plain.c, so that it can be built for any machine. */
#include <stdio.h>
#include <string.h>

#include "align/mel.h"
#include "base/mem.h"

const struct kernels *kernels_avx2(void)
{
    return NULL;
}

enum { PHONES = 40, COLUMNS = 128, TILE = 8, CELLS = 640, WORDS = 2 * BLOCK_WORDS };

/* The same on every machine: multiples of 1/64, whose sums are exact. */
static float made(uint32_t i, float most)
{
    uint32_t x = i * 2654435761U + 12345;
    x ^= x >> 15;
    x *= 2246822519U;
    x ^= x >> 13;
    return (float)((int32_t)(x % 2048) - 1024) / 1024 * most;
}

static void tell(const char *name, const float *values, size_t count)
{
    printf("%s", name);
    for (size_t i = 0; i < count; i++)
        printf(" %.9g", (double)values[i]);
    printf("\n");
}

/* Whole numbers have to be the same to the last: their digest. */
static void tell_whole(const char *name, const int32_t *values, size_t count)
{
    uint32_t digest = 2166136261U;
    for (size_t i = 0; i < count; i++)
        digest = (digest ^ (uint32_t)values[i]) * 16777619U;
    printf("%s =%08x\n", name, digest);
}

static void tell_spectra(void)
{
    static struct mel mel;
    static float samples[4096], power[SPECTRUM_BINS * MOST_LANES], told[CEPSTRA * MOST_LANES];
    const uint32_t starts[MOST_LANES] = {1, 161, 321, 481};
    int16_t cepstra[CEPSTRA * MOST_LANES];
    for (uint32_t i = 0; i < COUNT(samples); i++)
        samples[i] = made(i, 0.5F);
    mel_init(&mel, 16000, MEL_LOW, MEL_HIGH, 0.02);
    kernels_plain.powers(&mel, samples, starts, power);
    kernels_plain.cepstra(&mel, power, cepstra);
    size_t count = CEPSTRA * (size_t)kernels_plain.lanes;
    for (size_t i = 0; i < count; i++)
        told[i] = cepstra[i];
    tell("powers", power, SPECTRUM_BINS * (size_t)kernels_plain.lanes);
    tell("cepstra", told, count);
}

static void tell_scores(void)
{
    enum { MIXED = 2 };
    static float weights[COLUMNS * MIXED * SQUARES], constants[COLUMNS * MIXED];
    static float features[TILE * FEATURE_STRIDE], rows[TILE * COLUMNS * MIXED];
    struct scorer scorer = {
        .columns = COLUMNS, .mixtures = MIXED, .constants = constants, .weights = weights};
    for (uint32_t i = 0; i < COUNT(weights); i++)
        weights[i] = made(i, 1);
    for (uint32_t i = 0; i < COUNT(constants); i++)
        constants[i] = made(i + 7, 40);
    for (uint32_t i = 0; i < COUNT(features); i++)
        features[i] = made(i + 99, 3);
    kernels_plain.scores(&scorer, features, TILE - 1, rows);
    kernels_plain.best_mixture(&scorer, rows, TILE - 1);
    tell("scores", rows, (TILE - 1) * COLUMNS * MIXED);
}

static void tell_loop(void)
{
    static float score[3][PHONES], row[3 * PHONES];
    static int32_t choice[PHONES];
    struct loop_state loop = {
        {score[0], score[1], score[2]},
        choice, PHONES
    };
    for (uint32_t t = 0; t < 50; t++) {
        for (uint32_t i = 0; i < COUNT(row); i++)
            row[i] = made(t * 131 + i, 8);
        kernels_plain.loop(&loop, row, score[2][t % PHONES] - 4, 3);
        tell_whole("loop choice", choice, PHONES);
    }
    tell("loop", score[0], 3 * PHONES);
}

static void tell_search(void)
{
    static float score[CELLS], stay[CELLS], enter[CELLS], row[COLUMNS];
    static int32_t age[CELLS], origin[CELLS], column[CELLS];
    static float silence[WORDS], filler[WORDS], entry[WORDS], silence_enter[WORDS],
        filler_enter[WORDS], gap_cost[WORDS], edge_gain[WORDS];
    static int32_t silence_age[WORDS], filler_age[WORDS], silence_origin[WORDS],
        filler_origin[WORDS], entry_origin[WORDS], edge_from[WORDS];
    const uint32_t block_first[] = {MOST_LANES, CELLS / 2, CELLS};
    struct search_state s = {score,
                             age,
                             origin,
                             stay,
                             enter,
                             column,
                             block_first,
                             silence,
                             filler,
                             entry,
                             silence_age,
                             filler_age,
                             silence_origin,
                             filler_origin,
                             entry_origin,
                             silence_enter,
                             filler_enter,
                             gap_cost,
                             edge_gain,
                             edge_from,
                             1.5F,
                             7,
                             9,
                             20,
                             5};
    for (uint32_t i = 0; i < CELLS; i++) {
        stay[i] = made(i, 1) - 1, enter[i] = made(i + 5, 1) - 1;
        column[i] = (int32_t)(i * 7 % COLUMNS), origin[i] = (int32_t)i;
    }
    for (uint32_t w = 0; w < WORDS; w++) {
        silence_enter[w] = -5, filler_enter[w] = -16, gap_cost[w] = w % 2, edge_gain[w] = 2;
        edge_from[w] = w ? INT32_MAX : 0, entry_origin[w] = (int32_t)(1000 + w);
    }
    float best[50];
    for (uint32_t t = 0; t < COUNT(best); t++) {
        for (uint32_t i = 0; i < COLUMNS; i++)
            row[i] = made(t * 977 + i, 6);
        for (uint32_t w = 0; w < WORDS; w++)
            entry[w] = made(t * 31 + w, 20);
        best[t] = kernels_plain.block(&s, t % 2, row, made(t, 5), made(t + 1, 5) - 3);
    }
    tell("search", best, COUNT(best));
    tell("search cells", score, CELLS);
    tell_whole("search ages", age, CELLS);
    tell_whole("search origins", origin, CELLS);
    tell_whole("search gaps", filler_origin, WORDS);
    tell_whole("search gap ages", silence_age, WORDS);
}

int main(void)
{
    tell_spectra();
    tell_scores();
    tell_loop();
    tell_search();
    return 0;
}
