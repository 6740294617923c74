/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of following, with a clock moved by hand. The window is 1000 pixels high, a line
 * 30: the band goes from 250 to 600, the reading line is at 370. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/scroll.h"

enum { HEIGHT = 1000, TEXT = 20000, LINE = 30 };
#define MS ((vb_time)1000)

static struct scroll at(int top)
{
    struct scroll s;
    scroll_init(&s);
    s.height = HEIGHT;
    s.text_height = TEXT;
    s.top = s.to = top;
    return s;
}

/* The line at `y` of the window is heard; then so long passes, in frames. */
static void hear(struct scroll *s, int line_y, vb_time from, vb_time lasts)
{
    for (vb_time now = from; now <= from + lasts; now += 16 * MS) {
        scroll_follow(s, line_y, LINE, now);
        scroll_move(s, now);
    }
}

static void a_line_in_the_band_moves_nothing(void **state)
{
    (void)state;
    for (int y = 250; y <= 570; y += 40) {
        struct scroll s = at(5000);
        hear(&s, 5000 + y, 0, 1000 * MS);
        assert_int_equal(s.top, 5000);
        assert_true(scroll_next_change(&s, 1000 * MS) == VB_NO_TIME);
    }
}

static void a_line_below_the_band_comes_to_the_reading_line(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5640, 0, 1000 * MS);
    assert_int_equal(5640 - s.top, 370);
}

static void a_line_above_the_band_comes_to_the_reading_line(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5100, 0, 1000 * MS);
    assert_int_equal(5100 - s.top, 370);
}

static void a_short_way_takes_a_third_of_a_second(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    scroll_follow(&s, 5640, LINE, 0);
    assert_in_range(s.lasts, 320 * MS, 420 * MS);
    scroll_move(&s, s.lasts);
    assert_int_equal(5640 - s.top, 370);
}

static void a_screenful_takes_six_tenths(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    scroll_follow(&s, 6360, LINE, 0);
    assert_in_range(s.lasts, 580 * MS, 600 * MS);
}

static void movement_slows_down_and_never_turns_back(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    scroll_follow(&s, 5900, LINE, 0);
    int before = 5000, step = 1000;
    for (vb_time now = 40 * MS; now < s.lasts; now += 40 * MS) {
        scroll_move(&s, now);
        assert_true(s.top >= before && s.top - before <= step + 1);
        step = s.top - before;
        before = s.top;
    }
}

static void farther_than_the_screen_it_jumps_and_fades_in(void **state)
{
    (void)state;
    struct scroll s = at(1000);
    scroll_follow(&s, 9000, LINE, 0);
    assert_int_equal(9000 - s.top, 370);
    assert_true(scroll_fade(&s, 0) < 50);
    scroll_move(&s, 121 * MS);
    assert_int_equal(scroll_fade(&s, 121 * MS), 100);
    assert_true(scroll_next_change(&s, 121 * MS) == VB_NO_TIME);
}

static void the_ends_of_the_text_stop_it(void **state)
{
    (void)state;
    struct scroll s = at(100);
    hear(&s, 0, 0, 1000 * MS);
    assert_int_equal(s.top, 0);
    s = at(TEXT - HEIGHT - 50);
    hear(&s, TEXT - LINE, 0, 1000 * MS);
    assert_int_equal(s.top, TEXT - HEIGHT);
    assert_true(scroll_next_change(&s, 1000 * MS) == VB_NO_TIME);
}

static void a_text_that_fits_does_not_move(void **state)
{
    (void)state;
    struct scroll s = at(0);
    s.text_height = 500;
    hear(&s, 480, 0, 1000 * MS);
    scroll_by(&s, 300, 1000 * MS);
    scroll_move(&s, 2000 * MS);
    assert_int_equal(s.top, 0);
}

/* ---- the reader's hand ---- */

static void the_hand_is_not_fought_while_the_line_is_in_sight(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5400, 0, 100 * MS);
    scroll_by(&s, -400, 100 * MS);
    hear(&s, 5400, 100 * MS, 3000 * MS);
    assert_int_equal(s.top, 4600); /* the line stands at 800, below the band */
    assert_false(s.suspended);
}

static void scrolled_out_of_sight_following_rests(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5400, 0, 100 * MS);
    scroll_by(&s, 2000, 100 * MS);
    hear(&s, 5400, 100 * MS, 3000 * MS);
    assert_true(s.suspended);
    assert_int_equal(s.top, 7000);
    hear(&s, 5430, 4000 * MS, 60000 * MS); /* never a timer */
    assert_int_equal(s.top, 7000);
}

static void brought_back_into_the_band_for_a_second_it_follows_again(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5400, 0, 100 * MS);
    scroll_by(&s, 2000, 100 * MS);
    hear(&s, 5400, 100 * MS, 500 * MS);
    scroll_by(&s, -2000, 700 * MS);
    hear(&s, 5400, 700 * MS, 600 * MS);
    assert_true(s.suspended);
    assert_true(scroll_next_change(&s, 1300 * MS) <= SCROLL_RETURNS);
    hear(&s, 5400, 1300 * MS, 1000 * MS);
    assert_false(s.suspended || s.held);
}

static void passing_through_the_band_is_not_enough(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5400, 0, 100 * MS);
    scroll_by(&s, 2000, 100 * MS);
    hear(&s, 5400, 100 * MS, 500 * MS);
    scroll_by(&s, -2000, 700 * MS);
    hear(&s, 5400, 700 * MS, 400 * MS);
    scroll_by(&s, -2000, 1100 * MS);
    hear(&s, 5400, 1100 * MS, 3000 * MS);
    assert_true(s.suspended);
}

static void the_voice_s_own_way_out_of_sight_is_followed(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5400, 0, 100 * MS);
    scroll_by(&s, -560, 100 * MS); /* the line now stands at 960, the last one in sight */
    hear(&s, 5400, 100 * MS, 1000 * MS);
    assert_true(s.held);
    hear(&s, 5432, 1200 * MS, 1000 * MS); /* the next line would be cut */
    assert_int_equal(5432 - s.top, 370);
    assert_false(s.held);
}

static void resuming_brings_the_line_back(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    hear(&s, 5400, 0, 100 * MS);
    scroll_by(&s, 800, 100 * MS);
    hear(&s, 5400, 100 * MS, 500 * MS);
    assert_true(s.suspended);
    scroll_resume(&s, 5400, 700 * MS);
    hear(&s, 5400, 700 * MS, 1000 * MS);
    assert_int_equal(5400 - s.top, 370);
    assert_false(s.suspended);
}

static void notches_of_the_wheel_add_up(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    scroll_by(&s, 90, 0);
    scroll_move(&s, 20 * MS);
    scroll_by(&s, 90, 20 * MS);
    scroll_move(&s, 1000 * MS);
    assert_int_equal(s.top, 5180);
}

static void reduced_motion_moves_at_once(void **state)
{
    (void)state;
    struct scroll s = at(5000);
    s.calm = true;
    scroll_follow(&s, 5900, LINE, 0);
    assert_int_equal(5900 - s.top, 370);
    scroll_by(&s, 100, 0);
    assert_int_equal(5900 - s.top, 270);
    assert_true(scroll_next_change(&s, 0) == VB_NO_TIME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_in_the_band_moves_nothing),
        cmocka_unit_test(a_line_below_the_band_comes_to_the_reading_line),
        cmocka_unit_test(a_line_above_the_band_comes_to_the_reading_line),
        cmocka_unit_test(a_short_way_takes_a_third_of_a_second),
        cmocka_unit_test(a_screenful_takes_six_tenths),
        cmocka_unit_test(movement_slows_down_and_never_turns_back),
        cmocka_unit_test(farther_than_the_screen_it_jumps_and_fades_in),
        cmocka_unit_test(the_ends_of_the_text_stop_it),
        cmocka_unit_test(a_text_that_fits_does_not_move),
        cmocka_unit_test(the_hand_is_not_fought_while_the_line_is_in_sight),
        cmocka_unit_test(scrolled_out_of_sight_following_rests),
        cmocka_unit_test(brought_back_into_the_band_for_a_second_it_follows_again),
        cmocka_unit_test(passing_through_the_band_is_not_enough),
        cmocka_unit_test(the_voice_s_own_way_out_of_sight_is_followed),
        cmocka_unit_test(resuming_brings_the_line_back),
        cmocka_unit_test(notches_of_the_wheel_add_up),
        cmocka_unit_test(reduced_motion_moves_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
