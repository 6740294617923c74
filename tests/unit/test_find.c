/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding text as people type it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/support_transcript.h"
#include "verbatim/find.h"

static const char talk[] =
    "= Le cœur du sujet\n"
    "Antonio Casilli: L’École du travail, dit-il. Travailler, c’est « nous »\u202F!\n"
    "Un TRAVAIL.\n"
    "Zélie, Antonio Casilli: Le travail des intervenant·e·s\n"
    "Zélie: travail : le mot juste, encore\u00A0: œuvre, naïf, ça.\n"
    "= Fin du travail\n";

struct search {
    struct vb_transcript *transcript;
    struct vb_find *find;
};

static struct search search_in(const char *lines)
{
    struct vb_transcript *t = transcript_from(lines, VB_NO_TIME);
    return (struct search){t, vb_find_new(t)};
}

static void leave(struct search s)
{
    vb_find_free(s.find);
    vb_transcript_unref(s.transcript);
}

static size_t count_of(const char *lines, const char *query)
{
    struct search s = search_in(lines);
    size_t count = vb_find_all(s.find, str_of(query));
    leave(s);
    return count;
}

/* What stands in the text where the i-th match is: "travail", "travail|encore" over words. */
static void show_match(const struct search *s, size_t i, struct buf *out)
{
    struct vb_match m = vb_find_match(s->find, i);
    buf_clear(out);
    if (m.section != VB_NONE) {
        buf_printf(out, "# %u ", m.section);
        buf_add(out, str_cut(vb_section(s->transcript, m.section)->title, m.from, m.until));
        return;
    }
    for (uint32_t word = m.first; word <= m.last; word++) {
        vb_str text = vb_word_text(s->transcript, word);
        size_t from = word == m.first ? m.from : 0;
        size_t until = word == m.last ? m.until : text.len;
        buf_puts(out, word > m.first ? "|" : "");
        buf_add(out, str_cut(text, from, until));
    }
}

#define assert_finds(lines, query, ...)                                                        \
    do {                                                                                       \
        const char *wanted_[] = {__VA_ARGS__};                                                 \
        struct search s_ = search_in(lines);                                                   \
        struct buf shown_ = {0};                                                               \
        assert_int_equal(vb_find_all(s_.find, str_of(query)), COUNT(wanted_));                 \
        for (size_t i_ = 0; i_ < COUNT(wanted_); i_++) {                                       \
            show_match(&s_, i_, &shown_);                                                      \
            assert_string_equal(shown_.data, wanted_[i_]);                                     \
        }                                                                                      \
        buf_free(&shown_);                                                                     \
        leave(s_);                                                                             \
    } while (0)

static void capitals_and_accents_make_no_difference(void **state)
{
    (void)state;
    assert_finds(talk, "ecole", "École");
    assert_finds(talk, "ÉCOLE DU", "École|du");
    assert_finds(talk, "travail", "travail", "Travail", "TRAVAIL", "travail", "travail",
                 "# 1 travail");
    assert_finds(talk, "naif", "naïf");
    assert_finds(talk, "CA.", "ça.");
}

static void an_accent_typed_as_two_characters_is_the_same(void **state)
{
    (void)state;
    assert_finds("A: e\u0301cole cafe\u0301!", "école", "e\u0301cole");
    assert_finds("A: e\u0301cole cafe\u0301!", "cafe", "cafe\u0301");
    assert_finds("A: école", "e\u0301cole", "école");
}

static void ligatures_are_found_by_their_letters_and_the_reverse(void **state)
{
    (void)state;
    assert_finds(talk, "oeuvre", "œuvre");
    assert_finds(talk, "coeur", "# 0 cœur");
    assert_finds("A: manoeuvre", "manœuvre", "manoeuvre");
    assert_finds("A: œuvre", "euvre", "œuvre"); /* a letter is marked whole */
}

static void apostrophes_quotes_and_spaces_are_all_alike(void **state)
{
    (void)state;
    assert_finds(talk, "l'ecole", "L’École");
    assert_finds(talk, "c'est \" nous \" !", "c’est|« nous »\u202F!");
    assert_finds(talk, "encore : œ", "encore\u00A0:|œ");
    assert_finds(talk, "  du   travail ", "du|travail", "# 1 du travail");
}

static void inclusive_writing_is_found_without_its_points(void **state)
{
    (void)state;
    assert_finds(talk, "intervenantes", "intervenant·e·s");
    assert_finds(talk, "intervenant·e", "intervenant·e·");
}

static void one_voice_can_be_searched(void **state)
{
    (void)state;
    assert_finds(talk, "casilli: travail", "travail", "Travail", "TRAVAIL", "travail");
    assert_finds(talk, "zelie:travail", "travail", "travail");
    assert_int_equal(count_of(talk, "casilli: sujet"), 0);
}

static void a_name_and_a_colon_find_the_beginnings_of_its_turns(void **state)
{
    (void)state;
    assert_finds(talk, "Casilli:", "L’École", "Le");
}

static void a_colon_behind_another_word_is_text(void **state)
{
    (void)state;
    assert_finds(talk, "travail : le", "travail :|le");
}

static void matches_do_not_overlap(void **state)
{
    (void)state;
    assert_int_equal(count_of("A: aaaaaaaaaaaaaaaaaaaaa", "aa"), 10);
    assert_int_equal(count_of("A: aaaaaaaaaaaaaaaaaaaaa", "aaa"), 7);
    assert_int_equal(count_of("A: aaaaaaaaaaaaaaaaaaaaa", "a"), 21);
}

static void a_match_crosses_paragraphs_but_never_turns(void **state)
{
    (void)state;
    assert_int_equal(count_of("A: un deux\ntrois\nB: quatre", "deux trois"), 1);
    assert_int_equal(count_of("A: un deux\ntrois\nB: quatre", "trois quatre"), 0);
}

static void exactly_is_asked_of_each_place(void **state)
{
    (void)state;
    struct search s = search_in("= Travail et travail\nAnne: Le travail, un TRAVAIL.\n");
    assert_int_equal(vb_find_all(s.find, VB_STR("travail")), 4);
    assert_int_equal(vb_find_keep_exact(s.find, VB_STR("travail")), 2);
    struct buf shown = {0};
    show_match(&s, 0, &shown);
    assert_string_equal(shown.data, "# 0 travail");
    assert_int_equal(vb_find_match(s.find, 0).from, strlen("Travail et "));
    buf_free(&shown);
    leave(s);
}

static void nothing_is_found_for_nothing(void **state)
{
    (void)state;
    assert_int_equal(count_of(talk, ""), 0);
    assert_int_equal(count_of(talk, " \u00A0"), 0);
    assert_int_equal(count_of(talk, "·"), 0);
    assert_int_equal(count_of("", "a"), 0);
    assert_int_equal(count_of("= Title alone", "title"), 1);
}

static void what_is_longer_than_the_text_is_not_found(void **state)
{
    (void)state;
    char longer[5000];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(count_of("A: aaaa", longer), 0);
    assert_int_equal(count_of("A: aaaa", "\xFF\xFE"), 0);
}

static void other_scripts_keep_what_makes_another_letter(void **state)
{
    (void)state;
    assert_int_equal(count_of("A: かな がな", "か"), 2); /* が is か and its mark */
    assert_int_equal(count_of("A: かな がな", "が"), 1);
    assert_int_equal(count_of("A: كِتَاب", "كتاب"), 1);
    assert_int_equal(count_of("A: ΟΔΥΣΣΕΎΣ", "οδυσσευς"), 1);
    assert_int_equal(count_of("A: Straße", "STRASSE"), 1);
}

static void a_match_is_found_from_any_word(void **state)
{
    (void)state;
    struct search s = search_in(talk);
    size_t count = vb_find_all(s.find, VB_STR("travail"));
    uint32_t words = vb_word_count(s.transcript);
    for (uint32_t word = 0; word < words; word++) {
        size_t wanted = 0;
        while (wanted < count && (vb_find_match(s.find, wanted).section == VB_NONE
                                      ? vb_find_match(s.find, wanted).last < word
                                      : wanted + 1 < count))
            wanted++;
        assert_int_equal(vb_find_from(s.find, word), wanted);
    }
    assert_int_equal(vb_find_from(s.find, words), count);
    leave(s);
}

/* Beside the plainest search that can be written, over texts of a few letters. */
static void every_match_that_a_plain_search_finds_is_found(void **state)
{
    (void)state;
    uint32_t seed = 5;
    for (int round = 0; round < 300; round++) {
        char line[200] = "A: ", query[8] = "";
        size_t len = 3;
        for (int i = 0; i < 150; i++)
            line[len++] = "aab "[(seed = seed * 1664525 + 1013904223) >> 30];
        line[len] = '\0';
        size_t asked = 1 + seed % 5;
        for (size_t i = 0; i < asked; i++)
            query[i] = "ab"[(seed = seed * 1664525 + 1013904223) >> 31];
        size_t wanted = 0;
        for (const char *at = line; (at = strstr(at, query)); at += asked)
            wanted++;
        assert_int_equal(count_of(line, query), wanted);
    }
}

static void a_name_in_a_list_is_found_by_a_part_of_it(void **state)
{
    (void)state;
    assert_true(vb_find_holds(VB_STR("Gérald Holubowicz"), VB_STR("gerald")));
    assert_true(vb_find_holds(VB_STR("anything"), VB_STR("")));
    assert_false(vb_find_holds(VB_STR("Gérald"), VB_STR("antonio")));
}

static void words_without_spaces_between_are_found_across_each_other(void **state)
{
    (void)state;
    static const char lines[] = "A: それは本当に労働です、การทำงานผ่าน\n";
    assert_int_equal(count_of(lines, "労働です"), 1);
    assert_int_equal(count_of(lines, "は本当"), 1);
    assert_int_equal(count_of(lines, "ทำงานผ่าน"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_without_spaces_between_are_found_across_each_other),
        cmocka_unit_test(capitals_and_accents_make_no_difference),
        cmocka_unit_test(an_accent_typed_as_two_characters_is_the_same),
        cmocka_unit_test(ligatures_are_found_by_their_letters_and_the_reverse),
        cmocka_unit_test(apostrophes_quotes_and_spaces_are_all_alike),
        cmocka_unit_test(inclusive_writing_is_found_without_its_points),
        cmocka_unit_test(one_voice_can_be_searched),
        cmocka_unit_test(a_name_and_a_colon_find_the_beginnings_of_its_turns),
        cmocka_unit_test(a_colon_behind_another_word_is_text),
        cmocka_unit_test(matches_do_not_overlap),
        cmocka_unit_test(a_match_crosses_paragraphs_but_never_turns),
        cmocka_unit_test(exactly_is_asked_of_each_place),
        cmocka_unit_test(nothing_is_found_for_nothing),
        cmocka_unit_test(what_is_longer_than_the_text_is_not_found),
        cmocka_unit_test(other_scripts_keep_what_makes_another_letter),
        cmocka_unit_test(a_match_is_found_from_any_word),
        cmocka_unit_test(every_match_that_a_plain_search_finds_is_found),
        cmocka_unit_test(a_name_in_a_list_is_found_by_a_part_of_it),
    };
    return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
