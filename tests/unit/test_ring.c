/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring between decoder and card, and the clock between card and interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>

#include "audio/clock.h"
#include "audio/ring.h"
#include "base/mem.h"

enum { RATE = 44100 };

static void what_goes_in_comes_out_in_order(void **state)
{
    (void)state;
    struct ring *ring = mem_new(sizeof *ring);
    ring_init(ring, RATE, 2);
    float in[2 * 1000], out[2 * 1000];
    uint64_t written = 0, read = 0;
    for (int round = 0; round < 100; round++) {
        for (int i = 0; i < 2 * 1000; i++)
            in[i] = (float)(written * 2 + (uint64_t)i);
        ring_write(ring, in, 1000);
        written += 1000;
        ring_read(ring, out, 1000);
        for (int i = 0; i < 2 * 1000; i++)
            assert_true(out[i] == (float)(read * 2 + (uint64_t)i));
        read += 1000;
    }
    assert_int_equal(ring_have(ring), 0);
    ring_free(ring);
    free(ring);
}

static void a_full_ring_has_no_room(void **state)
{
    (void)state;
    struct ring *ring = mem_new(sizeof *ring);
    ring_init(ring, RATE, 1);
    float *frames = mem_new(RING_FRAMES * sizeof *frames);
    ring_write(ring, frames, RING_FRAMES);
    assert_int_equal(ring_room(ring), 0);
    assert_int_equal(ring_have(ring), RING_FRAMES);
    ring_skip(ring, 10);
    assert_int_equal(ring_room(ring), 10);
    for (unsigned i = 0; i < RING_MARKS; i++) {
        assert_true(ring_has_mark_room(ring, 1));
        ring_put_mark(ring, (struct ring_mark){.epoch = i});
    }
    assert_false(ring_has_mark_room(ring, 1));
    struct ring_mark mark;
    assert_true(ring_mark(ring, 5, &mark));
    assert_int_equal(mark.epoch, 5);
    ring_forget_marks(ring, 3);
    assert_true(ring_mark(ring, 5, &mark));
    assert_int_equal(mark.epoch, 8);
    ring_free(ring);
    free(ring);
    free(frames);
}

enum { PASSED_ON = 400000 };

static void *write_numbers(void *context)
{
    struct ring *ring = context;
    float part[300];
    for (int done = 0; done < PASSED_ON;) {
        size_t room = ring_room(ring), count = room < 300 ? room : 300;
        if (done + (int)count > PASSED_ON)
            count = (size_t)(PASSED_ON - done);
        if (done % 900 == 0 && count && ring_has_mark_room(ring, 1))
            ring_put_mark(ring,
                          (struct ring_mark){.at = (uint64_t)done, .from = (uint64_t)done});
        for (size_t i = 0; i < count; i++)
            part[i] = (float)(done + (int)i);
        ring_write(ring, part, count);
        done += (int)count;
    }
    return NULL;
}

static void two_threads_pass_frames_and_marks(void **state)
{
    (void)state;
    struct ring *ring = mem_new(sizeof *ring);
    ring_init(ring, RATE, 1);
    pthread_t writer;
    assert_int_equal(pthread_create(&writer, NULL, write_numbers, ring), 0);
    float part[512];
    int wrong = 0;
    for (int done = 0; done < PASSED_ON;) {
        size_t have = ring_have(ring), count = have < 512 ? have : 512;
        struct ring_mark mark;
        while (ring_mark(ring, 0, &mark) && mark.at < (uint64_t)done + count) {
            wrong += mark.from != mark.at;
            ring_forget_marks(ring, 1);
        }
        ring_read(ring, part, count);
        for (size_t i = 0; i < count; i++)
            wrong += part[i] != (float)(done + (int)i);
        done += (int)count;
    }
    pthread_join(writer, NULL);
    assert_int_equal(wrong, 0);
    ring_free(ring);
    free(ring);
}

static void the_clock_stands_between_stretches_and_runs_in_them(void **state)
{
    (void)state;
    struct sound_clock *clock = mem_new(sizeof *clock);
    struct heard heard;
    assert_false(clock_heard(clock, 1, 1000, &heard));
    clock_add(clock, (struct stretch_heard){1000, 100, 5000, 200, 1, false});
    clock_add(clock, (struct stretch_heard){1500, 100, 5200, 100, 1, false});
    clock_add(clock, (struct stretch_heard){1600, 0, 5300, 0, 1, true});
    const struct {
        int64_t at;
        double frame;
        bool ended;
    } expected[] = {
        {900,  5000, false},
        {1000, 5000, false},
        {1050, 5100, false},
        {1100, 5200, false},
        {1499, 5200, false},
        {1550, 5250, false},
        {1599, 5299, false},
        {1600, 5300, true },
        {9999, 5300, true },
    };
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_true(clock_heard(clock, 1, expected[i].at, &heard));
        assert_true(heard.frame == expected[i].frame);
        assert_int_equal(heard.ended, expected[i].ended);
    }
    assert_false(clock_heard(clock, 2, 1550, &heard));
    free(clock);
}

enum { NOTED = 200000 };

static void *note_stretches(void *context)
{
    struct sound_clock *clock = context;
    for (int i = 0; i < NOTED; i++)
        clock_add(clock, (struct stretch_heard){i * 10, 10, i * 20.0, 20, 7, false});
    return NULL;
}

static void a_reader_never_sees_half_a_stretch(void **state)
{
    (void)state;
    struct sound_clock *clock = mem_new(sizeof *clock);
    pthread_t card;
    assert_int_equal(pthread_create(&card, NULL, note_stretches, clock), 0);
    int wrong = 0;
    struct heard heard = {0};
    double last = 0;
    while (heard.frame < (NOTED - 1) * 20.0) {
        if (!clock_heard(clock, 7, INT64_MAX / 2, &heard))
            continue;
        /* The end of the newest stretch: a multiple of 20, and never going back. */
        wrong += heard.frame != (double)((int64_t)heard.frame / 20 * 20) || heard.frame < last;
        last = heard.frame;
    }
    pthread_join(card, NULL);
    assert_int_equal(wrong, 0);
    free(clock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out_in_order),
        cmocka_unit_test(a_full_ring_has_no_room),
        cmocka_unit_test(two_threads_pass_frames_and_marks),
        cmocka_unit_test(the_clock_stands_between_stretches_and_runs_in_them),
        cmocka_unit_test(a_reader_never_sees_half_a_stretch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
