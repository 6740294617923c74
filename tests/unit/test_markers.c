/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a page's time markers can serve as anchors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/support_transcript.h"

/* Of "@1:00\nmots\n@2:00\nmots\n" the markers that can serve, as "+-". */
static void assert_usable(const char *page, vb_time stated, const char *expected)
{
    struct vb_transcript *t = transcript_from(page, stated);
    char found[64] = "";
    for (uint32_t i = 0; i < vb_marker_count(t) && i < sizeof found - 1; i++)
        strcat(found, vb_marker(t, i)->usable ? "+" : "-");
    size_t notes, refused = 0;
    vb_notes(t, &notes);
    for (const char *c = found; *c; c++)
        refused += *c == '-';
    assert_string_equal(found, expected);
    assert_int_equal(notes, refused); /* each is reported, and why */
    vb_transcript_unref(t);
}

static void assert_reason(const char *page, vb_time stated, const char *reason)
{
    struct vb_transcript *t = transcript_from(page, stated);
    size_t count;
    const struct vb_note *notes = vb_notes(t, &count);
    assert_int_equal(count, 1);
    if (!str_eq(notes[0].text, reason))
        fail_msg("%.*s", (int)notes[0].text.len, notes[0].text.data);
    assert_int_equal(notes[0].severity, VB_WARNING);
    assert_true(notes[0].line > 0);
    vb_transcript_unref(t);
}

static void rising_markers_all_serve(void **state)
{
    (void)state;
    assert_usable("un\n@1:00\nmot\n@2:00\nmot\n@3:00\nmot\n", VB_NO_TIME, "+++");
    assert_usable("", VB_NO_TIME, "");
}

static void the_majority_tells_which_marker_is_out_of_order(void **state)
{
    (void)state;
    static const char early[] = "@1:00\nun\n@0:30\nun\n@2:00\nun\n@3:00\nun\n";
    assert_usable("@10:00\nun\n@1:00\nun\n@2:00\nun\n@3:00\nun\n", VB_NO_TIME, "-+++");
    assert_usable("@1:00\nun\n@90:00\nun\n@2:00\nun\n@3:00\nun\n", VB_NO_TIME, "+-++");
    assert_usable("@1:00\nun\n@2:00\nun\n@3:00\nun\n@1:30\nun\n", VB_NO_TIME, "+++-");
    assert_usable("@1:00\nun\n@5:00\nun\n@2:00\nun\n@6:00\nun\n@3:00\nun\n@4:00\nun\n",
                  VB_NO_TIME, "+-+-++");
    assert_reason("@1:00\nun\n@9:30\nun\n@2:00\nun\n@3:00\nun\n", VB_NO_TIME,
                  "the marker 9:30 is not used: it is out of order");
    struct vb_transcript *t = transcript_from(early, VB_NO_TIME);
    uint32_t usable = 0;
    for (uint32_t i = 0; i < vb_marker_count(t); i++)
        usable += vb_marker(t, i)->usable;
    assert_int_equal(usable, 3); /* one of the two goes, either may */
    vb_transcript_unref(t);
}

static void of_doubled_markers_the_first_serves(void **state)
{
    (void)state;
    assert_usable("@1:00\nun\n@1:00\nun\n@2:00\nun\n", VB_NO_TIME, "+-+");
    assert_usable("@1:00\n@1:00\nun\n", VB_NO_TIME, "+-"); /* a heading typed twice */
    assert_usable("@1:00\nun\n@1:00\nun\n@1:00\nun\n", VB_NO_TIME, "+--");
    assert_reason("@1:00\nun\n@1:00\nun\n", VB_NO_TIME,
                  "the marker 1:00 is not used: the same time stands before it");
}

static void a_marker_beyond_the_stated_duration_does_not_serve(void **state)
{
    (void)state;
    const vb_time stated = 600 * VB_SECOND; /* and a tenth: pages round */
    assert_usable("@1:00\nun\n@10:59\nun\n", stated, "++");
    assert_usable("@1:00\nun\n@11:01\nun\n", stated, "+-");
    assert_usable("@20:00\nun\n@30:00\nun\n", stated, "--");
    assert_usable("@90:00\n@1:00\nun\n", stated, "-+"); /* nor does it spoil its neighbour */
    assert_usable("@1:00\n@90:00\nun\n", stated, "+-");
    assert_reason("@1:00\nun\n@90:00\nun\n", stated,
                  "the marker 90:00 is not used: it lies beyond the stated duration");
}

static void of_markers_with_nothing_between_the_last_serves(void **state)
{
    (void)state;
    assert_usable("un\n@1:00\n@2:00\n@3:00\nun\n", VB_NO_TIME, "--+");
    assert_usable("@5:00\nun\n@10:00\n@3:00\nun\n@15:00\nun\n", VB_NO_TIME, "++-+");
    assert_reason("un\n@1:00\n@2:00\nun\n", VB_NO_TIME,
                  "the marker 1:00 is not used: no text stands between it and the next one");
}

static void a_marker_behind_the_last_word_does_no_harm(void **state)
{
    (void)state;
    assert_usable("un\n@1:00\n", VB_NO_TIME, "+");
    assert_usable("un\n@1:00\n@2:00\n", VB_NO_TIME, "-+");
}

/* Quadratic in the markers, this would take an hour. */
static void a_hundred_thousand_markers_are_no_trouble(void **state)
{
    (void)state;
    enum { MARKERS = 100000 };
    struct builder *b = builder_new(VB_STR("x"));
    for (uint32_t i = 0; i < MARKERS; i++) {
        vb_time time = (i % 2 ? i : MARKERS - i) * VB_SECOND; /* rising and falling, mixed */
        builder_marker(b, time, VB_STR("x"), (struct vb_span){0, 1});
        builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
        put_text(b, "mot", 0);
    }
    struct vb_transcript *t = builder_finish(b);
    vb_time last = VB_NO_TIME;
    uint32_t usable = 0;
    for (uint32_t i = 0; i < MARKERS; i++) {
        if (!vb_marker(t, i)->usable)
            continue;
        assert_true(vb_marker(t, i)->time > last);
        last = vb_marker(t, i)->time;
        usable++;
    }
    assert_in_range(usable, MARKERS / 2, MARKERS / 2 + 1);
    vb_transcript_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rising_markers_all_serve),
        cmocka_unit_test(the_majority_tells_which_marker_is_out_of_order),
        cmocka_unit_test(of_doubled_markers_the_first_serves),
        cmocka_unit_test(a_marker_beyond_the_stated_duration_does_not_serve),
        cmocka_unit_test(of_markers_with_nothing_between_the_last_serves),
        cmocka_unit_test(a_marker_behind_the_last_word_does_no_harm),
        cmocka_unit_test(a_hundred_thousand_markers_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
