/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two texts of one recording, word by word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "support/support_transcript.h"
#include "verbatim/compare.h"

static struct vb_comparison *compare(const char *here, const char *there)
{
    struct vb_transcript *a = transcript_from(here, VB_NO_TIME);
    struct vb_transcript *b = transcript_from(there, VB_NO_TIME);
    struct vb_comparison *c = vb_compare(a, b);
    vb_transcript_unref(a);
    vb_transcript_unref(b);
    return c;
}

static void difference_is(const struct vb_comparison *c, size_t i, uint32_t first,
                          uint32_t count, uint32_t other_first, uint32_t other_count)
{
    struct vb_difference d = vb_difference(c, i);
    assert_int_equal(d.first, first);
    assert_int_equal(d.count, count);
    assert_int_equal(d.other_first, other_first);
    assert_int_equal(d.other_count, other_count);
}

static void case_punctuation_and_apostrophes_make_no_difference(void **state)
{
    (void)state;
    struct vb_comparison *c =
        compare("Anne: Voilà, « l’État » dit : Oui.\n[Rires]", "voilà l'état dit oui");
    assert_int_equal(vb_difference_count(c), 0);
    struct vb_word_errors e = vb_word_errors(c);
    assert_int_equal(e.words, 4);
    assert_int_equal(e.same, 4);
    assert_true(vb_word_error_rate(e) == 0);
    vb_comparison_free(c);
    vb_comparison_free(NULL);
}

static void words_changed_left_out_and_added_are_each_told(void **state)
{
    (void)state;
    struct vb_comparison *c = compare("Anne: un deux trois quatre cinq six",
                                      "Anne: un DEUXIÈME trois cinq et puis six");
    assert_int_equal(vb_difference_count(c), 3);
    difference_is(c, 0, 1, 1, 1, 1);
    difference_is(c, 1, 3, 1, 3, 0);
    difference_is(c, 2, 5, 0, 4, 2);
    struct vb_word_errors e = vb_word_errors(c);
    assert_int_equal(e.substituted, 1);
    assert_int_equal(e.only_here, 1);
    assert_int_equal(e.only_there, 2);
    assert_int_equal(e.same, 4);
    vb_comparison_free(c);
}

static void errors_are_counted_for_each_voice(void **state)
{
    (void)state;
    struct vb_comparison *c = compare("Anne: un deux trois\nKarim: quatre cinq",
                                      "Anne: un deux tous\nKarim: quatre cinq plus");
    struct vb_word_errors anne = vb_word_errors_of(c, 0), karim = vb_word_errors_of(c, 1);
    assert_int_equal(anne.words, 3);
    assert_int_equal(anne.substituted, 1);
    assert_int_equal(anne.only_there, 0);
    assert_int_equal(karim.words, 2);
    assert_int_equal(karim.substituted, 0);
    assert_int_equal(karim.only_there, 1);
    vb_comparison_free(c);
}

static void an_empty_side_is_all_difference(void **state)
{
    (void)state;
    struct vb_comparison *c = compare("Anne: un deux", "[Rires]");
    assert_int_equal(vb_difference_count(c), 1);
    difference_is(c, 0, 0, 2, 1, 0);
    vb_comparison_free(c);
    c = compare("[Rires]", "Anne: un deux");
    assert_int_equal(vb_word_errors(c).only_there, 2);
    assert_true(vb_word_error_rate(vb_word_errors(c)) == 0);
    vb_comparison_free(c);
}

static void each_single_changed_word_of_a_long_text_is_listed(void **state)
{
    (void)state;
    setrlimit(RLIMIT_CPU, &(struct rlimit){60, 60});
    struct buf here = {0}, there = {0};
    buf_puts(&here, "Anne: ");
    buf_puts(&there, "Anne: ");
    uint32_t seed = 11, changed = 0;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525u + 1013904223u;
        unsigned word = (seed >> 8) % 2000;
        bool other = i % 333 == 100;
        buf_printf(&here, "mot%u ", word);
        buf_printf(&there, other ? "autre%u " : "mot%u ", word);
        changed += other;
    }
    struct vb_comparison *c = compare(here.data, there.data);
    assert_int_equal(vb_difference_count(c), changed);
    assert_int_equal(vb_word_errors(c).substituted, changed);
    vb_comparison_free(c);
    buf_free(&here);
    buf_free(&there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_punctuation_and_apostrophes_make_no_difference),
        cmocka_unit_test(words_changed_left_out_and_added_are_each_told),
        cmocka_unit_test(errors_are_counted_for_each_voice),
        cmocka_unit_test(an_empty_side_is_all_difference),
        cmocka_unit_test(each_single_changed_word_of_a_long_text_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
