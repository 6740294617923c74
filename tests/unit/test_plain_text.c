/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text as characters, for those who have it read to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/str.h"
#include "support/support_view.h"
#include "view/plain_text.h"

static struct screen laid_out(const struct vb_transcript *t, int width)
{
    struct screen on = {.layout = layout_new(t, &fixed_measure), .laid_transcript = t};
    struct layout_style style = {.width = width, .size = 20, .line = 32, .head_size = 24, .head_line = 36};
    layout_wrap(on.layout, style);
    return on;
}

static struct plain_text block_of(const char *lines, uint32_t block, int width)
{
    struct plain_text plain = {0};
    struct vb_transcript *t = transcript_of(lines);
    struct screen on = laid_out(t, width);
    plain_text_of_block(&plain, &on, block);
    layout_free(on.layout);
    vb_transcript_unref(t);
    return plain;
}

static void expect_part(const struct plain_text *plain, enum plain_part part, uint32_t at,
                        const char *text)
{
    vb_str got = plain_text_cut(plain, plain_text_part(plain, part, at));
    assert_true(str_eq(got, text));
}

static void a_turn_begins_with_who_speaks(void **state)
{
    (void)state;
    struct plain_text plain = block_of("Anne: Bonsoir à tous\n- et à toutes", 0, 2000);
    assert_string_equal(plain.text.data, "Anne: Bonsoir à tous");
    assert_int_equal(plain.length, 20);
    plain_text_free(&plain);
    plain = block_of("Anne: Bonsoir à tous\n- et à toutes", 1, 2000);
    assert_string_equal(plain.text.data, "et à toutes");
    plain_text_free(&plain);
}

static void words_are_found_by_characters_and_back(void **state)
{
    (void)state;
    struct plain_text plain = block_of("Anne: Bonsoir à tous", 0, 2000);
    assert_int_equal(plain_text_offset(&plain, 0), 6);
    assert_int_equal(plain_text_offset(&plain, 1), 14);
    assert_int_equal(plain_text_offset(&plain, 2), 16);
    assert_int_equal(plain_text_word(&plain, 2), VB_NONE);
    assert_int_equal(plain_text_word(&plain, 6), 0);
    assert_int_equal(plain_text_word(&plain, 15), 1);
    assert_int_equal(plain_text_word(&plain, 19), 2);
    plain_text_free(&plain);
}

static void parts_hold_the_space_behind_them(void **state)
{
    (void)state;
    struct plain_text plain = block_of("Anne: Vrai ? Non. « Si ! » Enfin", 0, 2000);
    expect_part(&plain, PLAIN_CHARACTER, 6, "V");
    expect_part(&plain, PLAIN_WORD, 0, "Anne: ");
    expect_part(&plain, PLAIN_WORD, 8, "Vrai ? ");
    expect_part(&plain, PLAIN_SENTENCE, 8, "Anne: Vrai ? ");
    expect_part(&plain, PLAIN_SENTENCE, 14, "Non. ");
    expect_part(&plain, PLAIN_SENTENCE, 18, "« Si ! » ");
    expect_part(&plain, PLAIN_SENTENCE, 31, "Enfin");
    expect_part(&plain, PLAIN_ALL, 3, "Anne: Vrai ? Non. « Si ! » Enfin");
    plain_text_free(&plain);
}

static void lines_are_those_of_the_window(void **state)
{
    (void)state;
    struct plain_text plain = block_of("Anne: one two three four", 0, 80);
    expect_part(&plain, PLAIN_LINE, 0, "Anne: one two ");
    expect_part(&plain, PLAIN_LINE, 15, "three ");
    expect_part(&plain, PLAIN_LINE, 23, "four");
    plain_text_free(&plain);
}

static void headings_and_markers_are_text_too(void **state)
{
    (void)state;
    struct plain_text plain = block_of("# A new part\n= 1:30\nAnne: Yes", 0, 2000);
    assert_string_equal(plain.text.data, "A new part");
    assert_int_equal(plain_text_word(&plain, 3), VB_NONE);
    plain_text_free(&plain);
    plain = block_of("# A new part\n= 1:30\nAnne: Yes", 1, 2000);
    assert_string_equal(plain.text.data, "1:30");
    plain_text_free(&plain);
}

static void what_is_no_text_is_counted_as_one_character(void **state)
{
    (void)state;
    struct plain_text plain = {0};
    plain_text_of_line(&plain, VB_STR("a\xff\xed\xa0\x80 b"));
    assert_true(plain_text_count(buf_str(&plain.text)) == plain.length);
    expect_part(&plain, PLAIN_WORD, plain.length - 1, "b");
    plain_text_free(&plain);
}

static void an_empty_line_has_no_parts(void **state)
{
    (void)state;
    struct plain_text plain = {0};
    plain_text_of_line(&plain, VB_STR(""));
    for (int part = PLAIN_CHARACTER; part <= PLAIN_ALL; part++)
        expect_part(&plain, (enum plain_part)part, 7, "");
    plain_text_free(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_begins_with_who_speaks),
        cmocka_unit_test(words_are_found_by_characters_and_back),
        cmocka_unit_test(parts_hold_the_space_behind_them),
        cmocka_unit_test(lines_are_those_of_the_window),
        cmocka_unit_test(headings_and_markers_are_text_too),
        cmocka_unit_test(what_is_no_text_is_counted_as_one_character),
        cmocka_unit_test(an_empty_line_has_no_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
