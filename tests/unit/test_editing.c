/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correcting the open page: the place stays, nothing is lost, other programs are heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/asks.h"
#include "app/editing.h"
#include "app/keeping.h"
#include "base/str.h"
#include "base/watch.h"
#include "support/support_session.h"
#include "support/support_sound.h"

static const char page[] = "Intervenants : Anne - Karim\n\nTranscription\n\n"
                           "Anne : II a écrit cela.\n\n"
                           "Karim : Bien sûr, et puis encore.\n";

static struct session s;

static int begin(void **state)
{
    (void)state;
    char folder[512];
    snprintf(folder, sizeof folder, "%s", temp_path("state"));
    setenv("XDG_STATE_HOME", folder, 1);
    begin_session(&s);
    s.keeps_drafts = true;
    return 0;
}

static int end(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static const char *open_page(const char *name, const char *text)
{
    const char *path = temp_path(name);
    write_bytes(path, text, strlen(text));
    assert_true(session_open(&s, path, NULL));
    pass(&s, 1000);
    return vb_document_path(s.document);
}

static void word_is(uint32_t word, const char *text)
{
    vb_str got = vb_word_text(s.transcript, word);
    if (!str_eq(got, text))
        fail_msg("word %u is “%.*s”, not “%s”", word, (int)got.len, got.data, text);
}

static void correct(uint32_t word, const char *text)
{
    struct vb_error error = {0};
    if (!session_replace(&s, vb_word(s.transcript, word).span, str_of(text), &error))
        fail_msg("%s", error.text);
}

static void overwrite(const char *path, const char *text)
{
    write_bytes(path, text, strlen(text));
}

static void a_correction_is_seen_at_once_and_undone_by_its_key(void **state)
{
    (void)state;
    open_page("page.txt", page);
    uint32_t revision = s.revision;
    correct(0, "Il");
    word_is(0, "Il");
    assert_true(s.revision > revision);
    assert_non_null(s.timeline);
    act(&s, "undo");
    word_is(0, "II");
    act(&s, "redo");
    word_is(0, "Il");
    act(&s, "redo");
    assert_non_null(strstr(last_said(&s), "nothing to redo"));
}

static void a_save_tells_its_file_and_then_there_is_nothing_to_save(void **state)
{
    (void)state;
    open_page("saved.txt", page);
    correct(0, "Il");
    act(&s, "save");
    assert_string_equal(last_said(&s), "saved: saved.txt");
    act(&s, "save");
    assert_non_null(strstr(last_said(&s), "nothing to save"));
}

static void leaving_asks_once(void **state)
{
    (void)state;
    open_page("leave.txt", page);
    act(&s, "quit");
    assert_true(s.quit);
    s.quit = false;
    correct(0, "Il");
    act(&s, "quit");
    assert_false(s.quit);
    assert_non_null(strstr(last_said(&s), "not saved"));
    pass(&s, VB_SECOND);
    act(&s, "quit");
    assert_true(s.quit);
}

static void opening_another_page_asks_as_well(void **state)
{
    (void)state;
    open_page("one.txt", page);
    char other[512];
    snprintf(other, sizeof other, "%s", temp_path("two.txt"));
    overwrite(other, "Intervenants : Anne\n\nTranscription\n\nAnne : Autre.\n");
    correct(0, "Il");
    struct vb_error error = {0};
    assert_false(session_open(&s, other, &error));
    assert_non_null(strstr(error.text, "not saved"));
    word_is(0, "Il");
    assert_true(session_open(&s, other, NULL));
    word_is(0, "Autre.");
}

/* The window's own question; who answers another one stays. */
static void who_first_wants_to_leave_and_then_saves_elsewhere_stays(void **state)
{
    (void)state;
    struct buf why = {0};
    open_page("stay.txt", page);
    s.has_dialogs = true;
    correct(0, "Il");
    act(&s, "quit");
    assert_int_equal(s.asked, ASK_LEAVE);
    session_ask(&s, ASK_NOTHING); /* put away by another question, and that by Escape */
    act(&s, "save-as");
    assert_int_equal(s.asked, ASK_SAVE_AS);
    unlink(temp_path("elsewhere.txt"));
    assert_true(question_of(ASK_SAVE_AS)->answer(&s, str_of(temp_path("elsewhere.txt")), &why));
    assert_false(session_changed(&s));
    assert_false(s.quit);
    s.has_dialogs = false;
    buf_free(&why);
}

static void what_is_new_goes_with_its_words(void **state)
{
    (void)state;
    const char *path = open_page("news.txt", page);
    overwrite(path,
              "Intervenants : Anne - Karim\n\nTranscription\n\nAnne : II a écrit cela.\n\n"
              "Karim : Bien sûr, mais plus tard.\n");
    session_read_again(&s, VB_RELOAD_MERGE);
    assert_int_equal(s.news.items[0].first, 6);
    correct(0, "Tout cela, il l’");
    word_is(9, "mais");
    assert_int_equal(s.news.count, 1);
    assert_int_equal(s.news.items[0].first, 9);
    overwrite(path,
              "Intervenants : Anne - Karim\n\nTranscription\n\nAnne : II a écrit cela.\n\n"
              "Karim : Bien sûr, mais plus tard, oui.\n");
    session_read_again(&s, VB_RELOAD_MERGE);
    assert_int_equal(s.news.items[0].first, 9); /* nobody heard the first ones yet */
    assert_int_equal(s.news.items[0].count, 4);
}

static void a_save_brings_in_what_another_program_wrote_elsewhere(void **state)
{
    (void)state;
    const char *path = open_page("both.txt", page);
    correct(0, "Il");
    overwrite(path,
              "Intervenants : Anne - Karim\n\nTranscription\n\nAnne : II a écrit cela.\n\n"
              "Karim : Bien sûr, mais plus tard.\n");
    act(&s, "save");
    assert_string_equal(last_said(&s), "saved: both.txt");
    word_is(0, "Il");
    word_is(6, "mais");
    assert_int_equal(s.news.count, 1);
    assert_int_equal(s.news.items[0].first, 6);
    assert_int_equal(s.news.items[0].count, 3);
}

static void where_both_changed_the_same_the_user_decides(void **state)
{
    (void)state;
    const char *path = open_page("clash.txt", page);
    correct(0, "Il");
    overwrite(path,
              "Intervenants : Anne - Karim\n\nTranscription\n\nAnne : Elle a écrit cela.\n\n"
              "Karim : Bien sûr, et puis encore.\n");
    act(&s, "save");
    assert_true(vb_document_changed(s.document));
    word_is(0, "Il");
    act(&s, "reload-theirs");
    word_is(0, "Elle");
    act(&s, "undo");
    word_is(0, "Il");
    act(&s, "reload-ours");
    act(&s, "save");
    assert_string_equal(last_said(&s), "saved: clash.txt");
}

/* ---- watching ---- */

static atomic_int calls;

static void count_call(void *ctx)
{
    (void)ctx;
    atomic_fetch_add(&calls, 1);
}

static bool is_told(struct watch *w)
{
    for (int i = 0; i < 500; i++) {
        if (watch_news(w))
            return true;
        nanosleep(&(struct timespec){0, 10 * 1000 * 1000}, NULL);
    }
    return false;
}

static void a_file_that_is_written_or_replaced_is_told(void **state)
{
    (void)state;
    char path[512], beside[520];
    snprintf(path, sizeof path, "%s", temp_path("watched.txt"));
    snprintf(beside, sizeof beside, "%s.new", path);
    overwrite(path, "a");
    struct watch *w = watch_open(path, count_call, NULL);
    if (!w)
        skip();
    assert_false(watch_news(w));
    overwrite(path, "b");
    assert_true(is_told(w));
    overwrite(beside, "c");
    assert_int_equal(rename(beside, path), 0);
    assert_true(is_told(w));
    assert_true(atomic_load(&calls) >= 2);
    watch_close(w);
    watch_close(NULL);
    assert_null(watch_open("/nowhere/at/all", count_call, NULL));
}

static void a_page_written_by_another_program_is_read_again(void **state)
{
    (void)state;
    s.notify = count_call;
    const char *path = open_page("again.txt", page);
    if (!s.watch)
        skip();
    overwrite(path, "Intervenants : Anne\n\nTranscription\n\nAnne : II a écrit ceci.\n");
    for (int i = 0; i < 500 && !s.news.count; i++) {
        nanosleep(&(struct timespec){0, 10 * 1000 * 1000}, NULL);
        pass(&s, 10 * 1000);
    }
    word_is(3, "ceci.");
    assert_non_null(strstr(last_said(&s), "1 new word"));
}

#define CLAIM(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(a_correction_is_seen_at_once_and_undone_by_its_key),
        CLAIM(a_save_tells_its_file_and_then_there_is_nothing_to_save),
        CLAIM(leaving_asks_once),
        CLAIM(opening_another_page_asks_as_well),
        CLAIM(who_first_wants_to_leave_and_then_saves_elsewhere_stays),
        CLAIM(what_is_new_goes_with_its_words),
        CLAIM(a_save_brings_in_what_another_program_wrote_elsewhere),
        CLAIM(where_both_changed_the_same_the_user_decides),
        CLAIM(a_file_that_is_written_or_replaced_is_told),
        CLAIM(a_page_written_by_another_program_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
