/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faster and slower: the pitch stays, nothing drifts, and it is known what is heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "audio/stretch.h"
#include "base/mem.h"
#include "support/support_sound.h"

static const double speeds[] = {0.5, 0.8, 1.3, 1.7, 2.2, 2.7, 3.0};

struct stretched {
    float *frames;
    uint64_t *places; /* the source frame of each */
    size_t count;
};

static struct source *open_sound(const struct sound *sound)
{
    const char *path = temp_path("stretch.wav");
    write_sound(path, sound, AS_WAV_FLOAT);
    struct source *s = source_open(path, (struct source_news){NULL, NULL}, NULL);
    assert_non_null(s);
    return s;
}

static struct stretched stretch_all(const struct sound *sound, double speed)
{
    struct source *source = open_sound(sound);
    struct stretch *stretch = stretch_new(sound->rate, sound->channels);
    stretch_start(stretch, 0);
    stretch_set_speed(stretch, speed);
    size_t room = (size_t)((double)sound->count / speed) + 2 * sound->count / 10 + 8192;
    struct stretched out = {mem_new(room * (size_t)sound->channels * sizeof(float)),
                            mem_new(room * sizeof(uint64_t)), 0};
    struct hop hop;
    for (size_t got;
         (got = stretch_next(stretch, source, out.frames + out.count * (size_t)sound->channels,
                             1024, &hop)) > 0;) {
        for (size_t i = 0; i < got; i++)
            out.places[out.count + i] =
                hop.turn && i >= hop.turn ? hop.then + (i - hop.turn) : hop.from + i;
        out.count += got;
        assert_true(out.count + 1024 <= room);
    }
    stretch_free(stretch);
    source_close(source);
    return out;
}

static void stretched_free(struct stretched *s)
{
    free(s->frames);
    free(s->places);
}

static void at_speed_one_every_bit_stays(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(2), 2);
    struct stretched out = stretch_all(&sound, 1);
    assert_int_equal(out.count, sound.count);
    assert_memory_equal(out.frames, sound.frames, sound.count * 2 * sizeof(float));
    stretched_free(&out);
    sound_free(&sound);
}

static void the_pitch_stays(void **state)
{
    (void)state;
    struct sound sound = tone(220, seconds(4));
    for (size_t i = 0; i < COUNT(speeds); i++) {
        struct stretched out = stretch_all(&sound, speeds[i]);
        size_t crossings = 0, from = 2000, count = out.count - 4000;
        for (size_t k = from; k < from + count; k++)
            crossings += out.frames[k] < 0 && out.frames[k + 1] >= 0;
        double pitch = (double)crossings * TEST_RATE / (double)count;
        if (fabs(pitch - 220) > 2)
            fail_msg("at %.1fx a tone of 220 Hz has %.1f", speeds[i], pitch);
        stretched_free(&out);
    }
    sound_free(&sound);
}

static void nothing_drifts(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(60), 1);
    for (size_t i = 0; i < COUNT(speeds); i++) {
        struct stretched out = stretch_all(&sound, speeds[i]);
        double worst = 0;
        for (size_t k = 0; k < out.count - 4000; k++)
            worst = fmax(worst, fabs((double)out.places[k] - (double)k * speeds[i]));
        /* The search reaches 15 ms to each side, a hop is 10 ms long. */
        if (worst > 0.036 * TEST_RATE)
            fail_msg("at %.1fx the place is off by %.1f ms", speeds[i],
                     worst * 1000 / TEST_RATE);
        assert_int_equal(out.places[out.count - 1], sound.count - 1);
        stretched_free(&out);
    }
    sound_free(&sound);
}

/* A tone with a click every 0.2 s: where one is heard, the place must be that of a click. */
static void what_is_heard_is_known_to_three_milliseconds(void **state)
{
    (void)state;
    enum { EVERY = TEST_RATE / 5 };
    struct sound sound = tone(150, seconds(20));
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] = i % EVERY == EVERY / 2 ? 1 : sound.frames[i] * 0.2F;
    for (size_t i = 0; i < COUNT(speeds); i++) {
        struct stretched out = stretch_all(&sound, speeds[i]);
        size_t heard = 0;
        for (size_t k = 0; k < out.count; k++) {
            if (out.frames[k] < 0.6F)
                continue;
            heard++;
            int64_t off = (int64_t)(out.places[k] % EVERY) - EVERY / 2;
            if (llabs(off) > TEST_RATE * 3 / 1000)
                fail_msg("at %.1fx a click is heard %.1f ms from its place", speeds[i],
                         (double)off * 1000 / TEST_RATE);
        }
        assert_true(heard > 20);
        stretched_free(&out);
    }
    sound_free(&sound);
}

static void a_change_of_speed_leaves_no_click(void **state)
{
    (void)state;
    struct sound sound = tone(220, seconds(10));
    struct source *source = open_sound(&sound);
    struct stretch *stretch = stretch_new(TEST_RATE, 1);
    stretch_start(stretch, 0);
    float out[1024], last = 0;
    double largest = 0;
    struct hop hop;
    for (int change = 0; change < 100; change++) {
        stretch_set_speed(stretch, change % 3 == 0 ? 1 : speeds[change % COUNT(speeds)]);
        for (int part = 0; part < 3; part++) {
            size_t got = stretch_next(stretch, source, out, 1024, &hop);
            for (size_t k = 0; k < got; k++) {
                largest = fmax(largest, fabs((double)out[k] - last));
                last = out[k];
            }
        }
    }
    /* 220 Hz at half of full scale: at most 0.0157 from one frame to the next. */
    assert_true(largest < 0.025);
    stretch_free(stretch);
    source_close(source);
    sound_free(&sound);
}

static void silence_and_very_short_sounds_come_through(void **state)
{
    (void)state;
    const size_t lengths[] = {1, 100, 441, 1000, 4000};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct sound sound = tone(0, lengths[i]);
        for (size_t k = 0; k < COUNT(speeds); k++) {
            struct stretched out = stretch_all(&sound, speeds[k]);
            assert_true(out.count > 0);
            assert_int_equal(out.places[out.count - 1], lengths[i] - 1);
            stretched_free(&out);
        }
        sound_free(&sound);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_speed_one_every_bit_stays),
        cmocka_unit_test(the_pitch_stays),
        cmocka_unit_test(nothing_drifts),
        cmocka_unit_test(what_is_heard_is_known_to_three_milliseconds),
        cmocka_unit_test(a_change_of_speed_leaves_no_click),
        cmocka_unit_test(silence_and_very_short_sounds_come_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
