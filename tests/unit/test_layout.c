/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where words stand. In the measure of these tests a letter is 10 pixels wide, a space 5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/spaceless.h"
#include "base/str.h"
#include "support/support_view.h"
#include "transcript/builder.h"
#include "verbatim/document.h"

static struct layout_style wide(int width)
{
    return (struct layout_style){.width = width,
                                 .size = 20,
                                 .line = 32,
                                 .turn_gap = 36,
                                 .paragraph_gap = 13,
                                 .head_size = 20,
                                 .head_line = 36,
                                 .head_gap = 60,
                                 .mark_height = 28,
                                 .top = 40,
                                 .bottom = 100};
}

static struct layout *laid_out(struct vb_transcript *t, int width)
{
    struct layout *l = layout_new(t, &fixed_measure);
    vb_transcript_unref(t);
    layout_wrap(l, wide(width));
    return l;
}

static struct layout *of_text(const char *lines, int width)
{
    return laid_out(transcript_of(lines), width);
}

/* All lines of a block, as "one two|three". */
static const char *lines_of(struct layout *l, uint32_t block)
{
    static struct buf text;
    buf_clear(&text);
    buf_puts(&text, "");
    for (uint32_t line = 0; line < layout_line_count(l, block); line++) {
        size_t count;
        const struct layout_placed *words = layout_line_words(l, block, line, &count);
        buf_puts(&text, line ? "|" : "");
        for (size_t i = 0; i < count; i++) {
            bool glued = words[i].word != VB_NONE && l->joins[words[i].word] & JOIN_GLUED;
            buf_puts(&text, i && !glued ? " " : "");
            buf_add(&text, words[i].text);
        }
    }
    return text.data;
}

#define assert_lines(text, width, wanted)                                                      \
    do {                                                                                       \
        struct layout *l_ = of_text(text, width);                                              \
        assert_string_equal(lines_of(l_, 0), wanted);                                          \
        layout_free(l_);                                                                       \
    } while (0)

/* ---- wrapping ---- */

static void a_line_breaks_before_the_word_that_does_not_fit(void **state)
{
    (void)state;
    assert_lines("A: aaa bbb ccc", 65, "aaa bbb|ccc");
    assert_lines("A: aaa bbb ccc", 64, "aaa|bbb|ccc");
    assert_lines("A: aaa bbb ccc", 100, "aaa bbb ccc");
}

static void every_word_stands_in_exactly_one_place(void **state)
{
    (void)state;
    for (int width = 20; width < 700; width += 37) {
        struct layout *l = of_text("A: one two three four five six seven\n- eight nine\nB: ten "
                                   "eleven twelve thirteen fourteen\n",
                                   width);
        uint32_t next = 0;
        for (uint32_t block = 0; block < l->block_count; block++)
            for (uint32_t line = 0; line < layout_line_count(l, block); line++) {
                size_t count;
                const struct layout_placed *words = layout_line_words(l, block, line, &count);
                for (size_t i = 0; i < count; i++) {
                    bool is_rest = next && words[i].word == next - 1; /* of a cut word */
                    assert_true(is_rest || words[i].word == next);
                    next = words[i].word + 1;
                    assert_true(words[i].x + words[i].width <= width || count == 1);
                }
            }
        assert_int_equal(next, 14);
        layout_free(l);
    }
}

static void twice_the_size_at_twice_the_width_wraps_alike(void **state)
{
    (void)state;
    const char *text =
        "A: le travail du clic est un travail que personne ne voit et qui compte";
    struct layout *l = of_text(text, 210);
    char before[200];
    snprintf(before, sizeof before, "%s", lines_of(l, 0));
    struct layout_style style = wide(420);
    style.size = 40;
    layout_wrap(l, style);
    assert_string_equal(lines_of(l, 0), before);
    layout_free(l);
}

static void french_signs_never_start_a_line(void **state)
{
    (void)state;
    static const char *const signs[] = {"»", ";", ":", "?", "!", "%", "€"};
    for (size_t i = 0; i < COUNT(signs); i++) {
        struct builder *b = builder_new(VB_STR(""));
        builder_turn(b, NULL, 0, VB_STR(""), (struct vb_span){0});
        builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0});
        const char *words[] = {"aaa", "bbb", signs[i], "ccc"};
        for (size_t k = 0; k < COUNT(words); k++) { /* a call each: plain spaces between them */
            struct piece piece = {
                .text = str_of(words[k]), .start = VB_NO_TIME, .end = VB_NO_TIME};
            builder_text(b, &piece, 1);
        }
        struct layout *l = laid_out(builder_finish(b), 65);
        char wanted[40];
        snprintf(wanted, sizeof wanted, "aaa|bbb %s|ccc", signs[i]);
        assert_string_equal(lines_of(l, 0), wanted);
        layout_free(l);
    }
}

static void an_opening_quote_never_ends_a_line(void **state)
{
    (void)state;
    assert_lines("A: aaa bbb « ccc", 75, "aaa bbb|« ccc");
}

static void groups_of_digits_stay_together(void **state)
{
    (void)state;
    assert_lines("A: de 800 000 euros", 70, "de|800 000|euros");
    assert_lines("A: de 800 000 000 euros", 110, "de|800 000 000|euros");
    assert_lines("A: en 2030 12 euros", 75, "en 2030|12 euros"); /* no group of three */
}

static void a_no_break_space_ties_words(void **state)
{
    (void)state;
    assert_lines("A: aaa M. Durand", 80, "aaa M.|Durand");
    assert_lines("A: aaa M.\u00A0Durand", 90, "aaa|M. Durand");
}

static void words_tied_together_wider_than_a_line_break_all_the_same(void **state)
{
    (void)state;
    assert_lines("A: aaaa\u00A0bbbb\u00A0cccc", 65, "aaaa|bbbb|cccc");
}

static void a_word_wider_than_the_column_is_cut_at_its_signs(void **state)
{
    (void)state;
    assert_lines("A: les intervenant·e·s là", 145, "les|intervenant·e·|s là");
    assert_lines("A: aaaaaa-bbbbbb", 100, "aaaaaa-|bbbbbb");
}

static void a_word_without_signs_is_cut_between_letters(void **state)
{
    (void)state;
    assert_lines("A: abcdefghij k", 40, "abcd|efgh|ij k");
    assert_lines("A: abcd", 1, "ab|cd"); /* a column is never narrower than an em */
}

static void a_cut_never_parts_a_letter_from_its_accents(void **state)
{
    (void)state;
    assert_lines("A: abe\u0301\u0302cd", 30, "abe\u0301\u0302|cd");
}

static void a_line_of_the_page_begins_a_line(void **state)
{
    (void)state;
    struct builder *b = builder_new(VB_STR(""));
    builder_turn(b, NULL, 0, VB_STR(""), (struct vb_span){0});
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0});
    struct piece first = {.text = VB_STR("aaa bbb"), .start = VB_NO_TIME, .end = VB_NO_TIME};
    struct piece second = {
        .text = VB_STR("ccc"), .start = VB_NO_TIME, .end = VB_NO_TIME, .marks = VB_NEW_LINE};
    builder_text(b, &first, 1);
    builder_text(b, &second, 1);
    struct layout *l = laid_out(builder_finish(b), 600);
    assert_string_equal(lines_of(l, 0), "aaa bbb|ccc");
    layout_free(l);
}

static void a_heading_wraps_like_text(void **state)
{
    (void)state;
    assert_lines("# One heading of words\nA: aaa", 100, "One|heading of|words");
}

/* ---- blocks ---- */

static void blocks_stand_below_each_other(void **state)
{
    (void)state;
    struct layout *l = of_text("# Head\nA: aaa bbb\n- ccc\n= 1:20\nB: ddd\n- [laughs]\n", 65);
    assert_int_equal(l->block_count, 6);
    for (uint32_t i = 1; i < l->block_count; i++)
        assert_true(l->blocks[i].y >= layout_block_bottom(l, i - 1));
    assert_int_equal(l->blocks[0].y, 40);
    assert_int_equal(l->height, layout_block_bottom(l, 5) + 100);
    assert_true(l->blocks[1].begins_turn && !l->blocks[2].begins_turn);
    layout_free(l);
}

static void names_above_the_turns_take_a_row(void **state)
{
    (void)state;
    struct layout *l = of_text("A: aaa\nB: bbb\n- ccc", 600);
    int second = l->blocks[1].y, third = l->blocks[2].y;
    struct layout_style style = wide(600);
    style.name_height = 26;
    layout_wrap(l, style);
    assert_int_equal(l->blocks[0].y, 40 + 26);
    assert_int_equal(l->blocks[1].y, second + 2 * 26);
    assert_int_equal(l->blocks[2].y, third + 2 * 26);
    layout_free(l);
}

static void a_turn_s_rectangle_spans_its_paragraphs(void **state)
{
    (void)state;
    struct layout *l = of_text("A: aaa\nB: bbb\n- ccc\nA: ddd", 600);
    struct rect r = layout_turn_rect(l, 1);
    assert_int_equal(r.y, l->blocks[1].y);
    assert_int_equal(r.y + r.h, layout_block_bottom(l, 2));
    layout_free(l);
}

/* ---- finding ---- */

static void a_word_is_found_where_it_was_placed(void **state)
{
    (void)state;
    struct layout *l =
        of_text("# Head\nA: one two three four five six\n= 0:50\nB: seven\n- eight "
                "nine ten eleven",
                120);
    for (uint32_t word = 0; word < vb_word_count(l->transcript); word++) {
        struct rect r = layout_rect_of(l, word);
        assert_int_equal(layout_word_at(l, r.x + r.w / 2, r.y + r.h / 2, 0), word);
        assert_int_equal(r.y, layout_word_y(l, word));
    }
    layout_free(l);
}

static void a_click_between_words_takes_the_nearer(void **state)
{
    (void)state;
    struct layout *l = of_text("A: aaa bbb", 600); /* at 0 … 30 and 35 … 65 */
    int y = l->blocks[0].y + 10;
    assert_int_equal(layout_word_at(l, 31, y, 10), 0);
    assert_int_equal(layout_word_at(l, 34, y, 10), 1);
    assert_int_equal(layout_word_at(l, 70, y, 10), 1);
    assert_int_equal(layout_word_at(l, -5, y, 10), 0);
    layout_free(l);
}

static void a_click_far_from_all_words_takes_none(void **state)
{
    (void)state;
    struct layout *l = of_text("A: aaa bbb\nB: ccc", 600);
    int y = l->blocks[0].y;
    assert_int_equal(layout_word_at(l, 80, y + 10, 10), VB_NONE);
    assert_int_equal(layout_word_at(l, 10, y - 11, 10), VB_NONE);
    assert_int_equal(layout_word_at(l, 10, y + 5000, 10), VB_NONE);
    assert_int_equal(layout_word_at(l, 10, y + 5000, LAYOUT_ANY), 2);
    layout_free(l);
}

static void between_two_turns_the_nearer_is_taken(void **state)
{
    (void)state;
    struct layout *l = of_text("A: aaa\nB: bbb", 600);
    int gap_top = layout_block_bottom(l, 0), gap_bottom = l->blocks[1].y;
    assert_int_equal(layout_word_at(l, 5, gap_top + 1, LAYOUT_ANY), 0);
    assert_int_equal(layout_word_at(l, 5, gap_bottom - 1, LAYOUT_ANY), 1);
    layout_free(l);
}

static void both_parts_of_a_cut_word_answer_to_clicks(void **state)
{
    (void)state;
    struct layout *l = of_text("A: aaaaaa-bbbbbb", 100);
    int y = l->blocks[0].y;
    assert_int_equal(layout_word_at(l, 20, y + 10, 0), 0);
    assert_int_equal(layout_word_at(l, 20, y + 42, 0), 0);
    layout_free(l);
}

static void a_page_without_words_has_none_to_find(void **state)
{
    (void)state;
    struct layout *l = of_text("# Only a heading", 600);
    assert_int_equal(layout_word_at(l, 10, 50, LAYOUT_ANY), VB_NONE);
    layout_free(l);
    l = of_text("", 600);
    assert_int_equal(layout_word_at(l, 10, 50, LAYOUT_ANY), VB_NONE);
    assert_int_equal(layout_block_at(l, 0), VB_NONE);
    layout_free(l);
}

/* ---- direction ---- */

static void a_hebrew_paragraph_is_set_from_the_right(void **state)
{
    (void)state;
    struct layout *l = of_text("A: שלום לכולם", 600);
    assert_true(l->blocks[0].right_to_left);
    size_t count;
    const struct layout_placed *words = layout_line_words(l, 0, 0, &count);
    assert_int_equal(count, 2);
    assert_int_equal(words[0].word, 1); /* the second word stands left */
    assert_int_equal(words[1].x + words[1].width, 600);
    layout_free(l);
}

static void latin_words_in_a_hebrew_paragraph_keep_their_order(void **state)
{
    (void)state;
    assert_lines("A: שלום Free Software לכולם", 600, "לכולם Free Software שלום");
}

static void a_hebrew_word_in_a_french_paragraph_changes_nothing_around_it(void **state)
{
    (void)state;
    assert_lines("A: le mot שלום dit la paix", 600, "le mot שלום dit la paix");
}

static void signs_of_a_right_to_left_word_stand_at_its_left(void **state)
{
    (void)state;
    struct layout *l = of_text("A: שלום, לכולם!", 600);
    size_t count;
    const struct layout_placed *words = layout_line_words(l, 0, 0, &count);
    assert_int_equal(count, 2);
    assert_string_equal(lines_of(l, 0), "לכולם! שלום,");
    assert_int_equal(words[0].direction, DIRECTION_RIGHT_TO_LEFT);
    layout_free(l);
}

static void numbers_among_arabic_are_read_from_the_left(void **state)
{
    (void)state;
    struct layout *l = of_text("A: في 15 بلدا", 600);
    size_t count;
    const struct layout_placed *words = layout_line_words(l, 0, 0, &count);
    assert_int_equal(count, 3);
    assert_int_equal(words[1].word, 1);
    assert_int_equal(words[1].direction, DIRECTION_LEFT_TO_RIGHT);
    assert_int_equal(words[0].word, 2);
    layout_free(l);
}

static void a_word_of_both_directions_has_parts_that_all_answer_to_clicks(void **state)
{
    (void)state;
    struct layout *l = of_text("A: le mot שלום-paix ici", 600);
    size_t count, parts = 0;
    const struct layout_placed *words = layout_line_words(l, 0, 0, &count);
    int y = l->blocks[0].y + 5, middles[8];
    uint32_t of[8];
    for (size_t i = 0; i < count && i < 8; i++) {
        parts += words[i].word == 2;
        middles[i] = words[i].x + words[i].width / 2;
        of[i] = words[i].word;
    }
    assert_int_equal(parts, 2);
    for (size_t i = 0; i < count && i < 8; i++)
        assert_int_equal(layout_word_at(l, middles[i], y, 0), of[i]);
    struct rect r = layout_rect_of(l, 2);
    assert_int_equal(r.w, 90);
    layout_free(l);
}

static void lines_of_a_mixed_paragraph_hold_each_word_once(void **state)
{
    (void)state;
    for (int width = 60; width < 500; width += 23) {
        struct layout *l = of_text("A: שלום Free Software לכולם 12 אנחנו (תוכנה) and more שלום "
                                   "mots à lire, encore 800 000 mots !",
                                   width);
        uint8_t seen[64] = {0};
        for (uint32_t line = 0; line < layout_line_count(l, 0); line++) {
            size_t count;
            const struct layout_placed *words = layout_line_words(l, 0, line, &count);
            for (size_t i = 0; i < count; i++) {
                seen[words[i].word] = 1;
                assert_true(words[i].x >= 0 || count == 1);
                assert_true(words[i].x + words[i].width <= width || count == 1);
                assert_true(i == 0 || words[i].x >= words[i - 1].x + words[i - 1].width);
            }
        }
        for (uint32_t word = 0; word < vb_word_count(l->transcript); word++)
            assert_true(seen[word]);
        layout_free(l);
    }
}

static void a_right_to_left_heading_stands_at_the_right(void **state)
{
    (void)state;
    struct layout *l = of_text("# הפרק הראשון\nA: aaa", 600);
    size_t count;
    const struct layout_placed *words = layout_line_words(l, 0, 0, &count);
    assert_int_equal(count, 2);
    assert_int_equal(words[1].x + words[1].width, 600);
    assert_string_equal(lines_of(l, 0), "הראשון הפרק");
    layout_free(l);
}

/* ---- scripts without spaces ---- */

static void japanese_fills_its_lines_and_breaks_inside(void **state)
{
    (void)state;
    assert_lines("A: 今日は人工知能の話", 40, "今日は人|工知能の|話");
    assert_lines("A: ab 今日は人工", 55, "ab 今日は|人工");
}

static void a_thai_line_begins_with_a_word(void **state)
{
    (void)state;
    if (!SPACELESS_WORDS_KNOWN)
        skip(); /* built without ICU */
    for (int width = 100; width < 600; width += 7) {
        struct layout *l = of_text("A: การทำงานผ่านแพลตฟอร์มดิจิทัลเปลี่ยนความสัมพันธ์ระหว่างคน", width);
        assert_true(l->lines.count > 1 || width > 400);
        for (size_t i = 0; i < l->lines.count; i++)
            assert_int_equal(l->lines.items[i].at, 0);
        layout_free(l);
    }
}

static void a_japanese_full_stop_never_begins_a_line(void **state)
{
    (void)state;
    assert_lines("A: 今日は人。工知", 40, "今日は|人。工知");
    assert_lines("A: 今日「人工」知", 30, "今日|「人|工」知");
}

static void a_long_run_that_was_cut_ties_where_no_line_may_break(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_puts(&text, "A: ");
    for (int i = 0; i < 400; i++) /* wherever it is cut */
        buf_puts(&text, "語。」");
    struct layout *l = of_text(text.data, 100);
    assert_true(vb_word_count(l->transcript) > 1);
    for (uint32_t word = 1; word < vb_word_count(l->transcript); word++) {
        bool may_begin = str_starts(vb_word_text(l->transcript, word), "語");
        assert_true(l->joins[word] & JOIN_GLUED);
        assert_int_equal(!(l->joins[word] & JOIN_TIED), may_begin);
    }
    layout_free(l);
    buf_free(&text);
}

static void a_heading_without_spaces_breaks_too(void **state)
{
    (void)state;
    assert_lines("# 人工知能の話\nA: aaa", 40, "人 工 知 能|の 話");
}

static void a_heading_keeps_its_signs_with_their_words(void **state)
{
    (void)state;
    assert_lines("# Quelles luttes ?\nA: aaa", 90, "Quelles|luttes ?");
}

static void a_heading_of_one_endless_word_stays_in_the_column(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_puts(&text, "# ");
    for (int i = 0; i < 10000; i++)
        buf_putc(&text, 'x');
    buf_puts(&text, "\nA: aaa");
    struct layout *l = of_text(text.data, 300);
    for (uint32_t line = 0; line < layout_line_count(l, 0); line++) {
        size_t count;
        const struct layout_placed *words = layout_line_words(l, 0, line, &count);
        assert_true(words[count - 1].x + words[count - 1].width <= 300);
    }
    layout_free(l);
    buf_free(&text);
}

/* ---- signs ---- */

static void a_footnote_s_sign_has_room_behind_its_word(void **state)
{
    (void)state;
    struct builder *b = builder_new(VB_STR(""));
    builder_turn(b, NULL, 0, VB_STR(""), (struct vb_span){0});
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0});
    struct piece piece = {.text = VB_STR("aaa bbb"), .start = VB_NO_TIME, .end = VB_NO_TIME};
    builder_text(b, &piece, 1);
    builder_footnote(b, VB_STR("a note"));
    struct layout *l = laid_out(builder_finish(b), 600);
    size_t count;
    const struct layout_placed *words = layout_line_words(l, 0, 0, &count);
    assert_true(words[1].sign && !words[0].sign);
    assert_true(words[1].width > 30);
    assert_int_equal(layout_footnote_of(l, 1), 1);
    layout_free(l);
}

/* ---- corrections ---- */

static void same_layout(struct layout *a, struct layout *b)
{
    assert_int_equal(a->height, b->height);
    assert_int_equal(a->lines.count, b->lines.count);
    for (uint32_t block = 0; block < a->block_count; block++) {
        char *lines = strdup(lines_of(a, block));
        assert_int_equal(a->blocks[block].y, b->blocks[block].y);
        assert_int_equal(a->blocks[block].is_mixed, b->blocks[block].is_mixed);
        assert_string_equal(lines, lines_of(b, block));
        free(lines);
    }
}

/* As many words, fewer, more, one read from the right; then a change that is too large. */
static void a_corrected_page_is_laid_out_as_one_read_anew(void **state)
{
    static const char *const corrections[] = {"x", "", " et encore un mot ", " שלום "};
    struct vb_error error = {0};
    struct vb_document *d = vb_document_open("assets/sample/casilli.txt", &error);
    struct layout *l = layout_new(vb_document_transcript(d), &fixed_measure);
    (void)state;
    layout_wrap(l, wide(600));
    for (size_t i = 0; i < COUNT(corrections); i++) {
        layout_make_room(l, 3 * (uint32_t)i, 3 * (uint32_t)i + 1, 400);
        struct vb_span span = vb_word(vb_document_transcript(d), 700 + (uint32_t)i * 100).span;
        span.at += span.len;
        span.len = !*corrections[i]; /* the space behind it goes */
        assert_true(vb_document_replace(d, span, str_of(corrections[i]), &error));
        assert_true(layout_correct(l, vb_document_transcript(d)));
        struct layout *fresh = layout_new(vb_document_transcript(d), &fixed_measure);
        layout_wrap(fresh, wide(600));
        same_layout(l, fresh);
        layout_free(fresh);
    }
    assert_true(vb_document_undo(d, NULL) && vb_document_undo(d, NULL));
    assert_false(layout_correct(l, vb_document_transcript(d)));
    layout_free(l);
    vb_document_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_breaks_before_the_word_that_does_not_fit),
        cmocka_unit_test(every_word_stands_in_exactly_one_place),
        cmocka_unit_test(twice_the_size_at_twice_the_width_wraps_alike),
        cmocka_unit_test(french_signs_never_start_a_line),
        cmocka_unit_test(an_opening_quote_never_ends_a_line),
        cmocka_unit_test(groups_of_digits_stay_together),
        cmocka_unit_test(a_no_break_space_ties_words),
        cmocka_unit_test(words_tied_together_wider_than_a_line_break_all_the_same),
        cmocka_unit_test(a_word_wider_than_the_column_is_cut_at_its_signs),
        cmocka_unit_test(a_word_without_signs_is_cut_between_letters),
        cmocka_unit_test(a_cut_never_parts_a_letter_from_its_accents),
        cmocka_unit_test(a_line_of_the_page_begins_a_line),
        cmocka_unit_test(a_heading_wraps_like_text),
        cmocka_unit_test(blocks_stand_below_each_other),
        cmocka_unit_test(names_above_the_turns_take_a_row),
        cmocka_unit_test(a_turn_s_rectangle_spans_its_paragraphs),
        cmocka_unit_test(a_word_is_found_where_it_was_placed),
        cmocka_unit_test(a_click_between_words_takes_the_nearer),
        cmocka_unit_test(a_click_far_from_all_words_takes_none),
        cmocka_unit_test(between_two_turns_the_nearer_is_taken),
        cmocka_unit_test(both_parts_of_a_cut_word_answer_to_clicks),
        cmocka_unit_test(a_page_without_words_has_none_to_find),
        cmocka_unit_test(a_hebrew_paragraph_is_set_from_the_right),
        cmocka_unit_test(latin_words_in_a_hebrew_paragraph_keep_their_order),
        cmocka_unit_test(a_hebrew_word_in_a_french_paragraph_changes_nothing_around_it),
        cmocka_unit_test(signs_of_a_right_to_left_word_stand_at_its_left),
        cmocka_unit_test(numbers_among_arabic_are_read_from_the_left),
        cmocka_unit_test(a_word_of_both_directions_has_parts_that_all_answer_to_clicks),
        cmocka_unit_test(lines_of_a_mixed_paragraph_hold_each_word_once),
        cmocka_unit_test(a_right_to_left_heading_stands_at_the_right),
        cmocka_unit_test(japanese_fills_its_lines_and_breaks_inside),
        cmocka_unit_test(a_thai_line_begins_with_a_word),
        cmocka_unit_test(a_japanese_full_stop_never_begins_a_line),
        cmocka_unit_test(a_long_run_that_was_cut_ties_where_no_line_may_break),
        cmocka_unit_test(a_heading_without_spaces_breaks_too),
        cmocka_unit_test(a_heading_keeps_its_signs_with_their_words),
        cmocka_unit_test(a_heading_of_one_endless_word_stays_in_the_column),
        cmocka_unit_test(a_footnote_s_sign_has_room_behind_its_word),
        cmocka_unit_test(a_corrected_page_is_laid_out_as_one_read_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
