/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching in the window: typed, stepped through, left again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "support/support_stage.h"

static const char talk[] =
    "# The work\n"
    "Anne Durand: Welcome to this talk. We speak of work today, and of those who do it.\n"
    "Karim: Thank you. I work by train, and read the whole way.\n"
    "Anne Durand: So did I! Until next time.\n";

static struct stage *stage_of(const char *text)
{
    struct stage *stage = stage_new(1200, 800);
    stage_sound(stage, 7200 * VB_SECOND);
    stage_text(stage, text, 7200 * VB_SECOND);
    draw(stage);
    return stage;
}

static void press_letter(struct stage *stage, char letter, unsigned modifiers)
{
    press_key(stage, (struct key_press){.character = (uint32_t)letter,
                                        .position = (uint32_t)letter,
                                        .modifiers = modifiers});
}

static void type(struct stage *stage, const char *text)
{
    struct input in = {.kind = INPUT_TEXT, .text = str_of(text)};
    screen_input(&stage->screen, &in);
    draw(stage);
}

static size_t drawn_in(struct stage *stage, enum token colour)
{
    const struct draw_list *list = draw(stage);
    size_t count = 0;
    for (size_t i = 0; i < list->items.count; i++)
        count += list->items.items[i].color == token(&stage->screen, colour);
    return count;
}

static void find(struct stage *stage, const char *text)
{
    press_letter(stage, 'f', KEY_CTRL);
    type(stage, text);
}

/* ---- typing ---- */

static void every_key_searches_and_tells_which_of_how_many(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk);
    find(stage, "wo");
    assert_non_null(find_text(stage, "1 / 3"));
    type(stage, "rk");
    assert_non_null(find_text(stage, "1 / 3"));
    type(stage, " by");
    assert_non_null(find_text(stage, "1 / 1"));
    type(stage, "zz");
    assert_non_null(find_text(stage, "not found"));
    assert_int_equal(search_count(&stage->session), 0);
    leave(stage);
}

static void matches_are_marked_in_the_text_and_the_one_gone_to_otherwise(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk);
    assert_int_equal(drawn_in(stage, MATCH), 0);
    find(stage, "train");
    assert_int_equal(drawn_in(stage, MATCH_HERE), 1);
    press_name(stage, KEY_ESCAPE, 0);
    assert_int_equal(drawn_in(stage, MATCH_HERE), 0);
    assert_int_equal(drawn_in(stage, MATCH), 0);
    leave(stage);
}

static void enter_goes_on_and_shift_enter_back_round_the_ends(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk);
    find(stage, "work");
    press_name(stage, KEY_RETURN, 0);
    assert_non_null(find_text(stage, "2 / 3"));
    press_name(stage, KEY_RETURN, 0);
    press_name(stage, KEY_RETURN, 0);
    assert_non_null(find_text(stage, "1 / 3"));
    press_name(stage, KEY_RETURN, KEY_SHIFT);
    assert_non_null(find_text(stage, "3 / 3"));
    press_name(stage, KEY_F1 + 2, 0);
    assert_non_null(find_text(stage, "1 / 3"));
    press_name(stage, KEY_F1 + 2, KEY_SHIFT);
    assert_non_null(find_text(stage, "3 / 3"));
    leave(stage);
}

static void ctrl_enter_hears_the_match(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk);
    find(stage, "train");
    press_name(stage, KEY_RETURN, KEY_CTRL);
    uint32_t word = search_match(&stage->session, 0).first;
    assert_int_equal(stage->session.now.position,
                     vb_timeline_start(stage->session.timeline, word));
    press_name(stage, KEY_ESCAPE, 0);
    press_name(stage, KEY_BACKSPACE, 0);
    assert_int_equal(stage->session.now.position, 0);
    leave(stage);
}

static void the_list_tells_who_says_it_and_a_click_there_hears_it(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk);
    find(stage, "karim: work");
    assert_non_null(find_text(stage, "1 / 1"));
    assert_non_null(find_text(stage, "1 PLACE"));
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++) {
        struct draw_item item = list->items.items[i];
        if (item.kind != DRAW_TEXT || !str_eq(item.text, "Karim") || item.at.x > 272)
            continue;
        for (int kind = INPUT_PRESS; kind <= INPUT_RELEASE; kind++) {
            struct input in = {
                .kind = (enum input_kind)kind, .x = item.at.x + 2, .y = item.at.y + 10};
            screen_input(&stage->screen, &in);
        }
        break;
    }
    uint32_t word = search_match(&stage->session, 0).first;
    assert_int_equal(stage->session.now.position,
                     vb_timeline_start(stage->session.timeline, word));
    leave(stage);
}

/* ---- leaving ---- */

static char *long_talk(void)
{
    struct buf text = {0};
    for (int i = 0; i < 900; i++)
        buf_printf(&text,
                   "Anne: Turn %d is spoken here at some length, so that it fills lines.\n", i);
    return text.data;
}

static void escape_leads_back_to_where_the_search_began(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text);
    scroll_drag(&stage->screen.scroll, 700);
    draw(stage);
    find(stage, "turn 250");
    assert_int_not_equal(stage->screen.scroll.top, 700);
    press_name(stage, KEY_ESCAPE, 0);
    draw(stage);
    assert_int_equal(stage->screen.scroll.top, 700);
    assert_null(stage->screen.typing);
    leave(stage);
    free(text);
}

static void after_a_match_was_heard_escape_stays_there(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text);
    find(stage, "turn 250");
    press_name(stage, KEY_RETURN, KEY_CTRL);
    int there = stage->screen.scroll.top;
    press_name(stage, KEY_ESCAPE, 0);
    draw(stage);
    assert_int_equal(stage->screen.scroll.top, there);
    assert_int_not_equal(there, 0);
    leave(stage);
    free(text);
}

static void the_search_begins_where_the_reader_is(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text);
    scroll_drag(&stage->screen.scroll, stage->screen.layout->height / 2);
    draw(stage);
    find(stage, "spoken");
    assert_in_range(stage->session.search.here, 300, 600);
    leave(stage);
    free(text);
}

static void f3_takes_the_last_search_up_again(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk);
    find(stage, "work");
    press_name(stage, KEY_ESCAPE, 0);
    assert_int_equal(search_count(&stage->session), 0);
    press_name(stage, KEY_F1 + 2, 0);
    assert_int_equal(search_count(&stage->session), 3);
    assert_null(stage->screen.typing);
    draw(stage);
    assert_true(str_is(field_text(&stage->screen.find_field), VB_STR("work")));
    leave(stage);
}

static void another_transcript_is_searched_anew(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk);
    find(stage, "work");
    struct vb_transcript *other = transcript_of("Zoe: work work work work\n");
    stage->session.transcript = other;
    vb_timeline_free(stage->session.timeline);
    stage->session.timeline = vb_timeline_new(other, stage->session.now.duration);
    stage->session.revision++;
    search_keep(&stage->session);
    assert_non_null(find_text(stage, "1 / 4"));
    vb_transcript_unref(stage->transcript);
    stage->transcript = other;
    leave(stage);
}

/* ---- where they are in the whole ---- */

static void ticks_stand_on_the_track_and_dots_under_the_time_line(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text);
    find(stage, "turn 1");
    draw(stage);
    assert_in_range(stage->screen.track_ticks.at.count, 20, 111);
    assert_in_range(stage->session.marks.count, 20, 112);
    type(stage, "99");
    draw(stage);
    assert_int_equal(stage->screen.track_ticks.at.count, 1);
    assert_int_equal(stage->session.marks.count, 2); /* the place, and that it is this one */
    leave(stage);
    free(text);
}

static void a_letter_found_everywhere_ticks_the_whole_track(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text);
    find(stage, "e"); /* more than are placed one by one */
    assert_true(search_count(&stage->session) > 4096);
    draw(stage);
    assert_in_range(stage->screen.track_ticks.at.count, 100, 700);
    leave(stage);
    free(text);
}

static void without_a_transcript_the_search_says_so(void **state)
{
    (void)state;
    struct stage *stage = stage_new(1200, 800);
    press_letter(stage, 'f', KEY_CTRL);
    draw(stage);
    assert_int_equal(stage->session.asked, ASK_NOTHING);
    assert_int_equal(stage->session.said, 1);
    leave(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_searches_and_tells_which_of_how_many),
        cmocka_unit_test(matches_are_marked_in_the_text_and_the_one_gone_to_otherwise),
        cmocka_unit_test(enter_goes_on_and_shift_enter_back_round_the_ends),
        cmocka_unit_test(ctrl_enter_hears_the_match),
        cmocka_unit_test(the_list_tells_who_says_it_and_a_click_there_hears_it),
        cmocka_unit_test(escape_leads_back_to_where_the_search_began),
        cmocka_unit_test(after_a_match_was_heard_escape_stays_there),
        cmocka_unit_test(the_search_begins_where_the_reader_is),
        cmocka_unit_test(f3_takes_the_last_search_up_again),
        cmocka_unit_test(another_transcript_is_searched_anew),
        cmocka_unit_test(ticks_stand_on_the_track_and_dots_under_the_time_line),
        cmocka_unit_test(a_letter_found_everywhere_ticks_the_whole_track),
        cmocka_unit_test(without_a_transcript_the_search_says_so),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
