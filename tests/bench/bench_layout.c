/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying out a million words of French: measured once, wrapped whole at every width. */
#include <stdio.h>

#include "sdl/font.h"
#include "support/support_bench.h"
#include "view/layout.h"

static void row(const char *name, double value, const char *unit, const char *limit)
{
    printf("%-44s %8.3f %-4s | %s\n", name, value, unit, limit);
}

static void wrap_at_many_widths(struct layout *l)
{
    enum { TIMES = 41 };
    double taken[TIMES];
    for (int i = -1; i < TIMES; i++) {
        struct layout_style style = {.width = 400 + 13 * (i < 0 ? 20 : i),
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
        if (i < 0)
            row("wrap 1,000,000 words, for the first time", cpu_ms() - before, "ms",
                "limit 15 ms, once a document");
        else
            taken[i] = cpu_ms() - before;
    }
    sort_times(taken, TIMES);
    row("wrap 1,000,000 words, median", taken[TIMES / 2], "ms", "limit 3 ms");
    row("wrap 1,000,000 words, worst of 41 widths", taken[TIMES - 1], "ms", "limit 3 ms");
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
    struct vb_transcript *t = transcript_of_turns(1000000, put_made_word, NULL);
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
