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

static void what_is_typed_stands_in_the_file_and_nothing_else_changes(void **state)
{
    (void)state;
    open_made(&s, "typed.txt", page);
    caret_before(&s, "écrit");
    type(&s, "tout ");
    rest_a_while(&s);
    text_holds(&s, "Anne : II a tout écrit cela, et");
    assert_int_equal(vb_document_text(s.document).len, strlen(page) + strlen("tout "));
    assert_true(session_changed(&s));
}

static void nothing_is_read_anew_while_a_hand_types(void **state)
{
    (void)state;
    open_made(&s, "anew.txt", page);
    uint32_t edits = s.edits;
    caret_before(&s, "écrit");
    type(&s, "tout ");
    assert_int_equal(s.edits, edits);
    assert_true(session_changed(&s));
    assert_true(session_edit_end(&s));
    assert_int_equal(s.edits, edits + 1);
}

static void typing_is_a_step_of_undo_and_erasing_another(void **state)
{
    (void)state;
    open_made(&s, "steps.txt", page);
    caret_before(&s, "écrit");
    type(&s, "bien ");
    for (int i = 0; i < 3; i++)
        caret_erase(&s, STEP_GRAPHEME_BACK);
    type(&s, "nnn");
    session_undo_edit(&s);
    text_holds(&s, "II a biécrit");
    session_undo_edit(&s);
    text_holds(&s, "II a bien écrit");
    session_undo_edit(&s);
    text_holds(&s, "II a écrit");
    session_redo_edit(&s);
    session_redo_edit(&s);
    session_redo_edit(&s);
    text_holds(&s, "II a binnnécrit");
}

static void undo_brings_the_caret_to_what_changed(void **state)
{
    (void)state;
    open_made(&s, "where.txt", page);
    caret_before(&s, "écrit");
    type(&s, "tout ");
    caret_go(&s, place_of(&s, "suite"), false);
    session_undo_edit(&s);
    assert_int_equal(caret_place(&s), place_of(&s, "écrit"));
}

static void a_letter_of_two_characters_is_erased_as_one(void **state)
{
    (void)state;
    open_made(&s, "grapheme.txt", page);
    caret_before(&s, "écrit");
    type(&s, "e\xCC\x81");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    rest_a_while(&s);
    assert_int_equal(vb_document_text(s.document).len, strlen(page));
}

static void a_caret_walks_from_passage_to_passage(void **state)
{
    (void)state;
    open_made(&s, "walk.txt", page);
    caret_before(&s, "Une suite");
    caret_step(&s, STEP_GRAPHEME_BACK, false);
    assert_int_equal(caret_place(&s), place_of(&s, "encore.") + 7);
    caret_step(&s, STEP_GRAPHEME_ON, false);
    assert_int_equal(caret_place(&s), place_of(&s, "Une suite"));
    caret_step(&s, STEP_PASSAGE_ON, false);
    caret_step(&s, STEP_GRAPHEME_ON, false);
    assert_int_equal(caret_place(&s), place_of(&s, "16’ 20"));
    caret_step(&s, STEP_TOP, false);
    assert_int_equal(caret_place(&s), place_of(&s, "II a"));
    caret_step(&s, STEP_BOTTOM, false);
    assert_int_equal(caret_place(&s), place_of(&s, "Voilà.") + strlen("Voilà."));
}

static void enter_divides_a_paragraph_as_the_page_does(void **state)
{
    (void)state;
    open_made(&s, "enter.txt", page);
    caret_before(&s, "et puis");
    caret_enter(&s);
    text_holds(&s, "Bien sûr,\net puis encore.\nUne suite.");
    assert_int_equal(caret_place(&s), place_of(&s, "et puis"));
    caret_erase(&s, STEP_GRAPHEME_BACK);
    text_holds(&s, "Bien sûr, et puis encore.\nUne suite.");
    assert_int_equal(caret_place(&s), place_of(&s, "et puis"));
}

static void a_new_paragraph_at_the_end_is_typed_into(void **state)
{
    (void)state;
    open_made(&s, "empty.txt", page);
    caret_before(&s, "Une suite");
    caret_step(&s, STEP_PASSAGE_ON, false);
    caret_enter(&s);
    assert_int_equal(caret_text(&s).len, 0);
    type(&s, "Encore une.");
    rest_a_while(&s);
    text_holds(&s, "Une suite.\nEncore une.\n\n16’ 20");
    assert_int_equal(vb_paragraph_count(s.transcript), 5);
}

static void backspace_at_the_beginning_of_a_turn_joins_it(void **state)
{
    (void)state;
    open_made(&s, "join.txt", page);
    caret_before(&s, "Bien sûr");
    caret_erase(&s, STEP_GRAPHEME_BACK);
    text_holds(&s, "nous faisons. Bien sûr");
    assert_int_equal(vb_turn_count(s.transcript), 2);
    session_undo_edit(&s);
    assert_int_equal(vb_turn_count(s.transcript), 3);
}

static void a_selection_over_turns_is_typed_over(void **state)
{
    (void)state;
    open_made(&s, "over.txt", page);
    caret_before(&s, "que nous");
    caret_go(&s, place_of(&s, "puis encore"), true);
    struct buf text = {0};
    caret_selected_text(&s, &text);
    assert_true(str_starts(buf_str(&text), "que nous faisons.\n\nKarim : Bien"));
    buf_free(&text);
    caret_type(&s, VB_STR("X"));
    rest_a_while(&s);
    text_holds(&s, "le travail Xpuis encore.");
}

static void several_lines_are_pasted_as_paragraphs(void **state)
{
    (void)state;
    open_made(&s, "paste.txt", page);
    caret_before(&s, "Une suite");
    uint32_t paragraphs = vb_paragraph_count(s.transcript);
    caret_paste(&s, VB_STR("Un.\r\nDeux.\n"));
    text_holds(&s, "encore.\nUn.\nDeux.\nUne suite.");
    assert_int_equal(vb_paragraph_count(s.transcript), paragraphs + 2);
}

static void french_signs_get_their_spaces(void **state)
{
    (void)state;
    open_made(&s, "signs.txt", page);
    caret_before(&s, "Une suite");
    type(&s, "Quoi? Ah ! Oui: « tiens » l'été à 12:30 https://x.org/?a;b ");
    rest_a_while(&s);
    text_holds(&s, "Quoi\u202F? Ah\u202F! Oui\u00A0: «\u00A0tiens\u00A0» l’été à 12:30 "
                   "https://x.org/?a;b Une suite");
}

static void signs_stay_as_they_are_typed_where_that_is_wanted(void **state)
{
    (void)state;
    open_made(&s, "plain.txt", page);
    s.settings.typography = false;
    caret_before(&s, "Une suite");
    type(&s, "Quoi? l'été ");
    rest_a_while(&s);
    text_holds(&s, "Quoi? l'été Une suite");
}

static void a_page_in_english_is_left_alone(void **state)
{
    (void)state;
    open_made(
        &s, "english.txt",
        "Transcription\n\nAnne : This is what we said about it, and the rest of the story "
        "is that they have been there.\n\nKarim : It was the one.\n");
    caret_before(&s, "It was");
    type(&s, "Really? ");
    rest_a_while(&s);
    text_holds(&s, "Really? It was");
}

static void a_turn_is_divided_with_the_label_of_another(void **state)
{
    (void)state;
    struct buf why = {0}, offer = {0};
    open_made(&s, "divide.txt", page);
    caret_before(&s, "et puis");
    turns_offer_speaker(&s, &offer);
    assert_string_equal(offer.data, "Anne");
    assert_true(turns_split(&s, buf_str(&offer), &why));
    text_holds(&s, "Karim : Bien sûr,\n\nAnne : et puis encore.");
    assert_int_equal(caret_place(&s), place_of(&s, "et puis"));
    session_undo_edit(&s);
    text_holds(&s, "Karim : Bien sûr, et puis encore.");
    buf_free(&offer);
    buf_free(&why);
}

static void a_speaker_is_renamed_in_labels_and_header(void **state)
{
    (void)state;
    struct buf why = {0}, preview = {0};
    open_made(&s, "rename.txt", page);
    caret_before(&s, "II a");
    turns_preview_rename(&s, VB_STR("Anne Martin"), &preview);
    assert_string_equal(preview.data, "2 labels, and the header");
    assert_true(turns_rename(&s, VB_STR("Anne Martin"), &why));
    text_holds(&s, "Intervenants : Anne Martin - Karim\n");
    text_holds(&s, "Anne Martin : II a écrit");
    text_holds(&s, "Anne Martin : Voilà.");
    session_undo_edit(&s);
    assert_int_equal(vb_document_text(s.document).len, strlen(page));
    buf_free(&preview);
    buf_free(&why);
}

static void a_page_that_is_only_exported_says_so(void **state)
{
    (void)state;
    open_made(&s, "page.html",
              "<html><body><p>Transcription</p><p><b>Anne : </b>Bonjour.</p>"
              "<p><b>Karim : </b>Salut.</p></body></html>");
    assert_false(session_edit_begin(&s, 60));
    assert_non_null(strstr(last_said(&s), "HTML"));
    assert_false(s.caret.on);
}

static void a_letter_that_the_file_cannot_hold_is_refused_and_nothing_is_lost(void **state)
{
    (void)state;
    open_made(&s, "latin.txt",
              "Transcription\n\nAnne : Voil\xE0 l'\xE9t\xE9 du cin\xE9ma, et puis bien s\xFBr "
              "l'hiver.\n\nKarim : Oui.\n");
    caret_before(&s, "Oui");
    type(&s, "日 ");
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
    open_made(&s, "both.txt", page);
    struct vb_span span = {place_of(&s, "Voilà"), (uint32_t)strlen("Voilà")};
    caret_before(&s, "écrit");
    type(&s, "tout ");
    assert_true(session_replace(&s, span, VB_STR("Certes"), NULL));
    text_holds(&s, "II a tout écrit");
    text_holds(&s, "Anne : Certes.");
}

static void words_that_stayed_keep_their_times(void **state)
{
    (void)state;
    open_made(&s, "times.srt",
              "1\n00:00:01,000 --> 00:00:03,000\nBonjour à tous\n\n"
              "2\n00:00:05,000 --> 00:00:06,000\nSalut\n");
    caret_before(&s, "à tous");
    type(&s, "bien ");
    caret_enter(&s);
    rest_a_while(&s);
    text_holds(&s, "Bonjour bien\nà tous\n\n2");
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
    pass(&s, 1000);
    s.settings.typing_pauses = true;
    session_seek(&s, 10 * VB_SECOND);
    session_play(&s);
    pass(&s, 1000);
    assert_int_equal(s.now.phase, VB_PLAYING);
}

static void the_sound_waits_while_one_types_and_goes_on_half_a_second_before(void **state)
{
    (void)state;
    begin_playing();
    caret_before(&s, "écrit");
    type(&s, "tout ");
    pass(&s, 1000);
    assert_int_equal(s.now.phase, VB_PAUSED);
    vb_time paused = s.now.position;
    pass(&s, VB_SECOND);
    type(&s, "de");
    pass(&s, VB_SECOND);
    assert_int_equal(s.now.phase, VB_PAUSED); /* the hand does not rest yet */
    pass(&s, VB_SECOND);
    pass(&s, 1000);
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_int_equal(s.now.position, paused - VB_SECOND / 2);
}

static void who_leaves_the_text_hears_on_at_once(void **state)
{
    (void)state;
    begin_playing();
    caret_before(&s, "écrit");
    type(&s, "tout ");
    pass(&s, 1000);
    session_edit_end(&s);
    pass(&s, 1000);
    pass(&s, 1000);
    assert_int_equal(s.now.phase, VB_PLAYING);
}

static void a_sound_that_was_paused_by_hand_stays_so(void **state)
{
    (void)state;
    begin_playing();
    caret_before(&s, "écrit");
    type(&s, "tout ");
    pass(&s, 1000);
    session_play(&s);
    pass(&s, 1000);
    session_pause(&s);
    pass(&s, 3 * VB_SECOND);
    pass(&s, 1000);
    assert_int_equal(s.now.phase, VB_PAUSED);
}

#define CLAIM(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(what_is_typed_stands_in_the_file_and_nothing_else_changes),
        CLAIM(nothing_is_read_anew_while_a_hand_types),
        CLAIM(typing_is_a_step_of_undo_and_erasing_another),
        CLAIM(undo_brings_the_caret_to_what_changed),
        CLAIM(a_letter_of_two_characters_is_erased_as_one),
        CLAIM(a_caret_walks_from_passage_to_passage),
        CLAIM(enter_divides_a_paragraph_as_the_page_does),
        CLAIM(a_new_paragraph_at_the_end_is_typed_into),
        CLAIM(backspace_at_the_beginning_of_a_turn_joins_it),
        CLAIM(a_selection_over_turns_is_typed_over),
        CLAIM(several_lines_are_pasted_as_paragraphs),
        CLAIM(french_signs_get_their_spaces),
        CLAIM(signs_stay_as_they_are_typed_where_that_is_wanted),
        CLAIM(a_page_in_english_is_left_alone),
        CLAIM(a_turn_is_divided_with_the_label_of_another),
        CLAIM(a_speaker_is_renamed_in_labels_and_header),
        CLAIM(a_page_that_is_only_exported_says_so),
        CLAIM(a_letter_that_the_file_cannot_hold_is_refused_and_nothing_is_lost),
        CLAIM(another_change_while_something_is_typed_finds_its_place),
        CLAIM(words_that_stayed_keep_their_times),
        CLAIM(the_sound_waits_while_one_types_and_goes_on_half_a_second_before),
        CLAIM(who_leaves_the_text_hears_on_at_once),
        CLAIM(a_sound_that_was_paused_by_hand_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
