/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text follows the voice: the rules, on the whole screen, with a clock moved by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/str.h"
#include "support/support_stage.h"
#include "view/screen.h"

enum { WIDTH = 1200, HEIGHT = 800, TURN = 900 /* words, several screens of them */ };
#define FRAME (VB_SECOND / 60)

/* Frame by frame, as the window does it. */
static void pass(struct stage *stage, vb_time by)
{
    vb_time until = stage->session.clock + by;
    for (; stage->session.clock < until; stage->session.clock += FRAME)
        draw(stage);
    stage->session.clock = until;
    draw(stage);
}

static struct stage *stage_of(const char *text)
{
    struct stage *stage = stage_new(WIDTH, HEIGHT);
    stage_text(stage, text, 3600 * VB_SECOND);
    stage->screen.calm = false;
    return stage;
}

/* Three long turns. */
static struct stage *long_stage(void)
{
    struct buf text = {0};
    for (int turn = 0; turn < 3; turn++) {
        buf_puts(&text, turn % 2 ? "Karim:" : "Anne:");
        for (int word = 0; word < TURN; word++)
            buf_printf(&text, " word%d", word % 7);
        buf_putc(&text, '\n');
    }
    struct stage *stage = stage_of(text.data);
    buf_free(&text);
    draw(stage);
    return stage;
}

static int height_of(const struct stage *stage)
{
    return stage->screen.scroll.height;
}

/* Where in the window, from its upper edge, the line stands. */
static int line_at(const struct stage *stage, uint32_t word)
{
    return layout_word_y(stage->screen.layout, word) - stage->screen.scroll.top;
}

static size_t count_color(struct stage *stage, color c, enum draw_kind kind)
{
    const struct draw_list *list = draw(stage);
    size_t count = 0;
    for (size_t i = 0; i < list->items.count; i++)
        count += list->items.items[i].color == c && list->items.items[i].kind == kind;
    return count;
}

static const struct draw_item *text_that_begins(struct stage *stage, const char *with)
{
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++)
        if (str_starts(list->items.items[i].text, with))
            return &list->items.items[i];
    return NULL;
}

static void wheel(struct stage *stage, float notches)
{
    wheel_at(stage, 700, 300, notches);
    pass(stage, VB_SECOND);
}

/* ---- moving ---- */

static void a_turn_taller_than_the_window_scrolls_inside_itself(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    int moves = 0, before = stage->screen.scroll.top, line = stage->screen.layout->style.line;
    hear(stage, 0);
    for (uint32_t word = 0; word < TURN; word++) {
        hear(stage, word);
        pass(stage, VB_SECOND / 5);
        moves += stage->screen.scroll.top != before;
        before = stage->screen.scroll.top;
        assert_in_range(line_at(stage, word), 0, height_of(stage) - line);
    }
    uint32_t lines = layout_line_count(stage->screen.layout, 0);
    assert_in_range(moves, 4, (int)lines); /* in rare steps, never once a word */
    leave(stage);
}

static void nothing_moves_while_the_line_is_in_the_band(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 400);
    pass(stage, 2 * VB_SECOND);
    int top = stage->screen.scroll.top, y = line_at(stage, 400);
    assert_in_range(y, height_of(stage) * BAND_TOP / 100, height_of(stage) * BAND_BOTTOM / 100);
    for (uint32_t word = 400; word < 412; word++) {
        hear(stage, word);
        pass(stage, VB_SECOND / 5);
    }
    assert_int_equal(stage->screen.scroll.top, top);
    leave(stage);
}

static void a_jump_farther_than_a_screen_is_at_once_and_fades_in(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 0);
    pass(stage, VB_SECOND);
    hear(stage, 2000);
    draw(stage);
    assert_int_equal(line_at(stage, 2000), height_of(stage) * READING_LINE / 100);
    assert_true(scroll_fade(&stage->screen.scroll, stage->session.clock) < 100);
    pass(stage, SCROLL_FADE);
    assert_int_equal(scroll_fade(&stage->screen.scroll, stage->session.clock), 100);
    leave(stage);
}

/* ---- the hand ---- */

static void the_chip_tells_where_the_voice_is_and_leads_back(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 1000);
    pass(stage, VB_SECOND);
    wheel(stage, -30);
    assert_true(stage->session.out_of_sight);
    const struct draw_item *chip = text_that_begins(stage, "Back to the reading · ");
    assert_non_null(chip);
    pass(stage, 600 * VB_SECOND); /* never a timer */
    assert_true(stage->session.out_of_sight);
    chip = text_that_begins(stage, "Back to the reading · ");
    click(stage, chip->at.x + 3, chip->at.y + 3);
    pass(stage, VB_SECOND);
    assert_false(stage->session.out_of_sight);
    assert_int_equal(line_at(stage, 1000), height_of(stage) * READING_LINE / 100);
    leave(stage);
}

static void f_leads_back_too(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 1000);
    wheel(stage, 30);
    assert_true(stage->session.out_of_sight);
    const struct key_press f = {.character = 'f', .position = 'f'};
    assert_true(screen_key(&stage->screen, &f));
    pass(stage, VB_SECOND);
    assert_false(stage->session.out_of_sight);
    assert_true(stage->session.follow);
    assert_int_equal(line_at(stage, 1000), height_of(stage) * READING_LINE / 100);
    leave(stage);
}

static void a_click_on_a_word_follows_again(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 1000);
    wheel(stage, 30);
    struct shown_word w = stage->screen.shown.items[stage->screen.shown.count / 2];
    click(stage, w.x + w.w / 2, w.y + w.h / 2);
    assert_false(stage->screen.scroll.suspended);
    leave(stage);
}

static void brought_back_into_the_band_for_a_second_it_follows_again(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 1000);
    pass(stage, VB_SECOND);
    wheel(stage, 30);
    assert_true(stage->session.out_of_sight);
    struct input in = {.kind = INPUT_WHEEL, .x = 700, .y = 300, .amount = -30};
    screen_input(&stage->screen, &in);
    pass(stage, VB_SECOND / 2);
    assert_true(stage->session.out_of_sight);
    pass(stage, VB_SECOND);
    assert_false(stage->session.out_of_sight);
    leave(stage);
}

static void while_the_button_is_held_the_text_stays(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 400);
    pass(stage, VB_SECOND);
    int top = stage->screen.scroll.top;
    struct shown_word w = stage->screen.shown.items[5];
    struct input in = {.kind = INPUT_PRESS, .x = w.x + 2, .y = w.y + 5};
    screen_input(&stage->screen, &in);
    for (uint32_t word = 400; word < 500; word += 10) {
        hear(stage, word);
        pass(stage, VB_SECOND / 5);
    }
    assert_int_equal(stage->screen.scroll.top, top);
    leave(stage);
}

/* ---- the mark ---- */

static void the_mark_stays_on_while_following_is_off(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 5);
    pass(stage, VB_SECOND);
    session_set_follow(&stage->session, false);
    int top = stage->screen.scroll.top;
    color softly = color_faded(theme_speaker(stage->screen.theme, 0), 13);
    hear(stage, 30);
    pass(stage, VB_SECOND);
    assert_int_equal(count_color(stage, softly, DRAW_ROUND), 1);
    assert_int_equal(stage->screen.scroll.top, top);
    assert_null(text_that_begins(stage, "Back to the reading"));
    leave(stage);
}

static void a_jump_while_paused_moves_mark_and_text(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    hear(stage, 5);
    wheel(stage, 20);
    stage->session.scroll = SCROLL_FOLLOW; /* what every jump wishes */
    hear(stage, 1500);
    pass(stage, VB_SECOND);
    assert_int_equal(line_at(stage, 1500), height_of(stage) * READING_LINE / 100);
    leave(stage);
}

static void only_the_heard_turn_has_a_card_and_full_ink(void **state)
{
    (void)state;
    struct stage *stage = stage_of("Anne: one two three\nKarim: four five six");
    hear(stage, 4);
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++) {
        const struct draw_item *item = &list->items.items[i];
        if (item->kind == DRAW_TEXT && item->face == FACE_TEXT)
            assert_int_equal(item->color,
                             stage->screen.theme->tokens[str_eq(item->text, "four") ||
                                                                 str_eq(item->text, "five") ||
                                                                 str_eq(item->text, "six")
                                                             ? INK
                                                             : INK2]);
    }
    leave(stage);
}

/* ---- reduced motion ---- */

static void calm_jumps_at_once_and_wants_no_frames(void **state)
{
    (void)state;
    struct stage *stage = long_stage();
    stage->session.settings.calm = true;
    hear(stage, 5);
    hear(stage, 200);
    assert_int_equal(line_at(stage, 200), height_of(stage) * READING_LINE / 100);
    assert_true(screen_next_change(&stage->screen) == VB_NO_TIME);
    leave(stage);
}

/* ---- other letters ---- */

static int letters_asked_for;

static void use_letters(void *ctx, int face)
{
    (void)ctx;
    letters_asked_for = face;
}

static void other_letters_keep_the_reader_s_word_in_place(void **state)
{
    (void)state;
    struct measure changing = fixed_measure;
    changing.use_face = use_letters;
    struct stage *stage = long_stage();
    stage->screen.measure = &changing;
    wheel(stage, 30);
    struct screen *on = &stage->screen;
    int line = on->scroll.height * READING_LINE / 100;
    uint32_t word = layout_word_at(on->layout, 0, on->scroll.top + line, LAYOUT_ANY);
    stage->session.settings.face = READING_ANDIKA;
    stage->session.settings.line_height = 200;
    draw(stage);
    assert_int_equal(letters_asked_for, READING_ANDIKA);
    assert_in_range(line_at(stage, word) + on->layout->style.line, line,
                    line + 2 * on->layout->style.line);
    leave(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_taller_than_the_window_scrolls_inside_itself),
        cmocka_unit_test(nothing_moves_while_the_line_is_in_the_band),
        cmocka_unit_test(a_jump_farther_than_a_screen_is_at_once_and_fades_in),
        cmocka_unit_test(the_chip_tells_where_the_voice_is_and_leads_back),
        cmocka_unit_test(f_leads_back_too),
        cmocka_unit_test(a_click_on_a_word_follows_again),
        cmocka_unit_test(brought_back_into_the_band_for_a_second_it_follows_again),
        cmocka_unit_test(while_the_button_is_held_the_text_stays),
        cmocka_unit_test(the_mark_stays_on_while_following_is_off),
        cmocka_unit_test(a_jump_while_paused_moves_mark_and_text),
        cmocka_unit_test(only_the_heard_turn_has_a_card_and_full_ink),
        cmocka_unit_test(calm_jumps_at_once_and_wants_no_frames),
        cmocka_unit_test(other_letters_keep_the_reader_s_word_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
