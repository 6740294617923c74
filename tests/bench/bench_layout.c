/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying out a million words of French: measured once, wrapped whole at every width. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/str.h"
#include "sdl/font.h"
#include "transcript/builder.h"
#include "view/layout.h"

enum { WORDS = 1000000, WORDS_A_TURN = 90, DISTINCT = 37000 };

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

/* A word of the language of numbers, some far more frequent than others, as in any language. */
static void add_word(struct buf *text, uint32_t *seed)
{
    static const char *const syllables[] = {"tra", "vail", "le", "de",  "mon", "ment",
                                            "é",   "ré",   "in", "tel", "li",  "gen",
                                            "ce",  "qu’",  "à",  "un"};
    uint32_t rank = draw_number(seed) % DISTINCT;
    rank = (uint32_t)((uint64_t)rank * rank / DISTINCT * rank / DISTINCT);
    do {
        buf_puts(text, syllables[rank % 16]);
        rank /= 16;
    } while (rank);
    buf_putc(text, ' ');
}

static struct vb_transcript *million_words(void)
{
    struct builder *b = builder_new(VB_STR(""));
    struct buf text = {0};
    uint32_t seed = 7;
    for (int words = 0; words < WORDS; words += WORDS_A_TURN) {
        uint32_t speaker = builder_speaker(b, words % 2 ? VB_STR("Anne") : VB_STR("Karim"));
        buf_clear(&text);
        for (int i = 0; i < WORDS_A_TURN; i++)
            add_word(&text, &seed);
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

static void row(const char *name, double value, const char *unit, const char *limit)
{
    printf("%-44s %8.3f %-4s | %s\n", name, value, unit, limit);
}

static void wrap_at_many_widths(struct layout *l)
{
    enum { TIMES = 41 };
    double taken[TIMES];
    for (int i = 0; i < TIMES; i++) {
        struct layout_style style = {.width = 400 + 13 * i,
                                     .size = 20,
                                     .line = 32,
                                     .turn_gap = 36,
                                     .paragraph_gap = 13,
                                     .head_size = 25,
                                     .head_line = 36,
                                     .head_gap = 60,
                                     .mark_height = 28};
        double before = cpu_ms();
        layout_wrap(l, style);
        taken[i] = cpu_ms() - before;
    }
    qsort(taken, TIMES, sizeof taken[0], compare);
    row("wrap 1,000,000 words, median", taken[TIMES / 2], "ms", "limit 3 ms");
    row("wrap 1,000,000 words, worst of 41 widths", taken[TIMES - 1], "ms", "limit 5 ms");
}

static void find_many(struct layout *l)
{
    enum { TIMES = 100000 };
    uint32_t seed = 3, found = 0;
    double before = cpu_ms();
    for (int i = 0; i < TIMES; i++) {
        uint32_t word = draw_number(&seed) % vb_word_count(l->transcript);
        struct rect r = layout_rect_of(l, word);
        found += layout_word_at(l, r.x + r.w / 2, r.y + r.h / 2, LAYOUT_ANY) == word;
    }
    row("place of a word and back to it", (cpu_ms() - before) * 1000 / TIMES, "us",
        "limit 10 us");
    if (found != TIMES)
        printf("%u of %u words were found again\n", found, (unsigned)TIMES);
}

int main(void)
{
    struct vb_error error = {0};
    struct fonts *fonts = fonts_open("assets/fonts", &error);
    if (!fonts) {
        printf("skipped: %s\n", error.text);
        return 0;
    }
    struct vb_transcript *t = million_words();
    double before = cpu_ms();
    struct layout *l = layout_new(t, fonts_measure(fonts));
    row("measure 1,000,000 words", cpu_ms() - before, "ms", "limit 60 ms, once a document");
    wrap_at_many_widths(l);
    find_many(l);
    layout_free(l);
    vb_transcript_unref(t);
    fonts_close(fonts);
    return 0;
}
