/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player, pulled by hand: what is heard, and what it says is heard.
 *
 * The sound counts its frames (frame i holds i / 2^23), so each frame pulled tells its place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "audio/player.h"
#include "base/mem.h"
#include "support/support_sound.h"

enum { PERIOD = 441 }; /* 10 ms */
#define LENGTH seconds(3)
#define MS     ((int64_t)1000000)

static const char *counted_sound(void)
{
    struct sound sound = counting(LENGTH);
    const char *path = temp_path("counting.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    sound_free(&sound);
    return path;
}

static struct vb_player *open_by_hand(const char *path)
{
    struct vb_error error = {0};
    struct vb_player *p = player_open_at(
        path, &hand_sink, (struct player_time){hand_time, NULL}, NULL, NULL, &error);
    if (!p)
        fail_msg("%s", error.text);
    return p;
}

/* Pulls one period when the decoder has done what it can; then its time passes. */
static void pull(struct vb_player *p, float *out)
{
    player_fill(p);
    hand_pull(out, PERIOD);
    hand_pass(10 * MS);
}

static int64_t place(float sample)
{
    return llround((double)sample * (1 << 23));
}

static vb_time time_of(double frame)
{
    return (vb_time)(frame * 1e6 / TEST_RATE);
}

static bool is_silent(const float *frames, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (frames[i] != 0)
            return false;
    return true;
}

static void it_opens_paused_at_the_start(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    struct vb_player_state now = vb_player_now(p);
    assert_int_equal(now.phase, VB_PAUSED);
    assert_int_equal(now.position, 0);
    assert_int_equal(now.duration, 3 * VB_SECOND);
    assert_true(now.duration_exact);
    assert_false(now.silent);
    assert_true(hand_now().paused);
    vb_player_close(p);
    assert_false(hand_now().open);
}

static void what_is_played_is_the_sound_frame_by_frame(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    int64_t next = 0;
    for (size_t i = 0; i < LENGTH / PERIOD; i++) {
        pull(p, out);
        for (int k = 0; k < PERIOD; k++, next++)
            if (next > 400) /* behind the ramp */
                assert_int_equal(place(out[k]), next);
    }
    assert_int_equal(vb_player_now(p).underruns, 0);
    assert_false(hand_now().paused);
    vb_player_close(p);
}

static void the_position_is_what_is_heard(void **state)
{
    (void)state;
    hand_set_latency(30000);
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 100; i++) {
        pull(p, out);
        vb_time expected = (i + 1) * 10000 - 30000;
        expected = expected > 0 ? expected : 0;
        vb_time position = vb_player_now(p).position;
        assert_true(llabs(position - expected) <= 1);
    }
    vb_player_close(p);
}

static void a_stalled_card_stops_the_clock(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    pull(p, out);
    pull(p, out);
    hand_pass(5000 * MS);
    assert_true(llabs(vb_player_now(p).position - 20000) <= 1);
    vb_player_close(p);
}

static void a_jump_is_seen_at_once_and_heard_with_the_next_pull(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 20; i++)
        pull(p, out);
    vb_player_seek(p, 2 * VB_SECOND);
    struct vb_player_state now = vb_player_now(p);
    assert_int_equal(now.position, 2 * VB_SECOND);
    assert_true(now.seeking);
    pull(p, out); /* 6 ms to fade the old out, the rest is new */
    now = vb_player_now(p);
    assert_false(now.seeking);
    assert_true(now.position >= 2 * VB_SECOND + 3000);
    assert_true(now.position <= 2 * VB_SECOND + 4000);
    pull(p, out);
    now = vb_player_now(p);
    /* Heard and said agree: the last frame pulled is heard a period later. */
    assert_true(llabs(now.position - time_of((double)place(out[PERIOD - 1]) + 1)) < 2000);
    vb_player_close(p);
}

static void the_newest_of_many_jumps_wins(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 200; i++)
        vb_player_seek(p, i * 10000);
    vb_player_seek(p, VB_SECOND / 2);
    for (int i = 0; i < 5; i++) {
        pull(p, out);
        for (int k = 0; k < PERIOD; k++)
            assert_true(place(out[k]) <= TEST_RATE / 2 + 5 * PERIOD);
    }
    assert_true(place(out[0]) > TEST_RATE / 2);
    vb_player_close(p);
}

static void a_jump_while_paused_moves_the_position_only(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    float out[PERIOD];
    vb_player_seek(p, VB_SECOND);
    assert_int_equal(vb_player_now(p).position, VB_SECOND);
    player_fill(p);
    struct vb_player_state now = vb_player_now(p);
    assert_false(now.seeking);
    assert_int_equal(now.phase, VB_PAUSED);
    assert_int_equal(now.position, VB_SECOND);
    pull(p, out);
    assert_true(is_silent(out, PERIOD));
    assert_int_equal(vb_player_now(p).position, VB_SECOND);
    vb_player_play(p);
    pull(p, out);
    assert_int_equal(place(out[PERIOD - 1]), TEST_RATE + PERIOD - 1); /* at once */
    vb_player_close(p);
}

static double largest_step(const float *frames, size_t count, float *last)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs((double)frames[i] - *last));
        *last = frames[i];
    }
    return largest;
}

/* How much of the sound is not near 440 Hz: what is left when a frame is foretold from the two
 * before it, as it can be for a pure tone.  A click is a spike in it. */
static double largest_surprise(const float *frames, size_t count, double before[2])
{
    double largest = 0, turn = 2 * cos(2 * 3.14159265358979 * 440 / TEST_RATE);
    for (size_t i = 0; i < count; i++) {
        double foretold = turn * before[1] - before[0];
        largest = fmax(largest, fabs(frames[i] - foretold));
        before[0] = before[1];
        before[1] = frames[i];
    }
    return largest;
}

static void a_change_of_manner_does_not_click(void **state)
{
    (void)state;
    struct sound sound = tone(440, seconds(4));
    const char *path = temp_path("smooth.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_player *p = open_by_hand(path);
    static const float speeds[] = {1, 1.3F, 1, 0.7F, 2, 3, 1, 0.5F, 1.7F};
    float out[PERIOD];
    double before[2] = {0, 0}, largest = 0;
    vb_player_play(p);
    for (int i = 0; i < 140; i++) {
        if (i % 10 == 5)
            vb_player_set_speed(p, speeds[i / 10 % COUNT(speeds)]);
        if (i % 37 == 9)
            vb_player_set_voice_up(p, i % 2);
        pull(p, out);
        largest = fmax(largest, largest_surprise(out, PERIOD, before));
    }
    assert_int_equal(vb_player_now(p).phase, VB_PLAYING);
    assert_true(largest < 0.002); /* a cut in the tone is a hundred times that */
    vb_player_close(p);
    sound_free(&sound);
}

/* A tone of 440 Hz moves by at most 0.0314 a frame; a cut would be a step of up to 0.5. */
static void nothing_clicks(void **state)
{
    (void)state;
    struct sound sound = tone(440, seconds(2.2003));
    const char *path = temp_path("tone.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_player *p = open_by_hand(path);
    float out[PERIOD], last = 0;
    double largest = 0;
    vb_player_play(p);
    for (int i = 0; i < 400; i++) {
        if (i % 11 == 3)
            vb_player_pause(p);
        if (i % 11 == 6 && vb_player_now(p).phase == VB_PAUSED)
            vb_player_play(p);
        if (i % 13 == 5 && i < 250)
            vb_player_seek(p, i * 5003);
        if (i % 17 == 9)
            vb_player_set_volume(p, (float)(i % 5) / 4);
        pull(p, out);
        largest = fmax(largest, largest_step(out, PERIOD, &last));
    }
    assert_int_equal(vb_player_now(p).phase, VB_ENDED);
    assert_true(largest < 0.04);
    vb_player_close(p);
    sound_free(&sound);
}

static void a_pause_holds_the_place(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 10; i++)
        pull(p, out);
    int64_t before = place(out[PERIOD - 1]);
    vb_player_pause(p);
    for (int i = 0; i < 10; i++)
        pull(p, out);
    assert_true(is_silent(out, PERIOD));
    vb_time held = vb_player_now(p).position;
    assert_int_equal(vb_player_now(p).phase, VB_PAUSED);
    assert_true(held >= time_of((double)before) && held < time_of((double)before) + 10000);
    pull(p, out);
    assert_int_equal(vb_player_now(p).position, held);
    vb_player_play(p);
    pull(p, out);
    assert_true(place(out[PERIOD - 1]) - before < 2 * PERIOD);
    vb_player_close(p);
}

static void play_to_the_end(struct vb_player *p)
{
    float out[PERIOD];
    for (int i = 0; i < 1000 && vb_player_now(p).phase != VB_ENDED; i++)
        pull(p, out);
}

static void at_the_end_it_stands_exactly_at_the_end(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    play_to_the_end(p);
    struct vb_player_state now = vb_player_now(p);
    assert_int_equal(now.phase, VB_ENDED);
    assert_int_equal(now.position, now.duration);
    assert_int_equal(now.underruns, 0);

    vb_player_play(p);
    assert_int_equal(vb_player_now(p).phase, VB_PLAYING);
    assert_int_equal(vb_player_now(p).position, 0);
    float out[PERIOD];
    pull(p, out);
    pull(p, out);
    assert_true(place(out[PERIOD - 1]) > 0 && place(out[PERIOD - 1]) < 3 * PERIOD);

    play_to_the_end(p);
    vb_player_seek(p, VB_SECOND);
    assert_int_equal(vb_player_now(p).phase, VB_PAUSED);
    assert_int_equal(vb_player_now(p).position, VB_SECOND);
    vb_player_close(p);
}

static void a_jump_beyond_the_end_goes_to_the_end(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_seek(p, 100 * VB_SECOND);
    assert_int_equal(vb_player_now(p).position, 3 * VB_SECOND);
    vb_player_play(p);
    play_to_the_end(p);
    assert_int_equal(vb_player_now(p).phase, VB_ENDED);
    assert_int_equal(vb_player_now(p).position, 3 * VB_SECOND);
    vb_player_seek(p, -5 * VB_SECOND);
    assert_int_equal(vb_player_now(p).position, 0);
    vb_player_close(p);
}

static void the_volume_is_obeyed(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_seek(p, VB_SECOND);
    vb_player_set_volume(p, 0.5F);
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 5; i++)
        pull(p, out);
    double last = (double)vb_player_now(p).position * TEST_RATE / 1e6 - 1;
    assert_true(last > TEST_RATE);
    assert_true(fabs(out[PERIOD - 1] - 0.5 * last / (1 << 23)) < 1e-7);
    vb_player_set_volume(p, 7);
    assert_true(vb_player_now(p).volume == 2);
    vb_player_set_volume(p, -1);
    assert_true(vb_player_now(p).volume == 0);
    vb_player_close(p);
}

static void a_new_speed_is_heard_soon_and_without_a_jump(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 30; i++)
        pull(p, out);
    vb_player_set_speed(p, 2);
    assert_true(vb_player_now(p).speed == 2);
    vb_time last = vb_player_now(p).position;
    for (int i = 0; i < 60; i++) {
        pull(p, out);
        vb_time now = vb_player_now(p).position, step = now - last;
        assert_true(step >= 0 && step <= 45000);
        assert_false(vb_player_now(p).seeking);
        /* What is said is what is heard. */
        assert_true(llabs(time_of((double)place(out[PERIOD - 1])) - now) < 20000);
        last = now;
    }
    /* 300 ms at 1x, then 600 ms of which 50 to 200 were still at 1x. */
    assert_true(last >= 300000 + 200000 + 800000 - 30000);
    assert_true(last <= 300000 + 50000 + 1100000 + 30000);
    assert_int_equal(vb_player_now(p).underruns, 0);
    vb_player_close(p);
}

static void changes_of_speed_at_random_never_go_back_in_time(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    float out[PERIOD];
    srand(8);
    vb_player_play(p);
    vb_time last = 0;
    int backwards = 0, leaps = 0;
    for (int i = 0; i < 3000; i++) {
        if (rand() % 3 == 0)
            vb_player_set_speed(p, 0.5F + (float)(rand() % 26) / 10);
        if (rand() % 40 == 0)
            vb_player_pause(p);
        if (rand() % 10 == 0 || vb_player_now(p).phase == VB_ENDED) {
            last = rand() % 2000 * 1000;
            vb_player_seek(p, last);
        }
        if (rand() % 4 == 0)
            vb_player_play(p);
        for (int k = rand() % 4; k > 0; k--)
            pull(p, out);
        vb_time now = vb_player_now(p).position;
        backwards += now < last;
        leaps += now > last + 4 * 10000 * 3 + 20000;
        last = now;
    }
    assert_int_equal(backwards, 0);
    assert_int_equal(leaps, 0);
    assert_int_equal(vb_player_now(p).underruns, 0);
    vb_player_close(p);
}

static void the_end_is_exact_at_any_speed(void **state)
{
    (void)state;
    const float speeds[] = {0.5F, 1.3F, 3};
    for (size_t i = 0; i < COUNT(speeds); i++) {
        struct vb_player *p = open_by_hand(counted_sound());
        vb_player_set_speed(p, speeds[i]);
        vb_player_seek(p, 2 * VB_SECOND);
        vb_player_play(p);
        play_to_the_end(p);
        assert_int_equal(vb_player_now(p).phase, VB_ENDED);
        assert_int_equal(vb_player_now(p).position, 3 * VB_SECOND);
        assert_int_equal(vb_player_now(p).underruns, 0);
        vb_player_close(p);
    }
}

static void a_speed_beyond_the_limits_is_brought_back(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    const struct {
        float asked, got;
    } speeds[] = {
        {0,    0.5F},
        {10,   3   },
        {-1,   0.5F},
        {NAN,  1   },
        {1.7F, 1.7F}
    };
    for (size_t i = 0; i < COUNT(speeds); i++) {
        vb_player_set_speed(p, speeds[i].asked);
        assert_true(vb_player_now(p).speed == speeds[i].got);
    }
    vb_player_close(p);
}

/* Random orders while a card pulls: what is heard belongs to the last order once it is
 * answered, and the position never goes back in between. */
static void three_thousand_orders_leave_no_trace_of_the_old(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    float out[PERIOD];
    srand(5);
    vb_player_play(p);
    vb_time target = 0, last = 0;
    int stale = 0, backwards = 0, unanswered = 0;
    for (int order = 0; order < 3000; order++) {
        target = rand() % 2500 * 1000;
        vb_player_seek(p, target);
        last = target;
        if (rand() % 10 == 0)
            vb_player_pause(p);
        if (rand() % 3 == 0) { /* a drag: the next order comes before an answer */
            hand_pull(out, 64);
            hand_pass(MS);
            continue;
        }
        vb_player_play(p);
        for (int i = 0; i < 3; i++) {
            pull(p, out);
            vb_time now = vb_player_now(p).position;
            backwards += now < last;
            last = now;
        }
        unanswered += vb_player_now(p).seeking;
        vb_time heard = time_of((double)place(out[PERIOD - 1]));
        stale += heard < target || heard > target + 31000;
    }
    assert_int_equal(stale, 0);
    assert_int_equal(backwards, 0);
    assert_int_equal(unanswered, 0);
    vb_player_close(p);
}

/* One that the listener or the card gives. True: the position may go anywhere. */
static bool give_any_order(struct vb_player *p, const struct vb_sink *sink)
{
    bool jumps = false;
    switch (rand() % 10) {
    case 0:
        vb_player_seek(p, rand() % 3100 * 1000);
        return true;
    case 1:
        vb_player_pause(p);
        return false;
    case 2:
        vb_player_set_speed(p, 0.5F + (float)(rand() % 26) / 10);
        return false;
    case 3:
        vb_player_set_voice_up(p, rand() % 2);
        return false;
    case 4: /* it goes on a little before what the old card still held */
        jumps = rand() % 4 == 0;
        if (jumps)
            vb_player_lose_sink(p);
        if (jumps)
            vb_player_change_sink(p, sink, NULL);
        return jumps;
    case 5:
        jumps = rand() % 4 == 0;
        if (jumps)
            vb_player_play_span(p, rand() % 2000 * 1000, rand() % 3000 * 1000, rand() % 2);
        return jumps;
    case 6:
        hand_set_latency(rand() % 40000);
        return false;
    case 7:
        vb_player_set_sides(p, (enum vb_sides)(rand() % 3));
        return false;
    default:
        jumps = vb_player_now(p).phase == VB_ENDED; /* from the start again */
        vb_player_play(p);
        return jumps;
    }
}

/* The card pulls, or time passes: so far ahead the position may then be. */
static vb_time go_on(struct vb_player *p)
{
    float out[PERIOD];
    if (rand() % 3 == 0) {
        pull(p, out);
        return 30000;
    }
    hand_pass(rand() % 3 * MS);
    return 6000;
}

/* Every order there is, at random, ten thousand of them: between jumps the position never goes
 * back, and never ahead by more than what was pulled, a hop of the stretch, and a silence. */
static void ten_thousand_orders_of_any_kind_keep_the_clock_in_order(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    srand(9);
    vb_time last = 0, latency = 0;
    int backwards = 0, leaps = 0, outside = 0;
    for (int order = 0; order < 10000; order++) {
        if (give_any_order(p, &hand_sink))
            last = vb_player_now(p).position;
        /* What a hop may go over, and what a new delay of the card may uncover. */
        vb_time most = 36000 + 3 * llabs(hand_now().latency - latency);
        latency = hand_now().latency;
        most += go_on(p);
        struct vb_player_state now = vb_player_now(p);
        bool is_loop = now.position < last && last - now.position > VB_SECOND / 4;
        backwards += now.position < last && !is_loop;
        leaps += now.position > last + most;
        outside += now.position < 0 || now.position > now.duration;
        last = now.position;
    }
    assert_int_equal(backwards, 0);
    assert_int_equal(leaps, 0);
    assert_int_equal(outside, 0);
    vb_player_close(p);
}

/* The same against a card with a thread of its own, which is lost and comes again. */
static void orders_from_here_and_pulls_from_there_go_together(void **state)
{
    (void)state;
    struct vb_error error;
    struct vb_player *p = vb_player_open(counted_sound(), &vb_sink_null, NULL, NULL, &error);
    assert_non_null(p);
    struct timespec moment = {.tv_nsec = 200000};
    srand(6);
    int outside = 0, backwards = 0;
    vb_time last = 0;
    for (int order = 0; order < 10000; order++) {
        if (give_any_order(p, &vb_sink_null))
            last = vb_player_now(p).position;
        vb_player_set_volume(p, (float)(rand() % 100) / 100);
        struct vb_player_state now = vb_player_now(p);
        bool is_loop = now.position < last && last - now.position > VB_SECOND / 4;
        backwards += now.position < last && !is_loop;
        outside += now.position < 0 || now.position > now.duration;
        last = now.position;
        if (order % 3 == 0)
            nanosleep(&moment, NULL);
    }
    assert_int_equal(backwards, 0);
    assert_int_equal(outside, 0);
    vb_player_close(p);
}

static void without_a_card_a_silent_clock_runs(void **state)
{
    (void)state;
    struct vb_error error;
    struct vb_player *p = vb_player_open(counted_sound(), &broken_sink, NULL, NULL, &error);
    assert_non_null(p);
    assert_true(vb_player_now(p).silent);
    vb_player_seek(p, VB_SECOND * 29 / 10);
    vb_player_play(p);
    struct timespec moment = {.tv_nsec = 5 * MS};
    for (int i = 0; i < 2000 && vb_player_now(p).phase != VB_ENDED; i++)
        nanosleep(&moment, NULL);
    assert_int_equal(vb_player_now(p).phase, VB_ENDED);
    assert_int_equal(vb_player_now(p).position, 3 * VB_SECOND);
    vb_player_close(p);
}

static void it_goes_on_with_another_card_where_it_was(void **state)
{
    (void)state;
    struct vb_error error = {0};
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 50; i++)
        pull(p, out);
    vb_player_pause(p);
    pull(p, out);
    vb_time before = vb_player_now(p).position;

    assert_false(vb_player_change_sink(p, &broken_sink, &error));
    assert_int_equal(error.code, VB_DEVICE);
    assert_true(vb_player_now(p).silent);
    assert_int_equal(vb_player_now(p).position, before);

    assert_true(vb_player_change_sink(p, &hand_sink, &error));
    assert_false(vb_player_now(p).silent);
    vb_player_play(p);
    pull(p, out);
    pull(p, out);
    vb_time after = vb_player_now(p).position;
    assert_true(after > before && after <= before + 20000);
    assert_true(llabs(time_of((double)place(out[PERIOD - 1]) + 1) - after) <= 1);
    vb_player_close(p);
}

static void a_card_that_is_taken_away_pauses_and_another_goes_on(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    float out[PERIOD];
    hand_set_latency(50000);
    vb_player_play(p);
    for (int i = 0; i < 50; i++)
        pull(p, out);
    vb_player_lose_sink(p);
    struct vb_player_state now = vb_player_now(p);
    assert_int_equal(now.phase, VB_PAUSED);
    assert_true(now.lost && now.silent);
    assert_true(llabs(now.position - 450000) < 100); /* what was heard, not what it took */
    assert_true(vb_player_change_sink(p, &hand_sink, NULL));
    assert_int_equal(vb_player_now(p).phase, VB_PLAYING);
    assert_false(vb_player_now(p).lost);
    pull(p, out);
    assert_true(llabs(time_of((double)place(out[PERIOD - 1]) + 1) - 460000) < 100);

    vb_player_lose_sink(p);
    vb_player_pause(p); /* the user's word counts */
    assert_false(vb_player_change_sink(p, &broken_sink, NULL));
    assert_true(vb_player_now(p).lost);
    assert_true(vb_player_change_sink(p, &hand_sink, NULL));
    assert_int_equal(vb_player_now(p).phase, VB_PAUSED);
    assert_false(vb_player_now(p).lost);
    vb_player_close(p);
}

static void going_on_after_a_pause_begins_a_little_earlier(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    float out[PERIOD];
    vb_player_set_rewind(p, VB_SECOND / 2);
    vb_player_seek(p, VB_SECOND);
    vb_player_play(p); /* a jump is played from where it led */
    assert_int_equal(vb_player_now(p).position, VB_SECOND);
    for (int i = 0; i < 20; i++)
        pull(p, out);
    vb_player_pause(p);
    pull(p, out);
    vb_time held = vb_player_now(p).position;
    vb_player_play(p);
    assert_true(llabs(vb_player_now(p).position - (held - VB_SECOND / 2)) < 50);
    pull(p, out);
    vb_player_play(p); /* it plays already */
    assert_true(vb_player_now(p).position >= held - VB_SECOND / 2);
    vb_player_pause(p);
    vb_player_seek(p, VB_SECOND);
    vb_player_play(p);
    assert_int_equal(vb_player_now(p).position, VB_SECOND);
    vb_player_seek(p, 100000);
    pull(p, out);
    vb_player_pause(p);
    vb_player_play(p);
    assert_int_equal(vb_player_now(p).position, 0);
    vb_player_close(p);
}

static void one_side_alone_is_heard_on_both(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(1), 2);
    const char *path = temp_path("sides.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_player *p = open_by_hand(path);
    float out[2 * PERIOD];
    vb_player_play(p);
    for (int i = 0; i < 40; i++) {
        enum vb_sides sides = (enum vb_sides)(i / 10 % 3);
        vb_player_set_sides(p, sides);
        pull(p, out);
        const float *from = sound.frames + (size_t)i * 2 * PERIOD;
        for (int k = 0; k < 2 * PERIOD && i % 10 > 4; k++) {
            int side = sides == VB_LEFT_SIDE ? 0 : sides == VB_RIGHT_SIDE ? 1 : k % 2;
            assert_true(fabsf(out[k] - from[k - k % 2 + side]) < 1e-6F);
        }
    }
    vb_player_close(p);
    sound_free(&sound);
}

/* The counting sound, silent from 1 s to `until`. */
static const char *sound_with_silence(double until)
{
    struct sound sound = counting(seconds(until + 1));
    memset(sound.frames + seconds(1), 0, seconds(until - 1) * sizeof *sound.frames);
    const char *path = temp_path("silence.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    sound_free(&sound);
    return path;
}

static void of_a_long_silence_a_breath_is_left(void **state)
{
    (void)state;
    const struct {
        float speed;
        double until;
    } cases[] = {
        {1,    3 },
        {2,    3 },
        {0.5F, 3 },
        {1,    30}
    };
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct vb_player *p = open_by_hand(sound_with_silence(cases[c].until));
        float out[PERIOD];
        vb_player_set_skip_silences(p, true);
        vb_player_set_speed(p, cases[c].speed);
        vb_player_seek(p, VB_SECOND / 2);
        vb_player_play(p);
        vb_time last = 0;
        double played = 0;
        for (int i = 0; i < 1000 && vb_player_now(p).phase == VB_PLAYING; i++) {
            pull(p, out);
            played += 0.01;
            struct vb_player_state now = vb_player_now(p);
            assert_true(now.position >= last);
            last = now.position;
            int64_t heard = place(out[PERIOD - 1]);
            if (heard && now.phase == VB_PLAYING) /* what is said is what is heard */
                assert_true(llabs(time_of((double)heard) - now.position) < 25000);
        }
        /* Half a second, a breath of 0.2 s heard and 0.15 s of sound, and a second. */
        double expected = 0.2 + 1.65 / cases[c].speed + (cases[c].until > 10 ? 0.03 : 0);
        assert_int_equal(vb_player_now(p).phase, VB_ENDED);
        assert_int_equal(last, (vb_time)((cases[c].until + 1) * VB_SECOND));
        if (fabs(played - expected) > 0.08)
            fail_msg("at %gx it took %.2f s, not %.2f", (double)cases[c].speed, played,
                     expected);
        assert_int_equal(vb_player_now(p).underruns, 0);
        vb_player_close(p);
    }
}

static void a_short_silence_is_left_alone(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(sound_with_silence(1.5));
    float out[PERIOD];
    vb_player_set_skip_silences(p, true);
    vb_player_seek(p, VB_SECOND / 2);
    vb_player_play(p);
    int pulls = 0;
    for (; pulls < 500 && vb_player_now(p).phase == VB_PLAYING; pulls++)
        pull(p, out);
    assert_in_range(pulls, 199, 201);
    vb_player_close(p);
}

static void skipping_silences_can_be_switched_while_it_plays(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(sound_with_silence(3));
    float out[PERIOD];
    vb_player_seek(p, VB_SECOND / 2);
    vb_player_play(p);
    for (int i = 0; i < 100; i++)
        pull(p, out);
    vb_time last = vb_player_now(p).position;
    vb_player_set_skip_silences(p, true);
    int pulls = 0;
    for (; pulls < 500 && vb_player_now(p).phase == VB_PLAYING; pulls++) {
        pull(p, out);
        assert_true(vb_player_now(p).position >= last);
        last = vb_player_now(p).position;
    }
    assert_in_range(pulls, 120, 160); /* of 250 left, some 115 are skipped */
    vb_player_close(p);
}

/* A shout after whispers, voices brought up, at twice the volume. */
static void nothing_is_ever_over_full_scale(void **state)
{
    (void)state;
    struct sound sound = tone(300, seconds(4));
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] *= i / 30000 % 4 == 3 ? 3 : 0.03F;
    sound.frames[seconds(2)] = NAN;
    sound.frames[seconds(2) + 1] = INFINITY;
    const char *path = temp_path("shout.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_player *p = open_by_hand(path);
    float out[PERIOD];
    vb_player_set_voice_up(p, true);
    vb_player_set_volume(p, 2);
    vb_player_play(p);
    double loudest = 0;
    for (int i = 0; i < 400; i++) {
        pull(p, out);
        for (int k = 0; k < PERIOD; k++) {
            assert_true(fabsf(out[k]) <= 1);
            loudest = fmax(loudest, fabsf(out[k]));
        }
    }
    assert_true(loudest > 0.99);
    vb_player_close(p);
    sound_free(&sound);
}

static void a_delay_that_the_card_does_not_know_is_taken_off(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_set_delay(p, 150000);
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 50; i++)
        pull(p, out);
    assert_true(llabs(vb_player_now(p).position - 350000) <= 1);
    vb_player_close(p);
}

static void a_span_is_played_once_and_stops_at_its_end(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    float out[PERIOD];
    vb_player_play_span(p, VB_SECOND, VB_SECOND * 8 / 5, false);
    assert_int_equal(vb_player_now(p).position, VB_SECOND);
    int64_t furthest = 0;
    for (int i = 0; i < 70; i++) {
        pull(p, out);
        for (int k = 0; k < PERIOD; k++)
            furthest = place(out[k]) > furthest ? place(out[k]) : furthest;
        vb_player_now(p);
    }
    assert_int_equal(furthest, TEST_RATE * 8 / 5 - 1);
    assert_int_equal(vb_player_now(p).phase, VB_PAUSED);
    assert_int_equal(vb_player_now(p).position, VB_SECOND * 8 / 5);
    vb_player_play(p);
    for (int i = 0; i < 5; i++)
        pull(p, out);
    assert_true(place(out[PERIOD - 1]) > TEST_RATE * 8 / 5);
    assert_true(place(out[PERIOD - 1]) < TEST_RATE * 17 / 10);
    vb_player_close(p);
}

static void a_span_is_played_again_and_again(void **state)
{
    (void)state;
    const float speeds[] = {1, 1.7F};
    for (size_t s = 0; s < COUNT(speeds); s++) {
        struct vb_player *p = open_by_hand(counted_sound());
        float out[PERIOD];
        vb_player_set_speed(p, speeds[s]);
        vb_player_play_span(p, VB_SECOND, VB_SECOND * 3 / 2, true);
        int turns = 0;
        vb_time last = 0;
        for (int i = 0; i < 300; i++) {
            pull(p, out);
            struct vb_player_state now = vb_player_now(p);
            assert_int_equal(now.phase, VB_PLAYING);
            assert_true(now.position >= VB_SECOND && now.position <= VB_SECOND * 3 / 2 + 40000);
            turns += now.position < last;
            last = now.position;
        }
        int expected = (int)(3 * speeds[s] / 0.5F);
        assert_in_range(turns, expected - 1, expected);
        assert_int_equal(vb_player_now(p).underruns, 0);
        /* Any jump ends it. */
        vb_player_seek(p, VB_SECOND);
        play_to_the_end(p);
        assert_int_equal(vb_player_now(p).phase, VB_ENDED);
        vb_player_close(p);
    }
}

static void a_span_beyond_the_end_ends_with_the_sound(void **state)
{
    (void)state;
    struct vb_player *p = open_by_hand(counted_sound());
    vb_player_play_span(p, VB_SECOND * 2, VB_SECOND * 9, false);
    play_to_the_end(p);
    assert_int_equal(vb_player_now(p).phase, VB_ENDED);
    assert_int_equal(vb_player_now(p).position, VB_SECOND * 3);
    vb_player_play_span(p, VB_SECOND * 2, VB_SECOND * 9, true);
    float out[PERIOD];
    for (int i = 0; i < 250; i++)
        pull(p, out);
    assert_int_equal(vb_player_now(p).phase, VB_PLAYING);
    assert_in_range(vb_player_now(p).position, VB_SECOND * 2, VB_SECOND * 3);
    vb_player_close(p);
}

static void a_span_that_begins_again_does_not_click(void **state)
{
    (void)state;
    struct sound sound = tone(440, seconds(2));
    const char *path = temp_path("loop.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_player *p = open_by_hand(path);
    float out[PERIOD], last = 0;
    double largest = 0;
    vb_player_play_span(p, 100300, 700700, true);
    for (int i = 0; i < 200; i++) {
        pull(p, out);
        largest = fmax(largest, largest_step(out, PERIOD, &last));
    }
    assert_true(largest < 0.04);
    vb_player_close(p);
    sound_free(&sound);
}

static void a_file_cut_short_while_it_plays_fails_there_with_a_sentence(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(60), 1);
    const char *path = temp_path("shrinking");
    for (int as_mp3 = 0; as_mp3 < 2; as_mp3++) {
        if (as_mp3 && !write_mp3(path, &sound, "-b 320")) {
            print_message("not tried with MP3: lame is missing\n");
            break;
        }
        if (!as_mp3)
            write_sound(path, &sound, AS_WAV);
        struct vb_player *p = open_by_hand(path);
        float out[PERIOD];
        vb_player_play(p);
        while (!vb_player_now(p).duration_exact)
            player_fill(p);
        pull(p, out);
        assert_int_equal(truncate(path, 1 << 20), 0);
        for (int i = 0; i < 7000 && vb_player_now(p).phase == VB_PLAYING; i++)
            pull(p, out);
        struct vb_player_state now = vb_player_now(p);
        assert_int_equal(now.phase, VB_FAILED);
        assert_non_null(strstr(now.failure, "cut short"));
        assert_in_range(now.position, 8 * VB_SECOND, 40 * VB_SECOND);
        vb_player_seek(p, 50 * VB_SECOND); /* into what is gone */
        vb_player_play(p);
        for (int i = 0; i < 100; i++)
            pull(p, out);
        assert_int_equal(vb_player_now(p).phase, VB_FAILED);
        vb_player_seek(p, VB_SECOND); /* what is left can still be heard */
        assert_null(vb_player_now(p).failure);
        vb_player_play(p);
        pull(p, out);
        pull(p, out);
        assert_int_equal(vb_player_now(p).phase, VB_PLAYING);
        assert_in_range(vb_player_now(p).position, VB_SECOND, VB_SECOND * 11 / 10);
        vb_player_close(p);
    }
    sound_free(&sound);
}

static void a_file_written_over_while_it_plays_fails_with_a_sentence(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(60), 1);
    const char *path = temp_path("rewritten.mp3");
    if (!write_mp3(path, &sound, "-b 320")) {
        print_message("skipped: lame is missing\n");
        sound_free(&sound);
        skip();
    }
    struct vb_player *p = open_by_hand(path);
    while (!vb_player_now(p).duration_exact)
        player_fill(p);
    size_t len;
    uint8_t *bytes = read_bytes(path, &len);
    memset(bytes + len / 2, 'x', len / 2);
    FILE *file = fopen(path, "r+b");
    assert_true(fwrite(bytes, 1, len, file) == len);
    fclose(file);
    vb_player_seek(p, 45 * VB_SECOND);
    vb_player_play(p);
    float out[PERIOD];
    for (int i = 0; i < 100; i++)
        pull(p, out);
    assert_int_equal(vb_player_now(p).phase, VB_FAILED);
    assert_non_null(strstr(vb_player_now(p).failure, "changed"));
    vb_player_close(p);
    free(bytes);
    sound_free(&sound);
}

/* The way editors and downloads replace files: the old one stays what it was for who has it. */
static void a_file_replaced_while_it_plays_plays_on(void **state)
{
    (void)state;
    const char *path = counted_sound(), *other = temp_path("other");
    struct vb_player *p = open_by_hand(path);
    write_bytes(other, "no sound", 8);
    assert_int_equal(rename(other, path), 0);
    float out[PERIOD];
    vb_player_seek(p, 2 * VB_SECOND);
    vb_player_play(p);
    for (int i = 0; i < 50; i++)
        pull(p, out);
    assert_int_equal(place(out[PERIOD - 1]), TEST_RATE * 5 / 2 - 1);
    vb_player_close(p);
}

static void a_quiet_voice_is_brought_up_while_it_plays(void **state)
{
    (void)state;
    struct sound sound = tone(300, seconds(4));
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] *= 0.05F;
    const char *path = temp_path("quiet.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct vb_player *p = open_by_hand(path);
    float out[PERIOD], last = 0;
    double loudest[2] = {0, 0}, largest = 0;
    vb_player_play(p);
    for (int i = 0; i < 250; i++) {
        if (i == 50)
            vb_player_set_voice_up(p, true);
        pull(p, out);
        largest = fmax(largest, largest_step(out, PERIOD, &last));
        for (int k = 0; k < PERIOD && (i < 50 || i >= 200); k++)
            loudest[i >= 200] = fmax(loudest[i >= 200], fabs((double)out[k]));
    }
    assert_true(fabs(loudest[0] - 0.025) < 1e-3);
    assert_true(loudest[1] > 0.055 && loudest[1] < 0.075); /* -35 dB come up by up to 9 */
    assert_true(largest < 0.004); /* 300 Hz at that size moves by 0.003 a frame */
    vb_player_close(p);
    sound_free(&sound);
}

/* How often all threads of this process but the first gave up the processor by themselves. */
static long wake_ups(void)
{
    long sum = 0;
    DIR *tasks = opendir("/proc/self/task");
    if (!tasks)
        return -1;
    for (struct dirent *task; (task = readdir(tasks));) {
        char path[300], line[200];
        snprintf(path, sizeof path, "/proc/self/task/%s/status", task->d_name);
        bool is_other = atol(task->d_name) > 0 && atol(task->d_name) != getpid();
        FILE *status = is_other ? fopen(path, "r") : NULL;
        while (status && fgets(line, sizeof line, status)) {
            long count;
            if (sscanf(line, "voluntary_ctxt_switches: %ld", &count) == 1)
                sum += count;
        }
        if (status)
            fclose(status);
    }
    closedir(tasks);
    return sum;
}

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__
#endif
#endif
#ifdef __SANITIZE_THREAD__
static const bool has_a_thread_of_its_own = true; /* the sanitizer, and it wakes up often */
#else
static const bool has_a_thread_of_its_own = false;
#endif

static void paused_and_still_no_thread_wakes_up(void **state)
{
    (void)state;
    if (has_a_thread_of_its_own) {
        print_message("skipped: the thread sanitizer wakes up by itself\n");
        skip();
    }
    struct vb_error error;
    struct vb_player *p = vb_player_open(counted_sound(), &vb_sink_null, NULL, NULL, &error);
    assert_non_null(p);
    player_fill(p);
    struct timespec moment = {.tv_nsec = 300 * MS};
    nanosleep(&moment, NULL);
    long before = wake_ups();
    if (before < 0) {
        vb_player_close(p);
        print_message("skipped: this system has no /proc\n");
        skip();
    }
    nanosleep(&moment, NULL);
    nanosleep(&moment, NULL);
    assert_int_equal(wake_ups(), before);
    vb_player_close(p);
}

/* However long that takes. */
static void wait_for(bool (*is_so)(void))
{
    while (!is_so())
        nanosleep(&(struct timespec){.tv_nsec = MS}, NULL);
}

static bool card_is_paused(void)
{
    return hand_now().paused;
}

static bool card_runs(void)
{
    return !hand_now().paused;
}

static void after_a_long_pause_the_card_may_rest_until_it_is_wanted(void **state)
{
    (void)state;
    struct vb_sink sink = hand_sink;
    sink.rest_ms = 20;
    struct vb_player *p = vb_player_open(counted_sound(), &sink, NULL, NULL, NULL);
    assert_non_null(p);
    for (int times = 0; times < 3; times++) {
        vb_player_play(p);
        wait_for(card_runs);
        vb_player_pause(p);
        wait_for(card_is_paused);
    }
    vb_player_close(p);
}

static atomic_bool card_hangs;
static atomic_int pauses;

static void pause_or_hang(void *card, bool paused)
{
    atomic_fetch_add(&pauses, 1);
    while (atomic_load(&card_hangs))
        nanosleep(&(struct timespec){.tv_nsec = MS}, NULL);
    hand_sink.pause(card, paused);
}

static bool card_was_asked(void)
{
    return atomic_load(&pauses) > 0;
}

/* A card on which nothing was played yet rests, too. */
static void who_gives_orders_does_not_wait_for_a_card_that_takes_its_time(void **state)
{
    (void)state;
    struct vb_sink sink = hand_sink;
    sink.rest_ms = 1;
    sink.pause = pause_or_hang;
    atomic_store(&card_hangs, true);
    struct vb_player *p = vb_player_open(counted_sound(), &sink, NULL, NULL, NULL);
    assert_non_null(p);
    wait_for(card_was_asked);
    vb_player_seek(p, VB_SECOND);
    vb_player_play(p);
    assert_int_equal(vb_player_now(p).position, VB_SECOND);
    atomic_store(&card_hangs, false);
    wait_for(card_runs);
    vb_player_close(p);
}

static void a_quarter_of_a_second_is_ready_at_any_rate(void **state)
{
    (void)state;
    static const int rates[] = {8000, 44100, 96000, 192000, 384000};
    const char *path = temp_path("rate.wav");
    float *out = mem_new(384000 / 4 * sizeof *out);
    for (size_t i = 0; i < COUNT(rates); i++) {
        struct sound sound = at_rate(counting((size_t)rates[i]), rates[i]);
        write_sound(path, &sound, AS_WAV_FLOAT);
        sound_free(&sound);
        struct vb_player *p = open_by_hand(path);
        vb_player_play(p);
        player_fill(p);
        hand_pull(out, rates[i] / 4);
        assert_int_equal(vb_player_now(p).underruns, 0);
        vb_player_close(p);
    }
    free(out);
}

static atomic_int news;

static void count_news(void *ctx)
{
    (void)ctx;
    atomic_fetch_add(&news, 1);
}

static void an_answered_order_is_told(void **state)
{
    (void)state;
    struct vb_player *p =
        player_open_at(counted_sound(), &hand_sink, (struct player_time){hand_time, NULL},
                       count_news, NULL, NULL);
    player_fill(p);
    int before = atomic_load(&news);
    assert_true(before >= 1);
    vb_player_seek(p, VB_SECOND);
    player_fill(p);
    assert_int_equal(atomic_load(&news), before + 1);
    vb_player_close(p);
}

static void a_short_sound_is_played_and_ends(void **state)
{
    (void)state;
    struct sound sound = tone(440, seconds(0.1));
    const char *path = temp_path("short.wav");
    write_sound(path, &sound, AS_WAV);
    struct vb_player *p = open_by_hand(path);
    vb_player_play(p);
    play_to_the_end(p);
    assert_int_equal(vb_player_now(p).position, VB_SECOND / 10);
    vb_player_close(p);
    sound_free(&sound);
}

static void a_folder_or_nothing_is_refused_with_a_sentence(void **state)
{
    (void)state;
    struct vb_error error = {0};
    assert_null(vb_player_open("/", &hand_sink, NULL, NULL, &error));
    assert_int_equal(error.code, VB_UNREADABLE);
    assert_non_null(strstr(error.text, "folder"));
    assert_null(vb_player_open("/no/such/file", &hand_sink, NULL, NULL, &error));
    assert_int_equal(error.code, VB_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_paused_at_the_start),
        cmocka_unit_test(what_is_played_is_the_sound_frame_by_frame),
        cmocka_unit_test(the_position_is_what_is_heard),
        cmocka_unit_test(a_stalled_card_stops_the_clock),
        cmocka_unit_test(a_jump_is_seen_at_once_and_heard_with_the_next_pull),
        cmocka_unit_test(the_newest_of_many_jumps_wins),
        cmocka_unit_test(a_jump_while_paused_moves_the_position_only),
        cmocka_unit_test(nothing_clicks),
        cmocka_unit_test(a_change_of_manner_does_not_click),
        cmocka_unit_test(a_pause_holds_the_place),
        cmocka_unit_test(at_the_end_it_stands_exactly_at_the_end),
        cmocka_unit_test(a_jump_beyond_the_end_goes_to_the_end),
        cmocka_unit_test(the_volume_is_obeyed),
        cmocka_unit_test(a_new_speed_is_heard_soon_and_without_a_jump),
        cmocka_unit_test(changes_of_speed_at_random_never_go_back_in_time),
        cmocka_unit_test(the_end_is_exact_at_any_speed),
        cmocka_unit_test(a_speed_beyond_the_limits_is_brought_back),
        cmocka_unit_test(three_thousand_orders_leave_no_trace_of_the_old),
        cmocka_unit_test(ten_thousand_orders_of_any_kind_keep_the_clock_in_order),
        cmocka_unit_test(orders_from_here_and_pulls_from_there_go_together),
        cmocka_unit_test(without_a_card_a_silent_clock_runs),
        cmocka_unit_test(a_span_is_played_once_and_stops_at_its_end),
        cmocka_unit_test(a_span_is_played_again_and_again),
        cmocka_unit_test(a_span_beyond_the_end_ends_with_the_sound),
        cmocka_unit_test(a_span_that_begins_again_does_not_click),
        cmocka_unit_test(a_file_cut_short_while_it_plays_fails_there_with_a_sentence),
        cmocka_unit_test(a_file_written_over_while_it_plays_fails_with_a_sentence),
        cmocka_unit_test(a_file_replaced_while_it_plays_plays_on),
        cmocka_unit_test(a_quiet_voice_is_brought_up_while_it_plays),
        cmocka_unit_test(it_goes_on_with_another_card_where_it_was),
        cmocka_unit_test(a_card_that_is_taken_away_pauses_and_another_goes_on),
        cmocka_unit_test(going_on_after_a_pause_begins_a_little_earlier),
        cmocka_unit_test(one_side_alone_is_heard_on_both),
        cmocka_unit_test(of_a_long_silence_a_breath_is_left),
        cmocka_unit_test(a_short_silence_is_left_alone),
        cmocka_unit_test(skipping_silences_can_be_switched_while_it_plays),
        cmocka_unit_test(nothing_is_ever_over_full_scale),
        cmocka_unit_test(a_delay_that_the_card_does_not_know_is_taken_off),
        cmocka_unit_test(paused_and_still_no_thread_wakes_up),
        cmocka_unit_test(after_a_long_pause_the_card_may_rest_until_it_is_wanted),
        cmocka_unit_test(who_gives_orders_does_not_wait_for_a_card_that_takes_its_time),
        cmocka_unit_test(a_quarter_of_a_second_is_ready_at_any_rate),
        cmocka_unit_test(an_answered_order_is_told),
        cmocka_unit_test(a_short_sound_is_played_and_ends),
        cmocka_unit_test(a_folder_or_nothing_is_refused_with_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
