/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caret in the text: what is typed stands in the file, and nothing else changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/editing.h"
#include "app/passages.h"
#include "app/turns.h"
#include "base/str.h"
#include "support/support_session.h"
#include "support/support_sound.h"

static const char page[] =
    "Titre : Essai\n\nIntervenants : Anne - Karim\n\nTranscription\n\n"
    "Anne : II a écrit cela, et c’est bien le travail que nous faisons.\n\n"
    "Karim : Bien sûr, et puis encore.\nUne suite.\n\n"
    "16’ 20\n\nAnne : Voilà.\n";

static struct session s;
static vb_time clock_now;

static void pass(vb_time time)
{
    session_update(&s, clock_now += time);
}

static int begin(void **state)
{
    (void)state;
    session_init(&s, &vb_sink_null, NULL, NULL);
    clock_now = 1000 * VB_SECOND;
    s.clock = clock_now;
    return 0;
}

static int end(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static void open_text(const char *name, const char *text)
{
    const char *path = temp_path(name);
    write_bytes(path, text, strlen(text));
    assert_true(session_open(&s, path, NULL));
    pass(1000);
}

static uint32_t place_of(const char *text)
{
    size_t at = str_find(vb_document_text(s.document), str_of(text));
    assert_true(at != STR_NOT_FOUND);
    return (uint32_t)at;
}

/* The caret before that text. */
static void caret_before(const char *text)
{
    assert_true(session_edit_begin(&s, place_of(text)));
    assert_int_equal(caret_place(&s), place_of(text));
}

static void type(const char *text)
{
    vb_str rest = str_of(text);
    for (size_t at = 0; at < rest.len;) {
        size_t from = at;
        str_next(rest, &at);
        caret_type(&s, str_cut(rest, from, at));
    }
}

static void rest_a_while(void)
{
    pass(VB_SECOND / 2);
    pass(VB_SECOND);
}

static void text_holds(const char *text)
{
    if (str_find(vb_document_text(s.document), str_of(text)) == STR_NOT_FOUND)
        fail_msg("“%s” is not in the page:\n%.*s", text, (int)vb_document_text(s.document).len,
                 vb_document_text(s.document).data);
}

static void what_is_typed_stands_in_the_file_and_nothing_else_changes(void **state)
{
    (void)state;
    open_text("typed.txt", page);
    caret_before("écrit");
    type("tout ");
    rest_a_while();
    text_holds("Anne : II a tout écrit cela, et");
    assert_int_equal(vb_document_text(s.document).len, strlen(page) + strlen("tout "));
    assert_true(session_changed(&s));
}

static void nothing_is_read_anew_while_a_hand_types(void **state)
{
    (void)state;
    open_text("anew.txt", page);
    uint32_t edits = s.edits;
    caret_before("écrit");
    type("tout ");
    assert_int_equal(s.edits, edits);
    assert_true(session_changed(&s));
    assert_true(session_edit_end(&s));
    assert_int_equal(s.edits, edits + 1);
}

static void typing_is_a_step_of_undo_and_erasing_another(void **state)
{
    (void)state;
    open_text("steps.txt", page);
    caret_before("écrit");
    type("bien ");
    for (int i = 0; i < 3; i++)
        caret_erase(&s, STEP_GRAPHEME_BACK);
    type("nnn");
    session_undo_edit(&s);
    text_holds("II a biécrit");
    session_undo_edit(&s);
    text_holds("II a bien écrit");
    session_undo_edit(&s);
    text_holds("II a écrit");
    session_redo_edit(&s);
    session_redo_edit(&s);
    session_redo_edit(&s);
    text_holds("II a binnnécrit");
}

static void undo_brings_the_caret_to_what_changed(void **state)
{
    (void)state;
    open_text("where.txt", page);
    caret_before("écrit");
    type("tout ");
    caret_go(&s, place_of("suite"), false);
    session_undo_edit(&s);
    assert_int_equal(caret_place(&s), place_of("écrit"));
}

static void a_letter_of_two_characters_is_erased_as_one(void **state)
{
    (void)state;
    open_text("grapheme.txt", page);
    caret_before("écrit");
    type("e\xCC\x81");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    rest_a_while();
    assert_int_equal(vb_document_text(s.document).len, strlen(page));
}

static void a_caret_walks_from_passage_to_passage(void **state)
{
    (void)state;
    open_text("walk.txt", page);
    caret_before("Une suite");
    caret_step(&s, STEP_GRAPHEME_BACK, false);
    assert_int_equal(caret_place(&s), place_of("encore.") + 7);
    caret_step(&s, STEP_GRAPHEME_ON, false);
    assert_int_equal(caret_place(&s), place_of("Une suite"));
    caret_step(&s, STEP_PASSAGE_ON, false);
    caret_step(&s, STEP_GRAPHEME_ON, false);
    assert_int_equal(caret_place(&s), place_of("16’ 20"));
    caret_step(&s, STEP_TOP, false);
    assert_int_equal(caret_place(&s), place_of("II a"));
    caret_step(&s, STEP_BOTTOM, false);
    assert_int_equal(caret_place(&s), place_of("Voilà.") + strlen("Voilà."));
}

static void enter_divides_a_paragraph_as_the_page_does(void **state)
{
    (void)state;
    open_text("enter.txt", page);
    caret_before("et puis");
    caret_enter(&s);
    text_holds("Bien sûr,\net puis encore.\nUne suite.");
    assert_int_equal(caret_place(&s), place_of("et puis"));
    caret_erase(&s, STEP_GRAPHEME_BACK);
    text_holds("Bien sûr, et puis encore.\nUne suite.");
    assert_int_equal(caret_place(&s), place_of("et puis"));
}

static void a_new_paragraph_at_the_end_is_typed_into(void **state)
{
    (void)state;
    open_text("empty.txt", page);
    caret_before("Une suite");
    caret_step(&s, STEP_PASSAGE_ON, false);
    caret_enter(&s);
    assert_int_equal(caret_text(&s).len, 0);
    type("Encore une.");
    rest_a_while();
    text_holds("Une suite.\nEncore une.\n\n16’ 20");
    assert_int_equal(vb_paragraph_count(s.transcript), 5);
}

static void backspace_at_the_beginning_of_a_turn_joins_it(void **state)
{
    (void)state;
    open_text("join.txt", page);
    caret_before("Bien sûr");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    text_holds("nous faisons. Bien sûr");
    assert_int_equal(vb_turn_count(s.transcript), 2);
    session_undo_edit(&s);
    assert_int_equal(vb_turn_count(s.transcript), 3);
}

static void a_selection_over_turns_is_typed_over(void **state)
{
    (void)state;
    open_text("over.txt", page);
    caret_before("que nous");
    caret_go(&s, place_of("puis encore"), true);
    struct buf text = {0};
    caret_selected_text(&s, &text);
    assert_true(str_starts(buf_str(&text), "que nous faisons.\n\nKarim : Bien"));
    buf_free(&text);
    caret_type(&s, VB_STR("X"));
    rest_a_while();
    text_holds("le travail Xpuis encore.");
}

static void several_lines_are_pasted_as_paragraphs(void **state)
{
    (void)state;
    open_text("paste.txt", page);
    caret_before("Une suite");
    uint32_t paragraphs = vb_paragraph_count(s.transcript);
    caret_paste(&s, VB_STR("Un.\r\nDeux.\n"));
    text_holds("encore.\nUn.\nDeux.\nUne suite.");
    assert_int_equal(vb_paragraph_count(s.transcript), paragraphs + 2);
}

static void french_signs_get_their_spaces(void **state)
{
    (void)state;
    open_text("signs.txt", page);
    caret_before("Une suite");
    type("Quoi? Ah ! Oui: « tiens » l'été à 12:30 https://x.org/?a;b ");
    rest_a_while();
    text_holds("Quoi\u202F? Ah\u202F! Oui\u00A0: «\u00A0tiens\u00A0» l’été à 12:30 "
               "https://x.org/?a;b Une suite");
}

static void signs_stay_as_they_are_typed_where_that_is_wanted(void **state)
{
    (void)state;
    open_text("plain.txt", page);
    s.settings.typography = false;
    caret_before("Une suite");
    type("Quoi? l'été ");
    rest_a_while();
    text_holds("Quoi? l'été Une suite");
}

static void a_page_in_english_is_left_alone(void **state)
{
    (void)state;
    open_text(
        "english.txt",
        "Transcription\n\nAnne : This is what we said about it, and the rest of the story "
        "is that they have been there.\n\nKarim : It was the one.\n");
    caret_before("It was");
    type("Really? ");
    rest_a_while();
    text_holds("Really? It was");
}

static void a_turn_is_divided_with_the_label_of_another(void **state)
{
    (void)state;
    struct buf why = {0}, offer = {0};
    open_text("divide.txt", page);
    caret_before("et puis");
    turns_offer_speaker(&s, &offer);
    assert_string_equal(offer.data, "Anne");
    assert_true(turns_split(&s, buf_str(&offer), &why));
    text_holds("Karim : Bien sûr,\n\nAnne : et puis encore.");
    assert_int_equal(caret_place(&s), place_of("et puis"));
    session_undo_edit(&s);
    text_holds("Karim : Bien sûr, et puis encore.");
    buf_free(&offer);
    buf_free(&why);
}

static void a_speaker_is_renamed_in_labels_and_header(void **state)
{
    (void)state;
    struct buf why = {0}, preview = {0};
    open_text("rename.txt", page);
    caret_before("II a");
    turns_preview_rename(&s, VB_STR("Anne Martin"), &preview);
    assert_string_equal(preview.data, "2 labels, and the header");
    assert_true(turns_rename(&s, VB_STR("Anne Martin"), &why));
    text_holds("Intervenants : Anne Martin - Karim\n");
    text_holds("Anne Martin : II a écrit");
    text_holds("Anne Martin : Voilà.");
    session_undo_edit(&s);
    assert_int_equal(vb_document_text(s.document).len, strlen(page));
    buf_free(&preview);
    buf_free(&why);
}

static void a_page_that_is_only_exported_says_so(void **state)
{
    (void)state;
    open_text("page.html", "<html><body><p>Transcription</p><p><b>Anne : </b>Bonjour.</p>"
                           "<p><b>Karim : </b>Salut.</p></body></html>");
    assert_false(session_edit_begin(&s, 60));
    assert_non_null(strstr(last_said(&s), "HTML"));
    assert_false(s.caret.on);
}

static void a_letter_that_the_file_cannot_hold_is_refused_and_nothing_is_lost(void **state)
{
    (void)state;
    open_text("latin.txt",
              "Transcription\n\nAnne : Voil\xE0 l'\xE9t\xE9 du cin\xE9ma, et puis bien s\xFBr "
              "l'hiver.\n\nKarim : Oui.\n");
    caret_before("Oui");
    type("日 ");
    assert_false(caret_commit(&s));
    assert_non_null(strstr(last_said(&s), "日"));
    assert_true(str_find(caret_text(&s), VB_STR("日")) != STR_NOT_FOUND);
    session_undo_edit(&s);
    assert_true(str_find(caret_text(&s), VB_STR("日")) == STR_NOT_FOUND);
    assert_true(session_edit_end(&s));
    assert_false(session_changed(&s));
}

static void another_change_while_something_is_typed_finds_its_place(void **state)
{
    (void)state;
    open_text("both.txt", page);
    struct vb_span span = {place_of("Voilà"), (uint32_t)strlen("Voilà")};
    caret_before("écrit");
    type("tout ");
    assert_true(session_replace(&s, span, VB_STR("Certes"), NULL));
    text_holds("II a tout écrit");
    text_holds("Anne : Certes.");
}

static void words_that_stayed_keep_their_times(void **state)
{
    (void)state;
    open_text("times.srt", "1\n00:00:01,000 --> 00:00:03,000\nBonjour à tous\n\n"
                           "2\n00:00:05,000 --> 00:00:06,000\nSalut\n");
    caret_before("à tous");
    type("bien ");
    caret_enter(&s);
    rest_a_while();
    text_holds("Bonjour bien\nà tous\n\n2");
    uint32_t last = vb_word_count(s.transcript) - 1;
    assert_int_equal(vb_timeline_start(s.timeline, last), 5 * VB_SECOND);
}

static void begin_playing(void)
{
    struct sound sound = at_rate(tone(440, 8000 * 30), 8000);
    session_free(&s);
    session_init(&s, &hand_sink, NULL, NULL);
    s.settings.align = false;
    write_sound(temp_path("talk.wav"), &sound, AS_WAV);
    sound_free(&sound);
    write_bytes(temp_path("talk.txt"), page, strlen(page));
    assert_true(session_open_pair(&s, temp_path("talk.wav"), temp_path("talk.txt"), NULL));
    pass(1000);
    s.settings.typing_pauses = true;
    session_seek(&s, 10 * VB_SECOND);
    session_play(&s);
    pass(1000);
    assert_int_equal(s.now.phase, VB_PLAYING);
}

static void the_sound_waits_while_one_types_and_goes_on_half_a_second_before(void **state)
{
    (void)state;
    begin_playing();
    caret_before("écrit");
    type("tout ");
    pass(1000);
    assert_int_equal(s.now.phase, VB_PAUSED);
    vb_time paused = s.now.position;
    pass(VB_SECOND);
    type("de");
    pass(VB_SECOND);
    assert_int_equal(s.now.phase, VB_PAUSED); /* the hand does not rest yet */
    pass(VB_SECOND);
    pass(1000);
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_int_equal(s.now.position, paused - VB_SECOND / 2);
}

static void who_leaves_the_text_hears_on_at_once(void **state)
{
    (void)state;
    begin_playing();
    caret_before("écrit");
    type("tout ");
    pass(1000);
    session_edit_end(&s);
    pass(1000);
    pass(1000);
    assert_int_equal(s.now.phase, VB_PLAYING);
}

static void a_sound_that_was_paused_by_hand_stays_so(void **state)
{
    (void)state;
    begin_playing();
    caret_before("écrit");
    type("tout ");
    pass(1000);
    session_play(&s);
    pass(1000);
    session_pause(&s);
    pass(3 * VB_SECOND);
    pass(1000);
    assert_int_equal(s.now.phase, VB_PAUSED);
}

/* ---- cues ---- */

static void whole_page_is(const char *text)
{
    vb_str is = vb_document_text(s.document);
    if (!str_is(is, str_of(text)))
        fail_msg("the page is:\n%.*s", (int)is.len, is.data);
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
    open_text("divided.srt", three_cues);
    caret_before("trois");
    turns_ask_split(&s);
    text_holds("Anne : Un deux\n\n2\n00:00:0");
    text_holds(" --> 00:00:05,000\ntrois quatre\n\n3\n00:00:06,000 --> 00:00:07,500\ncinq");
    text_holds("4\n00:00:08,000"); /* they count on … */
    text_holds("\n7\n00:00:10");   /* … as far as they did */
    const struct vb_paragraph *first = vb_paragraph(s.transcript, 0);
    const struct vb_paragraph *second = vb_paragraph(s.transcript, 1);
    assert_int_equal(first->end, second->start);
    assert_true(first->end > 2 * VB_SECOND && first->end < 4 * VB_SECOND);
    assert_int_equal(first->turn, second->turn);
    assert_int_equal(caret_place(&s), place_of("trois"));
    session_undo_edit(&s);
    whole_page_is(three_cues);
}

static void cues_are_joined_and_last_as_long_as_both(void **state)
{
    (void)state;
    open_text("joined.srt", three_cues);
    caret_before("cinq");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    text_holds("1\n00:00:01,000 --> 00:00:07,500\nAnne : Un deux trois quatre\ncinq six\n\n"
               "2\n00:00:08,000 --> ");
    text_holds("\n7\n00:00:10");
    assert_int_equal(caret_place(&s), place_of("cinq"));
    session_undo_edit(&s);
    whole_page_is(three_cues);
}

static void two_voices_are_not_one_cue(void **state)
{
    (void)state;
    open_text("voices.srt", three_cues);
    caret_before("Non");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    assert_non_null(strstr(last_said(&s), "two voices"));
    caret_before("Un");
    turns_ask_split(&s);
    assert_non_null(strstr(last_said(&s), "between two of its words"));
    whole_page_is(three_cues);
}

static void a_cue_of_webvtt_keeps_its_voice_its_place_and_its_line_ends(void **state)
{
    static const char text[] = "WEBVTT\r\n\r\nintro\r\n00:01.000 --> 00:04.000 line:0\r\n"
                               "<v Anne>Un <i>deux</i>\r\ntrois quatre</v>\r\n\r\n"
                               "00:05.000 --> 00:06.000\r\n<v Anne>cinq</v>\r\n";
    (void)state;
    open_text("voice.vtt", text);
    caret_before("trois");
    turns_ask_split(&s);
    text_holds("line:0\r\n<v Anne>Un <i>deux</i>\r\n\r\n00:0");
    text_holds(" --> 00:04.000 line:0\r\n<v Anne>trois quatre</v>\r\n\r\n00:05.000");
    assert_int_equal(vb_turn_count(s.transcript), 1);
    caret_erase(&s, STEP_GRAPHEME_BACK);
    whole_page_is("WEBVTT\r\n\r\nintro\r\n00:01.000 --> 00:04.000 line:0\r\n"
                  "<v Anne>Un <i>deux</i>\r\ntrois quatre</v>\r\n\r\n"
                  "00:05.000 --> 00:06.000\r\n<v Anne>cinq</v>\r\n");
    caret_before("cinq");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    whole_page_is("WEBVTT\r\n\r\nintro\r\n00:01.000 --> 00:06.000 line:0\r\n"
                  "<v Anne>Un <i>deux</i>\r\ntrois quatre\r\ncinq</v>\r\n");
}

static void times_are_written_as_the_line_at_hand_writes_them(void **state)
{
    (void)state;
    open_text("short.sbv",
              "0:00:01.000,0:00:03.000\nUn deux\n\n0:00:04.000,0:00:05.000\nOui.\n");
    caret_before("deux");
    turns_ask_split(&s);
    text_holds("0:00:01.000,0:00:01.");
    text_holds("Un\n\n0:00:01.");
    text_holds(",0:00:03.000\ndeux\n\n0:00:04");
}

static void a_row_of_a_table_stays_whole(void **state)
{
    static const char rows[] = "start\tend\ttext\n1000\t2000\tUn deux\n3000\t4000\tOui.\n";
    (void)state;
    open_text("rows.tsv", rows);
    caret_before("deux");
    turns_ask_split(&s);
    assert_true(strlen(last_said(&s)) > 0);
    caret_before("Oui");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    whole_page_is(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_is_typed_stands_in_the_file_and_nothing_else_changes, begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_read_anew_while_a_hand_types, begin, end),
        cmocka_unit_test_setup_teardown(typing_is_a_step_of_undo_and_erasing_another, begin,
                                        end),
        cmocka_unit_test_setup_teardown(undo_brings_the_caret_to_what_changed, begin, end),
        cmocka_unit_test_setup_teardown(a_letter_of_two_characters_is_erased_as_one, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_caret_walks_from_passage_to_passage, begin, end),
        cmocka_unit_test_setup_teardown(enter_divides_a_paragraph_as_the_page_does, begin, end),
        cmocka_unit_test_setup_teardown(a_new_paragraph_at_the_end_is_typed_into, begin, end),
        cmocka_unit_test_setup_teardown(backspace_at_the_beginning_of_a_turn_joins_it, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_selection_over_turns_is_typed_over, begin, end),
        cmocka_unit_test_setup_teardown(several_lines_are_pasted_as_paragraphs, begin, end),
        cmocka_unit_test_setup_teardown(french_signs_get_their_spaces, begin, end),
        cmocka_unit_test_setup_teardown(signs_stay_as_they_are_typed_where_that_is_wanted,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_page_in_english_is_left_alone, begin, end),
        cmocka_unit_test_setup_teardown(a_turn_is_divided_with_the_label_of_another, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_speaker_is_renamed_in_labels_and_header, begin, end),
        cmocka_unit_test_setup_teardown(a_page_that_is_only_exported_says_so, begin, end),
        cmocka_unit_test_setup_teardown(
            a_letter_that_the_file_cannot_hold_is_refused_and_nothing_is_lost, begin, end),
        cmocka_unit_test_setup_teardown(another_change_while_something_is_typed_finds_its_place,
                                        begin, end),
        cmocka_unit_test_setup_teardown(words_that_stayed_keep_their_times, begin, end),
        cmocka_unit_test_setup_teardown(
            the_sound_waits_while_one_types_and_goes_on_half_a_second_before, begin, end),
        cmocka_unit_test_setup_teardown(who_leaves_the_text_hears_on_at_once, begin, end),
        cmocka_unit_test_setup_teardown(a_sound_that_was_paused_by_hand_stays_so, begin, end),
        cmocka_unit_test_setup_teardown(a_cue_is_divided_where_its_next_word_is_heard, begin,
                                        end),
        cmocka_unit_test_setup_teardown(cues_are_joined_and_last_as_long_as_both, begin, end),
        cmocka_unit_test_setup_teardown(two_voices_are_not_one_cue, begin, end),
        cmocka_unit_test_setup_teardown(
            a_cue_of_webvtt_keeps_its_voice_its_place_and_its_line_ends, begin, end),
        cmocka_unit_test_setup_teardown(times_are_written_as_the_line_at_hand_writes_them,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_row_of_a_table_stays_whole, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
