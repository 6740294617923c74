/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/support_bench.h"

#include <stdlib.h>
#include <time.h>

#include "base/str.h"
#include "transcript/builder.h"

enum { WORDS_A_TURN = 90, DISTINCT = 37000 };

uint32_t draw_number(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

void put_made_word(struct buf *text, uint32_t *seed)
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
}

struct vb_transcript *transcript_of_turns(uint32_t words,
                                          void (*put_word)(struct buf *text, uint32_t *seed),
                                          struct buf *all)
{
    struct builder *b = builder_new(VB_STR(""));
    struct buf text = {0};
    uint32_t seed = 7;
    for (uint32_t turn = 0; turn * WORDS_A_TURN < words; turn++) {
        vb_str name = turn % 2 ? VB_STR("Anne") : VB_STR("Karim");
        uint32_t speaker = builder_speaker(b, name);
        buf_clear(&text);
        for (int i = 0; i < WORDS_A_TURN; i++) {
            put_word(&text, &seed);
            buf_putc(&text, ' ');
        }
        if (all)
            buf_add(all, buf_str(&text));
        builder_turn(b, &speaker, 1, name, (struct vb_span){0});
        builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0});
        builder_text(
            b, &(struct piece){.text = buf_str(&text), .start = VB_NO_TIME, .end = VB_NO_TIME},
            1);
    }
    buf_free(&text);
    return builder_finish(b);
}

double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void sort_times(double *taken, size_t count)
{
    qsort(taken, count, sizeof *taken, compare);
}
