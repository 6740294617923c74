/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times across an edit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/mem.h"
#include "support/support_transcript.h"
#include "verbatim/timeline.h"

/* Each word is heard for half a second, one a second. */
static struct vb_timeline *heard_each_second(const struct vb_transcript *t)
{
    uint32_t count = vb_word_count(t);
    struct vb_heard *words = mem_new((count + 1) * sizeof *words);
    for (uint32_t i = 0; i < count; i++)
        words[i] =
            (struct vb_heard){i * VB_SECOND, i * VB_SECOND + VB_SECOND / 2, VB_ALIGNED, 0.75F};
    struct vb_timeline *timeline = vb_timeline_heard(t, count * VB_SECOND, words);
    free(words);
    return timeline;
}

struct after {
    struct vb_transcript *text;
    struct vb_timeline *times;
};

static struct after edit(const char *before, const char *after)
{
    struct vb_transcript *old = transcript_from(before, VB_NO_TIME);
    struct vb_timeline *times = heard_each_second(old);
    struct after edited = {transcript_from(after, VB_NO_TIME), NULL};
    edited.times = vb_timeline_carry(times, old, edited.text, vb_word_count(old) * VB_SECOND);
    vb_timeline_free(times);
    vb_transcript_unref(old);
    return edited;
}

static void after_free(struct after *edited)
{
    vb_timeline_free(edited->times);
    vb_transcript_unref(edited->text);
}

static void word_is_at(const struct after *edited, uint32_t word, vb_time start,
                       enum vb_origin origin)
{
    assert_int_equal(vb_timeline_start(edited->times, word), start);
    assert_int_equal(vb_timeline_origin(edited->times, word), origin);
}

static void words_that_stay_keep_their_times(void **state)
{
    (void)state;
    struct after e = edit("Anne: un deux trois quatre", "Anne: Un, deux TRENTE quatre.");
    word_is_at(&e, 0, 0, VB_ALIGNED);
    word_is_at(&e, 1, VB_SECOND, VB_ALIGNED);
    word_is_at(&e, 3, 3 * VB_SECOND, VB_ALIGNED);
    assert_int_equal(vb_timeline_origin(e.times, 2), VB_ESTIMATED);
    assert_true(vb_timeline_start(e.times, 2) >= VB_SECOND + VB_SECOND / 2);
    assert_true(vb_timeline_end(e.times, 2) <= 3 * VB_SECOND);
    assert_true(vb_timeline_confidence(e.times, 0) > 0.7F);
    after_free(&e);
}

static void new_words_share_the_room_between_their_neighbours(void **state)
{
    (void)state;
    struct after e = edit("Anne: un deux", "Anne: un et puis aussi deux");
    vb_time before = VB_SECOND / 2;
    for (uint32_t word = 1; word < 4; word++) {
        assert_int_equal(vb_timeline_origin(e.times, word), VB_ESTIMATED);
        assert_true(vb_timeline_start(e.times, word) >= before);
        before = vb_timeline_start(e.times, word);
    }
    word_is_at(&e, 4, VB_SECOND, VB_ALIGNED);
    after_free(&e);
}

static void words_taken_out_leave_the_others_in_place(void **state)
{
    (void)state;
    struct after e = edit("Anne: un deux trois quatre cinq", "Anne: un cinq");
    word_is_at(&e, 0, 0, VB_ALIGNED);
    word_is_at(&e, 1, 4 * VB_SECOND, VB_ALIGNED);
    after_free(&e);
}

static void a_new_beginning_and_end_stay_in_the_sound(void **state)
{
    (void)state;
    struct after e = edit("Anne: un deux", "Anne: voilà un deux pour finir très longuement");
    assert_true(vb_timeline_start(e.times, 0) >= 0);
    word_is_at(&e, 1, 0, VB_ALIGNED);
    uint32_t last = vb_word_count(e.text) - 1;
    assert_true(vb_timeline_end(e.times, last) <= 2 * VB_SECOND);
    after_free(&e);
}

static void another_text_keeps_nothing(void **state)
{
    (void)state;
    struct after e = edit("Anne: un deux trois", "Anne: rien de cela");
    for (uint32_t word = 0; word < 3; word++)
        assert_int_equal(vb_timeline_origin(e.times, word), VB_ESTIMATED);
    after_free(&e);
    e = edit("Anne: un deux trois", "[Rires]");
    assert_int_equal(vb_spoken_count(e.text), 0);
    after_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_stay_keep_their_times),
        cmocka_unit_test(new_words_share_the_room_between_their_neighbours),
        cmocka_unit_test(words_taken_out_leave_the_others_in_place),
        cmocka_unit_test(a_new_beginning_and_end_stay_in_the_sound),
        cmocka_unit_test(another_text_keeps_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
