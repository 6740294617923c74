/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two sequences have in common. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/diff.h"
#include "base/mem.h"
#include "base/str.h"

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % limit;
}

struct seen {
    const uint32_t *a, *b;
    size_t at_a, at_b, same;
};

/* Rising, equal, and never told in two halves. */
static void check_run(void *ctx, size_t at_a, size_t at_b, size_t len)
{
    struct seen *seen = ctx;
    assert_true(len > 0);
    assert_true(at_a >= seen->at_a && at_b >= seen->at_b);
    assert_false(seen->same && at_a == seen->at_a && at_b == seen->at_b);
    assert_memory_equal(seen->a + at_a, seen->b + at_b, len * sizeof *seen->a);
    seen->at_a = at_a + len, seen->at_b = at_b + len;
    seen->same += len;
}

static size_t in_common(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    struct seen seen = {.a = a, .b = b};
    diff(a, n, b, m, check_run, &seen);
    return seen.same;
}

/* The length of the longest common subsequence, by the book. */
static size_t longest(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t *row = mem_new((m + 1) * sizeof *row);
    for (size_t i = 0; i < n; i++) {
        size_t corner = 0;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            row[j] = a[i] == b[j - 1] ? corner + 1 : above > row[j - 1] ? above : row[j - 1];
            corner = above;
        }
    }
    size_t length = row[m];
    free(row);
    return length;
}

static void letters(const char *text, uint32_t *into)
{
    for (size_t i = 0; text[i]; i++)
        into[i] = (uint32_t)text[i];
}

static void small_texts_give_the_longest_common_reading(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"",        ""      },
        {"",        "abc"   },
        {"abc",     ""      },
        {"abc",     "abc"   },
        {"abc",     "xyz"   },
        {"a",       "b"     },
        {"abcabba", "cbabac"},
        {"aaaa",    "aa"    },
        {"abab",    "baba"  },
        {"xaxbxc",  "abc"   },
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        uint32_t a[16], b[16];
        letters(pairs[i][0], a);
        letters(pairs[i][1], b);
        size_t n = strlen(pairs[i][0]), m = strlen(pairs[i][1]);
        assert_int_equal(in_common(a, n, b, m), longest(a, n, b, m));
    }
}

static void texts_of_few_words_give_the_longest_common_reading(void **state)
{
    (void)state;
    uint32_t seed = 7, a[60], b[60];
    for (int round = 0; round < 3000; round++) {
        size_t n = random_below(&seed, 60), m = random_below(&seed, 60);
        for (size_t i = 0; i < n; i++)
            a[i] = random_below(&seed, 3);
        for (size_t i = 0; i < m; i++)
            b[i] = random_below(&seed, 3);
        size_t got = in_common(a, n, b, m), best = longest(a, n, b, m);
        /* anchors may cost a little of the best where a word is the same by chance */
        assert_true(got <= best && got + 3 + best / 4 >= best);
    }
}

static void one_changed_word_among_many_is_the_only_difference(void **state)
{
    (void)state;
    enum { N = 20000 };
    uint32_t *a = mem_new(N * sizeof *a), *b = mem_new(N * sizeof *b), seed = 3;
    for (size_t i = 0; i < N; i++)
        a[i] = b[i] = random_below(&seed, 900);
    for (size_t at = 100; at < N; at += 997)
        b[at] = 5000 + (uint32_t)at;
    assert_int_equal(in_common(a, N, b, N), N - (N - 100 + 996) / 997);
    free(a);
    free(b);
}

static void two_texts_with_nothing_in_common_end_soon(void **state)
{
    (void)state;
    enum { N = 100000 };
    uint32_t *a = mem_new(N * sizeof *a), *b = mem_new(N * sizeof *b);
    for (size_t i = 0; i < N; i++) {
        a[i] = (uint32_t)i & 1;
        b[i] = 2 + ((uint32_t)i & 1);
    }
    setrlimit(RLIMIT_CPU, &(struct rlimit){30, 30});
    assert_int_equal(in_common(a, N, b, N), 0);
    free(a);
    free(b);
}

static void equal_texts_have_one_number(void **state)
{
    (void)state;
    struct numbering *n = numbering_new();
    char texts[3000][8];
    for (uint32_t i = 0; i < 3000; i++) {
        snprintf(texts[i], sizeof texts[i], "w%u", i);
        assert_int_equal(numbering_of(n, str_of(texts[i])), i);
    }
    assert_int_equal(numbering_of(n, VB_STR("w0")), 0);
    assert_int_equal(numbering_of(n, VB_STR("w2999")), 2999);
    assert_int_equal(numbering_of(n, VB_STR("")), 3000);
    numbering_free(n);
    numbering_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_texts_give_the_longest_common_reading),
        cmocka_unit_test(texts_of_few_words_give_the_longest_common_reading),
        cmocka_unit_test(one_changed_word_among_many_is_the_only_difference),
        cmocka_unit_test(two_texts_with_nothing_in_common_end_soon),
        cmocka_unit_test(equal_texts_have_one_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
