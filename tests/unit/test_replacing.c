/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replacing what is found, markers by key, and being asked before anything is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/dialogs.h"
#include "app/editing.h"
#include "app/leaving.h"
#include "app/marker.h"
#include "app/replacing.h"
#include "base/file.h"
#include "base/str.h"
#include "support/support_sound.h"

static const char page[] = "Transcription\n\n"
                           "Anne : Le travail du clic, le clic et encore le Clic.\n\n"
                           "16’ 20\n\n"
                           "Karim : Le ''clic'' en italique, puis le dé\u00AD clic.\n";

static struct session s;

static int begin(void **state)
{
    (void)state;
    session_init(&s, &vb_sink_null, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    s.has_dialogs = true;
    return 0;
}

static int end(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static const char *open_text(const char *name, const char *text)
{
    const char *path = temp_path(name);
    write_bytes(path, text, strlen(text));
    assert_true(session_open(&s, path, NULL));
    session_update(&s, s.clock + 1000);
    return vb_document_path(s.document);
}

static void text_holds(const char *text)
{
    if (str_find(vb_document_text(s.document), str_of(text)) == STR_NOT_FOUND)
        fail_msg("“%s” is not in the page:\n%.*s", text, (int)vb_document_text(s.document).len,
                 vb_document_text(s.document).data);
}

static void replace_with(const char *query, const char *with)
{
    replacing_begin(&s);
    buf_clear(&s.replacing.with);
    buf_puts(&s.replacing.with, with);
    search_begin(&s, 0);
    search_set(&s, str_of(query));
}

static void file_holds(const char *path, const char *text)
{
    struct buf bytes = {0};
    assert_true(file_read(path, 1 << 20, &bytes, NULL));
    assert_true(str_find(buf_str(&bytes), str_of(text)) != STR_NOT_FOUND);
    buf_free(&bytes);
}

/* ---- replacing ---- */

static void one_place_is_replaced_and_the_next_gone_to(void **state)
{
    (void)state;
    open_text("one.txt", page);
    replace_with("clic", "clics");
    replacing_this(&s);
    text_holds("du clics, le clic et");
    assert_int_equal(s.search.here, 1); /* not the one just written, which matches again */
    replacing_this(&s);
    text_holds("du clics, le clics et encore le Clic");
}

static void capitals_make_a_difference_unless_that_is_not_wanted(void **state)
{
    (void)state;
    open_text("exact.txt", page);
    replace_with("clic", "x");
    size_t exact = search_count(&s);
    replacing_set_exact(&s, false);
    assert_true(search_count(&s) > exact);
    session_end_search(&s);
    search_set(&s, VB_STR("clic"));
    assert_true(search_count(&s) > exact); /* a search alone is as it was */
}

static void all_places_are_one_step_of_undo(void **state)
{
    (void)state;
    open_text("all.txt", page);
    replace_with("clic", "click");
    replacing_all(&s);
    text_holds("du click, le click et encore le Clic");
    session_undo_edit(&s);
    assert_int_equal(vb_document_text(s.document).len, strlen(page));
}

static void the_preview_tells_before_and_after(void **state)
{
    (void)state;
    struct buf before = {0}, after = {0};
    open_text("preview.txt", page);
    replace_with("du clic", "au clic");
    assert_true(replacing_preview(&s, &before, &after));
    assert_string_equal(before.data, "Le travail du clic, le clic et");
    assert_string_equal(after.data, "Le travail au clic, le clic et");
    buf_free(&before);
    buf_free(&after);
}

/* ---- markers ---- */

static void write_tone(const char *path)
{
    struct sound sound = tone(440, seconds(30));
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
}

static void open_with_sound(const char *name)
{
    char sound[512];
    struct vb_error error = {0};
    snprintf(sound, sizeof sound, "%s", temp_path("marker.wav"));
    write_tone(sound);
    open_text(name, page);
    if (!session_open(&s, sound, &error))
        fail_msg("%s", error.text);
    session_update(&s, s.clock + 1000);
}

static void a_marker_is_written_as_the_page_writes_them_and_the_caret_stays(void **state)
{
    (void)state;
    open_with_sound("marker.txt");
    size_t at = str_find(vb_document_text(s.document), VB_STR("et encore"));
    assert_true(session_edit_begin(&s, (uint32_t)at));
    session_seek(&s, 21 * VB_SECOND);
    marker_here(&s);
    text_holds("le clic\n\n00’ 21\n\net encore");
    assert_int_equal(caret_place(&s),
                     str_find(vb_document_text(s.document), VB_STR("et encore")));
}

static void a_marker_is_moved_as_one_step(void **state)
{
    (void)state;
    open_with_sound("move.txt");
    size_t at = str_find(vb_document_text(s.document), VB_STR("Le travail"));
    assert_true(session_edit_begin(&s, (uint32_t)at));
    session_seek(&s, 21 * VB_SECOND);
    marker_move_here(&s);
    text_holds("Transcription\n\n00’ 21\n\nAnne : Le travail");
    assert_true(str_find(vb_document_text(s.document), VB_STR("16’ 20")) == STR_NOT_FOUND);
    assert_non_null(strstr(session_message(&s, s.said - 1)->text, "16:20 stands at 0:21"));
    session_undo_edit(&s);
    assert_int_equal(vb_document_text(s.document).len, strlen(page));
}

/* ---- leaving ---- */

static void correct(void)
{
    assert_true(session_edit_begin(
        &s, (uint32_t)str_find(vb_document_text(s.document), VB_STR("encore"))));
    caret_type(&s, VB_STR("puis "));
}

static void quitting_asks_and_saving_quits(void **state)
{
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s", open_text("quit.txt", page));
    correct();
    session_quit(&s);
    assert_false(s.quit);
    assert_int_equal(s.asked, ASK_LEAVE);
    dialog_of(s.asked)->buttons[2].run(&s);
    assert_false(s.quit);
    assert_int_equal(s.asked, ASK_NOTHING);
    session_quit(&s);
    dialog_of(s.asked)->buttons[0].run(&s);
    assert_true(s.quit);
    file_holds(path, "et puis encore");
}

static void another_page_asks_and_then_comes(void **state)
{
    (void)state;
    char path[512];
    const char *other = temp_path("other.txt");
    snprintf(path, sizeof path, "%s", open_text("first.txt", page));
    write_bytes(other, "Transcription\n\nZoé : Salut.\n", 28);
    correct();
    assert_true(session_open(&s, other, NULL));
    text_holds("Le travail");
    dialog_of(s.asked)->buttons[1].run(&s);
    text_holds("Zoé");
    assert_false(session_changed(&s));
    file_holds(path, "le clic et encore"); /* as it was */
}

static void a_sound_asks_nothing(void **state)
{
    (void)state;
    open_text("silent.txt", page);
    correct();
    write_tone(temp_path("other.wav"));
    assert_true(session_open(&s, temp_path("other.wav"), NULL));
    assert_int_equal(s.asked, ASK_NOTHING);
    assert_non_null(s.player);
}

static void a_file_that_cannot_be_written_asks_for_another_name(void **state)
{
    (void)state;
    char folder[512], path[600];
    snprintf(folder, sizeof folder, "%s", temp_path("gone"));
    mkdir(folder, 0700);
    snprintf(path, sizeof path, "%s/page.txt", folder);
    write_bytes(path, page, strlen(page));
    assert_true(session_open(&s, path, NULL));
    correct();
    unlink(path);
    rmdir(folder);
    session_quit(&s);
    leaving_save(&s);
    assert_false(s.quit);
    assert_int_equal(s.asked, ASK_SAVE_AS);
}

static void two_changes_that_meet_are_asked_about(void **state)
{
    (void)state;
    char path[512], theirs[sizeof page];
    snprintf(path, sizeof path, "%s", open_text("meet.txt", page));
    correct();
    assert_true(caret_commit(&s));
    memcpy(theirs, page, sizeof page);
    memcpy(strstr(theirs, "encore"), "ENCORE", 6);
    write_bytes(path, theirs, strlen(theirs));
    session_read_again(&s, VB_RELOAD_MERGE);
    assert_int_equal(s.asked, ASK_CONFLICT);
    struct buf told = {0};
    dialog_of(ASK_CONFLICT)->tell(&s, &told);
    assert_true(told.len > 20);
    buf_free(&told);
    dialog_of(ASK_CONFLICT)->buttons[1].run(&s);
    text_holds("ENCORE");
    session_undo_edit(&s);
    text_holds("et puis encore");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_place_is_replaced_and_the_next_gone_to, begin, end),
        cmocka_unit_test_setup_teardown(capitals_make_a_difference_unless_that_is_not_wanted,
                                        begin, end),
        cmocka_unit_test_setup_teardown(all_places_are_one_step_of_undo, begin, end),
        cmocka_unit_test_setup_teardown(the_preview_tells_before_and_after, begin, end),
        cmocka_unit_test_setup_teardown(
            a_marker_is_written_as_the_page_writes_them_and_the_caret_stays, begin, end),
        cmocka_unit_test_setup_teardown(a_marker_is_moved_as_one_step, begin, end),
        cmocka_unit_test_setup_teardown(quitting_asks_and_saving_quits, begin, end),
        cmocka_unit_test_setup_teardown(another_page_asks_and_then_comes, begin, end),
        cmocka_unit_test_setup_teardown(a_sound_asks_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_file_that_cannot_be_written_asks_for_another_name,
                                        begin, end),
        cmocka_unit_test_setup_teardown(two_changes_that_meet_are_asked_about, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
