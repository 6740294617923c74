/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quiet voices come up, loud ones stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "audio/voice.h"
#include "base/mem.h"
#include "support/support_sound.h"

/* A tone of so many dB below full scale (as RMS), and what becomes of it after a second. */
static double level_after(double db)
{
    struct sound sound = tone(300, seconds(2));
    float gain = (float)(pow(10, db / 20) / (0.5 / sqrt(2)));
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] *= gain;
    struct voice voice;
    voice_start(&voice, TEST_RATE, 1);
    voice_up(&voice, sound.frames, sound.count);
    double power = 0;
    for (size_t i = seconds(1.5); i < sound.count; i++)
        power += (double)sound.frames[i] * sound.frames[i];
    power /= (double)(sound.count - seconds(1.5));
    sound_free(&sound);
    return 10 * log10(power);
}

static void quiet_comes_up_and_loud_stays(void **state)
{
    (void)state;
    const struct {
        double before, after;
    } levels[] = {
        {-10, -10},
        {-20, -20},
        {-30, -24},
        {-40, -28},
        {-50, -38},
        {-70, -70},
    };
    for (size_t i = 0; i < COUNT(levels); i++) {
        double after = level_after(levels[i].before);
        if (fabs(after - levels[i].after) > 1.5)
            fail_msg("%.0f dB became %.1f", levels[i].before, after);
    }
}

static void silence_stays_silence(void **state)
{
    (void)state;
    float frames[2 * 5000] = {0};
    struct voice voice;
    voice_start(&voice, TEST_RATE, 2);
    voice_up(&voice, frames, 5000);
    for (size_t i = 0; i < 2 * 5000; i++)
        assert_true(frames[i] == 0);
}

static void a_sample_that_is_no_number_is_forgotten(void **state)
{
    (void)state;
    struct sound sound = at_rate(noise(seconds(2), 1), TEST_RATE);
    struct voice voice;
    voice_start(&voice, TEST_RATE, 1);
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] *= 0.1F;
    sound.frames[100] = NAN;
    sound.frames[2000] = INFINITY;
    voice_up(&voice, sound.frames, sound.count);
    assert_true(voice.gain > 1.5F);
    sound_free(&sound);
}

static void it_does_not_matter_in_what_parts_the_sound_comes(void **state)
{
    (void)state;
    struct sound whole = noise(seconds(1), 2), parts = noise(seconds(1), 2);
    struct voice a, b;
    voice_start(&a, TEST_RATE, 2);
    voice_start(&b, TEST_RATE, 2);
    voice_up(&a, whole.frames, whole.count);
    for (size_t at = 0; at < parts.count; at += 320)
        voice_up(&b, parts.frames + 2 * at, parts.count - at < 320 ? parts.count - at : 320);
    for (size_t i = 0; i < 2 * whole.count; i++)
        assert_true(whole.frames[i] == parts.frames[i]);
    sound_free(&whole);
    sound_free(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_comes_up_and_loud_stays),
        cmocka_unit_test(silence_stays_silence),
        cmocka_unit_test(a_sample_that_is_no_number_is_forgotten),
        cmocka_unit_test(it_does_not_matter_in_what_parts_the_sound_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
