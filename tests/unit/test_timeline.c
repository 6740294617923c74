/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each word is heard: known times are kept, all others are plausible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/support_transcript.h"
#include "transcript/spread.h"
#include "verbatim/timeline.h"

#define MINUTE (60 * VB_SECOND)

/* A timeline holds its transcript: the page's own reference is given up at once. */
static struct vb_timeline *timeline_of(struct vb_transcript *t, vb_time duration)
{
    struct vb_timeline *timeline = vb_timeline_new(t, duration);
    vb_transcript_unref(t);
    return timeline;
}

/* "@M:SS" lines and, for each digit, a paragraph of ten times as many words, in a text. */
static struct vb_transcript *page_of(const char *shape, vb_time stated)
{
    static struct buf lines; /* must outlive the reading only */
    buf_clear(&lines);
    buf_puts(&lines, "Anne: ");
    for (const char *c = shape; *c; c++) {
        if (*c == '@') {
            size_t len = strcspn(c, " ");
            buf_printf(&lines, "\n%.*s\n", (int)len, c);
            c += len - 1;
        } else if (is_digit(*c)) {
            for (int i = 0; i < (*c - '0') * 10; i++)
                buf_puts(&lines, "paroles ");
            buf_puts(&lines, "\n");
        }
    }
    return transcript_from(buf_str(&lines).data, stated);
}

static void assert_near(vb_time got, vb_time expected, vb_time tolerance)
{
    if (got < expected - tolerance || got > expected + tolerance)
        fail_msg("%.3f s is not %.3f s", (double)got / 1e6, (double)expected / 1e6);
}

/* ---- natural lengths ---- */

static uint32_t said(const char *word)
{
    return spread_natural(str_of(word)).speech_us;
}

static uint32_t pause_after(const char *word)
{
    return spread_natural(str_of(word)).pause_us;
}

static void an_accent_makes_no_word_longer(void **state)
{
    (void)state;
    assert_int_equal(said("été"), said("ete"));
    assert_int_equal(said("Été"), said("ete"));
    assert_int_equal(said("l’État"), said("l'Etat"));
    assert_true(said("longtemps") > said("court"));
}

/* Within half as much again of the words that are said. */
static void a_number_takes_the_time_of_its_words(void **state)
{
    (void)state;
    static const struct {
        const char *number, *words;
    } numbers[] = {
        {"8",       "huit"                       },
        {"19",      "dixneuf"                    },
        {"100",     "cent"                       },
        {"400",     "quatrecents"                },
        {"1000",    "mille"                      },
        {"2030",    "deuxmilletrente"            },
        {"9000",    "neufmille"                  },
        {"1989",    "millneufcentquatrevingtneuf"},
        {"12:30",   "douzheurestrente"           },
        {"3,5",     "troisvirgulecinq"           },
        {"5 %",     "cinqpourcent"               },
        {"007",     "zerozerosept"               },
        {"1000000", "unmillion"                  },
    };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        double ratio = (double)said(numbers[i].number) / said(numbers[i].words);
        if (ratio < 1 / 1.5 || ratio > 1.5)
            fail_msg("%s takes %.2f times its words", numbers[i].number, ratio);
    }
    assert_int_equal(said("5") + said("000"), said("5000") + said("a") - 52000); /* "5 000" */
    assert_true(said("0") > 0 && said("99999999999999999999") > said("999"));
}

static void an_acronym_is_said_letter_by_letter(void **state)
{
    (void)state;
    assert_true(said("GPT") > 2 * said("gpt"));
    assert_true(said("IA") > said("ia"));
    assert_true(said("ChatGPT") > said("Chatgpt"));
    assert_int_equal(said("UNESCO"), said("unesco")); /* read as a word */
    assert_int_equal(said("Anne"), said("anne"));
    assert_true(said("S.N.C.F.") > 0);
}

static void signs_and_wide_characters_are_said(void **state)
{
    (void)state;
    assert_true(said("5 €") > said("5"));
    assert_true(said("中文") > 2 * said("a") - 50000);
    assert_int_equal(said("« oui »"), said("oui"));
}

static void a_pause_follows_punctuation_at_the_end(void **state)
{
    (void)state;
    assert_int_equal(pause_after("oui"), 0);
    assert_true(pause_after("oui,") > 0);
    assert_true(pause_after("oui.") > pause_after("oui,"));
    assert_int_equal(pause_after("oui ! »"), pause_after("oui."));
    assert_int_equal(pause_after("quoi ?!"), pause_after("oui."));
    assert_int_equal(pause_after("oui…"), pause_after("oui."));
    assert_int_equal(pause_after("3.5"), 0);
    assert_int_equal(pause_after("journalism.design"), 0);
    assert_int_equal(pause_after("(non)"), pause_after("oui,"));
    assert_int_equal(pause_after("C."), 0); /* Arthur C. Clarke */
}

/* ---- anchors ---- */

static void the_word_after_a_marker_starts_at_the_marker(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(page_of("5 @2:00 5 @3:00 5", VB_NO_TIME), 4 * MINUTE);
    assert_int_equal(vb_timeline_start(tl, 50), 2 * MINUTE);
    assert_int_equal(vb_timeline_start(tl, 100), 3 * MINUTE);
    assert_int_equal(vb_timeline_origin(tl, 50), VB_INHERITED);
    assert_int_equal(vb_timeline_origin(tl, 49), VB_ESTIMATED);
    assert_int_equal(vb_timeline_origin(tl, 51), VB_ESTIMATED);
    vb_timeline_free(tl);
    vb_timeline_free(NULL);
}

static void equal_words_are_spread_evenly_between_two_marks(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(page_of("@0:00 6 @1:00 6", VB_NO_TIME), 2 * MINUTE);
    vb_time first = vb_timeline_start(tl, 1) - vb_timeline_start(tl, 0);
    for (uint32_t word = 0; word < 59; word++)
        assert_near(vb_timeline_start(tl, word + 1) - vb_timeline_start(tl, word), first, 2);
    assert_true(vb_timeline_end(tl, 59) <= 1 * MINUTE);
    assert_near(first, VB_SECOND, VB_SECOND / 20);
    vb_timeline_free(tl);
}

static void a_stage_direction_takes_no_time_and_no_marker(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(
        transcript_from("Anne: un deux\n@0:30\n[Virgule musicale]\nKarim: trois\n", VB_NO_TIME),
        40 * VB_SECOND);
    assert_int_equal(vb_timeline_start(tl, 4), 30 * VB_SECOND);
    assert_int_equal(vb_timeline_origin(tl, 4), VB_INHERITED);
    assert_int_equal(vb_timeline_start(tl, 2), vb_timeline_start(tl, 3));
    assert_int_equal(vb_timeline_end(tl, 2), vb_timeline_start(tl, 2));
    vb_timeline_free(tl);
}

static void the_times_of_cues_are_kept(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(
        transcript_from("<1.5 3> un deux trois.\n<10 12> quatre cinq.\n<12> six sept\n",
                        VB_NO_TIME),
        20 * VB_SECOND);
    assert_int_equal(vb_timeline_start(tl, 0), 1500000);
    assert_int_equal(vb_timeline_origin(tl, 0), VB_STATED);
    assert_near(vb_timeline_end(tl, 2), 3 * VB_SECOND, 2); /* not to the next cue */
    assert_int_equal(vb_timeline_start(tl, 3), 10 * VB_SECOND);
    assert_near(vb_timeline_end(tl, 4), 12 * VB_SECOND, 2);
    assert_int_equal(vb_timeline_start(tl, 5), 12 * VB_SECOND);
    assert_int_equal(vb_timeline_word_at(tl, 7 * VB_SECOND, 0), 2);
    vb_timeline_free(tl);
}

static void a_timed_word_is_taken_as_it_stands(void **state)
{
    (void)state;
    const struct piece pieces[] = {
        {VB_STR("un"),     {0, 2}, 0, 1 * VB_SECOND, 2 * VB_SECOND},
        {VB_STR(" deux."), {2, 6}, 0, 5 * VB_SECOND, 6 * VB_SECOND},
    };
    struct builder *b = builder_new(VB_STR("un deux."));
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 8});
    builder_text(b, pieces, COUNT(pieces));
    struct vb_timeline *tl = timeline_of(builder_finish(b), 10 * VB_SECOND);
    assert_int_equal(vb_timeline_start(tl, 0), 1 * VB_SECOND);
    assert_near(vb_timeline_end(tl, 0), 2 * VB_SECOND, 2);
    assert_int_equal(vb_timeline_start(tl, 1), 5 * VB_SECOND);
    assert_near(vb_timeline_end(tl, 1), 6 * VB_SECOND, 2);
    assert_int_equal(vb_timeline_origin(tl, 1), VB_STATED);
    vb_timeline_free(tl);
}

static void a_cue_of_a_hundred_hours_is_no_trouble(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(
        transcript_from("<1 360000> un.\n<360001 999999> deux\n", VB_NO_TIME), VB_NO_TIME);
    assert_true(vb_timeline_end(tl, 0) > 3600 * VB_SECOND);
    assert_int_equal(vb_timeline_word_at(tl, 300000 * VB_SECOND, 0), 0);
    assert_int_equal(vb_timeline_start(tl, 1), 360001 * VB_SECOND);
    vb_timeline_free(tl);
}

static void cues_out_of_order_leave_the_times_in_order(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(
        transcript_from("<5 6> un\n<2 3> deux\n<7 4> trois\n<8 9> quatre\n", VB_NO_TIME),
        10 * VB_SECOND);
    for (uint32_t word = 0; word < 3; word++)
        assert_true(vb_timeline_start(tl, word) <= vb_timeline_start(tl, word + 1));
    assert_int_equal(vb_timeline_start(tl, 3), 8 * VB_SECOND);
    vb_timeline_free(tl);
}

static void one_wild_cue_spoils_no_time_but_its_own(void **state)
{
    (void)state;
    struct vb_timeline *tl =
        timeline_of(transcript_from("<1 2> un\n<99999 99999> deux\n<3 4> trois\n<5 6> quatre\n",
                                    VB_NO_TIME),
                    VB_NO_TIME);
    assert_int_equal(vb_timeline_start(tl, 0), 1 * VB_SECOND);
    assert_int_equal(vb_timeline_origin(tl, 1), VB_ESTIMATED);
    assert_int_equal(vb_timeline_start(tl, 2), 3 * VB_SECOND);
    assert_int_equal(vb_timeline_start(tl, 3), 5 * VB_SECOND);
    vb_timeline_free(tl);
}

/* ---- beyond the anchors ---- */

static void an_unfinished_last_turn_does_not_stretch_over_the_rest(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(
        transcript_from("Anne: un deux trois quatre\n@0:02\nKarim: Donc toi,\n", 62 * MINUTE),
        62 * MINUTE);
    assert_int_equal(vb_timeline_start(tl, 4), 2 * VB_SECOND);
    assert_true(vb_timeline_end(tl, 5) < 5 * VB_SECOND);
    assert_int_equal(vb_timeline_text_end(tl), vb_timeline_end(tl, 5));
    assert_int_equal(vb_timeline_word_at(tl, 30 * MINUTE, 5), VB_NONE); /* not transcribed */
    assert_int_equal(vb_timeline_fit(tl), VB_FITS); /* the marker tells where the text ends */
    vb_timeline_free(tl);
}

/* A minute of music, five minutes of speech, two of silence, two of speech. */
static const struct vb_stretch spoken[] = {
    {60 * VB_SECOND,  360 * VB_SECOND},
    {480 * VB_SECOND, 600 * VB_SECOND},
};

static void words_are_spread_over_speech_and_not_over_music_or_silence(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_of_words(1100);
    struct vb_timeline *tl = vb_timeline_spoken(t, 600 * VB_SECOND, 0, spoken, COUNT(spoken));
    uint32_t late = 0;
    for (uint32_t word = 0; word < 1100; word++) {
        vb_time start = vb_timeline_start(tl, word), end = vb_timeline_end(tl, word);
        assert_true(start >= 60 * VB_SECOND);
        assert_true(start <= 361 * VB_SECOND || start >= 480 * VB_SECOND);
        assert_true(end <= 600 * VB_SECOND && start <= end);
        late += start >= 480 * VB_SECOND;
        if (word)
            assert_true(start >= vb_timeline_start(tl, word - 1));
    }
    assert_in_range(late, 1100 * 26 / 100, 1100 * 31 / 100); /* two minutes of seven */
    assert_near(vb_timeline_text_end(tl), 600 * VB_SECOND, 2 * VB_SECOND);
    vb_timeline_free(tl);
    vb_transcript_unref(t);
}

static void known_times_stay_where_nobody_was_heard_to_speak(void **state)
{
    (void)state;
    struct vb_transcript *t = page_of("@0:00 88 @6:40 87 @8:00 9", VB_NO_TIME);
    struct vb_timeline *tl = vb_timeline_spoken(t, 600 * VB_SECOND, 0, spoken, COUNT(spoken));
    assert_int_equal(vb_timeline_start(tl, 0), 0);
    assert_int_equal(vb_timeline_start(tl, 160), 400 * VB_SECOND);
    assert_int_equal(vb_timeline_start(tl, 310), 480 * VB_SECOND);
    /* 150 words in 80 s of silence: somebody spoke too softly. */
    assert_near(vb_timeline_start(tl, 235), 440 * VB_SECOND, 2 * VB_SECOND);
    assert_true(vb_timeline_start(tl, 1) >= 60 * VB_SECOND);
    vb_timeline_free(tl);
    vb_transcript_unref(t);
}

static void a_text_without_markers_fills_its_sound(void **state)
{
    (void)state;
    static const vb_time sounds[] = {50 * VB_SECOND, 80 * VB_SECOND, 2 * MINUTE};
    for (size_t i = 0; i < COUNT(sounds); i++) {
        struct vb_timeline *tl = timeline_of(transcript_of_words(200), sounds[i]);
        assert_int_equal(vb_timeline_start(tl, 0), 0);
        assert_near(vb_timeline_start(tl, 100), sounds[i] / 2, sounds[i] / 20);
        assert_near(vb_timeline_text_end(tl), sounds[i], sounds[i] / 20);
        assert_int_equal(vb_timeline_origin(tl, 0), VB_ESTIMATED);
        vb_timeline_free(tl);
    }
}

static void a_short_text_does_not_crawl_through_a_long_sound(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(transcript_of_words(100), 60 * MINUTE);
    assert_in_range(vb_timeline_text_end(tl), 20 * VB_SECOND, 60 * VB_SECOND);
    assert_int_equal(vb_timeline_fit(tl), VB_TOO_FEW_WORDS);
    vb_timeline_free(tl);
    tl = timeline_of(page_of("5 @50:00 5", VB_NO_TIME), 60 * MINUTE); /* nor between marks */
    assert_true(vb_timeline_end(tl, 49) < 2 * MINUTE);
    vb_timeline_free(tl);
}

static void the_pace_between_markers_goes_on_behind_them(void **state)
{
    (void)state;
    for (int slow = 1; slow <= 2; slow++) {
        const char *shape = slow == 1 ? "@0:00 6 @0:20 6" : "@0:00 6 @0:40 6";
        struct vb_timeline *tl = timeline_of(page_of(shape, VB_NO_TIME), VB_NO_TIME);
        vb_time known = vb_timeline_start(tl, 60);
        assert_near(vb_timeline_start(tl, 119) - known, known * 59 / 60, known / 20);
        vb_timeline_free(tl);
    }
}

static void a_mark_on_the_first_word_alone_tells_no_pace(void **state)
{
    (void)state;
    struct vb_timeline *plain = timeline_of(page_of("9", VB_NO_TIME), 55 * VB_SECOND);
    struct vb_timeline *marked = timeline_of(page_of("@0:00 9", VB_NO_TIME), 55 * VB_SECOND);
    for (uint32_t word = 0; word < 90; word++)
        assert_int_equal(vb_timeline_start(marked, word), vb_timeline_start(plain, word));
    vb_timeline_free(plain);
    vb_timeline_free(marked);
}

/* A recording of which only the beginning is there: its words are not said in haste. */
static void a_recording_cut_short_ends_the_text(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(transcript_of_words(1600), 2 * MINUTE);
    assert_int_equal(vb_timeline_fit(tl), VB_TOO_MANY_WORDS);
    struct vb_timeline *own = timeline_of(transcript_of_words(1600), VB_NO_TIME);
    for (uint32_t word = 0; word < 200; word++)
        assert_int_equal(vb_timeline_start(tl, word), vb_timeline_start(own, word));
    assert_int_equal(vb_timeline_start(tl, 1599), 2 * MINUTE);
    assert_int_equal(vb_timeline_end(tl, 1599), 2 * MINUTE);
    assert_int_equal(vb_timeline_text_end(tl), 2 * MINUTE);
    vb_timeline_free(own);
    vb_timeline_free(tl);
}

static void no_word_is_beyond_the_sound_however_short(void **state)
{
    (void)state;
    const vb_time short_sound = VB_SECOND / 10;
    static const char *const shapes[] = {"9", "3 @0:00 3", "@0:00 @0:01 9", "@0:00 5 @9:00 5"};
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct vb_timeline *tl = timeline_of(page_of(shapes[i], VB_NO_TIME), short_sound);
        for (uint32_t word = 0; word < 60; word++)
            assert_true(vb_timeline_end(tl, word) <= short_sound);
        vb_timeline_free(tl);
    }
}

static void without_a_sound_the_stated_duration_serves(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(page_of("9", 45 * VB_SECOND), VB_NO_TIME);
    assert_near(vb_timeline_text_end(tl), 45 * VB_SECOND, 3 * VB_SECOND);
    vb_timeline_free(tl);
    tl = timeline_of(page_of("9", VB_NO_TIME), VB_NO_TIME); /* nor that: the ordinary pace */
    assert_in_range(vb_timeline_rate(tl), 100, 250);
    assert_int_equal(vb_timeline_fit(tl), VB_FITS);
    vb_timeline_free(tl);
}

/* ---- markers that this sound rules out ---- */

static void a_marker_beyond_the_sound_is_reported_and_not_used(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(page_of("3 @0:15 3 @9:00 3", VB_NO_TIME), MINUTE);
    size_t count;
    const struct vb_unused_marker *unused = vb_timeline_unused(tl, &count);
    assert_int_equal(count, 1);
    assert_int_equal(unused[0].marker, 1);
    assert_int_equal(unused[0].why, VB_BEYOND_THE_SOUND);
    assert_int_equal(vb_timeline_origin(tl, 60), VB_ESTIMATED);
    assert_true(vb_timeline_end(tl, 89) <= MINUTE);
    vb_timeline_free(tl);
}

static void a_marker_that_nobody_could_reach_is_reported_and_not_used(void **state)
{
    (void)state;
    struct vb_timeline *tl =
        timeline_of(page_of("9 9 @0:05 9 @1:50 9", VB_NO_TIME), 3 * MINUTE);
    size_t count;
    const struct vb_unused_marker *unused = vb_timeline_unused(tl, &count);
    assert_int_equal(count, 1);
    assert_int_equal(unused[0].marker, 0);
    assert_int_equal(unused[0].why, VB_TOO_FAST_TO_BE_SAID);
    assert_int_equal(vb_timeline_start(tl, 270), 110 * VB_SECOND);
    vb_timeline_free(tl);
}

static void a_page_whose_every_marker_is_wrong_is_spread_without_them(void **state)
{
    (void)state;
    struct vb_timeline *wrong =
        timeline_of(page_of("9 @40:00 9 @50:00 9 @60:00 9", VB_NO_TIME), 2 * MINUTE);
    struct vb_timeline *none = timeline_of(page_of("9 9 9 9", VB_NO_TIME), 2 * MINUTE);
    size_t count;
    vb_timeline_unused(wrong, &count);
    assert_int_equal(count, 3);
    for (uint32_t word = 0; word < 360; word++)
        assert_int_equal(vb_timeline_start(wrong, word), vb_timeline_start(none, word));
    assert_int_equal(vb_timeline_fit(wrong), VB_FITS);
    vb_timeline_free(wrong);
    vb_timeline_free(none);
}

/* Each marker looked for its spoken word over all directions behind it: half an hour. */
static void many_markers_before_many_directions_are_no_trouble(void **state)
{
    (void)state;
    enum { MARKERS = 200000 };
    struct builder *b = builder_new(VB_STR("x"));
    for (uint32_t i = 0; i < MARKERS; i++) {
        builder_marker(b, i * VB_SECOND, VB_STR("x"), (struct vb_span){0, 1});
        builder_paragraph(b, VB_STAGE, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
        builder_text(b,
                     &(struct piece){
                         VB_STR("rires"), {0, 0},
                          VB_UNSPOKEN, VB_NO_TIME, VB_NO_TIME
        },
                     1);
    }
    struct vb_timeline *tl = timeline_of(builder_finish(b), MINUTE);
    assert_int_equal(vb_timeline_text_end(tl), 0);
    assert_int_equal(vb_timeline_word_at(tl, 0, 0), VB_NONE);
    vb_timeline_free(tl);
}

/* ---- which word is heard ---- */

static struct vb_timeline *eventful(void)
{
    return timeline_of(
        transcript_from("[Jingle]\n<2 4> un deux, trois !\n[Rires]\n<4> quatre\n"
                        "Anne: <10 12> cinq six.\n[Musique]\nKarim: sept huit neuf.\n"
                        "@1:00\ndix onze douze\n[Fin]\n",
                        VB_NO_TIME),
        90 * VB_SECOND);
}

static void the_word_heard_never_goes_back_and_never_depends_on_the_hint(void **state)
{
    (void)state;
    struct vb_timeline *tl = eventful();
    static const uint32_t hints[] = {0, 1, 5, 9, 14, 15, 99, VB_NONE - 70, VB_NONE};
    uint32_t last = 0;
    for (vb_time at = -VB_SECOND; at < 95 * VB_SECOND; at += 7919) {
        uint32_t word = vb_timeline_word_at(tl, at, last);
        for (size_t i = 0; i < COUNT(hints); i++)
            assert_int_equal(vb_timeline_word_at(tl, at, hints[i]), word);
        if (word == VB_NONE)
            continue;
        assert_true(word >= last);
        assert_true(vb_timeline_start(tl, word) <= at);
        last = word;
    }
    assert_int_equal(last, 14);
    vb_timeline_free(tl);
}

static void each_spoken_word_is_heard_at_its_start(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_of_words(1000);
    struct vb_timeline *tl = vb_timeline_new(t, 6 * MINUTE);
    for (uint32_t word = 0; word < 1000; word++) {
        assert_int_equal(vb_timeline_word_at(tl, vb_timeline_start(tl, word), 0), word);
        assert_true(vb_timeline_end(tl, word) >= vb_timeline_start(tl, word));
        if (word)
            assert_true(vb_timeline_start(tl, word) >= vb_timeline_start(tl, word - 1));
    }
    vb_timeline_free(tl);
    vb_transcript_unref(t);
}

static void no_word_is_heard_before_the_first_or_past_the_end(void **state)
{
    (void)state;
    struct vb_timeline *tl =
        timeline_of(transcript_from("<2 4> un deux\n", VB_NO_TIME), 60 * VB_SECOND);
    assert_int_equal(vb_timeline_word_at(tl, 0, 0), VB_NONE);
    assert_int_equal(vb_timeline_word_at(tl, 2 * VB_SECOND - 1, 1), VB_NONE);
    assert_int_equal(vb_timeline_word_at(tl, 2 * VB_SECOND, 1), 0);
    assert_int_equal(vb_timeline_word_at(tl, 4 * VB_SECOND, 0), 1);
    assert_int_equal(vb_timeline_word_at(tl, 6 * VB_SECOND, 1), VB_NONE);
    assert_int_equal(vb_timeline_word_at(tl, VB_NO_TIME, 1), VB_NONE);
    assert_int_equal(vb_timeline_word_at(tl, INT64_MAX, 1), VB_NONE);
    vb_timeline_free(tl);
}

static void a_direction_is_never_the_word_heard(void **state)
{
    (void)state;
    struct vb_timeline *tl = eventful();
    assert_int_equal(vb_timeline_word_at(tl, VB_SECOND, 0), VB_NONE); /* [Jingle] */
    assert_int_equal(vb_timeline_word_at(tl, 4 * VB_SECOND - 1, 0), 3);
    assert_int_equal(vb_timeline_word_at(tl, 4 * VB_SECOND, 0), 5);
    vb_timeline_free(tl);
}

static void a_text_without_words_has_no_times(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(transcript_from("@1:00\n", VB_NO_TIME), 5 * MINUTE);
    assert_int_equal(vb_timeline_text_end(tl), 0);
    assert_int_equal(vb_timeline_word_at(tl, VB_SECOND, 0), VB_NONE);
    assert_int_equal(vb_timeline_fit(tl), VB_FITS);
    assert_true(vb_timeline_rate(tl) == 0);
    vb_timeline_free(tl);
}

/* ---- another copy of the sound ---- */

static void an_offset_moves_what_is_stated_and_what_is_spread(void **state)
{
    (void)state;
    struct vb_transcript *t = page_of("2@1:00 3", VB_NO_TIME);
    static const vb_time offsets[] = {0, 30 * VB_SECOND, -20 * VB_SECOND, -90 * VB_SECOND};
    for (size_t i = 0; i < COUNT(offsets); i++) {
        struct vb_timeline *tl = vb_timeline_new_moved(t, 3 * MINUTE, offsets[i]);
        vb_time marker = MINUTE + offsets[i];
        if (marker > 0) /* nobody says twenty words in no time */
            assert_int_equal(vb_timeline_start(tl, 20), marker);
        assert_int_equal(vb_timeline_start(tl, 0), offsets[i] > 0 ? offsets[i] : 0);
        for (uint32_t word = 1; word < 50; word++)
            assert_true(vb_timeline_start(tl, word) >= vb_timeline_start(tl, word - 1));
        assert_true(vb_timeline_text_end(tl) <= 3 * MINUTE);
        vb_timeline_free(tl);
    }
    vb_transcript_unref(t);
}

static void times_that_were_heard_are_moved_as_they_are(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_of_words(4);
    const struct vb_heard words[] = {
        {VB_SECOND,     2 * VB_SECOND, VB_ALIGNED,   0.9f},
        {2 * VB_SECOND, 3 * VB_SECOND, VB_ALIGNED,   0.8f},
        {5 * VB_SECOND, 6 * VB_SECOND, VB_ESTIMATED, 0   },
        {8 * VB_SECOND, 9 * VB_SECOND, VB_ALIGNED,   0.7f}
    };
    struct vb_timeline *heard = vb_timeline_heard(t, 10 * VB_SECOND, words);
    struct vb_timeline *later = vb_timeline_moved(heard, VB_SECOND * 3 / 2);
    struct vb_timeline *earlier = vb_timeline_moved(heard, -VB_SECOND * 3 / 2);
    assert_int_equal(vb_timeline_start(later, 0), VB_SECOND * 5 / 2);
    assert_int_equal(vb_timeline_end(later, 3), 10 * VB_SECOND); /* where the sound ends */
    assert_int_equal(vb_timeline_start(earlier, 0), 0);
    assert_int_equal(vb_timeline_end(earlier, 0), VB_SECOND / 2);
    assert_int_equal(vb_timeline_origin(later, 2), VB_ESTIMATED);
    assert_true(vb_timeline_confidence(later, 1) == vb_timeline_confidence(heard, 1));
    assert_int_equal(vb_timeline_text_end(earlier), VB_SECOND * 15 / 2);
    vb_timeline_free(heard);
    vb_timeline_free(later);
    vb_timeline_free(earlier);
    vb_transcript_unref(t);
}

static void an_offset_beyond_the_sound_is_no_trouble(void **state)
{
    (void)state;
    struct vb_transcript *t = page_of("2@1:00 3", VB_NO_TIME);
    struct vb_timeline *tl = vb_timeline_new_moved(t, MINUTE, 90 * MINUTE);
    for (uint32_t word = 0; word < 50; word++)
        assert_true(vb_timeline_end(tl, word) <= MINUTE);
    vb_timeline_free(tl);
    vb_transcript_unref(t);
}

/* ---- does it fit? ---- */

static enum vb_fit fit_of(uint32_t words, vb_time duration)
{
    struct vb_timeline *tl = timeline_of(transcript_of_words(words), duration);
    enum vb_fit fit = vb_timeline_fit(tl);
    vb_timeline_free(tl);
    return fit;
}

static void between_60_and_400_words_a_minute_a_pair_fits(void **state)
{
    (void)state;
    assert_int_equal(fit_of(590, 10 * MINUTE), VB_TOO_FEW_WORDS);
    assert_int_equal(fit_of(610, 10 * MINUTE), VB_FITS);
    assert_int_equal(fit_of(1600, 10 * MINUTE), VB_FITS);
    assert_int_equal(fit_of(3990, 10 * MINUTE), VB_FITS);
    assert_int_equal(fit_of(4010, 10 * MINUTE), VB_TOO_MANY_WORDS);
    assert_int_equal(fit_of(10, 10 * MINUTE), VB_FITS); /* a jingle's worth tells nothing */
    assert_int_equal(fit_of(9000, VB_NO_TIME), VB_FITS);
    assert_int_equal(fit_of(30, 0), VB_TOO_MANY_WORDS);
}

static void a_page_of_markers_for_a_longer_sound_does_not_fit(void **state)
{
    (void)state;
    struct vb_timeline *tl =
        timeline_of(page_of("9 @1:00 9 9 9 9 9 9 9 9 9", VB_NO_TIME), 70 * VB_SECOND);
    assert_int_equal(vb_timeline_fit(tl), VB_TOO_MANY_WORDS);
    vb_timeline_free(tl);
}

static void the_rate_counts_words_over_the_time_they_take(void **state)
{
    (void)state;
    struct vb_timeline *tl = timeline_of(page_of("@1:00 9 @2:00 9", VB_NO_TIME), 3 * MINUTE);
    assert_true(fabs(vb_timeline_rate(tl) - 90) < 5);
    vb_timeline_free(tl);
}

static void origins_have_names(void **state)
{
    (void)state;
    assert_string_equal(vb_origin_name(VB_UNKNOWN), "unknown");
    assert_string_equal(vb_origin_name(VB_ESTIMATED), "estimated");
    assert_string_equal(vb_origin_name(VB_INHERITED), "inherited");
    assert_string_equal(vb_origin_name(VB_STATED), "stated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accent_makes_no_word_longer),
        cmocka_unit_test(a_number_takes_the_time_of_its_words),
        cmocka_unit_test(an_acronym_is_said_letter_by_letter),
        cmocka_unit_test(signs_and_wide_characters_are_said),
        cmocka_unit_test(a_pause_follows_punctuation_at_the_end),
        cmocka_unit_test(the_word_after_a_marker_starts_at_the_marker),
        cmocka_unit_test(equal_words_are_spread_evenly_between_two_marks),
        cmocka_unit_test(a_stage_direction_takes_no_time_and_no_marker),
        cmocka_unit_test(the_times_of_cues_are_kept),
        cmocka_unit_test(a_timed_word_is_taken_as_it_stands),
        cmocka_unit_test(a_cue_of_a_hundred_hours_is_no_trouble),
        cmocka_unit_test(cues_out_of_order_leave_the_times_in_order),
        cmocka_unit_test(one_wild_cue_spoils_no_time_but_its_own),
        cmocka_unit_test(an_unfinished_last_turn_does_not_stretch_over_the_rest),
        cmocka_unit_test(words_are_spread_over_speech_and_not_over_music_or_silence),
        cmocka_unit_test(known_times_stay_where_nobody_was_heard_to_speak),
        cmocka_unit_test(a_text_without_markers_fills_its_sound),
        cmocka_unit_test(a_short_text_does_not_crawl_through_a_long_sound),
        cmocka_unit_test(the_pace_between_markers_goes_on_behind_them),
        cmocka_unit_test(a_mark_on_the_first_word_alone_tells_no_pace),
        cmocka_unit_test(a_recording_cut_short_ends_the_text),
        cmocka_unit_test(no_word_is_beyond_the_sound_however_short),
        cmocka_unit_test(without_a_sound_the_stated_duration_serves),
        cmocka_unit_test(a_marker_beyond_the_sound_is_reported_and_not_used),
        cmocka_unit_test(a_marker_that_nobody_could_reach_is_reported_and_not_used),
        cmocka_unit_test(a_page_whose_every_marker_is_wrong_is_spread_without_them),
        cmocka_unit_test(many_markers_before_many_directions_are_no_trouble),
        cmocka_unit_test(the_word_heard_never_goes_back_and_never_depends_on_the_hint),
        cmocka_unit_test(each_spoken_word_is_heard_at_its_start),
        cmocka_unit_test(no_word_is_heard_before_the_first_or_past_the_end),
        cmocka_unit_test(a_direction_is_never_the_word_heard),
        cmocka_unit_test(a_text_without_words_has_no_times),
        cmocka_unit_test(between_60_and_400_words_a_minute_a_pair_fits),
        cmocka_unit_test(a_page_of_markers_for_a_longer_sound_does_not_fit),
        cmocka_unit_test(the_rate_counts_words_over_the_time_they_take),
        cmocka_unit_test(origins_have_names),
        cmocka_unit_test(an_offset_moves_what_is_stated_and_what_is_spread),
        cmocka_unit_test(times_that_were_heard_are_moved_as_they_are),
        cmocka_unit_test(an_offset_beyond_the_sound_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
