/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fingers on the window, as SDL tells of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "sdl/touch.h"
#include "support/support_view.h"

enum { WIDTH = 1200, HEIGHT = 800 };

struct stage {
    struct session session;
    struct screen screen;
    struct vb_transcript *transcript;
    struct touch touch;
    uint32_t now;
};

static void draw(struct stage *stage)
{
    stage->session.clock += VB_SECOND;
    screen_draw(&stage->screen, WIDTH, HEIGHT);
}

static struct stage *long_page(void)
{
    struct stage *stage = mem_new(sizeof *stage);
    struct session *s = &stage->session;
    struct buf lines = {0};
    for (int i = 0; i < 60; i++)
        buf_printf(&lines, "%s: one two three four five six seven\n", i % 2 ? "Anne" : "Karim");
    session_init(s, &vb_sink_null, NULL, NULL);
    s->clock = 1000 * VB_SECOND;
    s->transcript = stage->transcript = transcript_of(lines.data);
    s->timeline = vb_timeline_new(s->transcript, 60 * VB_SECOND);
    s->revision = 1;
    screen_init(&stage->screen, s, &fixed_measure, 1);
    stage->screen.calm = true;
    stage->now = 10000;
    buf_free(&lines);
    draw(stage);
    return stage;
}

static void leave(struct stage *stage)
{
    screen_free(&stage->screen);
    stage->session.transcript = NULL;
    session_free(&stage->session);
    vb_transcript_unref(stage->transcript);
    free(stage);
}

static void finger(struct stage *stage, uint32_t what, SDL_FingerID id, int x, int y)
{
    SDL_TouchFingerEvent event = {.type = what,
                                  .timestamp = stage->now,
                                  .fingerId = id,
                                  .x = ((float)x + .5f) / WIDTH,
                                  .y = ((float)y + .5f) / HEIGHT};
    touch_take(&stage->touch, &event, &stage->screen);
    stage->now += 20;
}

static void tap(struct stage *stage, int x, int y)
{
    finger(stage, SDL_FINGERDOWN, 1, x, y);
    finger(stage, SDL_FINGERUP, 1, x, y);
    draw(stage);
}

static struct shown_word a_word(const struct stage *stage)
{
    return stage->screen.shown.items[stage->screen.shown.count / 2];
}

static void a_finger_drawn_over_the_text_moves_it(void **state)
{
    (void)state;
    struct stage *stage = long_page();
    struct rect text = stage->screen.text_at;
    int x = text.x + text.w / 2, y = text.y + text.h - 50;
    finger(stage, SDL_FINGERDOWN, 1, x, y);
    finger(stage, SDL_FINGERMOTION, 1, x, y - 5);
    assert_int_equal(stage->screen.scroll.top, 0);
    finger(stage, SDL_FINGERMOTION, 1, x, y - 120);
    assert_int_equal(stage->screen.scroll.top, 120);
    finger(stage, SDL_FINGERDOWN, 2, x, y); /* another one changes nothing */
    finger(stage, SDL_FINGERMOTION, 2, x, y - 300);
    finger(stage, SDL_FINGERMOTION, 1, x, y - 100);
    finger(stage, SDL_FINGERUP, 1, x, y - 100);
    draw(stage);
    assert_int_equal(stage->screen.scroll.top, 100);
    assert_false(selection_is(&stage->session));
    leave(stage);
}

static void two_taps_select_the_word(void **state)
{
    (void)state;
    struct stage *stage = long_page();
    struct shown_word w = a_word(stage);
    tap(stage, w.x + w.w / 2, w.y + w.h / 2);
    tap(stage, w.x + w.w / 2, w.y + w.h / 2);
    struct selected marked;
    assert_true(selection_get(&stage->session, &marked));
    assert_int_equal(marked.first, w.word);
    assert_int_equal(marked.last, w.word);
    leave(stage);
}

static void a_finger_that_rests_asks_for_the_menu(void **state)
{
    (void)state;
    struct stage *stage = long_page();
    struct shown_word w = a_word(stage);
    finger(stage, SDL_FINGERDOWN, 1, w.x + 2, w.y + 2);
    stage->now += 700;
    finger(stage, SDL_FINGERUP, 1, w.x + 2, w.y + 2);
    draw(stage);
    assert_int_equal(stage->session.asked, ASK_MENU);
    leave(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finger_drawn_over_the_text_moves_it),
        cmocka_unit_test(two_taps_select_the_word),
        cmocka_unit_test(a_finger_that_rests_asks_for_the_menu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
