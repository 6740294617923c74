/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing into a million words: from a key to the pixels of its frame, autosave included; and
 * reading the page anew after a correction. CPU of the thread that the hand waits for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/editing.h"
#include "app/keeping.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "sdl/font.h"
#include "sdl/paint.h"
#include "support/support_bench.h"
#include "view/screen.h"

enum { WORDS = 1000000, WORDS_A_TURN = 90, LONG_TURN = 20000 };
enum { PLACES = 40, LETTERS = 25, TIMES = PLACES * LETTERS, REPLACED = 21 };
#define A_KEY (VB_SECOND / 8)

struct bench {
    struct session session;
    struct screen screen;
    struct fonts *fonts;
    struct paint *paint;
    struct canvas canvas;
    vb_time clock;
    char folder[64];
};

static void report(const char *name, double *taken, size_t count, const char *limit)
{
    sort_times(taken, count);
    printf("%-44s %8.3f ms   | p99 %.3f, %s\n", name, taken[count / 2], taken[count * 99 / 100],
           limit);
}

/* ---- the page ---- */

static void put_page(struct buf *page)
{
    uint32_t seed = 7;
    buf_puts(page, "Titre : Essai\n\nIntervenants : Anne - Karim\n\nTranscription\n\n");
    for (int words = 0, turn = 0; words < WORDS; turn++) {
        int length = turn == 5 ? LONG_TURN : WORDS_A_TURN;
        buf_puts(page, turn % 2 ? "Karim : Voilà" : "Anne : Voilà");
        for (int i = 0; i < length; i++) {
            buf_putc(page, ' ');
            put_made_word(page, &seed);
        }
        buf_puts(page, ".\n\n");
        words += length;
    }
}

/* ---- a hand ---- */

static void frame(struct bench *b)
{
    struct rect painted[PAINT_RECTS_MAX];
    session_update(&b->session, b->clock);
    const struct draw_list *list = screen_draw(&b->screen, b->canvas.width, b->canvas.height);
    paint_frame(b->paint, list, &b->canvas, false, painted);
}

static double press(struct bench *b, const char *letter)
{
    struct input in = {.kind = INPUT_TEXT, .text = str_of(letter)};
    b->clock += A_KEY;
    b->session.clock = b->clock;
    double before = cpu_ms();
    screen_input(&b->screen, &in);
    frame(b);
    return cpu_ms() - before;
}

static uint32_t middle_of_turn(const struct session *s, uint32_t turn)
{
    const struct vb_turn *t = vb_turn(s->transcript, turn);
    return vb_word(s->transcript, t->first_word + t->word_count / 2).span.at;
}

/* A word with its space, letter by letter. */
static void type_there(struct bench *b, double *taken)
{
    static const char *const letters[] = {"t", "r", "a", "v", "a", "i", "l", " "};
    for (int i = 0; i < LETTERS; i++)
        taken[i] = press(b, letters[i % (int)COUNT(letters)]);
}

/* ---- the rows ---- */

static void type_in_many_places(struct bench *b)
{
    double *keys = mem_new(TIMES * sizeof *keys), leaves[PLACES];
    uint32_t seed = 3, turns = vb_turn_count(b->session.transcript);
    for (int i = 0; i < PLACES; i++) {
        uint32_t turn = 10 + draw_number(&seed) % (turns - 10);
        double before = cpu_ms();
        session_edit_begin(&b->session, middle_of_turn(&b->session, turn));
        frame(b);
        leaves[i] = cpu_ms() - before;
        type_there(b, keys + i * LETTERS);
    }
    report("a key, to its frame, in 1,000,000 words", keys, TIMES, "limit 8 ms for the p99");
    report("… to another turn, the one before taken", leaves + 1, PLACES - 1,
           "limit 8 ms for the p99");
    free(keys);
}

static void type_in_a_long_turn(struct bench *b)
{
    double keys[LETTERS * 4];
    session_edit_begin(&b->session, middle_of_turn(&b->session, 5));
    frame(b);
    for (int i = 0; i < 4; i++)
        type_there(b, keys + i * LETTERS);
    report("… in a turn of 20,000 words", keys, LETTERS * 4, "limit 8 ms for the p99");
    session_edit_end(&b->session);
}

static void read_anew(const char *path, const struct buf *page)
{
    struct vb_error error = {0};
    struct vb_document *d = vb_document_open(path, &error);
    double taken[REPLACED], mb = (double)page->len / 1e6;
    uint32_t seed = 9;
    for (int i = 0; i < REPLACED && d; i++) {
        const struct vb_transcript *t = vb_document_transcript(d);
        uint32_t word = draw_number(&seed) % vb_word_count(t);
        double before = cpu_ms();
        vb_document_replace(d, vb_word(t, word).span, VB_STR("corrigé"), &error);
        taken[i] = (cpu_ms() - before) / mb;
    }
    report("a word corrected: read anew, a MB", taken, REPLACED, "limit 10 ms for the median");
    vb_document_close(d);
}

static void set_up(struct bench *b, const char *path, uint32_t *pixels)
{
    struct vb_error error = {0};
    session_init(&b->session, &vb_sink_null, NULL, NULL);
    b->session.keeps_drafts = true;
    b->clock = b->session.clock = 1000 * VB_SECOND;
    b->fonts = fonts_open("assets/fonts", &error);
    if (!b->fonts || !session_open(&b->session, path, &error)) {
        printf("skipped: %s\n", error.text);
        exit(0);
    }
    screen_init(&b->screen, &b->session, fonts_measure(b->fonts), 1);
    b->paint = paint_new(b->fonts);
    b->screen.calm = true;
    b->canvas = (struct canvas){(uint8_t *)pixels, 1200 * 4, 1200, 800, 16, 8, 0};
    frame(b);
}

static void tear_down(struct bench *b)
{
    keeping_forget(&b->session);
    screen_free(&b->screen);
    paint_free(b->paint);
    fonts_close(b->fonts);
    session_free(&b->session);
}

int main(void)
{
    struct bench b = {.folder = "/tmp/verbatim-bench-XXXXXX"};
    struct buf page = {0};
    char path[96], rubbish[128];
    uint32_t *pixels = mem_new(1200 * 800 * 4);
    if (!mkdtemp(b.folder))
        return 1;
    setenv("XDG_STATE_HOME", b.folder, 1);
    snprintf(path, sizeof path, "%s/page.txt", b.folder);
    put_page(&page);
    file_write(path, buf_str(&page), NULL);
    set_up(&b, path, pixels);
    type_in_many_places(&b);
    type_in_a_long_turn(&b);
    tear_down(&b);
    read_anew(path, &page);
    snprintf(rubbish, sizeof rubbish, "rm -r '%s'", b.folder);
    free(pixels);
    buf_free(&page);
    return system(rubbish);
}
