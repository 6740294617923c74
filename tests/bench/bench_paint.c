/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame of the sample: from the session to pixels in memory. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/survey.h"
#include "base/mem.h"
#include "sdl/font.h"
#include "sdl/paint.h"
#include "support/support_bench.h"
#include "view/screen.h"

enum { TIMES = 201 };

struct bench {
    struct session session;
    struct screen screen;
    struct fonts *fonts;
    struct paint *paint;
    struct canvas canvas;
    uint32_t *pixels;
};

static void report(const char *name, double taken[TIMES], const char *limit)
{
    sort_times(taken, TIMES);
    printf("%-44s %8.3f ms   | %s (p99 %.3f)\n", name, taken[TIMES / 2], limit,
           taken[TIMES * 99 / 100]);
}

static void set_size(struct bench *b, int width, int height)
{
    free(b->pixels);
    b->pixels = mem_new((size_t)width * (size_t)height * 4);
    b->canvas = (struct canvas){(uint8_t *)b->pixels, width * 4, width, height, 16, 8, 0};
}

static void frame(struct bench *b, bool all)
{
    struct rect painted[PAINT_RECTS_MAX];
    const struct draw_list *list = screen_draw(&b->screen, b->canvas.width, b->canvas.height);
    paint_frame(b->paint, list, &b->canvas, all, painted);
}

/* The seek bar with all that it can tell: once the sound was looked through. */
static void look_through(struct session *s)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    s->surveys = true;
    while (!s->survey || !survey_is_done(s->survey)) {
        session_update(s, 1000 * VB_SECOND);
        nanosleep(&moment, NULL);
    }
}

/* A word in the middle of the text is heard; nothing moves. */
static void hear_word(struct bench *b, uint32_t word)
{
    struct session *s = &b->session;
    s->word = word;
    s->turn = vb_turn_of_word(s->transcript, word);
    s->clock += VB_SECOND;
}

static void full_redraws(struct bench *b, const char *name, const char *limit)
{
    double taken[TIMES];
    frame(b, true);
    for (int i = 0; i < TIMES; i++) {
        double before = cpu_ms();
        frame(b, true);
        taken[i] = cpu_ms() - before;
    }
    report(name, taken, limit);
}

static void word_changes(struct bench *b, uint32_t first, const char *limit)
{
    double taken[TIMES];
    for (int i = 0; i < TIMES; i++) {
        hear_word(b, first + (uint32_t)i % 5); /* words of one line, as they are spoken */
        double before = cpu_ms();
        frame(b, false);
        taken[i] = cpu_ms() - before;
    }
    report("a word changes, 1200x800", taken, limit);
}

static void lines_change(struct bench *b, uint32_t first)
{
    double taken[TIMES];
    for (int i = 0; i < TIMES; i++) {
        hear_word(b, first + (uint32_t)(i % 2) * 14);
        double before = cpu_ms();
        frame(b, false);
        taken[i] = cpu_ms() - before;
    }
    report("the line heard changes, 1200x800", taken, "limit 0.2 ms");
}

static void scrolls(struct bench *b, const char *name, const char *limit)
{
    double taken[TIMES];
    for (int i = 0; i < TIMES; i++) {
        scroll_drag(&b->screen.scroll, 500 + 7 * i);
        double before = cpu_ms();
        frame(b, false);
        taken[i] = cpu_ms() - before;
    }
    report(name, taken, limit);
}

static void measure(struct bench *b)
{
    enum { WORD = 900 };
    b->screen.calm = true;
    set_size(b, 1200, 800);
    double before = cpu_ms();
    frame(b, true);
    printf("%-44s %8.3f ms   | with the pictures of all its words\n", "first frame, 1200x800",
           cpu_ms() - before);
    hear_word(b, WORD);
    frame(b, false);
    full_redraws(b, "full redraw, 1200x800", "limit 0.6 ms");
    word_changes(b, WORD, "limit 0.1 ms");
    lines_change(b, WORD);
    scrolls(b, "scrolling, 1200x800", "limit 1 ms");
    set_size(b, 3840, 2160);
    b->screen.scale = 2;
    full_redraws(b, "full redraw, 3840x2160", "limit 5 ms");
    scrolls(b, "scrolling, 3840x2160", "limit 16.7 ms for the p99");
}

int main(void)
{
    struct bench b = {0};
    struct vb_error error = {0};
    session_init(&b.session, &vb_sink_null, NULL, NULL);
    b.fonts = fonts_open("assets/fonts", &error);
    if (!b.fonts || !session_open_pair(&b.session, "assets/sample/casilli.mp3",
                                       "assets/sample/casilli.txt", &error)) {
        printf("skipped: %s\n", error.text);
        return 0;
    }
    screen_init(&b.screen, &b.session, fonts_measure(b.fonts), 1);
    b.paint = paint_new(b.fonts);
    session_update(&b.session, 1000 * VB_SECOND);
    look_through(&b.session);
    measure(&b);
    screen_free(&b.screen);
    paint_free(b.paint);
    fonts_close(b.fonts);
    session_free(&b.session);
    free(b.pixels);
    return 0;
}
