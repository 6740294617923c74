/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookmarks with notes: set, found again, taken away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks.h"
#include "app/memory.h"
#include "app/session.h"
#include "base/str.h"
#include "support/support_sound.h"

static const char page[] = "Titre : Essai\n\nIntervenants : Anne Petit - Karim Grand\n\n"
                           "Transcription\n\nAnne Petit : Un deux trois quatre.\n\n"
                           "Karim Grand : Cinq six sept huit.\n";

static char state_path[512], text_path[512], sound_path[512];

static int make_files(void **state)
{
    (void)state;
    struct sound sound = at_rate(tone(220, 8000 * 20), 8000);
    snprintf(text_path, sizeof text_path, "%s", temp_path("page.txt"));
    snprintf(sound_path, sizeof sound_path, "%s", temp_path("talk.wav"));
    snprintf(state_path, sizeof state_path, "%s", temp_path("state.db"));
    write_bytes(text_path, page, strlen(page));
    write_sound(sound_path, &sound, AS_WAV);
    sound_free(&sound);
    return 0;
}

static struct session begin(const char *path)
{
    struct session s;
    struct vb_error error = {0};
    session_init(&s, &hand_sink, NULL, NULL);
    memory_begin(&s, path ? store_open(path, NULL, NULL) : store_open_nothing());
    if (!session_open_pair(&s, sound_path, text_path, &error))
        fail_msg("%s", error.text);
    session_update(&s, VB_SECOND);
    return s;
}

static void answer(struct session *s, const char *note)
{
    struct buf why = {0};
    assert_int_equal(s->asked, ASK_NOTE);
    assert_true(question_of(ASK_NOTE)->answer(s, str_of(note), &why));
    s->asked = ASK_NOTHING;
    buf_free(&why);
    bookmarks_update(s);
}

static void set_at(struct session *s, uint32_t word, const char *note)
{
    s->menu_word = word;
    bookmarks_set(s);
    answer(s, note);
    s->menu_word = VB_NONE;
}

static size_t count_of(const struct session *s)
{
    size_t count;
    bookmarks_list(s, &count);
    return count;
}

static void a_bookmark_is_set_with_its_note_and_stands_on_the_seek_bar(void **state)
{
    (void)state;
    struct session s = begin(NULL);
    size_t count;
    set_at(&s, 5, "  à vérifier ");
    set_at(&s, 2, "");
    const struct store_mark *marks = bookmarks_list(&s, &count);
    assert_int_equal(count, 2);
    assert_int_equal(marks[0].word, 2); /* in reading order */
    assert_string_equal(marks[1].note.data, "à vérifier");
    assert_int_equal(bookmarks_time(&s, &marks[1]), vb_timeline_start(s.timeline, 5));
    assert_int_equal(s.marks.count, 2);
    assert_int_equal(s.marks.items[0].kind, MARK_BOOKMARK);
    session_free(&s);
}

static void a_second_time_its_note_is_asked_for_again(void **state)
{
    (void)state;
    struct session s = begin(NULL);
    struct buf offer = {0};
    size_t count;
    set_at(&s, 5, "un");
    s.menu_word = 5;
    bookmarks_set(&s);
    question_of(ASK_NOTE)->offer(&s, &offer);
    assert_string_equal(offer.data, "un");
    answer(&s, "deux");
    const struct store_mark *marks = bookmarks_list(&s, &count);
    assert_int_equal(count, 1);
    assert_string_equal(marks[0].note.data, "deux");
    buf_free(&offer);
    session_free(&s);
}

static void it_goes_to_what_is_selected_else_to_where_the_reader_is(void **state)
{
    (void)state;
    struct session s = begin(NULL);
    size_t count;
    selection_set(&s, 4, 3);
    bookmarks_set(&s);
    answer(&s, "");
    selection_none(&s);
    s.word = 6;
    bookmarks_set(&s);
    answer(&s, "");
    const struct store_mark *marks = bookmarks_list(&s, &count);
    assert_int_equal(marks[0].word, 3);
    assert_int_equal(marks[1].word, 6);
    session_free(&s);
}

static void it_can_be_taken_away_where_it_is(void **state)
{
    (void)state;
    struct session s = begin(NULL);
    set_at(&s, 5, "un");
    s.menu_word = 4;
    bookmarks_drop(&s);
    assert_int_equal(count_of(&s), 1);
    s.menu_word = 5;
    bookmarks_drop(&s);
    bookmarks_update(&s);
    assert_int_equal(count_of(&s), 0);
    assert_int_equal(s.marks.count, 0);
    session_free(&s);
}

static void one_can_step_from_bookmark_to_bookmark(void **state)
{
    (void)state;
    struct session s = begin(NULL);
    set_at(&s, 3, "");
    set_at(&s, 6, "");
    vb_time first = vb_timeline_start(s.timeline, 3), second = vb_timeline_start(s.timeline, 6);
    bookmarks_step(&s, 1);
    assert_int_equal(s.now.position, first);
    bookmarks_step(&s, 1);
    assert_int_equal(s.now.position, second);
    bookmarks_step(&s, 1); /* there is none: said, and nothing moves */
    assert_int_equal(s.now.position, second);
    bookmarks_step(&s, -1);
    assert_int_equal(s.now.position, first);
    session_undo_jump(&s);
    assert_int_equal(s.now.position, second);
    session_free(&s);
}

static void bookmarks_outlive_the_sitting(void **state)
{
    (void)state;
    struct session s = begin(state_path);
    set_at(&s, 5, "œuvre");
    session_free(&s);
    s = begin(state_path);
    size_t count;
    const struct store_mark *marks = bookmarks_list(&s, &count);
    assert_int_equal(count, 1);
    assert_string_equal(marks[0].note.data, "œuvre");
    session_free(&s);
}

static void a_recording_alone_is_marked_by_its_time(void **state)
{
    (void)state;
    struct session s;
    size_t count;
    session_init(&s, &hand_sink, NULL, NULL);
    memory_begin(&s, store_open_nothing());
    assert_true(session_open(&s, sound_path, NULL));
    session_update(&s, VB_SECOND);
    session_seek(&s, 7 * VB_SECOND);
    bookmarks_set(&s);
    answer(&s, "ici");
    const struct store_mark *marks = bookmarks_list(&s, &count);
    assert_int_equal(count, 1);
    assert_int_equal(marks[0].word, VB_NONE);
    assert_int_equal(bookmarks_time(&s, &marks[0]), 7 * VB_SECOND);
    bookmarks_drop(&s);
    assert_int_equal(count_of(&s), 0);
    session_free(&s);
}

static void with_nothing_open_that_is_said(void **state)
{
    (void)state;
    struct session s;
    session_init(&s, &hand_sink, NULL, NULL);
    memory_begin(&s, store_open_nothing());
    bookmarks_set(&s);
    assert_int_equal(s.asked, ASK_NOTHING);
    assert_int_equal(s.said, 1);
    session_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bookmark_is_set_with_its_note_and_stands_on_the_seek_bar),
        cmocka_unit_test(a_second_time_its_note_is_asked_for_again),
        cmocka_unit_test(it_goes_to_what_is_selected_else_to_where_the_reader_is),
        cmocka_unit_test(it_can_be_taken_away_where_it_is),
        cmocka_unit_test(one_can_step_from_bookmark_to_bookmark),
        cmocka_unit_test(bookmarks_outlive_the_sitting),
        cmocka_unit_test(a_recording_alone_is_marked_by_its_time),
        cmocka_unit_test(with_nothing_open_that_is_said),
    };
    return cmocka_run_group_tests_name("bookmarks", tests, make_files, NULL);
}
