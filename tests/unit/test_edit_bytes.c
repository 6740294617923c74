/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections in pages of any encoding, anywhere in them: only their own bytes change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_document.h"

/* Are the text and the words those of the bytes? */
static void bytes_are_read(const struct vb_document *d)
{
    char *data;
    size_t len;
    vb_document_bytes(d, &data, &len);
    struct vb_document *fresh = vb_document_from("page.txt", (vb_str){data, len}, NULL);
    assert_non_null(fresh);
    assert_true(str_is(vb_document_text(fresh), vb_document_text(d)));
    assert_int_equal(vb_word_count(vb_document_transcript(fresh)),
                     vb_word_count(vb_document_transcript(d)));
    vb_document_close(fresh);
    free(data);
}

static bool replace(struct vb_document *d, uint32_t word, const char *text)
{
    return vb_document_replace(d, word_span(d, word), str_of(text), NULL);
}

static void a_byte_order_mark_and_windows_line_ends_stay(void **state)
{
    (void)state;
    static const char before[] = "\xEF\xBB\xBFIntervenants : Anne\r\n\r\nTranscription\r\n\r\n"
                                 "Anne : Un deux.\r\n\r\nAnne : Trois.\r\n";
    static const char after[] = "\xEF\xBB\xBFIntervenants : Anne\r\n\r\nTranscription\r\n\r\n"
                                "Anne : Un\r\n\r\ndeux.\r\n\r\nAnne : Trois.\r\n";
    struct vb_document *d = open_text(before);
    struct vb_span one = word_span(d, 0), two = word_span(d, 1);
    struct vb_span between = {one.at + one.len, two.at - one.at - one.len};
    assert_true(vb_document_replace(d, between, VB_STR("\n\n"), NULL));
    assert_bytes(d, after);
    vb_document_close(d);
}

static void a_page_in_another_encoding_stays_in_it(void **state)
{
    (void)state;
    static const char before[] = "Intervenants : Zo\xE9\n\nTranscription\n\n"
                                 "Zo\xE9 : D\xE9j\xE0 vu.\n\nZo\xE9 : \xC0 peu pr\xE8s.\n";
    struct vb_document *d = open_text(before);
    assert_string_equal(vb_document_encoding(d), "windows-1252");
    assert_true(replace(d, 1, "œuvré…"));
    assert_bytes(d, "Intervenants : Zo\xE9\n\nTranscription\n\n"
                    "Zo\xE9 : D\xE9j\xE0 \x9Cuvr\xE9\x85\n\nZo\xE9 : \xC0 peu pr\xE8s.\n");
    struct vb_error error = {0};
    assert_false(vb_document_replace(d, word_span(d, 0), VB_STR("日本"), &error));
    assert_non_null(strstr(error.text, "日"));
    assert_non_null(strstr(error.text, "windows-1252"));
    assert_word(d, 0, "Déjà");
    vb_document_close(d);
}

static void a_broken_byte_elsewhere_survives_a_correction_and_its_undo(void **state)
{
    (void)state;
    struct buf broken = {0};
    buf_puts(&broken, small_page);
    char *at = strstr(broken.data, "Déjà");
    at[1] = '\xFF'; /* half of é is gone */
    struct vb_document *d = open_text(broken.data);
    assert_true(replace(d, 0, "Il"));
    char *data;
    size_t len;
    vb_document_bytes(d, &data, &len);
    assert_int_equal(len, broken.len);
    assert_non_null(strstr(data, "Il a"));
    assert_non_null(strstr(data, "D\xFF\xA9j"));
    free(data);
    assert_true(vb_document_undo(d, NULL));
    assert_bytes(d, broken.data);
    vb_document_close(d);
    buf_free(&broken);
}

/* Letter by letter at one place, whatever bytes the file has there. */
static void typing_keeps_the_encoding_of_the_page(void **state)
{
    (void)state;
    static const vb_str typed[] = {VB_STR("’"), VB_STR("« "), VB_STR("«é»"), VB_STR("")};
    static const char french[] = "Intervenants : Zo\xE9\n\nTranscription\n\n"
                                 "Zo\xE9 : \xAB D\xE9j\xE0 \xBB vu \xB0 n\xE9.\n";
    struct buf utf16 = {0};
    for (size_t i = 0; i < sizeof french - 1; i++)
        buf_add(&utf16, (vb_str){
                            (const char[]){french[i], 0},
                             2
        });
    const vb_str pages[] = {
        {french, sizeof french - 1},
        buf_str(&utf16)
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct vb_document *d = vb_document_from("page.txt", pages[i], NULL);
        assert_string_equal(vb_document_encoding(d), i ? "UTF-16LE" : "windows-1252");
        for (uint32_t at = 0; at <= vb_document_text(d).len; at++) {
            struct vb_span here = {at, 0};
            if (!vb_document_retype(d, here, typed, COUNT(typed), NULL))
                continue; /* inside a character */
            assert_bytes_of(d, pages[i]);
            while (vb_document_undo(d, NULL))
                bytes_are_read(d);
            assert_bytes_of(d, pages[i]);
            assert_false(vb_document_changed(d));
            while (vb_document_redo(d, NULL))
                bytes_are_read(d);
            assert_bytes_of(d, pages[i]);
            while (vb_document_undo(d, NULL))
                continue;
        }
        vb_document_close(d);
    }
    buf_free(&utf16);
}

/* At the first byte, behind the last one, and all that there is. */
static void the_edges_of_a_page_are_corrected_as_its_middle(void **state)
{
    (void)state;
    static const char marked[] =
        "\xEF\xBB\xBFUn soir de juin nous avons parlé de tout cela.\n\n"
        "Il était tard, et personne ne voulait rentrer.\n";
    static const char other[] = "Un matin de mai tout le monde est parti sans rien dire.\n";
    for (size_t mark = 0; mark <= 3; mark += 3) {
        vb_str before = {marked + 3 - mark, sizeof marked - 1 - 3 + mark};
        struct vb_document *d = vb_document_from("page.txt", before, NULL);
        assert_non_null(d);
        uint32_t end = (uint32_t)vb_document_text(d).len;
        struct buf wanted = {0};
        buf_add(&wanted, str_cut(before, 0, mark));
        buf_puts(&wanted, "É");
        buf_add(&wanted, str_from(before, mark));
        buf_puts(&wanted, "Fin");
        assert_true(vb_document_replace(d, (struct vb_span){0, 0}, VB_STR("É"), NULL));
        assert_true(vb_document_replace(d, (struct vb_span){end + 2, 0}, VB_STR("Fin"), NULL));
        assert_bytes_of(d, buf_str(&wanted));
        assert_false(vb_document_replace(d, (struct vb_span){0, end + 5}, VB_STR(""), NULL));
        assert_bytes_of(d, buf_str(&wanted));
        assert_true(vb_document_replace(d, (struct vb_span){0, end + 5}, str_of(other), NULL));
        buf_clear(&wanted);
        buf_add(&wanted, str_cut(before, 0, mark));
        buf_puts(&wanted, other);
        assert_bytes_of(d, buf_str(&wanted));
        while (vb_document_undo(d, NULL))
            bytes_are_read(d);
        assert_bytes_of(d, before);
        vb_document_close(d);
        buf_free(&wanted);
    }
}

static void a_correction_at_every_byte_leaves_the_rest(void **state)
{
    (void)state;
    struct vb_document *d = open_text(small_page);
    for (uint32_t at = 0; at <= strlen(small_page); at++) {
        if (!vb_document_replace(d, (struct vb_span){at, 0}, VB_STR("é"), NULL))
            continue; /* inside a character, or the page would be none */
        char *data;
        size_t len;
        vb_document_bytes(d, &data, &len);
        assert_int_equal(len, strlen(small_page) + strlen("é"));
        assert_memory_equal(data, small_page, at);
        assert_string_equal(data + at + strlen("é"), small_page + at);
        free(data);
        assert_true(vb_document_undo(d, NULL));
    }
    assert_bytes(d, small_page);
    vb_document_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_order_mark_and_windows_line_ends_stay),
        cmocka_unit_test(a_page_in_another_encoding_stays_in_it),
        cmocka_unit_test(a_broken_byte_elsewhere_survives_a_correction_and_its_undo),
        cmocka_unit_test(typing_keeps_the_encoding_of_the_page),
        cmocka_unit_test(the_edges_of_a_page_are_corrected_as_its_middle),
        cmocka_unit_test(a_correction_at_every_byte_leaves_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
