/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching a million words of French as it is typed, key by key; beside a search by
 * strcasestr, which knows capitals of ASCII and nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_bench.h"
#include "verbatim/find.h"

enum { TIMES = 15 };

static void put_french_word(struct buf *text, uint32_t *seed)
{
    static const char *const words[] = {"le",       "travail",   "de",    "l’intelligence",
                                        "mérite",   "d’être",    "œuvre", "expliqué,",
                                        "« nous »", "dans",      "une",   "École",
                                        "et",       "ailleurs.", "à",     "anticonstitution"};
    buf_puts(text, words[draw_number(seed) % 16]);
}

static double median(double *taken)
{
    sort_times(taken, TIMES);
    return taken[TIMES / 2];
}

/* A key: the search, and what a window needs of it. */
static double one_key(struct vb_find *find, const char *query, size_t *count)
{
    double taken[TIMES];
    for (int i = 0; i < TIMES; i++) {
        double before = cpu_ms();
        *count = vb_find_all(find, str_of(query));
        for (size_t k = 0; k < 400 && k < *count; k++)
            vb_find_match(find, vb_find_from(find, vb_find_match(find, k).first));
        taken[i] = cpu_ms() - before;
    }
    return median(taken);
}

static double plain_search(const char *text, const char *query)
{
    double taken[TIMES];
    size_t count = 0;
    for (int i = 0; i < TIMES; i++) {
        double before = cpu_ms();
        for (const char *at = text; (at = strcasestr(at, query)); at += strlen(query))
            count++;
        taken[i] = cpu_ms() - before;
    }
    return count ? median(taken) : 0;
}

int main(void)
{
    static const char *const keys[] = {"e",      "é",    "t",          "tr",
                                       "tra",    "trav", "travai",     "travail de",
                                       "d'etre", "zzzz", "anne: œuvre"};
    struct buf all = {0};
    struct vb_transcript *t = transcript_of_turns(1000000, put_french_word, &all);
    double before = cpu_ms();
    struct vb_find *find = vb_find_new(t);
    printf("%-36s %8.2f ms\n", "folding a million words, once", cpu_ms() - before);
    double worst = 0;
    for (size_t i = 0; i < COUNT(keys); i++) {
        size_t count;
        double taken = one_key(find, keys[i], &count);
        worst = taken > worst ? taken : worst;
        printf("  “%s”%*s %8.2f ms, %zu places\n", keys[i], (int)(30 - strlen(keys[i])), "",
               taken, count);
    }
    printf("%-36s %8.2f ms | limit 5 ms\n", "the slowest key", worst);
    printf("%-36s %8.2f ms | by strcasestr, capitals alone\n", "“travail”",
           plain_search(all.data, "travail"));
    vb_find_free(find);
    vb_transcript_unref(t);
    buf_free(&all);
    return 0;
}
