/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From pieces of text to words: what a word is, what belongs to it, where it stands. */
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
#include "transcript/text.h"

static struct vb_transcript *words_of_pieces(const struct piece *pieces, size_t count)
{
    struct builder *b = builder_new(VB_STR(""));
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
    builder_text(b, pieces, count);
    return builder_finish(b);
}

static struct vb_transcript *words_of(vb_str text)
{
    return words_of_pieces(
        &(struct piece){
            .text = text,
            .span = {0, (uint32_t)text.len},
            .start = VB_NO_TIME,
            .end = VB_NO_TIME
    },
        1);
}

/* The words with a bar between them; a word that is not spoken in parentheses, one without a
 * space before it behind a plus. */
static void show(const struct vb_transcript *t, struct buf *out)
{
    for (uint32_t word = 0; word < vb_word_count(t); word++) {
        uint16_t marks = vb_word_marks(t, word);
        buf_puts(out, !word ? "" : marks & VB_GLUED ? "+" : marks & VB_NEW_LINE ? "/" : "|");
        buf_puts(out, marks & VB_UNSPOKEN ? "(" : "");
        buf_add(out, vb_word_text(t, word));
        buf_puts(out, marks & VB_UNSPOKEN ? ")" : "");
    }
}

static void assert_shown(const struct vb_transcript *t, const char *expected)
{
    struct buf shown = {0};
    show(t, &shown);
    if (!str_eq(buf_str(&shown), expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)shown.len, buf_str(&shown).data, expected);
    buf_free(&shown);
}

static void assert_words(vb_str text, const char *expected)
{
    struct vb_transcript *t = words_of(text);
    assert_shown(t, expected);
    vb_transcript_unref(t);
}

struct example {
    const char *text, *words;
};

static void check_examples(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_words(str_of(examples[i].text), examples[i].words);
}

/* ---- what a word is ---- */

static void white_space_of_any_kind_parts_words(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"deux mots",                    "deux|mots"         },
        {"  deux\t\n mots ",             "deux|mots"         },
        {"cent\u00a0mille",              "cent|mille"        },
        {"5\u202f000",                   "5|000"             },
        {"fin\u2009espace",              "fin|espace"        },
        {"large\u3000espace\u200bnulle", "large|espace|nulle"},
        {"",                             ""                  },
        {" \u00a0 ",                     ""                  },
    };
    check_examples(examples, COUNT(examples));
}

static void a_lone_guillemet_joins_the_word_it_belongs_to(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"dit « nous faisons » ici",     "dit|« nous|faisons »|ici"    },
        {"le « P » de GPT",              "le|« P »|de|GPT"             },
        {"« « deux » »",               "« « deux » »"              },
        {"dit : « ChatGPT »",            "dit :|« ChatGPT »"           },
        {"(« ainsi »)",                  "(« ainsi »)"                 },
        {"« seul",                        "« seul"                       },
        {"seul »",                        "seul »"                       },
        {"‹ simple › “ anglais ”", "‹ simple ›|“ anglais ”"},
    };
    check_examples(examples, COUNT(examples));
}

static void lone_signs_join_the_word_before_them(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Pourquoi ? Parce que",         "Pourquoi ?|Parce|que"        },
        {"au mois ; d'autres",           "au|mois ;|d'autres"          },
        {"une chose\u00a0: la volonté", "une|chose\u00a0:|la|volonté"},
        {"Quoi ?!  !",                   "Quoi ?! !"                   },
        {"5 % de 10 €",                "5 %|de|10 €"               },
        {"oui …",                      "oui …"                     },
        {"l'un – ou l'autre — ici",  "l'un –|ou|l'autre —|ici" },
        {"A & B",                        "A &|B"                       },
    };
    check_examples(examples, COUNT(examples));
}

static void straight_quotes_open_and_close_by_turns(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"un \" mot \" ici",       "un|\" mot \"|ici"      },
        {"\" un \" et \" deux \"", "\" un \"|et|\" deux \""},
        {"un \"mot\" ici",         "un|\"mot\"|ici"        },
    };
    check_examples(examples, COUNT(examples));
}

static void a_sign_that_begins_the_text_joins_its_first_word(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"– Oui.",      "– Oui."     },
        {"- Non !",       "- Non !"      },
        {"… et donc",   "… et|donc"  },
        {"¿ Qué tal ?", "¿ Qué|tal ?"},
    };
    check_examples(examples, COUNT(examples));
}

static void what_french_ties_together_stays_one_word(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"dans le 3 X 8 ou le 8/8/8",   "dans|le|3|X|8|ou|le|8/8/8"  },
        {"intervenant·e·s prêt·es", "intervenant·e·s|prêt·es"},
        {"c'est-à-dire qu’elles",    "c'est-à-dire|qu’elles"   },
        {"aujourd'hui, l’État",      "aujourd'hui,|l’État"     },
        {"journalism.design et etc.",   "journalism.design|et|etc."  },
        {"métro-boulot-dodo",          "métro-boulot-dodo"         },
        {"ChatGPT-4 : 12:30, 3,5",      "ChatGPT-4 :|12:30,|3,5"     },
        {"(Rires) [sic]",               "(Rires)|[sic]"              },
    };
    check_examples(examples, COUNT(examples));
}

static void signs_alone_are_shown_but_not_spoken(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"* * *",       "(* * *)"      },
        {"!",           "(!)"          },
        {"« »",       "(« »)"      },
        {"❤️ 🎙", "(❤️ 🎙)"},
    };
    check_examples(examples, COUNT(examples));
}

static void a_row_of_signs_stays_breakable(void **state)
{
    (void)state;
    assert_words(VB_STR("fin . . . . . . . . . . ici"), "fin . . . .|(. . . . .)|(.)|ici");
    assert_words(VB_STR("« « « « « « « mot"), "(« « « « «)|« « mot");
}

static void nul_and_control_characters_show_as_replaced(void **state)
{
    (void)state;
    static const char text[] = "a\0b \1 c\x7F \xC2\x85 \xC2\x9F.";
    assert_words((vb_str){text, sizeof text - 1}, "a\uFFFDb \uFFFD|c\uFFFD \uFFFD.");
    assert_words((vb_str){"\0\0", 2}, "(\uFFFD\uFFFD)");
}

static void combining_marks_stay_with_their_letter(void **state)
{
    (void)state;
    assert_words(VB_STR("e\u0301te\u0301 ok"), "e\u0301te\u0301|ok");
}

/* ---- hostile input ---- */

static void a_megabyte_without_a_space_is_cut_and_glued(void **state)
{
    (void)state;
    enum { LENGTH = 1 << 20 };
    char *blob = mem_new(LENGTH + 1);
    memset(blob, 'a', LENGTH);
    for (int i = 0; i < LENGTH; i += 1000)
        memcpy(blob + i, "é", 2);
    struct vb_transcript *t = words_of((vb_str){blob, LENGTH});
    struct buf whole = {0};
    uint32_t at = 0;
    assert_true(vb_word_count(t) > 1000);
    for (uint32_t word = 0; word < vb_word_count(t); word++) {
        struct vb_word w = vb_word(t, word);
        assert_true(w.text.len <= 260);
        assert_int_equal(w.span.at, at);
        at += w.span.len;
        assert_int_equal(!(w.marks & VB_GLUED), word == 0);
    }
    text_of_words(t, 0, vb_word_count(t), &whole);
    assert_true(str_is(buf_str(&whole), (vb_str){blob, LENGTH}));
    buf_free(&whole);
    vb_transcript_unref(t);
    free(blob);
}

/* Quadratic in the signs, these would take hours. */
static void millions_of_signs_do_not_hang(void **state)
{
    (void)state;
    static const char *const signs[] = {"« ", "\" ", "? ", "« a ", "— ", "( "};
    for (size_t i = 0; i < COUNT(signs); i++) {
        struct buf text = {0};
        while (text.len < 4 << 20)
            buf_puts(&text, signs[i]);
        struct vb_transcript *t = words_of(buf_str(&text));
        assert_true(vb_word_count(t) > 100000);
        vb_transcript_unref(t);
        buf_free(&text);
    }
}

static void a_long_paragraph_is_split_as_a_short_one(void **state)
{
    (void)state;
    static const char part[] = "dit « le \" mot \" là » : oui ! ";
    struct buf text = {0};
    for (int i = 0; i < 20000; i++)
        buf_puts(&text, part);
    struct vb_transcript *t = words_of(buf_str(&text)), *one = words_of(str_of(part));
    uint32_t each = vb_word_count(one);
    assert_int_equal(vb_word_count(t), 20000 * each);
    for (uint32_t word = 0; word < vb_word_count(t); word++) {
        struct vb_word w = vb_word(t, word), first = vb_word(one, word % each);
        assert_true(str_is(w.text, first.text));
        assert_int_equal(w.marks, first.marks);
        assert_int_equal(w.span.at, first.span.at + word / each * (sizeof part - 1));
        assert_int_equal(w.span.len, first.span.len);
    }
    vb_transcript_unref(t);
    vb_transcript_unref(one);
    buf_free(&text);
}

/* ---- pieces, marks and byte ranges ---- */

static struct piece piece(const char *text, uint32_t at, uint32_t len, uint16_t marks)
{
    return (struct piece){
        str_of(text), {at, len},
         marks, VB_NO_TIME, VB_NO_TIME
    };
}

static void assert_span(const struct vb_transcript *t, uint32_t word, uint32_t at, uint32_t len)
{
    struct vb_span span = vb_word(t, word).span;
    assert_int_equal(span.at, at);
    assert_int_equal(span.len, len);
}

/* l’''État'' et l&nbsp;: the word runs over markup, the entity takes more bytes than it shows.
 */
static void a_word_over_several_pieces_spans_them_all(void **state)
{
    (void)state;
    const struct piece pieces[] = {
        piece("l’", 0, 4, 0),           piece("État", 6, 5, VB_EMPHASIS),
        piece(" vaut 5", 13, 7, 0),     piece("\u00a0", 20, 6, 0), /* &nbsp; */
        piece("€ et l", 26, 8, 0),      piece("<", 34, 4, 0),      /* &lt; */
        piece("b", 38, 1, VB_EMPHASIS),
    };
    struct vb_transcript *t = words_of_pieces(pieces, COUNT(pieces));
    assert_shown(t, "l’État|vaut|5\u00a0€|et|l<b");
    assert_span(t, 0, 0, 11);
    assert_span(t, 1, 14, 4);
    assert_span(t, 2, 19, 10);
    assert_span(t, 3, 30, 2);
    assert_span(t, 4, 33, 6);
    for (uint32_t word = 0; word < 5; word++)
        assert_int_equal(vb_word_marks(t, word) & VB_EMPHASIS, 0); /* their first piece's */
    vb_transcript_unref(t);
}

static void signs_belong_to_the_span_of_their_word(void **state)
{
    (void)state;
    struct vb_transcript *t = words_of(VB_STR("dit « nous » : oui !"));
    assert_span(t, 0, 0, 3);
    assert_span(t, 1, 4, 12);
    assert_span(t, 2, 17, 5);
    vb_transcript_unref(t);
}

static void text_that_stands_nowhere_has_no_span(void **state)
{
    (void)state;
    const struct piece made = piece("ajouté ici", 0, 0, 0);
    struct vb_transcript *t = words_of_pieces(&made, 1);
    assert_span(t, 0, 0, 0);
    assert_span(t, 1, 0, 0);
    vb_transcript_unref(t);
}

static void marks_hold_for_the_words_of_their_piece(void **state)
{
    (void)state;
    const struct piece pieces[] = {
        piece("avant ", 0, 6, 0),
        piece("deux mots", 8, 9, VB_EMPHASIS),
        piece(" après ", 19, 8, 0),
        piece("[Rires]", 27, 7, VB_UNSPOKEN),
    };
    struct vb_transcript *t = words_of_pieces(pieces, COUNT(pieces));
    assert_shown(t, "avant|deux|mots|après|([Rires])");
    const uint16_t expected[] = {0, VB_EMPHASIS, VB_EMPHASIS, 0, VB_UNSPOKEN};
    for (uint32_t word = 0; word < COUNT(expected); word++)
        assert_int_equal(vb_word_marks(t, word), expected[word]);
    assert_int_equal(vb_spoken_count(t), 4);
    vb_transcript_unref(t);
}

static void a_new_line_begins_at_its_first_word_even_behind_a_sign(void **state)
{
    (void)state;
    const struct piece pieces[] = {
        piece("- Tu viens ?", 0, 12, 0),
        piece("- Non, « jamais »", 13, 19, VB_NEW_LINE),
        piece("« ", 33, 3, VB_NEW_LINE),
        piece("fin »", 36, 6, VB_EMPHASIS),
    };
    struct vb_transcript *t = words_of_pieces(pieces, COUNT(pieces));
    assert_shown(t, "- Tu|viens ?/- Non,|« jamais »/« fin »");
    assert_int_equal(vb_word_marks(t, 4), VB_NEW_LINE | VB_EMPHASIS);
    struct buf text = {0};
    text_of_words(t, 0, vb_word_count(t), &text);
    assert_true(str_eq(buf_str(&text), "- Tu viens ?\n- Non, « jamais »\n« fin »"));
    buf_free(&text);
    vb_transcript_unref(t);
}

static void a_no_break_space_ties_two_words(void **state)
{
    (void)state;
    struct vb_transcript *t = words_of(VB_STR("cent\u00a0mille\u202fpas ici"));
    const uint16_t expected[] = {0, VB_TIED, VB_TIED, 0};
    for (uint32_t word = 0; word < COUNT(expected); word++)
        assert_int_equal(vb_word_marks(t, word), expected[word]);
    struct buf text = {0};
    text_of_words(t, 0, 4, &text);
    assert_true(str_eq(buf_str(&text), "cent\u00a0mille\u00a0pas ici"));
    buf_free(&text);
    vb_transcript_unref(t);
}

static void a_timed_piece_times_its_word(void **state)
{
    (void)state;
    const struct piece pieces[] = {
        piece("sans", 0, 4, 0),
        {VB_STR(" « oui"), {5, 7},  0, 1 * VB_SECOND, 2 * VB_SECOND},
        {VB_STR(" »"),     {12, 3}, 0, VB_NO_TIME,    3 * VB_SECOND},
        piece(" fin", 15, 4, 0),
    };
    struct vb_transcript *t = words_of_pieces(pieces, COUNT(pieces));
    assert_shown(t, "sans|« oui »|fin");
    assert_true(vb_word(t, 0).start == VB_NO_TIME && vb_word(t, 0).end == VB_NO_TIME);
    assert_true(vb_word(t, 1).start == 1 * VB_SECOND && vb_word(t, 1).end == 3 * VB_SECOND);
    assert_true(vb_word(t, 2).start == VB_NO_TIME && vb_word(t, 2).end == VB_NO_TIME);
    vb_transcript_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_of_any_kind_parts_words),
        cmocka_unit_test(a_lone_guillemet_joins_the_word_it_belongs_to),
        cmocka_unit_test(lone_signs_join_the_word_before_them),
        cmocka_unit_test(straight_quotes_open_and_close_by_turns),
        cmocka_unit_test(a_sign_that_begins_the_text_joins_its_first_word),
        cmocka_unit_test(what_french_ties_together_stays_one_word),
        cmocka_unit_test(signs_alone_are_shown_but_not_spoken),
        cmocka_unit_test(a_row_of_signs_stays_breakable),
        cmocka_unit_test(nul_and_control_characters_show_as_replaced),
        cmocka_unit_test(combining_marks_stay_with_their_letter),
        cmocka_unit_test(a_megabyte_without_a_space_is_cut_and_glued),
        cmocka_unit_test(millions_of_signs_do_not_hang),
        cmocka_unit_test(a_long_paragraph_is_split_as_a_short_one),
        cmocka_unit_test(a_word_over_several_pieces_spans_them_all),
        cmocka_unit_test(signs_belong_to_the_span_of_their_word),
        cmocka_unit_test(text_that_stands_nowhere_has_no_span),
        cmocka_unit_test(marks_hold_for_the_words_of_their_piece),
        cmocka_unit_test(a_new_line_begins_at_its_first_word_even_behind_a_sign),
        cmocka_unit_test(a_no_break_space_ties_two_words),
        cmocka_unit_test(a_timed_piece_times_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
