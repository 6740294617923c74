/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of formats, and what a text is taken for. */
#include "transcripts.h"

#include "base/mem.h"

static void every_row_is_found_by_its_name_and_does_something(void **state)
{
    (void)state;
    assert_true(vb_format_count() >= 2);
    for (size_t i = 0; i < vb_format_count(); i++) {
        const struct vb_format *f = vb_format_at(i);
        assert_ptr_equal(vb_format_named(str_of(vb_format_name(f))), f);
        assert_true(vb_format_summary(f)[0] != '\0');
        assert_true(vb_format_reads(f) || vb_format_writes(f));
    }
    assert_null(vb_format_at(vb_format_count()));
    assert_null(vb_format_named(VB_STR("no-such-format")));
}

static const char *guessed(const char *text, const char *name)
{
    const struct vb_format *f = vb_format_guess(str_of(text), name);
    return f ? vb_format_name(f) : "none";
}

static void pages_are_recognised_by_content_whatever_their_name(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "[[Catégorie:Transcriptions]]\n\n'''Titre :''' E\n",
        "'''Titre :''' E\n\n<b>A B : </b>c\n",
        "De April MediaWiki\nAller à la navigation\n\nTitre : E\n",
        "Titre : E\n\nIntervenants : A\n\nTranscription\n",
        "<!DOCTYPE html><html><body><div class=\"mw-parser-output\"></div></body></html>",
        "<html><body><p><b>Anne : </b>Bonjour</p></body></html>",
        "Alice : Bonjour.\nBob : Salut.\n",
        "[[Catégorie:Transcriptions]]\n\nPublié [https://a.org ici] - mars 2021\n",
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        assert_string_equal(guessed(pages[i], "a.srt"), "april");
        assert_string_equal(guessed(pages[i], NULL), "april");
    }
}

static void what_is_no_transcript_is_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "{\"pages\": []}",
        "<html><body><p>Bonjour</p></body></html>",
        "\1\2\3\4",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_string_equal(guessed(texts[i], "page.txt"), "none");
}

static void words_alone_are_text_unless_their_name_says_otherwise(void **state)
{
    (void)state;
    assert_string_equal(guessed("Il était une fois.\n\nUn texte.\n", "page.txt"), "text");
    assert_string_equal(guessed("Note : une phrase.\nEt une autre.\n", NULL), "text");
    assert_string_equal(guessed("Il était une fois.\n", "page.srt"), "none");
}

static void a_plain_conversation_is_less_sure_than_a_page(void **state)
{
    (void)state;
    assert_string_equal(guessed("Alice : Bonjour.\nBob : Salut.\nAlice : Oui.\n", "a.txt"),
                        "april");
    assert_string_equal(guessed("Alice : Bonjour.\n", "a.txt"), "text");
}

static void a_format_that_only_writes_refuses_to_read(void **state)
{
    (void)state;
    struct vb_error error = {0};
    assert_null(vb_read(vb_format_named(VB_STR("chapters")), VB_STR("{}"), &error));
    assert_int_equal(error.code, VB_UNSUPPORTED);
    assert_holds(error.text, "only written");
}

static bool put(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static void a_format_that_only_reads_refuses_to_write(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text("Alice : Bonjour.\nBob : Salut.\nAlice : Oui.\n");
    struct vb_error error = {0};
    struct buf out = {0};
    for (size_t i = 0; i < vb_format_count(); i++)
        if (!vb_format_writes(vb_format_at(i))) {
            assert_false(vb_write(vb_format_at(i), t, NULL, (struct vb_write_options){0}, put,
                                  &out, &error));
            assert_int_equal(error.code, VB_UNSUPPORTED);
        }
    assert_int_equal(out.len, 0);
    vb_transcript_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_found_by_its_name_and_does_something),
        cmocka_unit_test(pages_are_recognised_by_content_whatever_their_name),
        cmocka_unit_test(what_is_no_transcript_is_nothing),
        cmocka_unit_test(words_alone_are_text_unless_their_name_says_otherwise),
        cmocka_unit_test(a_plain_conversation_is_less_sure_than_a_page),
        cmocka_unit_test(a_format_that_only_writes_refuses_to_read),
        cmocka_unit_test(a_format_that_only_reads_refuses_to_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
