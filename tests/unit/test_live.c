/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a text that is being typed into. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/support_view.h"
#include "view/live.h"

/* Twenty characters a line, ten pixels each. */
static const struct live_style style = {
    .width = 200, .size = 20, .line = 30, .face = FACE_TEXT};

static void set(struct live *l, const char *text)
{
    live_set(l, &fixed_measure, style, str_of(text));
}

static void lines_are(struct live *l, const char *const *wanted)
{
    size_t i = 0;
    for (; wanted[i]; i++) {
        assert_true(i < l->lines.count);
        size_t from = live_line_start(l, i), until = live_line_end(l, i);
        vb_str got = str_cut(buf_str(&l->text), from, until);
        if (!str_eq(got, wanted[i]))
            fail_msg("line %zu is “%.*s”, not “%s”", i, (int)got.len, got.data, wanted[i]);
    }
    assert_int_equal(l->lines.count, i);
}

static void lines_break_at_spaces_and_at_line_ends(void **state)
{
    (void)state;
    struct live l = {0};
    set(&l, "one two three four five\nsix");
    lines_are(&l, (const char *const[]){"one two three four", "five", "six", NULL});
    set(&l, "one\n\ntwo\n");
    lines_are(&l, (const char *const[]){"one", "", "two", "", NULL});
    set(&l, "");
    lines_are(&l, (const char *const[]){"", NULL});
    live_free(&l);
}

static void a_sign_never_begins_a_line(void **state)
{
    (void)state;
    struct live l = {0};
    set(&l, "aaaaaaaaaa bbbbbbbbb ? ccc");
    lines_are(&l, (const char *const[]){"aaaaaaaaaa", "bbbbbbbbb ? ccc", NULL});
    live_free(&l);
}

static void a_word_wider_than_a_line_is_cut(void **state)
{
    (void)state;
    struct live l = {0};
    set(&l, "a bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb c");
    assert_true(l.lines.count >= 3);
    for (size_t i = 0; i < l.lines.count; i++)
        assert_true(live_line_end(&l, i) - live_line_start(&l, i) <= 21);
    live_free(&l);
}

static void a_change_breaks_the_lines_around_it_alone(void **state)
{
    (void)state;
    struct live l = {0};
    struct buf text = {0};
    for (int i = 0; i < 2000; i++)
        buf_puts(&text, i % 10 == 9 ? "fin\n" : "mots ici ");
    live_set(&l, &fixed_measure, style, buf_str(&text));
    uint32_t before = l.broken;
    text.data[5000] = 'x';
    live_set(&l, &fixed_measure, style, buf_str(&text));
    assert_true(l.broken - before < 20);
    live_free(&l);
    buf_free(&text);
}

/* Whatever was changed: as if the text had been set at once. */
static void changed_texts_have_the_lines_of_fresh_ones(void **state)
{
    (void)state;
    struct live changed = {0};
    struct buf text = {0};
    uint32_t seed = 5;
    buf_puts(&text, "un deux trois quatre cinq six sept huit neuf dix onze douze");
    for (int i = 0; i < 3000; i++) {
        static const char *const bits[] = {"a", " ", "\n", "mot ", " !", "é", "", ""};
        struct buf next = {0};
        struct live fresh = {0};
        seed = seed * 1664525 + 1013904223;
        size_t at = (seed >> 8) % (text.len + 1);
        while (at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at++;
        size_t until = at;
        if (seed >> 30 == 1 && until < text.len)
            str_next(buf_str(&text), &until);
        buf_puts(&next, "");
        buf_add(&next, str_cut(buf_str(&text), 0, at));
        buf_puts(&next, text.len > 400 ? "" : bits[(seed >> 4) % COUNT(bits)]);
        buf_add(&next, str_from(buf_str(&text), until));
        live_set(&changed, &fixed_measure, style, buf_str(&next));
        live_set(&fresh, &fixed_measure, style, buf_str(&next));
        assert_int_equal(changed.lines.count, fresh.lines.count);
        assert_memory_equal(changed.lines.items, fresh.lines.items,
                            fresh.lines.count * sizeof *fresh.lines.items);
        live_free(&fresh);
        buf_free(&text);
        text = next;
    }
    live_free(&changed);
    buf_free(&text);
}

static void a_place_and_its_point_agree(void **state)
{
    (void)state;
    struct live l = {0};
    set(&l, "one two three four five six");
    for (size_t place = 0; place <= l.text.len; place++) {
        size_t line = live_line_of(&l, place);
        if (place <= live_line_end(&l, line))
            assert_int_equal(live_place_at(&l, line, live_x(&l, place)), place);
    }
    live_free(&l);
}

static void spaces_at_the_end_are_seen(void **state)
{
    (void)state;
    struct live l = {0};
    set(&l, "mot  ");
    assert_true(live_x(&l, 5) > live_x(&l, 4));
    assert_true(live_x(&l, 4) > live_x(&l, 3));
    live_free(&l);
}

static void arabic_is_read_from_the_right(void **state)
{
    (void)state;
    struct live l = {0};
    set(&l, "سلام عليكم");
    assert_true(l.right_to_left);
    assert_true(live_x(&l, 0) > live_x(&l, 4));
    assert_int_equal(live_beside(&l, 0, false), 2);
    assert_int_equal(live_beside(&l, 2, true), 0);
    live_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_spaces_and_at_line_ends),
        cmocka_unit_test(a_sign_never_begins_a_line),
        cmocka_unit_test(a_word_wider_than_a_line_is_cut),
        cmocka_unit_test(a_change_breaks_the_lines_around_it_alone),
        cmocka_unit_test(changed_texts_have_the_lines_of_fresh_ones),
        cmocka_unit_test(a_place_and_its_point_agree),
        cmocka_unit_test(spaces_at_the_end_are_seen),
        cmocka_unit_test(arabic_is_read_from_the_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
