/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of unsaved corrections when programs end without saving, one or several of them
 * on one page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/drafts.h"
#include "app/editing.h"
#include "app/keeping.h"
#include "base/file.h"
#include "base/str.h"
#include "support/support_session.h"
#include "support/support_sound.h"

static const char page[] = "Intervenants : Anne - Karim\n\nTranscription\n\n"
                           "Anne : II a écrit cela.\n\n"
                           "Karim : Bien sûr, et puis encore.\n";

enum { WINDOWS = 3 };
static struct session windows[WINDOWS], *const s = windows;
static char path[512];

static void begin_window(struct session *w)
{
    begin_session(w);
    w->keeps_drafts = true;
}

static int begin(void **state)
{
    (void)state;
    char folder[512];
    snprintf(folder, sizeof folder, "%s", temp_path("state"));
    setenv("XDG_STATE_HOME", folder, 1);
    snprintf(path, sizeof path, "%s", temp_path("page.txt"));
    write_bytes(path, page, strlen(page));
    unlink(temp_path("page.txt~"));
    for (int i = 0; i < WINDOWS; i++)
        begin_window(&windows[i]);
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (int i = 0; i < WINDOWS; i++)
        session_free(&windows[i]);
    drafts_erase(NULL);
    return 0;
}

static void open_page(struct session *w)
{
    assert_true(session_open(w, path, NULL));
    pass(w, 1000);
}

static void correct(struct session *w, uint32_t word, const char *text)
{
    struct vb_error error = {0};
    if (!session_replace(w, vb_word(w->transcript, word).span, str_of(text), &error))
        fail_msg("%s", error.text);
}

static void a_second_passes(struct session *w)
{
    pass(w, VB_SECOND);
    keeping_settle(w);
}

/* As a crash ends a program: its locks go, and nothing else happens. `age`: how long ago it
 * wrote, in seconds. */
static void crash(struct session *w, int age)
{
    if (w->drafts.own.path.len) {
        struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {0}};
        struct stat about;
        stat(w->drafts.own.path.data, &about);
        times[1] = (struct timespec){about.st_mtim.tv_sec - age, about.st_mtim.tv_nsec};
        utimensat(AT_FDCWD, w->drafts.own.path.data, times, 0);
    }
    drafts_release(&w->drafts);
    w->keeps_drafts = false;
    w->draft_due = VB_NO_TIME;
    session_free(w);
    begin_window(w);
}

static void leave_and_come_again(struct session *w)
{
    session_free(w);
    begin_window(w);
    open_page(w);
}

static void word_is(struct session *w, uint32_t word, const char *text)
{
    vb_str got = vb_word_text(w->transcript, word);
    if (!str_eq(got, text))
        fail_msg("word %u is “%.*s”, not “%s”", word, (int)got.len, got.data, text);
}

/* Files in the folder of drafts. */
static int count_drafts(void)
{
    struct buf folder = {0};
    int count = 0;
    assert_true(draft_folder(&folder));
    DIR *dir = opendir(folder.data);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (dir)
        closedir(dir);
    buf_free(&folder);
    return count;
}

/* ---- one window ---- */

static void what_is_not_saved_is_kept_within_a_second_and_comes_back(void **state)
{
    (void)state;
    open_page(s);
    correct(s, 0, "Il");
    assert_true(session_next_change(s) <= VB_SECOND);
    pass(s, VB_SECOND);
    assert_int_equal(session_next_change(s), VB_NO_TIME);
    keeping_settle(s);
    crash(s, 0);
    open_page(s);
    word_is(s, 0, "Il");
    assert_true(was_said(s, "are back"));
    act(s, "undo");
    word_is(s, 0, "II");
    act(s, "redo");
    act(s, "save");
    assert_int_equal(count_drafts(), 0);
    leave_and_come_again(s);
    word_is(s, 0, "Il");
    assert_int_equal(s->said, 0); /* from the file, not from a draft */
}

static void what_came_back_and_was_taken_away_again_is_gone(void **state)
{
    (void)state;
    open_page(s);
    correct(s, 0, "Il");
    a_second_passes(s);
    crash(s, 0);
    open_page(s);
    act(s, "undo");
    leave_and_come_again(s);
    assert_int_equal(s->said, 0);
    assert_int_equal(count_drafts(), 0);
}

static void a_window_that_is_left_with_corrections_leaves_them_for_the_next(void **state)
{
    (void)state;
    open_page(s);
    correct(s, 0, "Il");
    leave_and_come_again(s);
    word_is(s, 0, "Il");
    correct(s, 1, "avait");
    leave_and_come_again(s);
    word_is(s, 0, "Il");
    word_is(s, 1, "avait");
    act(s, "save");
    assert_int_equal(count_drafts(), 0);
}

static void without_a_memory_nothing_is_kept_nor_touched(void **state)
{
    (void)state;
    open_page(s);
    correct(s, 0, "Il");
    leave_and_come_again(s);
    crash(s, 0);
    s->keeps_drafts = false;
    open_page(s);
    word_is(s, 0, "II");
    assert_int_equal(s->said, 0);
    act(s, "bring-draft");
    word_is(s, 0, "II");
    correct(s, 0, "Ils");
    act(s, "save");
    session_free(s);
    assert_int_equal(count_drafts(), 1);
    begin_window(s);
}

static void a_draft_of_a_page_that_changed_since_stays_until_it_is_asked_for(void **state)
{
    (void)state;
    static const char other[] = "Intervenants : Anne\n\nTranscription\n\nAnne : Autre chose.\n";
    open_page(s);
    correct(s, 0, "Il");
    session_free(s);
    write_bytes(path, other, strlen(other));
    begin_window(s);
    open_page(s);
    word_is(s, 0, "Autre");
    struct buf folder = {0};
    assert_true(draft_folder(&folder));
    assert_true(was_said(s, "doesn't fit the page any more"));
    assert_true(was_said(s, folder.data));
    buf_free(&folder);
    leave_and_come_again(s);
    assert_true(was_said(s, "doesn't fit the page any more"));
    act(s, "bring-draft");
    word_is(s, 0, "Il");
    act(s, "bring-draft");
    assert_true(was_said(s, "no other corrections"));
    act(s, "undo");
    word_is(s, 0, "Autre");
    leave_and_come_again(s);
    assert_int_equal(s->said, 0);
}

/* Names of before were the page's digest alone. */
static void drafts_of_before_are_found(void **state)
{
    (void)state;
    open_page(s);
    correct(s, 0, "Il");
    a_second_passes(s);
    struct buf now = {0}, before = {0};
    buf_puts(&now, s->drafts.own.path.data);
    assert_true(draft_folder(&before));
    draft_begin_of(path, &before);
    crash(s, 0);
    assert_int_equal(rename(now.data, before.data), 0);
    open_page(s);
    word_is(s, 0, "Il");
    act(s, "save");
    assert_false(file_exists(before.data));
    buf_free(&now);
    buf_free(&before);
}

static void a_file_that_is_no_draft_harms_nothing(void **state)
{
    (void)state;
    static const char *const odd[] = {"", "verbatim draft 1\n", "nonsense",
                                      "verbatim draft 1\na\nb\nc\n"};
    open_page(s);
    correct(s, 0, "Il");
    session_free(s);
    for (size_t i = 0; i < COUNT(odd); i++) {
        struct buf at = {0};
        assert_true(draft_folder(&at));
        draft_begin_of(path, &at);
        buf_printf(&at, "-%zu", i);
        write_bytes(at.data, odd[i], strlen(odd[i]));
        buf_free(&at);
    }
    begin_window(s);
    open_page(s);
    word_is(s, 0, "Il");
    assert_true(was_said(s, "4 drafts"));
    act(s, "bring-draft");
    assert_true(was_said(s, "no other corrections"));
    word_is(s, 0, "Il");
}

/* ---- several windows on one page ---- */

static void two_windows_that_crash_lose_nothing(void **state)
{
    (void)state;
    open_page(&windows[0]);
    open_page(&windows[1]);
    correct(&windows[0], 0, "Il");
    a_second_passes(&windows[0]);
    correct(&windows[1], 8, "toujours.");
    a_second_passes(&windows[1]);
    assert_int_equal(count_drafts(), 2);
    crash(&windows[0], 60);
    crash(&windows[1], 0);
    open_page(s);
    word_is(s, 0, "Il");
    word_is(s, 8, "toujours.");
    assert_true(was_said(s, "of 2 windows"));
    act(s, "undo");
    word_is(s, 0, "II"); /* the older one came last */
    word_is(s, 8, "toujours.");
    act(s, "redo");
    act(s, "save");
    assert_int_equal(count_drafts(), 0);
}

static void a_window_that_lives_keeps_its_draft_to_itself(void **state)
{
    (void)state;
    open_page(&windows[0]);
    correct(&windows[0], 0, "Il");
    a_second_passes(&windows[0]);
    correct(&windows[0], 1, "avait"); /* … under the same name */
    a_second_passes(&windows[0]);
    assert_int_equal(count_drafts(), 1);
    open_page(&windows[1]);
    word_is(&windows[1], 0, "II");
    assert_int_equal(windows[1].said, 0);
    correct(&windows[1], 8, "toujours.");
    a_second_passes(&windows[1]);
    act(&windows[1], "save");
    assert_int_equal(count_drafts(), 1); /* a save takes away its own alone */
    assert_int_equal(drafts_erase(NULL), 0);
    crash(&windows[0], 0);
    open_page(&windows[0]);
    word_is(&windows[0], 0, "Il"); /* made from the page as it was before that save */
    word_is(&windows[0], 1, "avait");
    word_is(&windows[0], 8, "toujours.");
}

static void where_drafts_meet_the_newest_comes_and_the_other_stays(void **state)
{
    (void)state;
    open_page(&windows[0]);
    open_page(&windows[1]);
    correct(&windows[0], 0, "Il");
    a_second_passes(&windows[0]);
    correct(&windows[1], 0, "Elle");
    a_second_passes(&windows[1]);
    crash(&windows[0], 0);
    crash(&windows[1], 60);
    open_page(s);
    word_is(s, 0, "Il");
    assert_true(was_said(s, "1 draft of corrections"));
    open_page(&windows[2]); /* what the first took is its own; the other is anybody's */
    word_is(&windows[2], 0, "Elle");
    crash(&windows[2], 0);
    act(s, "bring-draft");
    word_is(s, 0, "Elle");
    act(s, "undo");
    word_is(s, 0, "Il");
    act(s, "save");
    assert_int_equal(count_drafts(), 0); /* both were seen */
}

static void what_is_shown_in_the_place_of_another_does_not_overwrite_it(void **state)
{
    (void)state;
    open_page(&windows[0]);
    open_page(&windows[1]);
    correct(&windows[0], 0, "Elle");
    a_second_passes(&windows[0]);
    crash(&windows[0], 60);
    correct(&windows[1], 0, "Il");
    act(&windows[1], "bring-draft"); /* before a second passed */
    word_is(&windows[1], 0, "Elle");
    a_second_passes(&windows[1]);
    crash(&windows[1], 0);
    open_page(s);
    word_is(s, 0, "Elle");
    act(s, "bring-draft");
    word_is(s, 0, "Il");
}

static void what_is_kept_never_goes_over_what_another_program_wrote(void **state)
{
    (void)state;
    static const char other[] =
        "Intervenants : Anne - Karim\n\nTranscription\n\n"
        "Anne : Elle a écrit cela.\n\nKarim : Bien sûr, et puis encore.\n";
    open_page(s);
    correct(s, 0, "Il");
    a_second_passes(s);
    write_bytes(path, other, strlen(other));
    session_read_again(s, VB_RELOAD_MERGE);
    assert_non_null(strstr(last_said(s), "reload-theirs"));
    a_second_passes(s);
    crash(s, 0);
    open_page(s);
    word_is(s, 0, "Elle");
    assert_true(was_said(s, "doesn't fit the page any more"));
}

static void forgetting_erases_what_was_left_behind_of_that_page_alone(void **state)
{
    (void)state;
    open_page(s);
    correct(s, 0, "Il");
    session_free(s);
    begin_window(s);
    assert_int_equal(drafts_erase(temp_path("another.txt")), 0);
    assert_int_equal(count_drafts(), 1);
    assert_int_equal(drafts_erase(path), 1);
    assert_int_equal(count_drafts(), 0);
}

#define CLAIM(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(what_is_not_saved_is_kept_within_a_second_and_comes_back),
        CLAIM(what_came_back_and_was_taken_away_again_is_gone),
        CLAIM(a_window_that_is_left_with_corrections_leaves_them_for_the_next),
        CLAIM(without_a_memory_nothing_is_kept_nor_touched),
        CLAIM(a_draft_of_a_page_that_changed_since_stays_until_it_is_asked_for),
        CLAIM(drafts_of_before_are_found),
        CLAIM(a_file_that_is_no_draft_harms_nothing),
        CLAIM(two_windows_that_crash_lose_nothing),
        CLAIM(a_window_that_lives_keeps_its_draft_to_itself),
        CLAIM(where_drafts_meet_the_newest_comes_and_the_other_stays),
        CLAIM(what_is_shown_in_the_place_of_another_does_not_overwrite_it),
        CLAIM(what_is_kept_never_goes_over_what_another_program_wrote),
        CLAIM(forgetting_erases_what_was_left_behind_of_that_page_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
