/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captions that roll are told, and can be had with each line once. */
#include "transcripts.h"

#include "format/rolling.h"
#include "verbatim/document.h"

static const char rolling[] =
    "WEBVTT\n\n"
    "00:00.160 --> 00:02.389\n \nbonjour<00:00.480><c> et</c><00:00.640><c> bienvenue</c>\n\n"
    "00:02.389 --> 00:02.399\nbonjour et bienvenue\n \n\n"
    "00:02.399 --> 00:04.000\nbonjour et bienvenue\ndans<00:02.600><c> ce podcast</c>\n\n"
    "00:04.000 --> 00:04.010\ndans ce podcast\n \n\n"
    "00:04.010 --> 00:06.000\ndans ce podcast\nnous<00:04.600><c> parlons</c>\n\n"
    "00:08.000 --> 00:09.000\nautre chose\n";

static const char refrain[] = "WEBVTT\n\n"
                              "00:01.000 --> 00:02.000\nna na na\n\n"
                              "00:02.000 --> 00:03.000\nna na na\n\n"
                              "00:03.000 --> 00:04.000\nna na na\n\n"
                              "00:04.000 --> 00:05.000\nna na na\n\n"
                              "00:05.000 --> 00:06.000\nna na na\nhé hé hé\n\n";

static struct vb_document *open_text(const char *text)
{
    struct vb_document *d = vb_document_from("a.vtt", str_of(text), NULL);
    assert_non_null(d);
    return d;
}

static void what_rolls_is_told_and_stays_as_it_is(void **state)
{
    (void)state;
    struct vb_document *d = open_text(rolling);
    assert_true(has_note(vb_document_transcript(d), VB_INFO, "4 of 6 cues repeat"));
    assert_int_equal(vb_paragraph_count(vb_document_transcript(d)), 6);
    vb_document_close(d);
}

static void a_refrain_does_not_roll(void **state)
{
    (void)state;
    struct vb_document *d = open_text(refrain);
    assert_false(has_note(vb_document_transcript(d), VB_INFO, "roll"));
    vb_document_close(d);
}

static void unrolled_each_line_stands_once_with_its_times(void **state)
{
    (void)state;
    static const struct {
        vb_time start, end;
        const char *text;
    } wanted[] = {
        {160000,  2399000, "bonjour et bienvenue"},
        {2399000, 4010000, "dans ce podcast"     },
        {4010000, 6000000, "nous parlons"        },
        {8000000, 9000000, "autre chose"         },
    };
    struct vb_document *d = open_text(rolling);
    struct vb_transcript *t = rolling_unrolled(vb_document_transcript(d));
    assert_non_null(t);
    assert_int_equal(vb_paragraph_count(t), 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(vb_paragraph(t, i)->start, wanted[i].start);
        assert_int_equal(vb_paragraph(t, i)->end, wanted[i].end);
        assert_string_equal(paragraph_text(t, i), wanted[i].text);
    }
    assert_int_equal(vb_word(t, find_word(t, "ce")).start, 2600000);
    assert_null(rolling_unrolled(t));
    vb_transcript_unref(t);
    vb_document_close(d);
}

static void who_says_the_same_words_after_another_says_them(void **state)
{
    (void)state;
    struct vb_document *d = open_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anne>oui\n\n"
                                      "00:02.000 --> 00:03.000\n<v Karim>oui\n\n"
                                      "00:03.000 --> 00:04.000\n<v Karim>oui\nnon\n");
    struct vb_transcript *t = rolling_unrolled(vb_document_transcript(d));
    assert_non_null(t);
    assert_int_equal(vb_paragraph_count(t), 3);
    assert_string_equal(paragraph_text(t, 1), "oui");
    assert_string_equal(paragraph_text(t, 2), "non");
    vb_transcript_unref(t);
    vb_document_close(d);
}

static void what_stands_beside_the_words_stays_where_it_stood(void **state)
{
    (void)state;
    struct vb_document *d =
        open_text("WEBVTT\n\nNOTE a\n\none\n00:01.000 --> 00:02.000 line:1\nun\n\n"
                  "two\n00:02.000 --> 00:03.000 line:2\nun\n\nNOTE b\n\n"
                  "00:03.000 --> 00:04.000 line:3\nun\ndeux\n\nNOTE c\n");
    static const struct vb_aside wanted[] = {
        {0, VB_ASIDE_BLOCK,    {"NOTE a", 6}},
        {0, VB_ASIDE_ID,       {"one", 3}   },
        {0, VB_ASIDE_SETTINGS, {"line:1", 6}},
        {1, VB_ASIDE_BLOCK,    {"NOTE b", 6}},
        {1, VB_ASIDE_SETTINGS, {"line:3", 6}},
        {2, VB_ASIDE_BLOCK,    {"NOTE c", 6}},
    };
    struct vb_transcript *t = rolling_unrolled(vb_document_transcript(d));
    size_t count;
    const struct vb_aside *found = vb_asides(t, &count);
    assert_int_equal(count, COUNT(wanted));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(found[i].paragraph, wanted[i].paragraph);
        assert_int_equal(found[i].kind, wanted[i].kind);
        assert_true(str_is(found[i].text, wanted[i].text));
    }
    vb_transcript_unref(t);
    vb_document_close(d);
}

static void a_cue_without_words_is_no_trouble(void **state)
{
    (void)state;
    struct vb_document *d =
        open_text("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\nun\n\n"
                  "00:03.000 --> 00:04.000\n\n00:04.000 --> 00:05.000\nun\ndeux\n");
    struct vb_transcript *t = rolling_unrolled(vb_document_transcript(d));
    assert_non_null(t);
    assert_int_equal(vb_word_count(t), 2);
    vb_transcript_unref(t);
    vb_document_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_rolls_is_told_and_stays_as_it_is),
        cmocka_unit_test(a_refrain_does_not_roll),
        cmocka_unit_test(unrolled_each_line_stands_once_with_its_times),
        cmocka_unit_test(who_says_the_same_words_after_another_says_them),
        cmocka_unit_test(what_stands_beside_the_words_stays_where_it_stood),
        cmocka_unit_test(a_cue_without_words_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
