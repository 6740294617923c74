/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofreading: doubts are walked and answered, what was heard is proved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/adjust.h"
#include "app/editing.h"
#include "app/memory.h"
#include "app/relire.h"
#include "base/file.h"
#include "base/str.h"
#include "support/support_sound.h"

static const char page[] = "Titre : Une page\n\nIntervenants : Anne Durand - Karim Grand\n\n"
                           "Transcription\n\n"
                           "Anne Durand : Bonjour à tous, nous parlons de de travail ici.\n\n"
                           "Karim Grand : Merci, on re trouve les mêmes questions partout.\n\n"
                           "Anne Durand : II a écrit un livre, et la fin est là.\n";

static struct session s;
static struct buf copied;

static void update(void)
{
    session_update(&s, s.clock + VB_SECOND);
}

static void wait_for_work(void)
{
    update();
    for (int i = 0; relire_works(&s) && i < 2000; i++) {
        nanosleep(&(struct timespec){0, 2000000}, NULL);
        update();
    }
    assert_false(relire_works(&s));
}

static bool take_copy(void *ctx, enum clipboard_kind kind, const char *text)
{
    (void)ctx, (void)kind;
    buf_clear(&copied);
    buf_puts(&copied, text);
    return true;
}

static int open_page(void **state)
{
    (void)state;
    struct sound sound = at_rate(tone(440, 8000 * 30), 8000);
    write_sound(temp_path("talk.wav"), &sound, AS_WAV);
    sound_free(&sound);
    assert_true(file_write(temp_path("talk.txt"), str_of(page), NULL));
    session_init(&s, &hand_sink, NULL, NULL);
    s.settings.align = false;
    s.clipboard.put = take_copy;
    memory_begin(&s, store_open_nothing());
    assert_true(session_open_pair(&s, temp_path("talk.wav"), temp_path("talk.txt"), NULL));
    update();
    return 0;
}

static int close_page(void **state)
{
    (void)state;
    session_free(&s);
    buf_free(&copied);
    return 0;
}

static const struct doubt *doubt_named(const char *check)
{
    for (size_t i = 0; i < relire_count(&s); i++)
        if (str_eq(str_of(relire_doubt(&s, i)->check), check))
            return relire_doubt(&s, i);
    return NULL;
}

static size_t place_of(const char *check)
{
    for (size_t i = 0; i < relire_count(&s); i++)
        if (str_eq(str_of(relire_doubt(&s, i)->check), check))
            return i;
    return DOUBT_NOWHERE;
}

/* ---- doubts ---- */

static void the_page_is_looked_through_on_the_side(void **state)
{
    (void)state;
    relire_set(&s, true);
    assert_int_equal(relire_count(&s), 0);
    wait_for_work();
    assert_non_null(doubt_named("doubled-word"));
    assert_non_null(doubt_named("split-word"));
    assert_non_null(doubt_named("roman-il"));
}

static void a_check_that_is_switched_off_shows_none_until_it_is_on_again(void **state)
{
    (void)state;
    relire_set(&s, true);
    wait_for_work();
    size_t count = relire_count(&s);
    relire_go(&s, place_of("roman-il"));
    relire_want_no_more(&s);
    assert_null(doubt_named("roman-il"));
    assert_int_equal(relire_here(&s), DOUBT_NOWHERE);
    assert_non_null(doubt_named("doubled-word"));
    struct settings all = s.settings;
    *settings_looks_for(&all, "roman-il") = true;
    adjust_to(&s, &all);
    assert_int_equal(relire_count(&s), count);
    relire_want_no_more(&s); /* at no doubt: nothing is switched off */
    assert_int_equal(relire_count(&s), count);
}

static void a_step_goes_to_the_next_open_doubt_and_round(void **state)
{
    (void)state;
    relire_set(&s, true);
    wait_for_work();
    size_t count = relire_count(&s);
    bool seen[64] = {false};
    for (size_t i = 0; i < count; i++) {
        relire_step(&s, 1);
        assert_false(seen[relire_here(&s)]);
        seen[relire_here(&s)] = true;
    }
    size_t last = relire_here(&s);
    relire_step(&s, 1);
    relire_step(&s, -1);
    assert_int_equal(relire_here(&s), last);
}

static void it_is_heard_from_two_seconds_before(void **state)
{
    (void)state;
    relire_set(&s, true);
    wait_for_work();
    relire_go(&s, place_of("roman-il"));
    vb_time at = relire_time(&s, doubt_named("roman-il"));
    assert_int_equal(s.now.position, at - 2 * VB_SECOND);
    assert_int_equal(s.jumps_made, 0); /* the way back leads to where the walk began */
}

static void an_answered_doubt_is_passed_over_and_may_be_taken_back(void **state)
{
    (void)state;
    relire_set(&s, true);
    wait_for_work();
    size_t open = relire_open(&s), place = place_of("split-word");
    relire_go(&s, place);
    relire_right(&s);
    assert_int_equal(relire_open(&s), open - 1);
    assert_true(relire_here(&s) != place);
    relire_go(&s, place);
    relire_right(&s);
    assert_int_equal(relire_open(&s), open);
}

static void an_answer_is_there_after_the_mode_was_left(void **state)
{
    (void)state;
    relire_set(&s, true);
    wait_for_work();
    relire_go(&s, place_of("split-word"));
    relire_right(&s);
    relire_set(&s, false);
    relire_set(&s, true);
    wait_for_work();
    assert_true(doubt_named("split-word")->right);
    assert_false(doubt_named("roman-il")->right);
}

static void a_correction_answers_its_doubt_and_moves_the_others(void **state)
{
    (void)state;
    relire_set(&s, true);
    wait_for_work();
    vb_str text = vb_document_text(s.document);
    size_t at = str_find(text, VB_STR("de de"));
    uint32_t word = doubt_named("roman-il")->first;
    assert_true(session_replace(&s, (struct vb_span){(uint32_t)at, 6}, VB_STR("de "), NULL));
    update();
    assert_null(doubt_named("doubled-word"));
    assert_int_equal(doubt_named("roman-il")->first, word - 1);
    wait_for_work();
    assert_null(doubt_named("doubled-word"));
    assert_int_equal(doubt_named("roman-il")->first, word - 1);
}

static void a_note_is_a_doubt_of_its_own_or_stands_at_one(void **state)
{
    (void)state;
    struct buf why = {0}, offer = {0};
    relire_set(&s, true);
    wait_for_work();
    size_t count = relire_count(&s);
    relire_go(&s, place_of("roman-il"));
    relire_note(&s);
    assert_int_equal(s.asked, ASK_DOUBT);
    assert_true(relire_answer_note(&s, VB_STR(" Il ? "), &why));
    assert_true(str_eq(doubt_named("roman-il")->note, "Il ?"));
    relire_offer_note(&s, &offer);
    assert_string_equal(offer.data, "Il ?");
    assert_int_equal(relire_count(&s), count);
    selection_set(&s, 0, 1);
    relire_note(&s);
    assert_true(relire_answer_note(&s, VB_STR("à réécouter"), &why));
    assert_int_equal(relire_count(&s), count + 1);
    assert_true(str_eq(doubt_named("note")->text, "à réécouter"));
    assert_int_equal(doubt_named("note")->count, 2);
    buf_free(&why);
    buf_free(&offer);
}

static void a_doubt_at_the_end_that_is_heard_may_be_cut_off(void **state)
{
    (void)state;
    struct buf why = {0};
    uint32_t words = vb_word_count(s.transcript);
    relire_set(&s, true);
    wait_for_work();
    selection_set(&s, words - 2, words - 1);
    relire_note(&s);
    assert_true(relire_answer_note(&s, VB_STR("trop"), &why));
    relire_go(&s, place_of("note"));
    s.now.phase = VB_PLAYING;
    s.now.seeking = false;
    struct vb_span last = vb_word(s.transcript, words - 1).span;
    struct vb_span cut = {last.at - 1, last.len + 1};
    assert_true(session_replace(&s, cut, VB_STR(""), NULL));
    assert_int_equal(vb_word_count(s.transcript), words - 1);
    assert_null(doubt_named("note"));
    buf_free(&why);
}

static void what_listening_doubts_is_there_at_once(void **state)
{
    (void)state;
    const struct vb_doubt doubts[] = {
        {VB_DOUBT_NOT_HEARD, 4, 3, 5 * VB_SECOND, 6 * VB_SECOND,  2 },
        {VB_DOUBT_EXTRA,     9, 2, 8 * VB_SECOND, 10 * VB_SECOND, -1},
    };
    relire_take_sounds(&s, doubts, 2);
    relire_set(&s, true);
    assert_int_equal(relire_count(&s), 2);
    assert_int_equal(relire_time(&s, doubt_named("extra-speech")), 8 * VB_SECOND);
    assert_true(doubt_named("not-heard")->rank > doubt_named("extra-speech")->rank);
    relire_order(&s, true);
    assert_string_equal(relire_doubt(&s, 0)->check, "not-heard");
    wait_for_work();
    assert_non_null(doubt_named("not-heard"));
    relire_take_sounds(&s, NULL, 0); /* listened to anew */
    assert_null(doubt_named("not-heard"));
}

/* ---- playing ---- */

static void it_stops_where_the_turn_ends(void **state)
{
    (void)state;
    relire_set(&s, true);
    relire_set_stops(&s, true);
    session_seek(&s, 0);
    assert_true(relire_plays(&s));
    relire_set_stops(&s, false);
    assert_false(relire_plays(&s));
    relire_set(&s, false);
    relire_set_stops(&s, true);
    assert_false(relire_plays(&s)); /* reading goes on as ever */
}

static void the_last_seconds_go_round_longer_each_time(void **state)
{
    (void)state;
    session_seek(&s, 20 * VB_SECOND);
    relire_loop(&s, 0);
    assert_int_equal(s.now.position, 16 * VB_SECOND);
    relire_loop(&s, 0);
    assert_int_equal(s.now.position, 12 * VB_SECOND);
    relire_loop(&s, 0);
    assert_int_equal(s.now.position, 8 * VB_SECOND);
    relire_loop(&s, 0); /* understood: on from where it was */
    assert_int_equal(s.now.position, 20 * VB_SECOND);
    session_seek(&s, 10 * VB_SECOND);
    relire_loop(&s, 8);
    assert_int_equal(s.now.position, 2 * VB_SECOND);
}

/* ---- states ---- */

static void a_turn_is_doubtful_then_checked(void **state)
{
    (void)state;
    int speed;
    relire_set(&s, true);
    wait_for_work();
    uint32_t turn = vb_turn_of_word(s.transcript, doubt_named("split-word")->first);
    assert_int_equal(relire_state(&s, turn, &speed), RELIRE_DOUBTFUL);
    relire_go(&s, place_of("split-word"));
    relire_right(&s);
    assert_int_equal(relire_state(&s, turn, &speed), RELIRE_PLAIN);
    relire_heard_now(&s, 0, 30 * VB_SECOND, 150);
    assert_int_equal(relire_state(&s, turn, &speed), RELIRE_CHECKED);
}

static void the_user_checks_a_turn_until_it_is_corrected(void **state)
{
    (void)state;
    int speed;
    relire_set(&s, true);
    wait_for_work();
    for (size_t i = 0; i < 16 && relire_open(&s); i++) { /* answers what is doubtful */
        relire_step(&s, 1);
        relire_right(&s);
    }
    session_seek(&s, vb_timeline_start(s.timeline, vb_turn(s.transcript, 1)->first_word));
    update(); /* a jump: no doubt is meant any more */
    relire_right(&s);
    assert_int_equal(relire_state(&s, 1, &speed), RELIRE_CHECKED);
    size_t at = str_find(vb_document_text(s.document), VB_STR("mêmes"));
    struct vb_span span = {(uint32_t)at, (uint32_t)strlen("mêmes")};
    assert_true(session_replace(&s, span, VB_STR("vieilles"), NULL));
    wait_for_work();
    assert_int_equal(relire_state(&s, 1, &speed), RELIRE_EDITED);
    session_undo_edit(&s);
    wait_for_work();
    assert_int_equal(relire_state(&s, 1, &speed), RELIRE_CHECKED); /* as it was */
}

/* ---- what was heard ---- */

static void stretches_join_and_the_slower_time_counts(void **state)
{
    (void)state;
    struct coverage c = {0};
    struct hole hole;
    int speed;
    coverage_add(&c, 0, 10 * VB_SECOND, 200);
    coverage_add(&c, 10 * VB_SECOND, 12 * VB_SECOND, 200);
    assert_int_equal(c.parts.count, 1);
    coverage_add(&c, 4 * VB_SECOND, 6 * VB_SECOND, 100);
    assert_int_equal(c.parts.count, 3);
    coverage_add(&c, 0, 12 * VB_SECOND, 300); /* faster: no better proof */
    assert_int_equal(c.parts.count, 3);
    assert_true(coverage_share(&c, 4 * VB_SECOND, 6 * VB_SECOND, &speed) == 1 && speed == 100);
    coverage_add(&c, 20 * VB_SECOND, 30 * VB_SECOND, 100);
    assert_true(coverage_hole(&c, 0, 30 * VB_SECOND, &hole));
    assert_int_equal(hole.from, 12 * VB_SECOND);
    assert_int_equal(hole.until, 20 * VB_SECOND);
    assert_false(coverage_hole(&c, 20 * VB_SECOND, 31 * VB_SECOND, &hole)); /* a blink */
    assert_true(coverage_hole(&c, 20 * VB_SECOND, 40 * VB_SECOND, &hole));
    coverage_free(&c);
}

static void the_next_hole_is_where_nothing_was_heard(void **state)
{
    (void)state;
    relire_set(&s, true);
    vb_time end = vb_timeline_text_end(s.timeline);
    relire_heard_now(&s, 0, end / 2, 100);
    struct relire_progress p = relire_progress(&s);
    assert_int_equal(p.holes, 1);
    assert_int_equal(p.until, end / 2);
    relire_next_hole(&s);
    assert_int_equal(s.now.position, end / 2);
    relire_copy_progress(&s);
    assert_true(str_starts(buf_str(&copied), "proofread up to "));
    relire_heard_now(&s, end / 2, end, 100);
    assert_int_equal(relire_progress(&s).holes, 0);
    relire_copy_progress(&s);
    assert_true(str_starts(buf_str(&copied), "proofread from beginning to end"));
}

/* ---- a second text ---- */

static void a_second_text_adds_what_it_says_otherwise(void **state)
{
    (void)state;
    struct vb_error error = {0};
    assert_true(file_write(temp_path("other.srt"),
                           VB_STR("1\n00:00:01,000 --> 00:00:04,000\nBonjour à tous, nous "
                                  "parlons de de travail là.\n\n"
                                  "2\n00:00:05,000 --> 00:00:09,000\nMerci, on re trouve les "
                                  "mêmes questions partout.\n\n"
                                  "3\n00:00:10,000 --> 00:00:14,000\nII a écrit un livre, et "
                                  "la fin est là.\n"),
                           NULL));
    assert_true(relire_compare(&s, temp_path("other.srt"), &error));
    wait_for_work();
    const struct doubt *d = doubt_named("difference");
    assert_non_null(d);
    assert_true(str_eq(d->instead, "là."));
    assert_int_equal(vb_difference_count(relire_comparison(&s)), 1);
    /* and lends its times */
    uint32_t merci = vb_turn(s.transcript, 1)->first_word;
    assert_int_equal(vb_timeline_start(s.timeline, merci), 5 * VB_SECOND);
    size_t pins;
    free(relire_lent_pins(&s, &pins));
    assert_int_equal(pins, 1); /* the next ones are too near */
    relire_compare_end(&s);
    wait_for_work();
    assert_null(doubt_named("difference"));
    assert_true(vb_timeline_start(s.timeline, merci) != 5 * VB_SECOND);
}

static void a_second_text_without_words_is_refused(void **state)
{
    (void)state;
    struct vb_error error = {0};
    assert_false(relire_compare(&s, temp_path("missing.srt"), &error));
    assert_true(strlen(error.text) > 0);
    assert_true(file_write(temp_path("empty.txt"), VB_STR("  \n"), NULL));
    assert_true(relire_compare(&s, temp_path("empty.txt"), &error));
    wait_for_work();
    assert_non_null(strstr(session_message(&s, s.said - 1)->text, "empty.txt"));
    assert_null(relire_other(&s));
}

static void a_second_text_that_is_put_away_while_it_is_read_does_not_come(void **state)
{
    (void)state;
    assert_true(file_write(temp_path("other.txt"), VB_STR("Anne : Tout autre chose.\n"), NULL));
    assert_true(relire_compare(&s, temp_path("other.txt"), NULL));
    update();
    relire_compare_end(&s);
    wait_for_work();
    assert_null(relire_other(&s));
    assert_null(doubt_named("difference"));
}

/* ---- what another program brought ---- */

static void news_are_new_until_they_were_heard(void **state)
{
    (void)state;
    int speed;
    struct buf fresh = {0};
    relire_set(&s, true);
    wait_for_work();
    buf_puts(&fresh, page);
    buf_puts(&fresh, "\nKarim Grand : Encore quelques mots de plus.\n");
    assert_true(file_write(temp_path("talk.txt"), buf_str(&fresh), NULL));
    session_read_again(&s, VB_RELOAD_MERGE);
    update();
    uint32_t turn = vb_turn_count(s.transcript) - 1;
    assert_true(relire_is_new(&s, vb_turn(s.transcript, turn)->first_word));
    assert_int_equal(relire_state(&s, turn, &speed), RELIRE_NEW);
    relire_play_news(&s);
    vb_time start = vb_timeline_start(s.timeline, vb_turn(s.transcript, turn)->first_word);
    assert_int_equal(s.now.position, start - VB_SECOND);
    s.now.position = vb_timeline_text_end(s.timeline);
    s.now.seeking = false;
    relire_update(&s);
    assert_int_equal(s.news.count, 0);
    buf_free(&fresh);
}

#define CLAIM(test) cmocka_unit_test_setup_teardown(test, open_page, close_page)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(the_page_is_looked_through_on_the_side),
        CLAIM(a_check_that_is_switched_off_shows_none_until_it_is_on_again),
        CLAIM(a_step_goes_to_the_next_open_doubt_and_round),
        CLAIM(it_is_heard_from_two_seconds_before),
        CLAIM(an_answered_doubt_is_passed_over_and_may_be_taken_back),
        CLAIM(an_answer_is_there_after_the_mode_was_left),
        CLAIM(a_correction_answers_its_doubt_and_moves_the_others),
        CLAIM(a_note_is_a_doubt_of_its_own_or_stands_at_one),
        CLAIM(a_doubt_at_the_end_that_is_heard_may_be_cut_off),
        CLAIM(what_listening_doubts_is_there_at_once),
        CLAIM(it_stops_where_the_turn_ends),
        CLAIM(the_last_seconds_go_round_longer_each_time),
        CLAIM(a_turn_is_doubtful_then_checked),
        CLAIM(the_user_checks_a_turn_until_it_is_corrected),
        CLAIM(the_next_hole_is_where_nothing_was_heard),
        CLAIM(a_second_text_adds_what_it_says_otherwise),
        CLAIM(a_second_text_without_words_is_refused),
        CLAIM(a_second_text_that_is_put_away_while_it_is_read_does_not_come),
        CLAIM(news_are_new_until_they_were_heard),
        cmocka_unit_test(stretches_join_and_the_slower_time_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
