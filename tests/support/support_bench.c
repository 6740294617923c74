/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/support_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
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

static double seconds_by(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double cpu_ms(void)
{
    return 1e3 * seconds_by(CLOCK_THREAD_CPUTIME_ID);
}

double cpu_seconds(void)
{
    return seconds_by(CLOCK_PROCESS_CPUTIME_ID);
}

double peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024.0;
}

bool print_within(const char *name, double value, const char *unit, double limit)
{
    bool within = value <= limit;
    printf("%-34s %10.3f %-4s limit %g%s\n", name, value, unit, limit,
           within ? "" : "  PASSED");
    return within;
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
