/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole of a sound at a glance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "support/support_sound.h"
#include "verbatim/peaks.h"

/* A tone for 3 s, nothing for 2, a softer tone for 5, a breath of noise for 1. */
static const char *made_sound(void)
{
    struct sound sound = tone(440, seconds(11));
    const struct {
        double from, until;
        float gain;
    } parts[] = {
        {0,  3,  1     },
        {3,  5,  0     },
        {5,  10, 0.5F  },
        {10, 11, 0.001F}
    };
    for (size_t p = 0; p < COUNT(parts); p++)
        for (size_t i = seconds(parts[p].from); i < seconds(parts[p].until); i++)
            sound.frames[i] *= parts[p].gain;
    const char *path = temp_path("peaks.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    sound_free(&sound);
    return path;
}

static struct vb_peaks *filled(const char *path)
{
    struct vb_peaks *peaks = vb_peaks_new();
    struct vb_error error = {0};
    if (!vb_peaks_fill(peaks, path, NULL, &error))
        fail_msg("%s", error.text);
    return peaks;
}

static void loudness_is_measured_where_it_is(void **state)
{
    (void)state;
    struct vb_peaks *peaks = filled(made_sound());
    assert_int_equal(vb_peaks_known(peaks), 11 * VB_SECOND);
    const struct {
        double from, until, peak, rms;
    } expected[] = {
        {0, 3,   0.5,  0.3536},
        {1, 1.1, 0.5,  0.3536},
        {3, 5,   0,    0     },
        {5, 10,  0.25, 0.1768},
        {2, 4,   0.5,  0.25  },
        {0, 11,  0.5,  0.2200},
    };
    for (size_t i = 0; i < COUNT(expected); i++) {
        struct vb_peak peak;
        assert_true(vb_peaks_over(peaks, (vb_time)(expected[i].from * VB_SECOND),
                                  (vb_time)(expected[i].until * VB_SECOND), &peak));
        assert_true(fabs(peak.high - expected[i].peak) < 0.01);
        assert_true(fabs(peak.low + expected[i].peak) < 0.01);
        assert_true(fabs(peak.rms - expected[i].rms) <= 0.06 * expected[i].rms);
    }
    vb_peaks_free(peaks);
}

static void any_span_is_the_sum_of_its_buckets(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(40), 1);
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] *= (float)(i / 5000 % 9) / 9;
    const char *path = temp_path("spans.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_peaks *peaks = filled(path);
    srand(2);
    for (int round = 0; round < 300; round++) {
        vb_time from = rand() % 2000 * INT64_C(20000),
                to = from + rand() % 2000 * INT64_C(20000);
        struct vb_peak all, one;
        assert_true(vb_peaks_over(peaks, from, to, &all));
        float low = 0, high = 0;
        for (vb_time at = from; at == from || at < to; at += 20000) {
            if (!vb_peaks_over(peaks, at, at + 20000, &one))
                break;
            low = fminf(low, one.low);
            high = fmaxf(high, one.high);
        }
        assert_true(all.low == low && all.high == high);
    }
    vb_peaks_free(peaks);
    sound_free(&sound);
}

static void silence_is_found_and_soft_speech_is_none(void **state)
{
    (void)state;
    struct vb_peaks *peaks = filled(made_sound());
    vb_time start, end;
    assert_true(vb_peaks_next_silence(peaks, 0, VB_SECOND / 2, &start, &end));
    assert_int_equal(start, 3 * VB_SECOND);
    assert_int_equal(end, 5 * VB_SECOND);
    assert_true(vb_peaks_next_silence(peaks, end, VB_SECOND / 2, &start, &end));
    assert_int_equal(start, 10 * VB_SECOND);
    assert_int_equal(end, 11 * VB_SECOND);
    assert_false(vb_peaks_next_silence(peaks, 0, 3 * VB_SECOND, &start, &end));
    assert_false(vb_peaks_next_silence(peaks, end, 1, &start, &end));
    vb_peaks_free(peaks);
}

static void nothing_is_known_before_it_is_read(void **state)
{
    (void)state;
    struct vb_peaks *peaks = vb_peaks_new();
    struct vb_peak peak;
    vb_time start, end;
    assert_int_equal(vb_peaks_known(peaks), 0);
    assert_false(vb_peaks_over(peaks, 0, VB_SECOND, &peak));
    assert_false(vb_peaks_next_silence(peaks, 0, 1, &start, &end));
    struct vb_error error = {0};
    assert_false(vb_peaks_fill(peaks, "/no/such/file", NULL, &error));
    assert_int_equal(error.code, VB_NOT_FOUND);
    vb_peaks_free(peaks);
}

static bool after_a_few(void *ctx)
{
    return ++*(int *)ctx > 10;
}

static void a_cancelled_reading_keeps_what_it_has(void **state)
{
    (void)state;
    struct vb_peaks *peaks = vb_peaks_new();
    struct vb_error error = {0};
    int asked = 0;
    struct vb_task task = {.cancelled = after_a_few, .ctx = &asked};
    assert_false(vb_peaks_fill(peaks, made_sound(), &task, &error));
    assert_int_equal(error.code, VB_CANCELLED);
    struct vb_peak peak;
    assert_true(vb_peaks_known(peaks) > 0 && vb_peaks_known(peaks) < 2 * VB_SECOND);
    assert_true(vb_peaks_over(peaks, 0, VB_SECOND / 10, &peak));
    vb_peaks_free(peaks);
}

static void note_progress(void *ctx, float done)
{
    float *last = ctx;
    assert_true(done >= *last && done <= 1);
    *last = done;
}

static void progress_goes_from_nothing_to_all(void **state)
{
    (void)state;
    struct vb_peaks *peaks = vb_peaks_new();
    float last = 0;
    struct vb_task task = {.progress = note_progress, .ctx = &last};
    assert_true(vb_peaks_fill(peaks, made_sound(), &task, NULL));
    assert_true(last == 1);
    vb_peaks_free(peaks);
}

static void *fill_it(void *context)
{
    vb_peaks_fill(context, temp_path("peaks.wav"), NULL, NULL);
    return NULL;
}

static void one_may_look_while_another_fills(void **state)
{
    (void)state;
    made_sound();
    struct vb_peaks *peaks = vb_peaks_new();
    pthread_t filler;
    assert_int_equal(pthread_create(&filler, NULL, fill_it, peaks), 0);
    int wrong = 0;
    for (vb_time known = 0; known < 11 * VB_SECOND;) {
        struct vb_peak peak;
        vb_time now = vb_peaks_known(peaks);
        wrong += now < known;
        known = now;
        if (vb_peaks_over(peaks, 0, known, &peak))
            wrong += peak.high > 0.51F;
    }
    pthread_join(filler, NULL);
    assert_int_equal(wrong, 0);
    vb_peaks_free(peaks);
}

/* Syllables: a fifth of a second loud, a tenth soft, as speech is; or even, as music is. */
static void put_syllables(struct sound *sound, double from, double until, bool even)
{
    for (size_t i = seconds(from); i < seconds(until); i++)
        sound->frames[i] *= even || i % seconds(0.3) < seconds(0.2) ? 0.6F : 0.01F;
}

static void speech_is_told_from_silence_and_from_music(void **state)
{
    (void)state;
    struct sound sound = tone(300, seconds(60));
    put_syllables(&sound, 0, 15, true); /* the signature tune */
    for (size_t i = seconds(15); i < seconds(17); i++)
        sound.frames[i] = 0;
    put_syllables(&sound, 17, 40, false);
    for (size_t i = seconds(40); i < seconds(45); i++)
        sound.frames[i] = 0;
    put_syllables(&sound, 45, 60, false);
    const char *path = temp_path("speech.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_peaks *peaks = filled(path);
    size_t count;
    struct vb_stretch *speech = vb_peaks_speech(peaks, &count);
    const vb_time expected[2][2] = {
        {17, 40},
        {45, 60}
    };
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_true(llabs(speech[i].start - expected[i][0] * VB_SECOND) < VB_SECOND / 2);
        assert_true(llabs(speech[i].end - expected[i][1] * VB_SECOND) < VB_SECOND / 2);
    }
    free(speech);
    vb_peaks_free(peaks);
    sound_free(&sound);
}

static void an_even_recording_is_speech_all_the_same(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(30), 1);
    const char *path = temp_path("even.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_peaks *peaks = filled(path);
    size_t count;
    struct vb_stretch *speech = vb_peaks_speech(peaks, &count);
    vb_time sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += speech[i].end - speech[i].start;
    assert_true(sum > 25 * VB_SECOND);
    free(speech);
    vb_peaks_free(peaks);
    sound_free(&sound);
}

static void of_nothing_known_nothing_is_speech(void **state)
{
    (void)state;
    struct vb_peaks *peaks = vb_peaks_new();
    size_t count = 1;
    free(vb_peaks_speech(peaks, &count));
    assert_int_equal(count, 0);
    vb_peaks_free(peaks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loudness_is_measured_where_it_is),
        cmocka_unit_test(any_span_is_the_sum_of_its_buckets),
        cmocka_unit_test(silence_is_found_and_soft_speech_is_none),
        cmocka_unit_test(nothing_is_known_before_it_is_read),
        cmocka_unit_test(a_cancelled_reading_keeps_what_it_has),
        cmocka_unit_test(progress_goes_from_nothing_to_all),
        cmocka_unit_test(one_may_look_while_another_fills),
        cmocka_unit_test(speech_is_told_from_silence_and_from_music),
        cmocka_unit_test(an_even_recording_is_speech_all_the_same),
        cmocka_unit_test(of_nothing_known_nothing_is_speech),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
