/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections: only the bytes of a correction differ, every step can be undone, a save is whole
 * and never goes over what another program wrote. */
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

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_document.h"
#include "support/support_sound.h"

static struct vb_document *open_file(const char *name, const char *text)
{
    const char *path = temp_path(name);
    write_bytes(path, text, strlen(text));
    struct vb_document *d = vb_document_open(path, NULL);
    assert_non_null(d);
    return d;
}

static void file_is(const char *path, const char *expected)
{
    size_t count;
    uint8_t *bytes = read_bytes(path, &count);
    if (!str_is((vb_str){(char *)bytes, count}, str_of(expected)))
        fail_msg("%s is:\n%.*s", path, (int)count, (char *)bytes);
    free(bytes);
}

static bool replace(struct vb_document *d, uint32_t word, const char *text)
{
    return vb_document_replace(d, word_span(d, word), str_of(text), NULL);
}

/* The page with one piece of it replaced. */
static const char *page_with(const char *what, const char *by)
{
    static struct buf text;
    buf_clear(&text);
    size_t at = str_find(str_of(small_page), str_of(what));
    assert_true(at != STR_NOT_FOUND);
    buf_add(&text, str_cut(str_of(small_page), 0, at));
    buf_puts(&text, by);
    buf_add(&text, str_from(str_of(small_page), at + strlen(what)));
    return text.data;
}

static void one_corrected_word_changes_only_its_bytes(void **state)
{
    (void)state;
    struct vb_document *d = open_text(small_page);
    assert_word(d, 0, "II");
    assert_false(vb_document_changed(d));
    assert_true(replace(d, 0, "Il"));
    assert_word(d, 0, "Il");
    assert_bytes(d, page_with("II", "Il"));
    assert_true(vb_document_changed(d));
    vb_document_close(d);
}

static void what_is_put_in_comes_before_what_is_replaced_there(void **state)
{
    (void)state;
    struct vb_document *d = open_text(small_page);
    struct vb_span word = word_span(d, 0);
    const struct vb_change changes[] = {
        {word,         VB_STR("Elle")},
        {{word.at, 0}, VB_STR("Oui ")},
    };
    assert_true(vb_document_edit(d, changes, 2, NULL));
    assert_bytes(d, page_with("II", "Oui Elle"));
    assert_true(vb_document_undo(d, NULL));
    assert_bytes(d, small_page);
    const struct vb_change inside[] = {
        {{word.at + 1, 0}, VB_STR("x")   },
        {word,             VB_STR("Elle")},
    };
    struct vb_error error = {0};
    assert_false(vb_document_edit(d, inside, 2, &error));
    assert_non_null(strstr(error.text, "overlap"));
    assert_bytes(d, small_page);
    vb_document_close(d);
}

static void several_changes_are_one_step(void **state)
{
    (void)state;
    struct vb_document *d = open_text(small_page);
    const struct vb_change changes[] = {
        {word_span(d, 3), VB_STR("Encore ?")},
        {word_span(d, 0), VB_STR("Elle")    },
    };
    assert_true(vb_document_edit(d, changes, 2, NULL));
    assert_word(d, 0, "Elle");
    assert_word(d, 3, "Encore ?");
    struct vb_span where;
    assert_true(vb_document_undo(d, &where));
    assert_bytes(d, small_page);
    assert_int_equal(where.at, changes[1].span.at);
    assert_false(vb_document_undo(d, NULL));
    assert_true(vb_document_redo(d, &where));
    assert_word(d, 3, "Encore ?");
    assert_false(vb_document_redo(d, NULL));
    vb_document_close(d);
}

static void what_cannot_be_is_refused_and_nothing_changes(void **state)
{
    (void)state;
    struct vb_document *d = open_text(small_page);
    vb_str text = vb_document_text(d);
    struct vb_span half = {(uint32_t)str_find(text, VB_STR("é")) + 1, 2};
    const struct vb_change overlap[] = {
        {{10, 5}, VB_STR("x")},
        {{12, 1}, VB_STR("y")}
    };
    assert_false(vb_document_edit(d, overlap, 2, NULL));
    assert_false(vb_document_replace(d, half, VB_STR("x"), NULL));
    assert_false(
        vb_document_replace(d, (struct vb_span){(uint32_t)text.len, 1}, VB_STR("x"), NULL));
    assert_false(vb_document_replace(d, (struct vb_span){0, 1}, VB_STR("\xC3"), NULL));
    struct vb_error error = {0};
    assert_false(vb_document_replace(d, (struct vb_span){0, (uint32_t)text.len},
                                     VB_STR("Bonjour."), &error));
    assert_non_null(strstr(error.text, "after this change"));
    assert_false(
        vb_document_replace(d, (struct vb_span){0, (uint32_t)text.len}, VB_STR(""), NULL));
    assert_bytes(d, small_page);
    assert_false(vb_document_changed(d));
    vb_document_close(d);
}

static void a_saved_web_page_is_not_corrected_in_place(void **state)
{
    (void)state;
    struct vb_document *d = vb_document_from(
        "page.html",
        VB_STR("<html><body><p><b>Intervenants</b> : Anne</p><p>Transcription</p>"
               "<p><b>Anne :</b> Bonjour à tous.</p><p><b>Anne :</b> Bien.</p></body></html>"),
        NULL);
    assert_non_null(d);
    struct vb_error error = {0};
    assert_false(replace(d, 0, "Salut"));
    assert_false(vb_document_editable(d, &error));
    assert_non_null(strstr(error.text, "HTML"));
    vb_document_close(d);
}

static void undo_has_no_limit_and_ends_at_the_bytes_that_were_read(void **state)
{
    (void)state;
    struct vb_document *d = open_text(small_page);
    char name[16];
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "mot%d", i);
        assert_true(replace(d, 0, name));
    }
    for (int i = 0; i < 500; i++)
        assert_true(vb_document_undo(d, NULL));
    assert_false(vb_document_undo(d, NULL));
    assert_bytes(d, small_page);
    assert_false(vb_document_changed(d));
    for (int i = 0; i < 500; i++)
        assert_true(vb_document_redo(d, NULL));
    assert_word(d, 0, "mot499");
    vb_document_close(d);
}

static void a_new_correction_forgets_what_was_undone(void **state)
{
    (void)state;
    struct vb_document *d = open_text(small_page);
    assert_true(replace(d, 0, "Un"));
    assert_true(vb_document_undo(d, NULL));
    assert_true(replace(d, 0, "Deux"));
    assert_false(vb_document_redo(d, NULL));
    assert_word(d, 0, "Deux");
    vb_document_close(d);
}

/* ---- the disk ---- */

static void a_save_writes_the_correction_and_keeps_the_old_file_beside(void **state)
{
    (void)state;
    struct vb_document *d = open_file("save.txt", small_page);
    const char *path = vb_document_path(d);
    chmod(path, 0640);
    assert_true(replace(d, 0, "Il"));
    assert_true(vb_document_save(d, NULL));
    assert_false(vb_document_changed(d));
    file_is(path, page_with("II", "Il"));
    file_is(temp_path("save.txt~"), small_page);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);

    assert_true(replace(d, 0, "Elle"));
    assert_true(vb_document_save(d, NULL));
    file_is(temp_path("save.txt~"), small_page); /* the first one, not the second */
    assert_true(vb_document_undo(d, NULL));
    assert_true(vb_document_changed(d)); /* the disk has the later text */
    assert_true(vb_document_redo(d, NULL));
    assert_false(vb_document_changed(d));
    vb_document_close(d);
}

static void a_save_does_not_go_over_what_another_program_wrote(void **state)
{
    (void)state;
    struct vb_document *d = open_file("other.txt", small_page);
    const char *path = vb_document_path(d);
    assert_int_equal(vb_document_on_disk(d), VB_DISK_SAME);
    const char *theirs = page_with("Déjà", "Encore");
    write_bytes(path, theirs, strlen(theirs));
    assert_int_equal(vb_document_on_disk(d), VB_DISK_CHANGED);
    assert_true(replace(d, 0, "Il"));
    struct vb_error error = {0};
    assert_false(vb_document_save(d, &error));
    assert_int_equal(error.code, VB_CHANGED);
    file_is(path, theirs);

    assert_true(vb_document_reload(d, VB_RELOAD_MERGE, NULL));
    assert_word(d, 0, "Il");
    assert_word(d, 4, "Encore ?");
    assert_true(vb_document_changed(d));
    assert_true(vb_document_save(d, NULL));
    assert_true(vb_document_undo(d, NULL)); /* the merge */
    assert_true(vb_document_undo(d, NULL)); /* the correction */
    assert_bytes(d, small_page);
    vb_document_close(d);
}

static void changes_that_touch_are_not_merged(void **state)
{
    (void)state;
    struct vb_document *d = open_file("touch.txt", small_page);
    const char *theirs = page_with("II a", "Elle a");
    write_bytes(vb_document_path(d), theirs, strlen(theirs));
    assert_true(replace(d, 0, "Il"));
    struct vb_error error = {0};
    assert_false(vb_document_reload(d, VB_RELOAD_MERGE, &error));
    assert_int_equal(error.code, VB_CHANGED);
    assert_int_equal(error.line, 7);
    assert_word(d, 0, "Il");

    assert_true(vb_document_reload(d, VB_RELOAD_THEIRS, NULL));
    assert_word(d, 0, "Elle");
    assert_false(vb_document_changed(d));
    assert_true(vb_document_undo(d, NULL));
    assert_word(d, 0, "Il"); /* nothing is lost */
    assert_true(vb_document_changed(d));

    assert_true(vb_document_reload(d, VB_RELOAD_OURS, NULL));
    assert_true(vb_document_save(d, NULL));
    file_is(vb_document_path(d), page_with("II", "Il"));
    vb_document_close(d);
}

static void a_new_date_alone_is_no_change(void **state)
{
    (void)state;
    struct vb_document *d = open_file("date.txt", small_page);
    write_bytes(vb_document_path(d), small_page, strlen(small_page));
    assert_int_equal(vb_document_on_disk(d), VB_DISK_SAME);
    assert_int_equal(unlink(vb_document_path(d)), 0);
    assert_int_equal(vb_document_on_disk(d), VB_DISK_GONE);
    assert_true(replace(d, 0, "Il"));
    assert_true(vb_document_save(d, NULL)); /* it is written again */
    file_is(vb_document_path(d), page_with("II", "Il"));
    vb_document_close(d);
}

static void a_save_under_another_name_leaves_the_first_file_alone(void **state)
{
    (void)state;
    struct vb_document *d = open_file("first.txt", small_page);
    assert_true(replace(d, 0, "Il"));
    const char *other = temp_path("second.txt");
    assert_true(vb_document_save_as(d, other, NULL));
    assert_string_equal(vb_document_path(d), other);
    file_is(other, page_with("II", "Il"));
    file_is(temp_path("first.txt"), small_page);
    assert_false(vb_document_changed(d));
    assert_false(vb_document_save_as(d, "/nowhere/at/all.txt", NULL));
    assert_string_equal(vb_document_path(d), other);
    vb_document_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_corrected_word_changes_only_its_bytes),
        cmocka_unit_test(what_is_put_in_comes_before_what_is_replaced_there),
        cmocka_unit_test(several_changes_are_one_step),
        cmocka_unit_test(what_cannot_be_is_refused_and_nothing_changes),
        cmocka_unit_test(a_saved_web_page_is_not_corrected_in_place),
        cmocka_unit_test(undo_has_no_limit_and_ends_at_the_bytes_that_were_read),
        cmocka_unit_test(a_new_correction_forgets_what_was_undone),
        cmocka_unit_test(a_save_writes_the_correction_and_keeps_the_old_file_beside),
        cmocka_unit_test(a_save_does_not_go_over_what_another_program_wrote),
        cmocka_unit_test(changes_that_touch_are_not_merged),
        cmocka_unit_test(a_new_date_alone_is_no_change),
        cmocka_unit_test(a_save_under_another_name_leaves_the_first_file_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
