/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a text are still there after it was changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "transcript/same_words.h"

enum { MOST = 64 };

static uint32_t prints_of(const char *text, uint32_t *into)
{
    uint32_t count = 0;
    for (vb_str rest = str_of(text); rest.len;) {
        size_t space = str_find_char(rest, ' ');
        into[count++] = word_print(str_cut(rest, 0, space == STR_NOT_FOUND ? rest.len : space));
        rest = str_from(rest, space == STR_NOT_FOUND ? rest.len : space + 1);
    }
    return count;
}

/* `expected`: for each old word its place now, "-" for one that is gone. */
static void assert_map(const char *old, const char *now, const char *expected)
{
    uint32_t a[MOST], b[MOST], map[MOST];
    uint32_t old_count = prints_of(old, a), now_count = prints_of(now, b);
    uint32_t same = same_words(a, old_count, b, now_count, map), found = 0;
    struct buf got = {0};
    buf_puts(&got, "");
    for (uint32_t i = 0; i < old_count; i++) {
        buf_puts(&got, i ? " " : "");
        if (map[i] == VB_NONE)
            buf_puts(&got, "-");
        else
            buf_printf(&got, "%u", (unsigned)map[i]);
        found += map[i] != VB_NONE;
    }
    assert_string_equal(old_count ? got.data : "", expected);
    assert_int_equal(same, found);
    buf_free(&got);
}

static void words_that_stayed_are_found(void **state)
{
    (void)state;
    assert_map("a b c d", "a b c d", "0 1 2 3");
    assert_map("a b c d", "a x c d", "0 - 2 3");
    assert_map("a b c d", "a b x y c d", "0 1 4 5");
    assert_map("a b c d", "c d", "- - 0 1");
    assert_map("a b c d", "", "- - - -");
    assert_map("", "a b", "");
    assert_map("a b", "c d", "- -");
}

static void two_changes_far_apart_leave_the_middle(void **state)
{
    (void)state;
    assert_map("one de la two de la three", "ONE de la two de la THREE", "- 1 2 3 4 5 -");
    assert_map("x de la de la y", "u de la la de la v", "- 1 2 4 5 -");
}

static void a_passage_that_moved_counts_once_and_places_rise(void **state)
{
    (void)state;
    uint32_t a[MOST], b[MOST], map[MOST];
    uint32_t n = prints_of("a b c d e f g h", a), m = prints_of("e f g h a b c d", b);
    assert_int_equal(same_words(a, n, b, m, map), 4);
    uint32_t last = 0;
    for (uint32_t i = 0; i < n; i++)
        if (map[i] != VB_NONE) {
            assert_true(a[i] == b[map[i]] && (last == 0 || map[i] > last));
            last = map[i];
        }
}

/* Random edits: what is told to be the same is the same, in order, and little is missed. */
static void random_edits_are_followed(void **state)
{
    (void)state;
    enum { WORDS = 3000 };
    uint32_t *a = mem_new(WORDS * sizeof *a), *b = mem_new(2 * WORDS * sizeof *b);
    uint32_t *map = mem_new(WORDS * sizeof *map);
    srand(980);
    for (int round = 0; round < 20; round++) {
        uint32_t m = 0, kept = 0;
        for (uint32_t i = 0; i < WORDS; i++)
            a[i] = (uint32_t)rand() % 400; /* many words stand there often */
        for (uint32_t i = 0; i < WORDS; i++) {
            int chance = rand() % 100;
            if (chance == 0)
                continue;
            if (chance == 1)
                b[m++] = 100000 + (uint32_t)rand();
            b[m++] = chance == 2 ? 200000 + (uint32_t)rand() : a[i];
            kept += chance != 2;
        }
        uint32_t same = same_words(a, WORDS, b, m, map), last = VB_NONE;
        for (uint32_t i = 0; i < WORDS; i++)
            if (map[i] != VB_NONE) {
                assert_true(map[i] < m && a[i] == b[map[i]]);
                assert_true(last == VB_NONE || map[i] > last);
                last = map[i];
            }
        assert_true(same + WORDS / 100 >= kept);
    }
    free(a);
    free(b);
    free(map);
}

static void one_word_said_a_million_times_takes_no_time(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    uint32_t *a = mem_new(MANY * sizeof *a), *b = mem_new(MANY * sizeof *b);
    uint32_t *map = mem_new(MANY * sizeof *map);
    b[MANY / 2] = 7;
    assert_int_equal(same_words(a, MANY, b, MANY, map), MANY - 1);
    a[0] = 1, a[MANY - 1] = 2;
    assert_true(same_words(a, MANY, b, MANY, map) < MANY);
    free(a);
    free(b);
    free(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_stayed_are_found),
        cmocka_unit_test(two_changes_far_apart_leave_the_middle),
        cmocka_unit_test(a_passage_that_moved_counts_once_and_places_rise),
        cmocka_unit_test(random_edits_are_followed),
        cmocka_unit_test(one_word_said_a_million_times_takes_no_time),
    };
    return cmocka_run_group_tests_name("same words", tests, NULL, NULL);
}
