/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts and windows that nobody means: everything is laid out, drawn and painted, nothing
 * stands outside its column, and none of it stalls (the system ends the test after some seconds
 * of work). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/support_shot.h"
#include "support/support_view.h"
#include "transcript/builder.h"

static struct fonts *all_fonts;

static struct builder *begun(void)
{
    struct builder *b = builder_new(VB_STR(""));
    builder_title(b, VB_STR("A talk"));
    return b;
}

static void add_turn(struct builder *b, vb_str name, vb_str text)
{
    uint32_t speaker = builder_speaker(b, name);
    builder_turn(b, &speaker, 1, name, (struct vb_span){0});
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0});
    struct piece piece = {.text = text, .start = VB_NO_TIME, .end = VB_NO_TIME};
    builder_text(b, &piece, 1);
}

static struct buf repeated(const char *what, size_t times)
{
    struct buf text = {0};
    for (size_t i = 0; i < times; i++)
        buf_puts(&text, what);
    return text;
}

/* ---- drawn in windows of all sizes ---- */

static void check_lines(struct layout *l)
{
    for (uint32_t block = 0; block < l->block_count; block += 1 + l->block_count / 40) {
        uint32_t lines = layout_line_count(l, block);
        for (uint32_t line = 0; line < lines; line += 1 + lines / 40) {
            size_t count;
            const struct layout_placed *words = layout_line_words(l, block, line, &count);
            for (size_t i = 0; i < count; i++) {
                bool fits = words[i].x >= 0 && words[i].x + words[i].width <= l->style.width;
                if (!fits && count > 1)
                    fail_msg("“%.*s” stands at %d … %d of %d", (int)words[i].text.len,
                             words[i].text.data, words[i].x, words[i].x + words[i].width,
                             l->style.width);
            }
        }
    }
}

static void draw_at(struct screen *on, int width, int height)
{
    struct shot shot = shot_take(on, all_fonts, width, height);
    shot_free(&shot);
    if (on->layout)
        check_lines(on->layout);
    for (size_t i = 0; i < on->list.items.count; i++) {
        struct rect clip = on->list.items.items[i].clip;
        assert_true(clip.x >= 0 && clip.y >= 0 && clip.x + clip.w <= width &&
                    clip.y + clip.h <= height);
    }
}

/* In the middle of the text a word is heard; the text is scrolled to both ends. */
static void survives(struct vb_transcript *t, bool large_too)
{
    static const int sizes[][2] = {
        {1200, 800},
        {200,  150},
        {1,    1  }
    };
    struct session s;
    struct screen on;
    session_init(&s, &vb_sink_null, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    s.transcript = t;
    s.timeline = vb_timeline_new(t, 3600 * VB_SECOND);
    s.revision = 1;
    screen_init(&on, &s, fonts_measure(all_fonts), 1);
    on.calm = true;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        s.settings.zoom = i == 1 ? 400 : 100;
        s.word = vb_word_count(t) ? vb_word_count(t) / 2 : VB_NONE;
        s.turn = s.word == VB_NONE ? VB_NONE : vb_turn_of_word(t, s.word);
        draw_at(&on, sizes[i][0], sizes[i][1]);
        s.scroll = SCROLL_BOTTOM;
        draw_at(&on, sizes[i][0], sizes[i][1]);
        struct input in = {INPUT_MOVE, sizes[i][0] / 2, sizes[i][1] / 2, 0};
        screen_input(&on, &in);
        s.scroll = SCROLL_TOP;
        draw_at(&on, sizes[i][0], sizes[i][1]);
    }
    s.settings.zoom = 100;
    for (int mode = MODE_HELP; mode <= MODE_SETTINGS && !large_too; mode++) {
        s.mode = (enum mode)mode;
        draw_at(&on, 200, 150);
    }
    s.mode = MODE_READING;
    if (large_too)
        draw_at(&on, 7680, 4320);
    screen_free(&on);
    s.transcript = NULL;
    session_free(&s);
    vb_transcript_unref(t);
}

/* ---- the texts ---- */

static void an_ordinary_text_in_a_window_of_8k(void **state)
{
    (void)state;
    survives(transcript_of("# One\nAnne: Some words.\nKarim: And others."), true);
}

static void five_thousand_speakers(void **state)
{
    (void)state;
    struct builder *b = begun();
    for (int i = 0; i < 5000; i++) {
        char name[40];
        int len = snprintf(name, sizeof name, "Speaker %d", i);
        add_turn(b, (vb_str){name, (size_t)len}, VB_STR("a few words of theirs"));
    }
    survives(builder_finish(b), false);
}

static void a_name_of_ten_thousand_letters(void **state)
{
    (void)state;
    struct buf with_spaces = repeated("Anne ", 2000), without = repeated("é", 10000);
    struct builder *b = begun();
    add_turn(b, buf_str(&with_spaces), VB_STR("words"));
    add_turn(b, buf_str(&without), VB_STR("words"));
    survives(builder_finish(b), false);
    buf_free(&with_spaces);
    buf_free(&without);
}

static void a_word_of_a_hundred_thousand_letters(void **state)
{
    (void)state;
    static const char *const letters[] = {"m", "語", "ل", "e\u0301", "·"};
    for (size_t i = 0; i < COUNT(letters); i++) {
        struct buf text = repeated(letters[i], 100000);
        struct builder *b = begun();
        add_turn(b, VB_STR("Anne"), buf_str(&text));
        survives(builder_finish(b), false);
        buf_free(&text);
    }
}

static void a_turn_of_half_a_million_words(void **state)
{
    (void)state;
    static const char *const words[] = {"mots ", "שלום (word) "};
    for (size_t i = 0; i < COUNT(words); i++) {
        struct buf text = repeated(words[i], 500000 / (i + 1));
        struct builder *b = begun();
        add_turn(b, VB_STR("Anne"), buf_str(&text));
        survives(builder_finish(b), false);
        buf_free(&text);
    }
}

static void characters_that_are_none(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "\x01\x02\x1B[31m \x7F \xC2\x85 \xEF\xBF\xBE",        /* control, a non-character */
        "\uE000\uF8FF \U000F0000 \U0010FFFD",                 /* private use */
        "\xED\xA0\x80 \xED\xBF\xBF a\xED\xA0\x80z",           /* surrogates without a partner */
        "\xFF\xFE\xC0\x80 \xF4\x90\x80\x80",                  /* no UTF-8 */
        "\u0301\u0302\u0303 \u0300\u0300\u0300\u0300",        /* nothing but marks */
        "\u202E\u202D\u2066\u2067\u2069\u202C abc \u202Eabc", /* directions alone */
        "\u200B\u200C\u200D\u2060\uFEFF \uFE0F\uFE0E",        /* nothing to see */
        "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D \U0001F1EB\U0001F1F7\U0001F1EB",
        "\u0E33\u0E33 \u1100\u1161\u11A8 \u0F40\u0F90\u0FB5",
    };
    struct builder *b = begun();
    for (size_t i = 0; i < COUNT(odd); i++) {
        builder_section(b, str_of(odd[i]), 2, VB_NO_TIME, (struct vb_span){0});
        add_turn(b, str_of(odd[i]), str_of(odd[i]));
    }
    survives(builder_finish(b), false);
}

static void a_tower_of_marks_on_one_letter(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_puts(&text, "x");
    for (int i = 0; i < 5000; i++)
        buf_puts(&text, "\u0301");
    struct builder *b = begun();
    add_turn(b, VB_STR("Anne"), buf_str(&text));
    survives(builder_finish(b), false);
    buf_free(&text);
}

/* Every block of Unicode: each may ask for a font of its own. */
static void a_letter_of_every_block(void **state)
{
    (void)state;
    struct buf text = {0};
    for (uint32_t c = 0xA1; c < 0x30000; c += 128) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        buf_char(&text, c);
        buf_putc(&text, ' ');
    }
    struct builder *b = begun();
    add_turn(b, VB_STR("Anne"), buf_str(&text));
    survives(builder_finish(b), false);
    buf_free(&text);
}

static void a_text_without_words(void **state)
{
    (void)state;
    survives(builder_finish(begun()), false);
    struct builder *b = begun();
    add_turn(b, VB_STR("Anne"), VB_STR(""));
    survives(builder_finish(b), false);
}

static int open_all(void **state)
{
    (void)state;
    struct vb_error error = {0};
    const struct rlimit seconds = {120, 130}; /* ten times what it takes, sanitizers aside */
    setrlimit(RLIMIT_CPU, &seconds);
    all_fonts = fonts_open("assets/fonts", &error);
    return all_fonts ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    fonts_close(all_fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ordinary_text_in_a_window_of_8k),
        cmocka_unit_test(five_thousand_speakers),
        cmocka_unit_test(a_name_of_ten_thousand_letters),
        cmocka_unit_test(a_word_of_a_hundred_thousand_letters),
        cmocka_unit_test(a_turn_of_half_a_million_words),
        cmocka_unit_test(characters_that_are_none),
        cmocka_unit_test(a_tower_of_marks_on_one_letter),
        cmocka_unit_test(a_letter_of_every_block),
        cmocka_unit_test(a_text_without_words),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
