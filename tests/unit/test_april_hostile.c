/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that nobody would write: large, deep, cut off, never closed.  Each is read or refused,
 * in time that grows with its length. */
#include "transcripts.h"

#include "base/mem.h"
#include "support/support_hostile.h"

#define WIKITEXT "'''Titre :''' Essai\n\n==Transcription==\n\n<b>Anne Martin : </b>"
#define RENDERED                                                                               \
    "Titre : Essai\n\nIntervenants : Anne Martin\n\nTranscription\n\nAnne Martin : "
#define HTML "<!DOCTYPE html><html><body><h2>Transcription</h2><p><b>Anne Martin : </b>"

/* NULL where it was refused, with a sentence. */
static struct vb_transcript *try_read(vb_str text)
{
    struct vb_error error;
    return hostile_read("april", text, &error);
}

/* So many that quadratic time is far beyond what is allowed. */
static void assert_survives(const char *start, const char *part, const char *end)
{
    struct buf text = hostile_text(start, part, 100000, end);
    vb_transcript_unref(try_read(buf_str(&text)));
    buf_free(&text);
}

static void unclosed_markup_takes_no_more_time_than_it_should(void **state)
{
    (void)state;
    static const char *const parts[] = {"<ref>",
                                        "<ref name=a>",
                                        "<nowiki>",
                                        "<pre>",
                                        "<!--",
                                        "{{",
                                        "{{{",
                                        "{|\n",
                                        "[http://a ",
                                        "[[a",
                                        "[",
                                        "''''",
                                        "'",
                                        "<b>",
                                        "<b",
                                        "<",
                                        "&",
                                        "&#",
                                        "<math>",
                                        "<gallery",
                                        "==\n",
                                        "=",
                                        "]]",
                                        "}}",
                                        "-->",
                                        "</ref>",
                                        "<br/>",
                                        "__",
                                        "\n\n",
                                        "\n*",
                                        "[a]",
                                        "]",
                                        "[1]",
                                        "<ref/>",
                                        "<ref name=a/>",
                                        "a : b\n",
                                        "== a 1’ ==\n",
                                        "<i>",
                                        "\t \r",
                                        "http://",
                                        "«",
                                        "“",
                                        "[[a|",
                                        "\n;a : b",
                                        "<nowiki>&",
                                        "§",
                                        "Titre : a\nDate : b\n\n"};
    for (size_t i = 0; i < COUNT(parts); i++) {
        assert_survives(WIKITEXT, parts[i], "\n");
        assert_survives(RENDERED, parts[i], "\n");
    }
}

static void deep_html_is_refused_or_read(void **state)
{
    (void)state;
    static const char *const parts[] = {"<b>",
                                        "<p>",
                                        "<div>",
                                        "<table><tr><td>",
                                        "<a>",
                                        "</b>",
                                        "<li>",
                                        "<ul><li>",
                                        "<!--",
                                        "<b",
                                        "&",
                                        "<script>",
                                        "<br>",
                                        "<h2>",
                                        "</p>",
                                        "<a b",
                                        "<font><b>",
                                        "<dl><dt>",
                                        "<span class=\"a b\">"};
    for (size_t i = 0; i < COUNT(parts); i++)
        assert_survives(HTML, parts[i], "fin");
    struct buf text = hostile_text(HTML, "<b>", 3000000, "fin");
    struct vb_error error = refused(buf_str(&text));
    assert_holds(error.text, "nested deeper");
    buf_free(&text);
}

static void one_huge_attribute_does_no_harm(void **state)
{
    (void)state;
    struct buf text =
        hostile_text(HTML "Un.</p><p class=\"", "abcdefgh", 1250000, "\">Deux.</p>");
    struct vb_transcript *t = try_read(buf_str(&text));
    assert_non_null(t);
    assert_int_not_equal(find_word(t, "Deux."), VB_NONE);
    vb_transcript_unref(t);
    buf_free(&text);
}

static void scripts_hold_no_labels(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(HTML "Un.</p><script>\"<b>Faux : </b>rien\"</script><style>Faux : "
                       "x</style><nav><b>Menu : </b>x</nav><p>Deux.</p></body></html>");
    assert_int_equal(vb_turn_count(t), 1);
    assert_int_equal(vb_word_count(t), 2);
    vb_transcript_unref(t);
}

static void a_line_of_a_megabyte_is_one_paragraph(void **state)
{
    (void)state;
    static const char *const starts[] = {WIKITEXT, RENDERED, HTML};
    for (size_t i = 0; i < COUNT(starts); i++) {
        struct buf text = hostile_text(starts[i], "mot, ", 210000, "fin");
        struct vb_transcript *t = try_read(buf_str(&text));
        assert_non_null(t);
        assert_int_equal(vb_paragraph_count(t), 1);
        assert_int_equal(vb_word_count(t), 210001);
        vb_transcript_unref(t);
        buf_free(&text);
    }
}

static void a_hundred_thousand_labels_are_read(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_puts(&text, "Titre : Essai\n\nTranscription\n\n");
    for (int i = 0; i < 100000; i++)
        buf_printf(&text, "Nom%c%c%c%c Autre : Un mot.\n\n", 'a' + i % 26, 'a' + i / 26 % 26,
                   'a' + i / 676 % 26, 'a' + i / 17576);
    struct vb_transcript *t = try_read(buf_str(&text));
    assert_non_null(t);
    assert_int_equal(vb_turn_count(t), 100000);
    assert_int_equal(vb_speaker_count(t), 100000);
    vb_transcript_unref(t);
    buf_free(&text);
}

static void a_hundred_thousand_listed_people_are_read(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_puts(&text, "Titre : Essai\n\nIntervenants : ");
    for (int i = 0; i < 100000; i++)
        buf_printf(&text, "Nom%d Autre%d - ", i, i);
    buf_puts(&text, "\n\nTranscription\n\n");
    for (int i = 0; i < 100000; i += 3)
        buf_printf(&text, "Nom%d Autre%d : Un.\nNA : deux\n", i, i);
    struct vb_transcript *t = try_read(buf_str(&text));
    assert_non_null(t);
    assert_int_equal(vb_turn_count(t), 33334);
    vb_transcript_unref(t);
    buf_free(&text);
}

static void a_text_of_millions_of_lines_is_refused_in_a_sentence(void **state)
{
    (void)state;
    struct buf text = hostile_text(RENDERED, "a\n", 2100000, "");
    assert_holds(refused(buf_str(&text)).text, "more lines");
    buf_free(&text);
}

/* ---- cut off, changed ---- */

static const char wiki_page[] =
    "[[Catégorie:T]]\n'''Titre :''' É\n\n'''Intervenants :''' A B - C alias D\n\n'''Durée :''' "
    "1 h "
    "02\n\n==Transcription==\n\n[Jingle]\n\n<b>A&nbsp;B : </b>Un ''mot''<ref>[http://a "
    "b]</ref> "
    ":<br/>\n[Rires] «&nbsp;oui&nbsp;»\n\n==Titre 16’ 20==\n\n'''D''' : <nowiki>[x]</nowiki> "
    "{{a|{{b}}}} <!-- c --> fin\n\n{|\n|}\n* x\n";
static const char rendered_page[] =
    "T\n\nDe April MediaWiki\nTitre : É\n\nIntervenants : A B - C alias D\n\nDurée : 1 h "
    "02\n\nTranscription§\n\n[Jingle]\n\nA\u00A0B : Un mot[1] :\n[Rires] « oui »\n\nTitre 16’ "
    "20§\n\nD : fin2\nLuc\n : et\n\n1 h 02’ 16\n\n[1] note\n[2] autre\n";
static const char html_page[] =
    "<!DOCTYPE html><html><head><title>x</title></head><body><div "
    "class=\"mw-parser-output\"><p>"
    "<b>Titre&#160;:</b> É</p><h2><span>Transcription</span></h2><p><b>A&nbsp;B : </b>Un "
    "<i>mot</i><sup class=\"reference\"><a href=\"#c\">[1]</a></sup> :<br/>[Rires] « oui "
    "»</p><h3>16’ 20</h3><p><b>D</b> : fin</p><ol class=\"references\"><li "
    "id=\"c\">note</li></ol></div></body></html>";
static const char *const small_pages[] = {wiki_page, rendered_page, html_page};

static void a_page_cut_at_any_byte_does_no_harm(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(small_pages); i++)
        for (size_t len = strlen(small_pages[i]); len-- > 0;) {
            /* a copy of just that size: a sanitizer sees one byte too far */
            char *copy = mem_new(len);
            memcpy(copy, small_pages[i], len);
            vb_transcript_unref(try_read((vb_str){copy, len}));
            free(copy);
        }
}

static void a_page_with_any_byte_changed_does_no_harm(void **state)
{
    (void)state;
    static const char bytes[] = {'\0', '\n',       '<',        '[', '\'',
                                 ':',  (char)0xC3, (char)0xFF, '&', '='};
    for (size_t i = 0; i < COUNT(small_pages); i++) {
        size_t len = strlen(small_pages[i]);
        char *copy = mem_new(len);
        for (size_t at = 0; at < len; at++)
            for (size_t b = 0; b < sizeof bytes; b++) {
                memcpy(copy, small_pages[i], len);
                copy[at] = bytes[b];
                vb_transcript_unref(try_read((vb_str){copy, len}));
            }
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unclosed_markup_takes_no_more_time_than_it_should),
        cmocka_unit_test(deep_html_is_refused_or_read),
        cmocka_unit_test(one_huge_attribute_does_no_harm),
        cmocka_unit_test(scripts_hold_no_labels),
        cmocka_unit_test(a_line_of_a_megabyte_is_one_paragraph),
        cmocka_unit_test(a_hundred_thousand_labels_are_read),
        cmocka_unit_test(a_hundred_thousand_listed_people_are_read),
        cmocka_unit_test(a_text_of_millions_of_lines_is_refused_in_a_sentence),
        cmocka_unit_test(a_page_cut_at_any_byte_does_no_harm),
        cmocka_unit_test(a_page_with_any_byte_changed_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
