/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is odd in a page: found, named, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "verbatim/check.h"
#include "verbatim/document.h"

#define MINUTE (60 * VB_SECOND)

struct checked {
    struct vb_document *document;
    struct vb_findings *findings;
};

static struct checked check_for(const char *text, vb_time duration, const char *off)
{
    struct vb_error error = {0};
    struct checked c = {vb_document_from("page.txt", str_of(text), &error), NULL};
    if (!c.document)
        fail_msg("%s", error.text);
    struct vb_check_options options = {.duration = duration, .language = "fr", .off = off};
    c.findings = vb_check_page(vb_document_transcript(c.document), vb_document_text(c.document),
                               &options);
    return c;
}

static void release(struct checked *c)
{
    vb_findings_free(c->findings);
    vb_document_close(c->document);
}

/* "roman-il:II doubled-word:de de", in order of place; "page" for the page as a whole. */
static void put_findings(const struct checked *c, struct buf *out)
{
    for (size_t i = 0; i < vb_finding_count(c->findings); i++) {
        const struct vb_finding *f = vb_finding(c->findings, i);
        vb_str at =
            str_cut(vb_document_text(c->document), f->span.at, f->span.at + f->span.len);
        buf_printf(out, "%s%s:%.*s", i ? " | " : "", f->check, (int)(f->span.len ? at.len : 4),
                   f->span.len ? at.data : "page");
        assert_true(f->text.len > 0);
        assert_true(f->rank >= 0 && f->rank <= 1);
    }
}

static void finds_over(const char *text, vb_time duration, const char *off,
                       const char *expected)
{
    struct checked c = check_for(text, duration, off);
    struct buf found = {0};
    buf_puts(&found, "");
    put_findings(&c, &found);
    if (strcmp(found.data ? found.data : "", expected) != 0)
        fail_msg("in\n%s\nfound: %s\nnot:   %s", text, found.data ? found.data : "", expected);
    buf_free(&found);
    release(&c);
}

/* One paragraph of Anne's. */
static void finds(const char *sentence, const char *expected)
{
    struct buf page = {0};
    buf_printf(&page, "Intervenants : Anne\n\nTranscription\n\nAnne : %s\n", sentence);
    finds_over(page.data, VB_NO_TIME, "spelling", expected);
    buf_free(&page);
}

static void a_clean_page_gives_no_finding(void **state)
{
    (void)state;
    finds("Nous nous levons, et vous vous couchez. « Oui, oui » : c’est très, très bien !", "");
    finds("Ce que ce livre dit, c’est ce que je pense de ce qui suit. De plus en plus.", "");
    finds("Jean-Paul II a écrit cela, et Henri II aussi ; 20 20 vingt.", "");
    finds("Il a mis 10 s (dix secondes) : à 16:20, voir https://april.org/a:b?c.", "");
}

static void doubled_words_are_found_and_right_doubles_are_not(void **state)
{
    (void)state;
    finds("Il parle de de cela.", "doubled-word:de de");
    finds("Il parle De de cela.", "");
    finds("C’est ce que ce qui se passe.", "doubled-word:ce que ce qui");
    finds("Il dit de, de cela.", "");
    finds("Il est là de la de cela.", "");
    finds("Il dit ゆっくりゆっくり歩いて, puis ต่างต่าง et 看看.", "");
}

static void a_prefix_that_stands_alone_is_found(void **state)
{
    (void)state;
    finds("On re trouve des travailleurs.", "split-word:re trouve");
    finds("Il faut in former ; informer est utile.", "split-word:in former ;");
    finds("La note ré est sur le dé ; un pré vert.", "");
}

static void two_capital_i_are_a_pronoun_where_a_verb_follows(void **state)
{
    (void)state;
    finds("II a écrit.", "roman-il:II");
    finds("C’est Paris. II est là.", "roman-il:II");
    finds("Le tome II est là.", "roman-il:II"); /* told; the reader decides */
    finds("Elizabeth II a régné.", "");
}

static void signs_that_do_not_pair_are_found(void **state)
{
    (void)state;
    finds("Il dit « oui et s’en va.", "pairs:« oui");
    finds("Il dit oui » et s’en va.", "pairs:oui »");
    finds("Il dit (oui et (non) encore.", "pairs:(oui");
    finds("1) un, 2) deux, a) trois :)", "");
}

static void the_page_as_a_whole_counts_once(void **state)
{
    (void)state;
    finds("L'un, l'autre, l’une, d'autres, aujourd’hui.", "apostrophes:page");
    finds("Quoi? Comment! Voilà: «ici».", "spaces:Quoi?");
}

static void what_was_left_to_fill_in_is_found(void **state)
{
    (void)state;
    finds("Cela dure XX min, ou YY.", "unfilled:XX | unfilled:YY.");
    finds_over("Intervenants : Anne\n\nDurée : XX min\n\nIllustration : À prévoir\n\n"
               "Transcription\n\nAnne : Bonjour.\n",
               VB_NO_TIME, NULL, "header:XX min | header:À prévoir");
}

static void a_sentence_that_stands_twice_is_found(void **state)
{
    (void)state;
    finds("Voici une phrase assez longue pour que personne ne la dise deux fois. Une autre. "
          "Voici une phrase assez longue pour que personne ne la dise deux fois.",
          "repeated-sentence:Voici une phrase assez longue pour que personne ne la dise deux "
          "fois.");
}

/* ---- names ---- */

static void a_speaker_nobody_announced_is_found_and_a_slip_is_named(void **state)
{
    (void)state;
    static const char page[] = "Intervenants : Antonio Casilli - Gérald Holubowicz\n\n"
                               "Transcription\n\nGérald Holubowicz : Bonjour à toi.\n\n"
                               "Antonio Casili : Bonjour.\n\nMarie Dupont : Bonsoir.\n";
    struct checked c = check_for(page, VB_NO_TIME, NULL);
    assert_int_equal(vb_finding_count(c.findings), 2);
    const struct vb_finding *slip = vb_finding(c.findings, 0);
    assert_string_equal(slip->check, "speaker-name");
    assert_non_null(strstr(slip->text.data, "Casilli"));
    assert_non_null(strstr(vb_finding(c.findings, 1)->text.data, "not announced"));
    release(&c);
}

/* ---- markers and lengths ---- */

static const char *page_of_markers(const char *a, const char *b, int words)
{
    static struct buf page;
    buf_clear(&page);
    buf_puts(&page,
             "Intervenants : Anne\n\nDurée : 10 min\n\nTranscription\n\nAnne : Début.\n\n");
    buf_printf(&page, "%s\n\nAnne : ", a);
    for (int i = 0; i < words; i++)
        buf_printf(&page, "parole%d ", i);
    buf_printf(&page, "fin.\n\n%s\n\nAnne : Suite.\n", b);
    return page.data;
}

static void markers_are_held_against_each_other_and_the_sound(void **state)
{
    (void)state;
    finds_over(page_of_markers("1’ 00", "3’ 00", 300), 10 * MINUTE, "spelling", "");
    finds_over(page_of_markers("3’ 00", "1’ 00", 60), 10 * MINUTE, "spelling,marker-rate",
               "marker-order:3’ 00");
    finds_over(page_of_markers("1’ 00", "1’ 00", 60), 10 * MINUTE, "spelling,marker-rate",
               "marker-order:1’ 00");
    finds_over(page_of_markers("1’ 00", "25’ 00", 60), 10 * MINUTE, "spelling,marker-rate",
               "marker-order:25’ 00");
    finds_over(page_of_markers("1’ 00", "2’ 00", 700), 10 * MINUTE, "spelling",
               "marker-rate:2’ 00");
    finds_over(page_of_markers("1’ 00", "9’ 00", 60), 10 * MINUTE, "spelling",
               "marker-rate:9’ 00");
}

static void a_recording_of_another_length_is_told_once(void **state)
{
    (void)state;
    finds_over(page_of_markers("1’ 00", "3’ 00", 300), 8 * MINUTE, "spelling", "duration:page");
    finds_over(page_of_markers("1’ 00", "3’ 00", 300), 10 * MINUTE + VB_SECOND, "spelling", "");
}

/* ---- the rest ---- */

static void a_check_that_is_off_is_silent(void **state)
{
    (void)state;
    struct checked c = check_for("Intervenants : Anne\n\nTranscription\n\nAnne : II a « dit "
                                 "de de cela.\n",
                                 VB_NO_TIME, "roman-il, pairs,spelling");
    assert_int_equal(vb_finding_count(c.findings), 1);
    assert_string_equal(vb_finding(c.findings, 0)->check, "doubled-word");
    release(&c);
}

static void every_check_has_a_name_and_a_summary(void **state)
{
    (void)state;
    assert_true(vb_check_count() >= 16);
    for (size_t i = 0; i < vb_check_count(); i++) {
        assert_true(strlen(vb_check_at(i).name) > 3);
        assert_true(strlen(vb_check_at(i).summary) > 10);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(vb_check_at(i).name, vb_check_at(k).name);
    }
    enum vb_level level;
    assert_true(vb_level_named(VB_STR("doubt"), &level));
    assert_int_equal(level, VB_DOUBT);
    assert_false(vb_level_named(VB_STR("none"), &level));
    assert_string_equal(vb_level_name(VB_MISTAKE), "mistake");
}

static void a_word_one_letter_from_a_known_one_is_told(void **state)
{
    (void)state;
    if (!vb_can_spell("fr")) {
        print_message("[  SKIPPED ] there is no French dictionary here\n");
        skip();
    }
    struct checked c = check_for("Intervenants : Anne\n\nTranscription\n\nAnne : Un travaileur "
                                 "de Kuala, le Frglbz, et ChatGPT.\n",
                                 VB_NO_TIME, NULL);
    assert_int_equal(vb_finding_count(c.findings), 1);
    assert_non_null(strstr(vb_finding(c.findings, 0)->text.data, "travailleur"));
    release(&c);
}

static void the_sample_gives_up_its_slips_and_little_else(void **state)
{
    (void)state;
    struct vb_document *d = vb_document_open("assets/sample/casilli.txt", NULL);
    assert_non_null(d);
    struct checked c = {d, NULL};
    struct vb_check_options options = {.duration = 985 * VB_SECOND};
    c.findings = vb_check_page(vb_document_transcript(d), vb_document_text(d), &options);
    struct buf found = {0};
    put_findings(&c, &found);
    assert_non_null(strstr(found.data, "roman-il:II"));
    assert_non_null(strstr(found.data, "split-word:re trouve"));
    assert_non_null(strstr(found.data, "doubled-word:ce que ce qui"));
    assert_non_null(strstr(found.data, "apostrophes:page"));
    assert_non_null(strstr(found.data, "duration:page"));
    assert_true(vb_finding_count(c.findings) <= 6 + 5);
    buf_free(&found);
    release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clean_page_gives_no_finding),
        cmocka_unit_test(doubled_words_are_found_and_right_doubles_are_not),
        cmocka_unit_test(a_prefix_that_stands_alone_is_found),
        cmocka_unit_test(two_capital_i_are_a_pronoun_where_a_verb_follows),
        cmocka_unit_test(signs_that_do_not_pair_are_found),
        cmocka_unit_test(the_page_as_a_whole_counts_once),
        cmocka_unit_test(what_was_left_to_fill_in_is_found),
        cmocka_unit_test(a_sentence_that_stands_twice_is_found),
        cmocka_unit_test(a_speaker_nobody_announced_is_found_and_a_slip_is_named),
        cmocka_unit_test(markers_are_held_against_each_other_and_the_sound),
        cmocka_unit_test(a_recording_of_another_length_is_told_once),
        cmocka_unit_test(a_check_that_is_off_is_silent),
        cmocka_unit_test(every_check_has_a_name_and_a_summary),
        cmocka_unit_test(a_word_one_letter_from_a_known_one_is_told),
        cmocka_unit_test(the_sample_gives_up_its_slips_and_little_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
