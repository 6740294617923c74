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
#include "transcript/builder.h"
#include "verbatim/find.h"

enum { WORDS = 1000000, WORDS_A_TURN = 90, TIMES = 15 };

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static uint32_t draw_number(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void add_word(struct buf *text, uint32_t *seed)
{
    static const char *const words[] = {
        "le ",       "travail ",   "de ",    "l’intelligence ",
        "mérite ",   "d’être ",    "œuvre ", "expliqué, ",
        "« nous » ", "dans ",      "une ",   "École ",
        "et ",       "ailleurs. ", "à ",     "anticonstitution "};
    buf_puts(text, words[draw_number(seed) % 16]);
}

/* The text stands in `all`, too. */
static struct vb_transcript *million_words(struct buf *all)
{
    struct builder *b = builder_new(VB_STR(""));
    struct buf text = {0};
    uint32_t seed = 7;
    for (int words = 0; words < WORDS; words += WORDS_A_TURN) {
        uint32_t speaker = builder_speaker(b, VB_STR("Anne"));
        buf_clear(&text);
        for (int i = 0; i < WORDS_A_TURN; i++)
            add_word(&text, &seed);
        buf_add(all, buf_str(&text));
        builder_turn(b, &speaker, 1, VB_STR("Anne"), (struct vb_span){0});
        builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0});
        builder_text(
            b, &(struct piece){.text = buf_str(&text), .start = VB_NO_TIME, .end = VB_NO_TIME},
            1);
    }
    buf_free(&text);
    return builder_finish(b);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *taken)
{
    qsort(taken, TIMES, sizeof *taken, compare);
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
    struct vb_transcript *t = million_words(&all);
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
