/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who says how much, and how fast. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/support_transcript.h"
#include "verbatim/statistics.h"

static struct vb_statistics count(const char *lines, vb_time duration)
{
    struct vb_transcript *t = transcript_from(lines, VB_NO_TIME);
    struct vb_timeline *times = vb_timeline_new(t, duration);
    struct vb_statistics s = vb_statistics_of(t, times);
    vb_timeline_free(times);
    vb_transcript_unref(t);
    return s;
}

static void assert_seconds(vb_time got, double expected)
{
    if (fabs((double)got / VB_SECOND - expected) > 0.001)
        fail_msg("%.3f s is not %.3f s", (double)got / VB_SECOND, expected);
}

static void stated_times_are_counted_voice_by_voice(void **state)
{
    (void)state;
    struct vb_statistics s = count("Anne: <0 4> un deux trois quatre\n"
                                   "Karim: <4 6> oui non\n"
                                   "Anne: <6 8> encore un\n",
                                   10 * VB_SECOND);
    assert_int_equal(s.count, 2);
    assert_int_equal(s.voices[0].turns, 2);
    assert_int_equal(s.voices[0].words, 6);
    assert_seconds(s.voices[0].talk, 6);
    assert_seconds(s.voices[0].longest, 4);
    assert_seconds(s.voices[1].talk, 2);
    assert_seconds(s.all.talk, 8);
    assert_seconds(s.all.known, 8);
    assert_int_equal(s.all.turns, 3);
    assert_int_equal(s.all.overlaps, 0);
    assert_true(fabs(vb_words_per_minute(&s.voices[0]) - 60) < 0.1);
    vb_statistics_free(&s);
}

static void a_turn_that_begins_within_another_voices_overlaps(void **state)
{
    (void)state;
    struct vb_statistics s = count("Anne: <0 4> un deux trois quatre\n"
                                   "Karim: <3 5> oui non\n"
                                   "Karim: <4.5 6> encore un\n",
                                   10 * VB_SECOND);
    assert_int_equal(s.voices[0].overlaps, 0);
    assert_int_equal(s.voices[1].overlaps, 1); /* not with herself */
    assert_int_equal(s.all.overlaps, 1);
    vb_statistics_free(&s);
}

static void a_long_silence_within_a_turn_is_no_talk(void **state)
{
    (void)state;
    struct vb_statistics s = count("Anne: <0 2> un deux\n"
                                   "<3 5> trois quatre\n"
                                   "<15 17> cinq six\n",
                                   20 * VB_SECOND);
    assert_int_equal(s.voices[0].turns, 1);
    assert_seconds(s.voices[0].talk, 7); /* the second between 2 and 3 is a breath */
    vb_statistics_free(&s);
}

static void estimated_times_are_not_called_known(void **state)
{
    (void)state;
    struct vb_statistics s =
        count("Anne: un deux trois quatre\nKarim: oui non\n", 10 * VB_SECOND);
    assert_true(s.all.talk > 0);
    assert_seconds(s.all.known, 0);
    assert_int_equal(s.all.overlaps, 0);
    vb_statistics_free(&s);
}

static void a_turn_of_two_is_each_ones(void **state)
{
    (void)state;
    struct vb_statistics s = count("Anne, Karim: <0 2> bonjour tous\n"
                                   "Anne: <2 3> bien\n",
                                   10 * VB_SECOND);
    assert_int_equal(s.voices[0].words, 3);
    assert_int_equal(s.voices[1].words, 2);
    assert_int_equal(s.all.words, 3);
    assert_seconds(s.all.talk, 3);
    vb_statistics_free(&s);
}

static void stage_directions_are_not_said(void **state)
{
    (void)state;
    struct vb_statistics s = count("Anne: bien\n[Rires]\n", 10 * VB_SECOND);
    assert_int_equal(s.all.words, 1);
    vb_statistics_free(&s);
}

static void nothing_said_takes_no_time(void **state)
{
    (void)state;
    struct vb_statistics s = count("[Rires]\n", VB_NO_TIME);
    assert_int_equal(s.all.turns, 0);
    assert_true(vb_words_per_minute(&s.all) <= 0);
    vb_statistics_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stated_times_are_counted_voice_by_voice),
        cmocka_unit_test(a_turn_that_begins_within_another_voices_overlaps),
        cmocka_unit_test(a_long_silence_within_a_turn_is_no_talk),
        cmocka_unit_test(estimated_times_are_not_called_known),
        cmocka_unit_test(a_turn_of_two_is_each_ones),
        cmocka_unit_test(stage_directions_are_not_said),
        cmocka_unit_test(nothing_said_takes_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
