/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal sends as keys, and how text is laid out in its cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "cli/keyboard.h"
#include "cli/table.h"

/* ---- keys ---- */

static struct key_press key_of(const char *bytes, size_t len, size_t used)
{
    struct key_press press;
    assert_int_equal(keyboard_next((vb_str){bytes, len}, &press), used);
    return press;
}

/* The whole text is one key. */
static struct key_press key(const char *text)
{
    return key_of(text, strlen(text), strlen(text));
}

static void assert_named(const char *text, enum key_name name, unsigned modifiers)
{
    struct key_press press = key(text);
    assert_int_equal(press.name, name);
    assert_int_equal(press.modifiers, modifiers);
    assert_int_equal(press.character, 0);
}

static void assert_character(struct key_press press, uint32_t character, unsigned modifiers)
{
    assert_int_equal(press.name, KEY_NONE);
    assert_int_equal(press.character, character);
    assert_int_equal(press.modifiers, modifiers);
}

static void arrows_come_in_two_dialects(void **state)
{
    (void)state;
    assert_named("\033[A", KEY_UP, 0);
    assert_named("\033OA", KEY_UP, 0);
    assert_named("\033[D", KEY_LEFT, 0);
    assert_named("\033OC", KEY_RIGHT, 0);
}

static void held_keys_are_told_apart(void **state)
{
    (void)state;
    assert_named("\033[1;5D", KEY_LEFT, KEY_CTRL);
    assert_named("\033[1;3C", KEY_RIGHT, KEY_ALT);
    assert_named("\033[1;2B", KEY_DOWN, KEY_SHIFT);
    assert_named("\033[1;8A", KEY_UP, KEY_SHIFT | KEY_ALT | KEY_CTRL);
    assert_named("\033[Z", KEY_TAB, KEY_SHIFT);
}

static void named_keys_are_known_by_number_or_letter(void **state)
{
    (void)state;
    assert_named("\033[5~", KEY_PAGE_UP, 0);
    assert_named("\033[6;5~", KEY_PAGE_DOWN, KEY_CTRL);
    assert_named("\033[H", KEY_HOME, 0);
    assert_named("\033[4~", KEY_END, 0);
    assert_named("\033OP", KEY_F1, 0);
    assert_named("\033[11~", KEY_F1, 0);
    assert_named("\033[24~", KEY_F12, 0);
    assert_named("\x7F", KEY_BACKSPACE, 0);
    assert_named("\r", KEY_RETURN, 0);
    assert_named("\033", KEY_ESCAPE, 0);
}

static void characters_are_read_whole(void **state)
{
    (void)state;
    assert_character(key("j"), 'j', 0);
    assert_character(key("J"), 'j', KEY_SHIFT);
    assert_character(key("?"), '?', 0);
    assert_character(key("é"), 0xE9, 0);
    assert_character(key(" "), ' ', 0);
}

static void control_and_alt_are_seen(void **state)
{
    (void)state;
    assert_character(key("\x11"), 'q', KEY_CTRL);
    assert_character(key_of("", 1, 1), ' ', KEY_CTRL);
    assert_character(key("\033x"), 'x', KEY_ALT);
}

static void keys_typed_at_once_come_one_by_one(void **state)
{
    (void)state;
    vb_str rest = VB_STR("q\033[C\033[1;5D ");
    enum key_name names[] = {KEY_NONE, KEY_RIGHT, KEY_LEFT, KEY_NONE};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct key_press press;
        rest = str_from(rest, keyboard_next(rest, &press));
        assert_int_equal(press.name, names[i]);
    }
    assert_int_equal(rest.len, 0);
}

static void what_is_no_key_is_passed_over(void **state)
{
    (void)state;
    struct key_press none = {0}, press;
    vb_str odd[] = {VB_STR("\033[99~"), VB_STR("\033[?1;2c"), VB_STR("\033[<0;1;1M"),
                    VB_STR("\033["),    VB_STR("\033[1;"),    VB_STR("\033[99999999999999~"),
                    VB_STR("\x1C")};
    for (size_t i = 0; i < COUNT(odd); i++) {
        size_t used = keyboard_next(odd[i], &press);
        assert_in_range(used, 1, odd[i].len);
        assert_int_equal(press.name, none.name);
        assert_int_equal(press.character, 0);
    }
    assert_int_equal(keyboard_next(VB_STR(""), &press), 0);
}

/* ---- cells ---- */

static void width_is_counted_in_cells(void **state)
{
    (void)state;
    assert_int_equal(text_width(VB_STR("")), 0);
    assert_int_equal(text_width(VB_STR("Gérald")), 6);
    assert_int_equal(text_width(VB_STR("Ge\u0301rald")), 6);
    assert_int_equal(text_width(VB_STR("漢字")), 4);
    assert_int_equal(text_width(VB_STR("16’\u202F20")), 6);
}

static void assert_wrapped(const char *text, size_t width, const char *const *lines)
{
    vb_str line;
    size_t count = 0;
    for (size_t at = 0; wrap_next(str_of(text), width, &at, &line); count++) {
        assert_non_null(lines[count]);
        assert_int_equal(line.len, strlen(lines[count]));
        assert_memory_equal(line.data, lines[count], line.len);
    }
    assert_null(lines[count]);
}

static void lines_break_at_white_space(void **state)
{
    (void)state;
    assert_wrapped("one two three", 7, (const char *const[]){"one two", "three", NULL});
    assert_wrapped("  one   two  ", 6, (const char *const[]){"one", "two", NULL});
    assert_wrapped("", 5, (const char *const[]){NULL});
    assert_wrapped("   ", 5, (const char *const[]){NULL});
}

static void a_no_break_space_holds_together(void **state)
{
    (void)state;
    assert_wrapped("il dit\u00A0: oui", 7,
                   (const char *const[]){"il", "dit\u00A0:", "oui", NULL});
}

static void a_word_longer_than_the_line_is_cut(void **state)
{
    (void)state;
    assert_wrapped("ab cdefghij k", 4, (const char *const[]){"ab", "cdef", "ghij", "k", NULL});
    assert_wrapped("漢字漢", 3, (const char *const[]){"漢", "字", "漢", NULL});
    assert_wrapped("漢", 1, (const char *const[]){"漢", NULL});
}

static void assert_fitted(const char *text, size_t width, const char *expected)
{
    struct buf out = {0};
    put_fitted(&out, str_of(text), width);
    assert_string_equal(out.data ? out.data : "", expected);
    buf_free(&out);
}

static void what_was_cut_off_is_marked(void **state)
{
    (void)state;
    assert_fitted("Antonio", 7, "Antonio");
    assert_fitted("Antonio", 6, "Anton…");
    assert_fitted("漢字漢", 5, "漢字…");
    assert_fitted("Antonio", 1, "…");
    assert_fitted("Antonio", 0, "");
    assert_fitted("", 5, "");
}

static void nothing_in_a_file_reaches_the_terminal_as_a_command(void **state)
{
    (void)state;
    struct buf out = {0};
    put_safe(&out, VB_STR("a\033[2Jb\x07\xC2\x9B"
                          "1m\nc\td"));
    assert_string_equal(out.data, "a\uFFFD[2Jb\uFFFD\uFFFD1m\nc\td");
    buf_free(&out);
    assert_fitted("\033[31mred", 20, "\uFFFD[31mred");
}

static void a_row_has_its_right_column_in_line(void **state)
{
    (void)state;
    struct buf out = {0};
    put_row(&out, 10, "né", "here");
    put_row(&out, 10, "a longer name", "below");
    put_row(&out, 10, "alone", "");
    assert_string_equal(out.data, "  né      here\n"
                                  "  a longer name\n"
                                  "          below\n"
                                  "  alone\n");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrows_come_in_two_dialects),
        cmocka_unit_test(held_keys_are_told_apart),
        cmocka_unit_test(named_keys_are_known_by_number_or_letter),
        cmocka_unit_test(characters_are_read_whole),
        cmocka_unit_test(control_and_alt_are_seen),
        cmocka_unit_test(keys_typed_at_once_come_one_by_one),
        cmocka_unit_test(what_is_no_key_is_passed_over),
        cmocka_unit_test(width_is_counted_in_cells),
        cmocka_unit_test(lines_break_at_white_space),
        cmocka_unit_test(a_no_break_space_holds_together),
        cmocka_unit_test(a_word_longer_than_the_line_is_cut),
        cmocka_unit_test(what_was_cut_off_is_marked),
        cmocka_unit_test(nothing_in_a_file_reaches_the_terminal_as_a_command),
        cmocka_unit_test(a_row_has_its_right_column_in_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
