/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader says becomes a frozen transcript that keeps its promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/support_transcript.h"
#include "transcript/speaker_names.h"
#include "transcript/text.h"

static const char page[] = "= Présentation\n"
                           "Anne: Bonjour à tous.\n"
                           "Un mot encore.\n"
                           "[Virgule musicale]\n"
                           "@16:20\n"
                           "Karim: Oui.\n"
                           "= Fin\n"
                           "Anne, Karim: Au revoir !\n";

static void assert_str(vb_str got, const char *expected)
{
    if (!str_eq(got, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)got.len, got.data, expected);
}

/* ---- the whole ---- */

static void words_paragraphs_and_turns_cover_each_other(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    assert_int_equal(vb_word_count(t), 11);
    assert_int_equal(vb_spoken_count(t), 9);
    uint32_t words = 0, paragraphs = 0;
    for (uint32_t turn = 0; turn < vb_turn_count(t); turn++) {
        const struct vb_turn *row = vb_turn(t, turn);
        assert_int_equal(row->first_word, words);
        assert_int_equal(row->first_paragraph, paragraphs);
        words += row->word_count;
        paragraphs += row->paragraph_count;
        for (uint32_t word = row->first_word; word < words; word++) {
            assert_int_equal(vb_turn_of_word(t, word), turn);
            struct vb_word w = vb_word(t, word);
            const struct vb_paragraph *p = vb_paragraph(t, w.paragraph);
            assert_int_equal(w.turn, turn);
            assert_in_range(word, p->first_word, p->first_word + p->word_count - 1);
        }
    }
    assert_int_equal(words, vb_word_count(t));
    assert_int_equal(paragraphs, vb_paragraph_count(t));
    assert_int_equal(vb_turn_of_word(t, words), VB_NONE);
    vb_transcript_unref(t);
}

static void the_page_is_kept_in_reading_order(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    static const enum vb_block_kind order[] = {
        VB_BLOCK_SECTION, VB_BLOCK_PARAGRAPH, VB_BLOCK_PARAGRAPH, VB_BLOCK_PARAGRAPH,
        VB_BLOCK_MARKER,  VB_BLOCK_PARAGRAPH, VB_BLOCK_SECTION,   VB_BLOCK_PARAGRAPH};
    assert_int_equal(vb_block_count(t), COUNT(order));
    for (uint32_t i = 0; i < COUNT(order); i++)
        assert_int_equal(vb_block(t, i).kind, order[i]);
    assert_str(vb_section(t, 1)->title, "Fin");
    assert_int_equal(vb_section(t, 1)->first_word, 9);
    assert_int_equal(vb_marker(t, 0)->first_word, 8);
    assert_int_equal(vb_marker(t, 0)->time, 980 * VB_SECOND);
    assert_int_equal(vb_paragraph(t, 2)->kind, VB_STAGE);
    vb_transcript_unref(t);
}

static void every_word_stands_where_its_span_says(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    for (uint32_t word = 0; word < vb_word_count(t); word++) {
        struct vb_word w = vb_word(t, word);
        assert_true(str_is(w.text, str_cut(str_of(page), w.span.at, w.span.at + w.span.len)));
    }
    vb_transcript_unref(t);
}

static void speakers_are_counted_with_their_turns_and_spoken_words(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    assert_int_equal(vb_speaker_count(t), 2);
    assert_str(vb_speaker(t, 0)->name, "Anne");
    assert_int_equal(vb_speaker(t, 0)->turns, 2);
    assert_int_equal(vb_speaker(t, 0)->words, 8); /* without the stage direction */
    assert_int_equal(vb_speaker(t, 1)->turns, 2);
    assert_int_equal(vb_speaker(t, 1)->words, 3);
    assert_str(vb_turn_speakers(t, 0), "Anne");
    assert_str(vb_turn_speakers(t, 2), "Anne, Karim");
    assert_int_equal(vb_turn_speaker(t, 2, 1), 1);
    vb_transcript_unref(t);
}

static void words_before_the_first_turn_are_in_none(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from("Ceci d'abord.\nAnne: Bonjour.\n", VB_NO_TIME);
    assert_int_equal(vb_turn_of_word(t, 0), VB_NONE);
    assert_int_equal(vb_word(t, 1).turn, VB_NONE);
    assert_int_equal(vb_turn_of_word(t, 2), 0);
    assert_int_equal(vb_turn(t, 0)->first_word, 2);
    vb_transcript_unref(t);
}

static void nothing_at_all_is_a_transcript_too(void **state)
{
    (void)state;
    struct builder *b = builder_new(VB_STR(""));
    builder_footnote(b, VB_STR("hangs on nothing"));
    struct vb_transcript *t = builder_finish(b);
    size_t count;
    assert_int_equal(vb_word_count(t) + vb_turn_count(t) + vb_block_count(t), 0);
    vb_footnotes(t, &count);
    assert_int_equal(count, 0);
    assert_str(vb_title(t), "");
    assert_true(vb_duration_stated(t) == VB_NO_TIME);
    vb_transcript_unref(t);
    vb_transcript_unref(NULL);
    builder_free(NULL);
}

static void an_empty_turn_takes_no_words_from_its_neighbours(void **state)
{
    (void)state;
    struct builder *b = builder_from("Anne: Bonjour.\n");
    builder_turn(b, NULL, 0, VB_STR("Personne"), (struct vb_span){0, 0});
    builder_turn(b, NULL, 0, VB_STR("Karim"), (struct vb_span){0, 0});
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
    put_text(b, "Oui.", 0);
    struct vb_transcript *t = builder_finish(b);
    assert_int_equal(vb_turn(t, 1)->word_count, 0);
    assert_int_equal(vb_turn_of_word(t, 1), 2);
    assert_int_equal(vb_paragraph_of_word(t, 1), 2);
    assert_str(vb_turn_speakers(t, 1), "");
    vb_transcript_unref(t);
}

static void what_a_reader_says_of_the_whole_is_kept(void **state)
{
    (void)state;
    char label[] = "Lieu", value[] = "En ligne", title[] = "Titre";
    struct builder *b = builder_from("Anne: Bonjour[1].\n");
    builder_variant(b, "wikitext");
    builder_title(b, str_of(title));
    builder_meta(b, str_of(label), str_of(value), VB_STR("https://april.org"),
                 (struct vb_span){3, 4});
    builder_footnote(b, VB_STR("une note"));
    memset(label, 'x', 4), memset(value, 'x', 8), memset(title, 'x', 5); /* copies were made */
    struct vb_transcript *t = builder_finish(b);
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    assert_int_equal(count, 1);
    assert_str(meta->label, "Lieu");
    assert_str(meta->value, "En ligne");
    assert_str(vb_title(t), "Titre");
    assert_str(vb_variant(t), "wikitext");
    assert_str(vb_footnotes(t, &count)->text, "une note");
    assert_int_equal(vb_word_marks(t, 0), VB_FOOTNOTE);
    vb_transcript_unref(t);
}

static void a_reference_keeps_the_transcript_alive(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME), *again = vb_transcript_ref(t);
    assert_ptr_equal(t, again);
    vb_transcript_unref(t);
    assert_str(vb_word_text(again, 0), "Bonjour");
    vb_transcript_unref(again);
}

/* ---- notes ---- */

static void a_note_names_its_line(void **state)
{
    (void)state;
    struct builder *b = builder_new(VB_STR("one\r\ntwo\rthree\n\nfive"));
    static const struct {
        uint32_t at, line;
    } places[] = {
        {0,  1},
        {3,  1},
        {5,  2},
        {9,  3},
        {15, 4},
        {16, 5},
        {19, 5},
    };
    for (size_t i = 0; i < COUNT(places); i++)
        assert_int_equal(builder_line_of(b, places[i].at), places[i].line);
    builder_note(b, VB_WARNING, (struct vb_span){9, 5}, "%s is odd", "three");
    builder_note(b, VB_INFO, (struct vb_span){0, 0}, "the whole is odd");
    struct vb_transcript *t = builder_finish(b);
    size_t count;
    const struct vb_note *notes = vb_notes(t, &count);
    assert_int_equal(count, 2);
    assert_int_equal(notes[0].line, 3);
    assert_int_equal(notes[1].line, 0);
    assert_str(notes[0].text, "three is odd");
    vb_transcript_unref(t);
}

static void a_page_wrong_in_every_line_does_not_drown_in_notes(void **state)
{
    (void)state;
    struct builder *b = builder_new(VB_STR("x"));
    char long_name[2000];
    for (size_t i = 0; i < sizeof long_name; i += 2)
        memcpy(long_name + i, "é", 2);
    for (int i = 0; i < 100000; i++) /* and how many is said */
        builder_note(b, VB_WARNING, (struct vb_span){0, 1}, "%.*s", (int)sizeof long_name - 1,
                     long_name);
    struct vb_transcript *t = builder_finish(b);
    size_t count;
    const struct vb_note *notes = vb_notes(t, &count);
    assert_int_equal(count, 1001);
    assert_non_null(strstr(notes[1000].text.data, "99000 more"));
    assert_null(u8_check((const uint8_t *)notes[0].text.data, notes[0].text.len));
    vb_transcript_unref(t);
}

/* ---- names ---- */

static void a_name_is_found_whatever_its_spaces_case_and_composition(void **state)
{
    (void)state;
    struct builder *b = builder_new(VB_STR(""));
    uint32_t speaker = builder_speaker(b, VB_STR("Gérald Holubowicz"));
    static const char *const same[] = {
        "Gérald\u00a0Holubowicz",
        "  GÉRALD  \u202f HOLUBOWICZ ",
        "Ge\u0301rald Holubowicz",
        "gérald\tholubowicz",
    };
    static const char *const others[] = {"Gerald Holubowicz", "GéraldHolubowicz", "Gérald", ""};
    for (size_t i = 0; i < COUNT(same); i++) {
        assert_int_equal(builder_find_speaker(b, str_of(same[i])), speaker);
        assert_int_equal(builder_speaker(b, str_of(same[i])), speaker);
    }
    for (size_t i = 0; i < COUNT(others); i++)
        assert_int_equal(builder_find_speaker(b, str_of(others[i])), VB_NONE);
    assert_str(builder_speaker_row(b, speaker)->name, "Gérald Holubowicz"); /* as first seen */
    builder_free(b);
}

/* One way for all characters: white space to single spaces, then Unicode's own folding. */
static void fold_by_the_book(vb_str name, struct buf *into)
{
    struct buf spaced = {0};
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next(name, &at);
        bool gap = spaced.len && spaced.data[spaced.len - 1] == ' ';
        if (!is_space(c))
            buf_char(&spaced, c);
        else if (spaced.len && !gap)
            buf_putc(&spaced, ' ');
    }
    vb_str text = str_trim(buf_str(&spaced));
    size_t len = 0;
    uint8_t *folded =
        u8_casefold((const uint8_t *)text.data, text.len, NULL, UNINORM_NFC, NULL, &len);
    buf_clear(into);
    buf_add(into, (vb_str){(char *)folded, len});
    free(folded);
    buf_free(&spaced);
}

static void assert_folded(vb_str name)
{
    struct buf got = {0}, wanted = {0};
    name_fold(name, &got);
    fold_by_the_book(name, &wanted);
    if (!str_is(buf_str(&got), buf_str(&wanted)))
        fail_msg("“%.*s” became “%.*s”", (int)name.len, name.data, (int)got.len, got.data);
    buf_free(&got);
    buf_free(&wanted);
}

static uint32_t any_character(void)
{
    static const uint32_t below[] = {0x80, 0x80, 0x80, 0x180, 0x180, 0x370, 0x2100, 0x11000};
    static const uint32_t odd[] = {' ',   ' ',    0xA0,   0x202F, 0x200B, 0x301, 0x327,
                                   0x130, 0xFB01, 0x1E9E, 0x2019, 0xFEFF, 0xFFFD};
    return rand() % 4 ? (uint32_t)rand() % below[rand() % 8]
                      : odd[(unsigned)rand() % COUNT(odd)];
}

static void a_name_is_folded_as_unicode_folds_it(void **state)
{
    (void)state;
    struct buf name = {0};
    for (uint32_t c = 1; c < 0x3000; c++) {
        buf_clear(&name);
        buf_puts(&name, "De ");
        buf_char(&name, c);
        buf_puts(&name, "A ");
        assert_folded(buf_str(&name));
    }
    srand(4);
    for (int i = 0; i < 30000; i++) {
        buf_clear(&name);
        for (int length = rand() % 12; length > 0; length--)
            buf_char(&name, any_character());
        if (rand() % 8 == 0)
            buf_putc(&name, (char)(0x80 + rand() % 0x80)); /* a byte that is none */
        assert_folded(buf_str(&name));
    }
    buf_free(&name);
}

static void an_alias_names_the_same_speaker_from_when_it_is_known(void **state)
{
    (void)state;
    struct builder *b = builder_new(VB_STR(""));
    uint32_t anne = builder_speaker(b, VB_STR("Anne")), luc = builder_speaker(b, VB_STR("Luc"));
    assert_int_equal(builder_find_speaker(b, VB_STR("Bookynette")), VB_NONE);
    builder_speaker_row(b, anne)->alias = builder_keep(b, VB_STR("Bookynette"));
    builder_speaker_row(b, luc)->alias = builder_keep(b, VB_STR("Anne")); /* taken already */
    assert_int_equal(builder_find_speaker(b, VB_STR("bookynette")), anne);
    assert_int_equal(builder_speaker(b, VB_STR("BOOKYNETTE")), anne);
    assert_int_equal(builder_find_speaker(b, VB_STR("Anne")), anne);
    assert_int_equal(builder_speaker(b, VB_STR("Luc")), luc);
    builder_free(b);
}

/* Quadratic in the speakers, this would take hours. */
static void a_million_speakers_are_no_trouble(void **state)
{
    (void)state;
    enum { SPEAKERS = 1000000 };
    struct builder *b = builder_new(VB_STR(""));
    for (uint32_t i = 0; i < SPEAKERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Voix %u", i);
        uint32_t speaker = builder_speaker(b, str_of(name));
        assert_int_equal(speaker, i);
        builder_speaker_row(b, 0)->listed = true; /* a look at a row must not cost a walk */
        builder_turn(b, &speaker, 1, str_of(name), (struct vb_span){0, 0});
        builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
        put_text(b, "oui", 0);
    }
    struct vb_transcript *t = builder_finish(b);
    assert_int_equal(vb_speaker_count(t), SPEAKERS);
    assert_int_equal(vb_turn_of_word(t, SPEAKERS - 1), SPEAKERS - 1);
    assert_int_equal(vb_speaker(t, 77)->words, 1);
    vb_transcript_unref(t);
}

/* ---- text of words ---- */

static void words_join_to_the_text_they_came_from(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from("Anne: Il dit « oui » : 8/8/8 !\n", VB_NO_TIME);
    struct buf text = {0};
    text_of_words(t, 0, vb_word_count(t), &text);
    assert_str(buf_str(&text), "Il dit « oui » : 8/8/8 !");
    buf_clear(&text);
    text_of_words(t, 1, 1, &text);
    assert_str(buf_str(&text), "dit");
    text_of_words(t, 1, 0, &text);
    assert_str(buf_str(&text), "dit");
    buf_free(&text);
    vb_transcript_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_paragraphs_and_turns_cover_each_other),
        cmocka_unit_test(the_page_is_kept_in_reading_order),
        cmocka_unit_test(every_word_stands_where_its_span_says),
        cmocka_unit_test(speakers_are_counted_with_their_turns_and_spoken_words),
        cmocka_unit_test(words_before_the_first_turn_are_in_none),
        cmocka_unit_test(nothing_at_all_is_a_transcript_too),
        cmocka_unit_test(an_empty_turn_takes_no_words_from_its_neighbours),
        cmocka_unit_test(what_a_reader_says_of_the_whole_is_kept),
        cmocka_unit_test(a_reference_keeps_the_transcript_alive),
        cmocka_unit_test(a_note_names_its_line),
        cmocka_unit_test(a_page_wrong_in_every_line_does_not_drown_in_notes),
        cmocka_unit_test(a_name_is_found_whatever_its_spaces_case_and_composition),
        cmocka_unit_test(a_name_is_folded_as_unicode_folds_it),
        cmocka_unit_test(an_alias_names_the_same_speaker_from_when_it_is_known),
        cmocka_unit_test(a_million_speakers_are_no_trouble),
        cmocka_unit_test(words_join_to_the_text_they_came_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
