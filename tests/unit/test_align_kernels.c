/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels, the features and the voice detector, on made sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/features.h"
#include "align/hearing.h"
#include "align/scorer.h"
#include "base/mem.h"
#include "support/support_sound.h"

enum { RATE = 16000 };

static float *made(size_t count, double (*at)(size_t i))
{
    float *samples = mem_new((count + 1) * sizeof *samples);
    for (size_t i = 0; i < count; i++)
        samples[i] = (float)at(i);
    return samples;
}

static double hum(size_t i)
{
    return 0.5 * sin(2 * PI * 1000 * (double)i / RATE);
}

/* The same on every machine. */
static double hiss(size_t i)
{
    uint32_t x = (uint32_t)i * 2654435761U + 12345;
    x ^= x >> 15;
    x *= 2246822519U;
    x ^= x >> 13;
    return ((double)x / 4294967296.0 - 0.5) * 0.5;
}

static double words_and_pauses(size_t i)
{
    bool speaks = i / RATE % 2 == 1;
    return hiss(i) * (speaks ? 1 : 0.001);
}

/* ---- spectra ---- */

static void a_tone_stands_in_its_own_bin(void **state)
{
    (void)state;
    struct mel *mel = mem_new(sizeof *mel);
    mel_init_spectrum(mel, RATE);
    float *samples = made(4096, hum), power[SPECTRUM_BINS * MOST_LANES];
    uint32_t starts[MOST_LANES] = {1, 2, 3, 4, 5, 6, 7, 8};
    const struct kernels *k = kernels_best();
    k->powers(mel, samples, starts, power);
    int best = 0;
    for (int bin = 0; bin < SPECTRUM_BINS; bin++)
        if (power[bin * k->lanes] > power[best * k->lanes])
            best = bin;
    assert_int_equal(best, 1000 * SPECTRUM_POINTS / RATE);
    /* Parseval: half of the sum of squares under the window stands in the positive half. */
    double sum = 0, seen = 0;
    for (int i = 0; i < SPECTRUM_POINTS; i++)
        sum += pow(samples[i + 1] * mel->taper[i], 2) * SPECTRUM_POINTS / 2;
    for (int bin = 0; bin < SPECTRUM_BINS; bin++)
        seen += power[bin * k->lanes];
    assert_true(fabs(seen / sum - 1) < 1e-3);
    free(samples);
    free(mel);
}

static void wide_and_plain_kernels_hear_the_same(void **state)
{
    (void)state;
    const struct kernels *wide = kernels_avx2(), *plain = &kernels_plain;
    if (!wide)
        skip();
    struct mel *mel = mem_new(sizeof *mel);
    mel_init(mel, RATE, MEL_LOW, MEL_HIGH, 0.02);
    float *samples = made(4096, hiss), power[SPECTRUM_BINS * MOST_LANES];
    int16_t a[MOST_LANES * CEPSTRA], b[MOST_LANES * CEPSTRA];
    uint32_t starts[MOST_LANES] = {1, 161, 321, 481, 641, 801, 961, 1121};
    wide->powers(mel, samples, starts, power);
    wide->cepstra(mel, power, a);
    for (int half = 0; half < 2; half++) {
        plain->powers(mel, samples, starts + half * 4, power);
        plain->cepstra(mel, power, b + half * 4 * CEPSTRA);
    }
    assert_memory_equal(a, b, sizeof a);
    free(samples);
    free(mel);
}

/* ---- features ---- */

static void frames_stand_every_ten_milliseconds(void **state)
{
    (void)state;
    float *samples = made(RATE, hiss);
    struct features f = features_of_samples(samples, RATE, RATE, MEL_HIGH);
    assert_in_range(f.count, 96, 98);
    features_free(&f);
    f = features_of_samples(samples, 10, RATE, MEL_HIGH);
    assert_int_equal(f.count, 0);
    features_normalise(&f);
    features_free(&f);
    free(samples);
}

static void normalised_voice_has_no_mean_and_unit_spread(void **state)
{
    (void)state;
    float *samples = made(10 * RATE, words_and_pauses);
    struct features f = features_of_samples(samples, 10 * RATE, RATE, MEL_HIGH);
    features_normalise(&f);
    double sum = 0, square = 0, count = 0;
    for (uint32_t t = 0; t < f.count; t++)
        if (f.is_voice[t]) {
            double z = f.cepstra[t * CEPSTRA + 3] / NORMAL_SCALE;
            sum += z, square += z * z, count++;
        }
    assert_true(fabs(sum / count) < 0.3);
    assert_true(square / count > 0.5 && square / count < 2);
    features_free(&f);
    free(samples);
}

static void the_voice_is_where_it_is_loud(void **state)
{
    (void)state;
    float *samples = made(10 * RATE, words_and_pauses);
    struct features f = features_of_samples(samples, 10 * RATE, RATE, MEL_HIGH);
    features_normalise(&f);
    for (uint32_t t = 0; t < f.count; t++) {
        uint32_t within = t % FRAMES_A_SECOND;
        if (within > 10 && within < 90)
            assert_int_equal(f.is_voice[t], t / FRAMES_A_SECOND % 2);
    }
    features_free(&f);
    free(samples);
}

static void expanding_is_the_same_however_it_is_cut(void **state)
{
    (void)state;
    float *samples = made(20 * RATE, hiss);
    struct features f = features_of_samples(samples, 20 * RATE, RATE, MEL_HIGH);
    features_normalise(&f);
    float *whole = mem_new((size_t)f.count * FEATURE_STRIDE * sizeof *whole);
    float *part = mem_new((size_t)f.count * FEATURE_STRIDE * sizeof *part);
    features_expand(&f, 0, f.count, 1, whole);
    for (uint32_t t = 0; t < f.count; t += 77) {
        uint32_t until = t + 77 < f.count ? t + 77 : f.count;
        features_expand(&f, t, until, 1, part);
        assert_memory_equal(part, whole + (size_t)t * FEATURE_STRIDE,
                            (until - t) * FEATURE_STRIDE * sizeof *part);
    }
    assert_true(whole[FEATURES] == whole[0] * whole[0]);
    features_expand(&f, 0, f.count / 3, 3, part);
    assert_true(fabsf(part[0] - (whole[0] + whole[FEATURE_STRIDE] + whole[2 * FEATURE_STRIDE]) /
                                    3) < 1e-5F);
    free(whole);
    free(part);
    features_free(&f);
    free(samples);
}

/* ---- fewer samples ---- */

static void thinning_keeps_a_tone_and_its_time(void **state)
{
    (void)state;
    float *in = made(RATE, hum), *once = mem_new(RATE * sizeof *once),
          *cut = mem_new(RATE * sizeof *cut);
    struct decimator *d = decimator_new(2);
    size_t count = decimator_run(d, in, RATE, once), made_up = 0;
    assert_in_range(count, RATE / 2 - 5, RATE / 2);
    for (size_t i = 100; i < 1000; i++)
        assert_true(fabsf(once[i] - in[2 * i]) < 0.02F);
    decimator_reset(d);
    for (size_t at = 0; at < RATE; at += 97)
        made_up += decimator_run(d, in + at, at + 97 < RATE ? 97 : RATE - at, cut + made_up);
    assert_int_equal(made_up, count);
    assert_memory_equal(once, cut, count * sizeof *once);
    decimator_free(d);
    free(in);
    free(once);
    free(cut);
}

static void a_file_is_heard_with_its_band_limit(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(4), 1);
    const char *path = temp_path("noise.wav");
    write_sound(path, &sound, AS_WAV);
    struct hearing h;
    struct vb_error error = {0};
    struct work work = {NULL, 0, 1};
    struct features f = {0};
    assert_true(hearing_open(&h, path, &error));
    assert_true(h.high == MEL_HIGH);
    assert_true(hearing_listen(&h, 0, h.duration, &work, &f, &error));
    assert_in_range(f.count, 390, 400);
    features_free(&f);
    hearing_close(&h);
    sound_free(&sound);
}

/* ---- scores ---- */

static void a_product_gives_the_gaussians_density(void **state)
{
    (void)state;
    struct models m = {.phones = 2};
    struct tally *tallies = mem_new(7 * sizeof *tallies);
    float row[FEATURE_STRIDE] = {0};
    struct state one = {.count = 1};
    for (uint32_t i = 0; i < 6; i++)
        for (int n = 0; n < 40; n++) {
            for (int d = 0; d < FEATURES; d++) {
                row[d] = (float)(hiss((size_t)(n * 100 + d)) * 4 + i);
                row[FEATURES + d] = row[d] * row[d];
            }
            tally_add(&tallies[i], &one, row);
        }
    m.share = mem_new(2 * sizeof *m.share);
    m.share[0] = m.share[1] = 0.5F;
    models_begin(&m, tallies, 1);
    struct scorer scorer;
    scorer_init(&scorer, &m);
    float *out = mem_new(scorer.columns * scorer.mixtures * sizeof *out);
    kernels_best()->scores(&scorer, row, 1, out);
    double wanted = 0;
    const struct state *last = &m.states[5];
    for (int d = 0; d < FEATURES; d++)
        wanted -= 0.5 * (pow(row[d] - last->mean[0][d], 2) / last->variance[0][d] +
                         log(2 * PI * last->variance[0][d]));
    assert_true(fabs(out[2 * scorer.phones + 1] - wanted) < 0.01);
    assert_true(out[2 * scorer.phones + 1] > out[0]);
    free(out);
    scorer_free(&scorer);
    models_free(&m);
    free(tallies);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tone_stands_in_its_own_bin),
        cmocka_unit_test(wide_and_plain_kernels_hear_the_same),
        cmocka_unit_test(frames_stand_every_ten_milliseconds),
        cmocka_unit_test(normalised_voice_has_no_mean_and_unit_spread),
        cmocka_unit_test(the_voice_is_where_it_is_loud),
        cmocka_unit_test(expanding_is_the_same_however_it_is_cut),
        cmocka_unit_test(thinning_keeps_a_tone_and_its_time),
        cmocka_unit_test(a_file_is_heard_with_its_band_limit),
        cmocka_unit_test(a_product_gives_the_gaussians_density),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
