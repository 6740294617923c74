/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and lines of scripts that are written without spaces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#include "app/steps.h"
#include "base/mem.h"
#include "base/spaceless.h"
#include "base/str.h"
#include "support/support_transcript.h"
#include "transcript/text.h"
#include "verbatim/timeline.h"

#define needs_dictionary()                                                                     \
    do {                                                                                       \
        if (!SPACELESS_WORDS_KNOWN) {                                                          \
            print_message("built without ICU: where words begin is not known\n");              \
            skip();                                                                            \
        }                                                                                      \
    } while (0)

static struct vb_transcript *words_of(const struct piece *pieces, size_t count)
{
    struct builder *b = builder_new(VB_STR(""));
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
    builder_text(b, pieces, count);
    return builder_finish(b);
}

static struct piece piece_of(const char *text)
{
    vb_str view = str_of(text);
    return (struct piece){
        .text = view, .span = {0, (uint32_t)view.len},
             .start = VB_NO_TIME, .end = VB_NO_TIME
    };
}

/* A bar before a word with a space before it, a plus before one without. */
static void assert_words_of(const struct piece *pieces, size_t count, const char *expected)
{
    struct vb_transcript *t = words_of(pieces, count);
    struct buf shown = {0};
    for (uint32_t word = 0; word < vb_word_count(t); word++) {
        buf_puts(&shown, !word ? "" : vb_word_marks(t, word) & VB_GLUED ? "+" : "|");
        buf_add(&shown, vb_word_text(t, word));
    }
    assert_string_equal(buf_str(&shown).data, expected);
    buf_free(&shown);
    vb_transcript_unref(t);
}

static void assert_words(const char *text, const char *expected)
{
    struct piece piece = piece_of(text);
    assert_words_of(&piece, 1, expected);
}

/* ---- words ---- */

static void a_dictionary_parts_the_words_of_a_run(void **state)
{
    (void)state;
    needs_dictionary();
    assert_words("การทำงานผ่านแพลตฟอร์มดิจิทัล เปลี่ยนความสัมพันธ์",
                 "การ+ทำงาน+ผ่าน+แพลตฟอร์ม+ดิจิทัล|เปลี่ยน+ความ+สัมพันธ์");
    assert_words("ការងារឌីជីថលបានផ្លាស់ប្តូរ", "ការងារ+ឌីជីថល+បាន+ផ្លាស់+ប្តូរ");
    assert_words("ຂ້ອຍເຮັດວຽກ", "ຂ້ອຍ+ເຮັດວຽກ");
    assert_words("အလုပ်လုပ်ကြသည်", "အလုပ်+လုပ်+ကြ+သည်");
    assert_words("我们每天劳动", "我们+每天+劳动");
    assert_words("それは労働です", "それ+は+労働+です");
}

static void signs_stay_with_the_words_of_such_a_script(void **state)
{
    (void)state;
    needs_dictionary();
    assert_words("労働です。「それは」と", "労働+です。+「それ+は」+と");
    assert_words("ดีๆ ฯลฯ กรุงเทพฯมาก", "ดีๆ|ฯลฯ|กรุงเทพฯ+มาก");
    assert_words("2026年にGoogleは", "2026+年+に+Google+は");
}

static void a_letter_is_never_parted_from_its_marks(void **state)
{
    (void)state;
    assert_words("a\u0E34 b", "a\u0E34|b"); /* a vowel sign above a foreign letter */
    assert_words("\u0E34\u0E48", "\u0E34\u0E48");
}

static void a_word_over_pieces_of_one_kind_stays_one(void **state)
{
    (void)state;
    needs_dictionary();
    const struct piece alike[] = {piece_of("แพลต"), piece_of("ฟอร์"), piece_of("มดิจิทัล")};
    assert_words_of(alike, COUNT(alike), "แพลตฟอร์ม+ดิจิทัล");
    struct piece bold[] = {piece_of("การ"), piece_of("ทำงาน"), piece_of("ผ่าน")};
    bold[1].marks = VB_EMPHASIS;
    assert_words_of(bold, COUNT(bold), "การ+ทำงาน+ผ่าน");
}

static void what_is_timed_together_begins_and_ends_as_stated(void **state)
{
    (void)state;
    needs_dictionary();
    struct piece timed = piece_of("การทำงานผ่าน");
    timed.start = 1 * VB_SECOND;
    timed.end = 3 * VB_SECOND;
    struct vb_transcript *t = words_of(&timed, 1);
    struct vb_timeline *times = vb_timeline_new(t, VB_NO_TIME);
    assert_int_equal(vb_word_count(t), 3);
    assert_true(vb_word(t, 0).start == 1 * VB_SECOND && vb_word(t, 0).end == VB_NO_TIME);
    assert_true(vb_word(t, 1).start == VB_NO_TIME && vb_word(t, 1).end == VB_NO_TIME);
    assert_true(vb_word(t, 2).start == VB_NO_TIME && vb_word(t, 2).end == 3 * VB_SECOND);
    assert_int_equal(vb_timeline_start(times, 0), 1 * VB_SECOND);
    assert_true(vb_timeline_start(times, 1) > 1 * VB_SECOND);
    assert_true(vb_timeline_start(times, 2) > vb_timeline_start(times, 1));
    assert_in_range(vb_timeline_end(times, 2), 3 * VB_SECOND - 5, 3 * VB_SECOND);
    vb_timeline_free(times);
    vb_transcript_unref(t);
}

static void a_space_without_width_parts_words_and_is_not_seen(void **state)
{
    (void)state;
    assert_words("ការ\u200Bងារ", "ការ+ងារ");
    assert_words("un\u200Bdeux", "un|deux");
}

/* A megabyte without a space, cut wherever the dictionary stops for breath. */
static void a_long_run_is_parted_as_a_short_one(void **state)
{
    (void)state;
    needs_dictionary();
    enum { TIMES = 4000 };
    struct buf text = {0};
    for (int i = 0; i < TIMES; i++)
        buf_puts(&text, "การทำงานผ่านแพลตฟอร์ม");
    struct piece piece = piece_of(text.data);
    struct vb_transcript *t = words_of(&piece, 1);
    assert_int_equal(vb_word_count(t), 4 * TIMES);
    for (uint32_t word = 0; word < vb_word_count(t); word++) {
        static const char *const words[] = {"การ", "ทำงาน", "ผ่าน", "แพลตฟอร์ม"};
        assert_true(str_eq(vb_word_text(t, word), words[word % 4]));
        assert_int_equal(vb_word(t, word).span.len, vb_word_text(t, word).len);
    }
    vb_transcript_unref(t);
    buf_free(&text);
}

/* ---- lines ---- */

static void assert_breaks(const char *text, const char *expected)
{
    char breaks[256];
    struct buf shown = {0};
    line_breaks(str_of(text), breaks);
    for (size_t i = 0; text[i]; i++) {
        buf_puts(&shown, i && breaks[i] == UC_BREAK_POSSIBLE ? "/" : "");
        buf_putc(&shown, text[i]);
    }
    assert_string_equal(buf_str(&shown).data, expected);
    buf_free(&shown);
}

static void lines_break_between_words_of_such_a_script(void **state)
{
    (void)state;
    needs_dictionary();
    assert_breaks("การทำงาน (ผ่าน)", "การ/ทำงาน /(ผ่าน)");
    assert_breaks("日本。「語」", "日/本。/「語」");
}

static void a_line_may_begin_with_a_word_but_not_with_its_signs(void **state)
{
    (void)state;
    assert_true(line_breaks_between(VB_STR("การ"), VB_STR("ทำงาน")));
    assert_false(line_breaks_between(VB_STR("การ"), VB_STR("\u0E34น"))); /* a mark */
    assert_false(line_breaks_between(VB_STR("語"), VB_STR("。")));
    assert_false(line_breaks_between(VB_STR("「"), VB_STR("語")));
    assert_true(line_breaks_between(VB_STR("deux"), VB_STR("parts"))); /* of a blob */
}

static void words_without_a_space_are_tied_where_the_script_has_them(void **state)
{
    (void)state;
    needs_dictionary();
    struct buf text = {0};
    for (int i = 0; i < 300; i++)
        buf_putc(&text, 'a');
    buf_puts(&text, " การทำงาน");
    struct piece piece = piece_of(text.data);
    struct vb_transcript *t = words_of(&piece, 1);
    assert_int_equal(vb_word_count(t), 4);
    assert_true(text_is_tied(t, 1));  /* the rest of the blob */
    assert_false(text_is_tied(t, 2)); /* behind a space */
    assert_false(text_is_tied(t, 3)); /* a word of its own */
    vb_transcript_unref(t);
    buf_free(&text);
}

/* ---- the caret ---- */

static void the_caret_steps_by_words_of_such_a_script(void **state)
{
    (void)state;
    needs_dictionary();
    vb_str text = VB_STR("การทำงาน ผ่าน");
    const size_t first = strlen("การ"), second = strlen("การทำงาน");
    size_t from, until;
    assert_int_equal(step_word_after(text, 0), first);
    assert_int_equal(step_word_after(text, first), second);
    assert_int_equal(step_word_after(text, second), text.len);
    assert_int_equal(step_word_before(text, text.len), second + 1);
    assert_int_equal(step_word_before(text, second + 1), first);
    assert_int_equal(step_word_before(text, second), first);
    assert_int_equal(step_word_before(text, first), 0);
    step_word_around(text, first + 3, &from, &until);
    assert_int_equal(from, first);
    assert_int_equal(until, second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dictionary_parts_the_words_of_a_run),
        cmocka_unit_test(signs_stay_with_the_words_of_such_a_script),
        cmocka_unit_test(a_letter_is_never_parted_from_its_marks),
        cmocka_unit_test(a_word_over_pieces_of_one_kind_stays_one),
        cmocka_unit_test(what_is_timed_together_begins_and_ends_as_stated),
        cmocka_unit_test(a_space_without_width_parts_words_and_is_not_seen),
        cmocka_unit_test(a_long_run_is_parted_as_a_short_one),
        cmocka_unit_test(lines_break_between_words_of_such_a_script),
        cmocka_unit_test(a_line_may_begin_with_a_word_but_not_with_its_signs),
        cmocka_unit_test(words_without_a_space_are_tied_where_the_script_has_them),
        cmocka_unit_test(the_caret_steps_by_words_of_such_a_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
