/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caret in a file of cues: dividing and joining them, each with its time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/editing.h"
#include "app/turns.h"
#include "base/str.h"
#include "support/support_session.h"

static struct session s;

static int begin(void **state)
{
    (void)state;
    begin_session(&s);
    return 0;
}

static int end(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static const char three_cues[] =
    "1\n00:00:01,000 --> 00:00:05,000\nAnne : Un deux trois quatre\n\n"
    "2\n00:00:06,000 --> 00:00:07,500\ncinq six\n\n"
    "3\n00:00:08,000 --> 00:00:09,000\nKarim : Non.\n\n"
    "7\n00:00:10,000 --> 00:00:11,000\nAnne : Si.\n\n"
    "8\n00:00:12,000 --> 00:00:13,000\nKarim : Bon.\n";

static void a_cue_is_divided_where_its_next_word_is_heard(void **state)
{
    (void)state;
    open_made(&s, "divided.srt", three_cues);
    caret_before(&s, "trois");
    turns_ask_split(&s);
    text_holds(&s, "Anne : Un deux\n\n2\n00:00:0");
    text_holds(&s, " --> 00:00:05,000\ntrois quatre\n\n3\n00:00:06,000 --> 00:00:07,500\ncinq");
    text_holds(&s, "4\n00:00:08,000"); /* they count on … */
    text_holds(&s, "\n7\n00:00:10");   /* … as far as they did */
    const struct vb_paragraph *first = vb_paragraph(s.transcript, 0);
    const struct vb_paragraph *second = vb_paragraph(s.transcript, 1);
    assert_int_equal(first->end, second->start);
    assert_true(first->end > 2 * VB_SECOND && first->end < 4 * VB_SECOND);
    assert_int_equal(first->turn, second->turn);
    assert_int_equal(caret_place(&s), place_of(&s, "trois"));
    session_undo_edit(&s);
    whole_page_is(&s, three_cues);
}

static void cues_are_joined_and_last_as_long_as_both(void **state)
{
    (void)state;
    open_made(&s, "joined.srt", three_cues);
    caret_before(&s, "cinq");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    text_holds(&s, "1\n00:00:01,000 --> 00:00:07,500\nAnne : Un deux trois quatre\ncinq six\n\n"
                   "2\n00:00:08,000 --> ");
    text_holds(&s, "\n7\n00:00:10");
    assert_int_equal(caret_place(&s), place_of(&s, "cinq"));
    session_undo_edit(&s);
    whole_page_is(&s, three_cues);
}

static void two_voices_are_not_one_cue(void **state)
{
    (void)state;
    open_made(&s, "voices.srt", three_cues);
    caret_before(&s, "Non");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    assert_non_null(strstr(last_said(&s), "two voices"));
    caret_before(&s, "Un");
    turns_ask_split(&s);
    assert_non_null(strstr(last_said(&s), "between two of its words"));
    whole_page_is(&s, three_cues);
}

static void a_cue_of_webvtt_keeps_its_voice_its_place_and_its_line_ends(void **state)
{
    static const char text[] = "WEBVTT\r\n\r\nintro\r\n00:01.000 --> 00:04.000 line:0\r\n"
                               "<v Anne>Un <i>deux</i>\r\ntrois quatre</v>\r\n\r\n"
                               "00:05.000 --> 00:06.000\r\n<v Anne>cinq</v>\r\n";
    (void)state;
    open_made(&s, "voice.vtt", text);
    caret_before(&s, "trois");
    turns_ask_split(&s);
    text_holds(&s, "line:0\r\n<v Anne>Un <i>deux</i>\r\n\r\n00:0");
    text_holds(&s, " --> 00:04.000 line:0\r\n<v Anne>trois quatre</v>\r\n\r\n00:05.000");
    assert_int_equal(vb_turn_count(s.transcript), 1);
    caret_erase(&s, STEP_GRAPHEME_BACK);
    whole_page_is(&s, "WEBVTT\r\n\r\nintro\r\n00:01.000 --> 00:04.000 line:0\r\n"
                      "<v Anne>Un <i>deux</i>\r\ntrois quatre</v>\r\n\r\n"
                      "00:05.000 --> 00:06.000\r\n<v Anne>cinq</v>\r\n");
    caret_before(&s, "cinq");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    whole_page_is(&s, "WEBVTT\r\n\r\nintro\r\n00:01.000 --> 00:06.000 line:0\r\n"
                      "<v Anne>Un <i>deux</i>\r\ntrois quatre\r\ncinq</v>\r\n");
}

static void times_are_written_as_the_line_at_hand_writes_them(void **state)
{
    (void)state;
    open_made(&s, "short.sbv",
              "0:00:01.000,0:00:03.000\nUn deux\n\n0:00:04.000,0:00:05.000\nOui.\n");
    caret_before(&s, "deux");
    turns_ask_split(&s);
    text_holds(&s, "0:00:01.000,0:00:01.");
    text_holds(&s, "Un\n\n0:00:01.");
    text_holds(&s, ",0:00:03.000\ndeux\n\n0:00:04");
}

static void a_row_of_a_table_stays_whole(void **state)
{
    static const char rows[] = "start\tend\ttext\n1000\t2000\tUn deux\n3000\t4000\tOui.\n";
    (void)state;
    open_made(&s, "rows.tsv", rows);
    caret_before(&s, "deux");
    turns_ask_split(&s);
    assert_true(strlen(last_said(&s)) > 0);
    caret_before(&s, "Oui");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    whole_page_is(&s, rows);
}

#define CLAIM(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(a_cue_is_divided_where_its_next_word_is_heard),
        CLAIM(cues_are_joined_and_last_as_long_as_both),
        CLAIM(two_voices_are_not_one_cue),
        CLAIM(a_cue_of_webvtt_keeps_its_voice_its_place_and_its_line_ends),
        CLAIM(times_are_written_as_the_line_at_hand_writes_them),
        CLAIM(a_row_of_a_table_stays_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
