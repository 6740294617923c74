/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels: that painting what changed gives the same as painting everything; shapes; fonts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "sdl/font.h"
#include "sdl/paint.h"
#include "support/support_view.h"

enum { WIDTH = 900, HEIGHT = 700 };

static struct canvas new_canvas(int width, int height)
{
    return (struct canvas){
        mem_new((size_t)width * (size_t)height * 4), width * 4, width, height, 16, 8, 0};
}

static uint32_t pixel(const struct canvas *c, int x, int y)
{
    uint32_t value;
    memcpy(&value, c->pixels + y * c->pitch + x * 4, sizeof value);
    return value;
}

static struct fonts *fonts(void)
{
    struct vb_error error = {0};
    struct fonts *f = fonts_open("assets/fonts", &error);
    if (!f)
        fail_msg("%s", error.text);
    return f;
}

/* ---- shapes ---- */

static const struct rect everywhere = {0, 0, 40, 40};

static void a_rectangle_is_painted_inside_the_clip_alone(void **state)
{
    (void)state;
    struct canvas c = new_canvas(40, 40);
    blit_rect(&c, (struct rect){10, 10, 5, 5}, (struct rect){-20, -20, 200, 200}, 0xFF123456);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 40; x++)
            assert_int_equal(pixel(&c, x, y),
                             x >= 10 && x < 15 && y >= 10 && y < 15 ? 0x123456 : 0);
    free(c.pixels);
}

static void half_a_colour_is_half_way(void **state)
{
    (void)state;
    struct canvas c = new_canvas(40, 40);
    blit_rect(&c, everywhere, everywhere, 0xFF204060);
    blit_rect(&c, everywhere, everywhere, 0x80406080);
    for (int shift = 0; shift < 24; shift += 8) {
        int found = pixel(&c, 5, 5) >> shift & 255, from = 0x204060 >> shift & 255;
        assert_in_range(found, from + 15, from + 17);
    }
    free(c.pixels);
}

static void channels_stand_where_the_canvas_has_them(void **state)
{
    (void)state;
    struct canvas c = new_canvas(40, 40);
    c.red = 0;
    c.green = 8;
    c.blue = 16;
    blit_rect(&c, everywhere, everywhere, 0xFF112233);
    assert_int_equal(pixel(&c, 3, 3), 0x332211);
    free(c.pixels);
}

static void round_corners_are_alike_on_all_sides(void **state)
{
    (void)state;
    struct canvas c = new_canvas(40, 40);
    blit_round(&c, everywhere, everywhere, 12, CORNERS_ALL, 0xFFFFFFFF);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 40; x++) {
            assert_int_equal(pixel(&c, x, y), pixel(&c, 39 - x, y));
            assert_int_equal(pixel(&c, x, y), pixel(&c, x, 39 - y));
            assert_int_equal(pixel(&c, x, y), pixel(&c, y, x));
        }
    assert_int_equal(pixel(&c, 0, 0), 0);
    assert_int_equal(pixel(&c, 20, 0), 0xFFFFFF);
    assert_int_equal(pixel(&c, 20, 20), 0xFFFFFF);
    free(c.pixels);
}

static void a_shape_in_stripes_is_the_shape(void **state)
{
    (void)state;
    struct canvas whole = new_canvas(40, 40), parts = new_canvas(40, 40);
    const struct rect at = {3, 3, 33, 30};
    blit_round(&whole, everywhere, at, 9, CORNERS_RIGHT, 0xFF3366AA);
    blit_ring(&whole, everywhere, at, 9, 2, 0xFFFF0000);
    for (int x = 0; x < 40; x += 7) {
        struct rect stripe = rect_cut((struct rect){x, 0, 7, 40}, everywhere);
        blit_round(&parts, stripe, at, 9, CORNERS_RIGHT, 0xFF3366AA);
        blit_ring(&parts, stripe, at, 9, 2, 0xFFFF0000);
    }
    assert_memory_equal(whole.pixels, parts.pixels, 40 * 40 * 4);
    free(whole.pixels);
    free(parts.pixels);
}

static void every_icon_draws_something_inside_its_square(void **state)
{
    (void)state;
    uint8_t cover[24 * 24];
    for (int icon = 0; icon < ICON_COUNT; icon++) {
        icon_cover(icon, 24, cover);
        int full = 0;
        for (int i = 0; i < 24 * 24; i++)
            full += cover[i] > 200;
        if (full < 8 || full > 400)
            fail_msg("%s covers %d of 576 pixels", icon_name(icon), full);
    }
}

/* ---- fonts ---- */

static void a_word_is_as_wide_as_its_letters(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    const struct measure *m = fonts_measure(f);
    static const char *const words[] = {"l’intelligence", "Œuvre", "naïveté,",
                                        "«\u00A0mot\u00A0»"};
    for (size_t i = 0; i < COUNT(words); i++) {
        uint32_t sum = 0, whole = m->width(m->ctx, FACE_TEXT, str_of(words[i]));
        vb_str text = str_of(words[i]);
        for (size_t at = 0; at < text.len;) {
            size_t from = at;
            str_next(text, &at);
            sum += m->width(m->ctx, FACE_TEXT, str_cut(text, from, at));
        }
        assert_int_equal(whole, sum);
    }
    fonts_close(f);
}

static void pictures_are_as_wide_as_was_measured(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    const struct measure *m = fonts_measure(f);
    static const char *const words[] = {"personnes", "difficile", "Madagascar", "n’est-ce"};
    for (int face = 0; face < FACE_FIGURES; face++)
        for (size_t i = 0; i < COUNT(words); i++)
            for (int size = 12; size <= 80; size += 17) {
                int width = measure_text(m, (enum face)face, size, str_of(words[i]));
                const struct picture *p =
                    fonts_picture(f, (enum face)face, size, DIRECTION_AUTO, str_of(words[i]));
                assert_in_range(p->left + p->width + size / 6, width, width + size / 3);
            }
    fonts_close(f);
}

static void all_digits_of_a_time_are_as_wide(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    const struct measure *m = fonts_measure(f);
    uint32_t wanted = m->width(m->ctx, FACE_FIGURES, VB_STR("00:00"));
    assert_int_equal(m->width(m->ctx, FACE_FIGURES, VB_STR("11:11")), wanted);
    assert_int_equal(m->width(m->ctx, FACE_FIGURES, VB_STR("48:59")), wanted);
    assert_true(m->width(m->ctx, FACE_UI, VB_STR("11:11")) < wanted);
    fonts_close(f);
}

static void letters_stand_on_the_baseline(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    const struct picture *flat = fonts_picture(f, FACE_TEXT, 40, DIRECTION_AUTO, VB_STR("mnH"));
    assert_in_range(flat->top + flat->height, 0, 1);
    const struct picture *deep = fonts_picture(f, FACE_TEXT, 40, DIRECTION_AUTO, VB_STR("pq"));
    assert_in_range(deep->top + deep->height, 6, 14);
    fonts_close(f);
}

static void a_folder_without_fonts_is_refused_with_a_sentence(void **state)
{
    (void)state;
    struct vb_error error = {0};
    assert_null(fonts_open("tests/unit", &error));
    assert_int_equal(error.code, VB_NOT_FOUND);
    assert_non_null(strstr(error.text, "tests/unit"));
}

static void odd_texts_have_pictures_too(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    static const char *const odd[] = {"",       " ",      "\xFF\xFE",   "e\u0301\u0302\u0303",
                                      "\u0301", "\uFFFD", "\U0010FFFD", "שלום",
                                      "مرحبا",  "日本"};
    for (size_t i = 0; i < COUNT(odd); i++) {
        const struct picture *p = fonts_picture(f, FACE_TEXT, 20, DIRECTION_AUTO, str_of(odd[i]));
        assert_in_range(p->width, 0, 200);
    }
    char long_word[6000];
    memset(long_word, 'm', sizeof long_word);
    fonts_picture(f, FACE_UI, 20, DIRECTION_AUTO, (vb_str){long_word, sizeof long_word});
    fonts_close(f);
}

static void colours_of_their_own_are_laid_over_what_is_there(void **state)
{
    (void)state;
    static const uint32_t colors[4] = {0xFFFF0000, 0x80008000, 0, 0xFF0000FF};
    struct canvas c = new_canvas(40, 40);
    blit_rect(&c, everywhere, everywhere, 0xFFFFFFFF);
    blit_colors(&c, (struct rect){0, 0, 40, 40}, (struct rect){5, 5, 2, 2}, colors, 255);
    assert_int_equal(pixel(&c, 5, 5) & 0xFFFFFF, 0xFF0000);
    assert_int_equal(pixel(&c, 6, 5) & 0xFFFFFF, 0x7FFF7F);
    assert_int_equal(pixel(&c, 5, 6) & 0xFFFFFF, 0xFFFFFF);
    assert_int_equal(pixel(&c, 6, 6) & 0xFFFFFF, 0x0000FF);
    blit_colors(&c, (struct rect){20, 20, 5, 5}, (struct rect){19, 19, 2, 2}, colors, 255);
    assert_int_equal(pixel(&c, 19, 19) & 0xFFFFFF, 0xFFFFFF);
    assert_int_equal(pixel(&c, 20, 20) & 0xFFFFFF, 0x0000FF);
    free(c.pixels);
}

static void emoji_have_their_colours_and_a_letter_s_room(void **state)
{
    (void)state;
    static const char path[] = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf";
    struct fonts *f = fonts();
    FILE *there = fopen(path, "rb");
    if (!there) {
        fonts_close(f);
        print_message("skipped: it needs Debian's fonts-noto-color-emoji\n");
        skip();
    }
    fclose(there);
    assert_true(fonts_give_fallback(f, path, 0));
    const struct measure *m = fonts_measure(f);
    uint32_t one = m->width(m->ctx, FACE_TEXT, VB_STR("👍"));
    assert_in_range(one, EM, EM * 3 / 2);
    assert_int_equal(m->width(m->ctx, FACE_TEXT, VB_STR("👍🏽")), one);
    assert_int_equal(m->width(m->ctx, FACE_TEXT, VB_STR("🇫🇷")), one);
    for (int size = 12; size <= 96; size *= 2) {
        const struct picture *p = fonts_picture(f, FACE_TEXT, size, DIRECTION_AUTO, VB_STR("👍"));
        assert_non_null(p->colors);
        assert_in_range(p->width, size / 2, size * 3 / 2);
        assert_in_range(p->height, size / 2, size * 3 / 2);
        assert_true(p->top < 0 && p->top + p->height > -size / 2);
    }
    fonts_close(f);
}

/* ---- only what changed ---- */

struct stage {
    struct session session;
    struct screen screen;
    struct fonts *fonts;
    struct paint *paint;
    struct canvas canvas, fresh;
};

static void check_frame(struct stage *stage, const char *what)
{
    struct rect painted[PAINT_RECTS_MAX];
    const struct draw_list *list = screen_draw(&stage->screen, WIDTH, HEIGHT);
    paint_frame(stage->paint, list, &stage->canvas, false, painted);
    struct paint *other = paint_new(stage->fonts);
    paint_frame(other, list, &stage->fresh, true, painted);
    paint_free(other);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            if (pixel(&stage->canvas, x, y) != pixel(&stage->fresh, x, y))
                fail_msg("after %s the pixel at %d, %d is stale", what, x, y);
}

static void hear(struct stage *stage, uint32_t word)
{
    stage->session.word = word;
    stage->session.turn = vb_turn_of_word(stage->session.transcript, word);
}

static void act_at_random(struct stage *stage, uint32_t dice)
{
    struct session *s = &stage->session;
    struct input in = {
        .kind = INPUT_MOVE, .x = (int)(dice % WIDTH), .y = (int)(dice / 7 % HEIGHT)};
    s->clock += (dice % 500) * 1000;
    switch (dice / 13 % 9) {
    case 0:
        hear(stage, dice % vb_word_count(s->transcript));
        break;
    case 1:
        hear(stage, (s->word + 1) % vb_word_count(s->transcript));
        break;
    case 2:
        s->settings.theme = s->settings.theme == THEME_DARK ? THEME_LIGHT : THEME_DARK;
        break;
    case 3:
        s->mode = s->mode == MODE_HELP ? MODE_READING : MODE_HELP;
        break;
    case 4:
        s->settings.zoom = 60 + (int)(dice % 100);
        break;
    case 5:
        session_say(s, MESSAGE_INFO, "number %u", (unsigned)dice);
        break;
    case 6:
        in.kind = INPUT_WHEEL;
        in.amount = dice % 2 ? 2 : -2;
        screen_input(&stage->screen, &in);
        break;
    default:
        screen_input(&stage->screen, &in);
    }
}

static void painting_what_changed_equals_painting_everything(void **state)
{
    (void)state;
    struct stage stage = {.fonts = fonts()};
    struct session *s = &stage.session;
    struct vb_transcript *t = transcript_of(
        "# One\nAnne Durand: Words to read, and a few more of them for a second line or so, "
        "and "
        "then for another, since one line alone says little.\nKarim: An answer, short.\n= "
        "0:40\n"
        "# Two\nAnne Durand: The end of it, once more in a sentence that takes its time.\n");
    session_init(s, &vb_sink_null, NULL, NULL);
    s->clock = 1000 * VB_SECOND;
    s->transcript = t;
    s->timeline = vb_timeline_new(t, 60 * VB_SECOND);
    s->revision = 1;
    screen_init(&stage.screen, s, fonts_measure(stage.fonts), 1);
    stage.paint = paint_new(stage.fonts);
    stage.canvas = new_canvas(WIDTH, HEIGHT);
    stage.fresh = new_canvas(WIDTH, HEIGHT);
    hear(&stage, 0);
    uint32_t seed = 2024;
    for (int i = 0; i < 150; i++) {
        seed = seed * 1664525 + 1013904223;
        act_at_random(&stage, seed >> 8);
        char what[40];
        snprintf(what, sizeof what, "step %d", i);
        check_frame(&stage, what);
    }
    screen_free(&stage.screen);
    paint_free(stage.paint);
    fonts_close(stage.fonts);
    s->transcript = NULL;
    session_free(s);
    vb_transcript_unref(t);
    free(stage.canvas.pixels);
    free(stage.fresh.pixels);
}

static void a_frame_like_the_one_before_paints_nothing(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    struct paint *p = paint_new(f);
    struct canvas c = new_canvas(100, 100);
    struct rect painted[PAINT_RECTS_MAX];
    struct draw_list list = {0};
    for (int i = 0; i < 2; i++) {
        draw_begin(&list, 100, 100);
        draw_rect(&list, (struct rect){0, 0, 100, 100}, 0xFFFFFFFF);
        draw_text(&list, fonts_measure(f), FACE_TEXT, 20, 10, 40, 0xFF000000, VB_STR("mot"));
        assert_int_equal(paint_frame(p, &list, &c, false, painted), i == 0);
    }
    draw_free(&list);
    paint_free(p);
    free(c.pixels);
    fonts_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rectangle_is_painted_inside_the_clip_alone),
        cmocka_unit_test(half_a_colour_is_half_way),
        cmocka_unit_test(channels_stand_where_the_canvas_has_them),
        cmocka_unit_test(round_corners_are_alike_on_all_sides),
        cmocka_unit_test(a_shape_in_stripes_is_the_shape),
        cmocka_unit_test(every_icon_draws_something_inside_its_square),
        cmocka_unit_test(a_word_is_as_wide_as_its_letters),
        cmocka_unit_test(pictures_are_as_wide_as_was_measured),
        cmocka_unit_test(all_digits_of_a_time_are_as_wide),
        cmocka_unit_test(letters_stand_on_the_baseline),
        cmocka_unit_test(a_folder_without_fonts_is_refused_with_a_sentence),
        cmocka_unit_test(odd_texts_have_pictures_too),
        cmocka_unit_test(colours_of_their_own_are_laid_over_what_is_there),
        cmocka_unit_test(emoji_have_their_colours_and_a_letter_s_room),
        cmocka_unit_test(painting_what_changed_equals_painting_everything),
        cmocka_unit_test(a_frame_like_the_one_before_paints_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
