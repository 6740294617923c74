/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's content: what is drawn, and what the hand does with it.
 *
 * Draw lists are compared with tests/screens/NAME.txt; UPDATE=1 in the environment writes them
 * anew, to be read in review. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/memory.h"
#include "app/pins.h"
#include "app/relire.h"
#include "app/selection.h"
#include "base/file.h"
#include "base/spaceless.h"
#include "base/str.h"
#include "support/support_sound.h"
#include "support/support_stage.h"
#include "view/reading.h"
#include "view/widgets.h"

static const char talk[] =
    "# The beginning\n"
    "Anne Durand: Welcome to this talk. We speak of clicks today, and of those who make them.\n"
    "- It is a long story, so we begin at once.\n"
    "Karim: Thank you. I came by train, and read the whole way.\n"
    "= 0:20\n"
    "# The end\n"
    "Anne Durand: So did I! Until next time.\n";

static void pass(struct stage *stage, vb_time by)
{
    stage->session.clock += by;
    draw(stage);
}

static struct stage *stage_of(const char *text, bool with_sound, int width, int height)
{
    struct stage *stage = stage_new(width, height);
    if (with_sound)
        stage_sound(stage, 30 * VB_SECOND);
    if (text)
        stage_text(stage, text, stage->session.now.duration);
    return stage;
}

static void click_text(struct stage *stage, const char *text)
{
    const struct draw_item *item = find_text(stage, text);
    if (!item)
        fail_msg("nothing says “%s”", text);
    click(stage, item->at.x + item->at.w / 2, item->at.y + item->at.h / 2);
}

static void click_icon(struct stage *stage, enum icon icon)
{
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++) {
        struct draw_item item = list->items.items[i];
        if (item.kind == DRAW_ICON && item.icon == icon) {
            click(stage, item.at.x + item.at.w / 2, item.at.y + item.at.h / 2);
            return;
        }
    }
    fail_msg("there is no %s", icon_name(icon));
}

/* ---- pictures as text ---- */

static void compare_with_file(struct stage *stage, const char *name)
{
    struct buf found = {0}, path = {0}, wanted = {0};
    draw(stage);
    draw_dump(draw(stage), theme_color_name, stage->screen.theme, &found);
    buf_printf(&path, "tests/screens/%s.txt", name);
    if (getenv("UPDATE"))
        assert_true(file_write(path.data, buf_str(&found), NULL));
    assert_true(file_read(path.data, 1 << 20, &wanted, NULL));
    vb_str a = buf_str(&wanted), b = buf_str(&found), line_a, line_b;
    for (size_t i = 0, k = 0, line = 1; str_line(a, &i, &line_a); line++) {
        if (!str_line(b, &k, &line_b))
            fail_msg("%s: line %zu is missing: %.*s", name, line, (int)line_a.len, line_a.data);
        if (!str_is(line_a, line_b))
            fail_msg("%s: line %zu is\n  %.*s\nnot\n  %.*s", name, line, (int)line_b.len,
                     line_b.data, (int)line_a.len, line_a.data);
    }
    assert_int_equal(a.len, b.len);
    buf_free(&found);
    buf_free(&path);
    buf_free(&wanted);
}

static void the_reading_window_is_drawn_so(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    hear(stage, 14);
    compare_with_file(stage, "reading");
    leave(stage);
}

static void proofreading_is_drawn_so(void **state)
{
    (void)state;
    static const struct vb_doubt doubts[] = {
        {VB_DOUBT_DIFFERENT, 8,  2, 3 * VB_SECOND,  4 * VB_SECOND,  1},
        {VB_DOUBT_EXTRA,     30, 2, 12 * VB_SECOND, 14 * VB_SECOND, 0},
    };
    struct stage *stage = stage_of(talk, true, 1200, 800);
    struct session *s = &stage->session;
    memory_begin(s, store_open_nothing());
    relire_take_sounds(s, doubts, COUNT(doubts));
    relire_set(s, true);
    relire_heard_now(s, 0, 5 * VB_SECOND, 150);
    relire_go(s, 0);
    hear(stage, 8);
    compare_with_file(stage, "proofreading");
    leave(stage);
}

static void a_narrow_window_is_drawn_so(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 400, 600);
    stage->session.settings.theme = THEME_DARK;
    hear(stage, 14);
    compare_with_file(stage, "narrow-dark");
    leave(stage);
}

static void a_transcript_alone_is_drawn_so(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, false, 900, 500);
    compare_with_file(stage, "transcript-alone");
    leave(stage);
}

static void a_window_without_files_is_drawn_so(void **state)
{
    (void)state;
    struct stage *stage = stage_of(NULL, false, 640, 480);
    compare_with_file(stage, "nothing-open");
    leave(stage);
}

/* The first words alone: a long sentence stands in several lines. */
static bool tells(struct stage *stage, const char *sentence)
{
    vb_str wanted = str_cut(str_of(sentence), 0, 12);
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++)
        if (str_is(str_cut(list->items.items[i].text, 0, 12), wanted))
            return true;
    return false;
}

static void the_help_tells_every_action_that_has_a_key(void **state)
{
    (void)state;
    struct stage *stage = stage_of(NULL, false, 1600, 800);
    stage->session.mode = MODE_HELP;
    for (size_t i = 0; i < action_count(); i++) {
        bool told = !action_at(i)->keys[0];
        for (int top = 0; top <= 3000 && !told; top += 300) {
            stage->screen.sheet_top = top;
            told = tells(stage, action_at(i)->help);
        }
        if (!told)
            fail_msg("the help does not tell “%s”", action_at(i)->help);
    }
    leave(stage);
}

static void who_speaks_how_much_is_drawn_and_leads_there(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1000, 700);
    stage->session.mode = MODE_STATISTICS;
    compare_with_file(stage, "statistics");
    const struct draw_list *list = draw(stage);
    size_t lane = 0;
    while (lane < list->items.count && !str_eq(list->items.items[lane].text, "Who speaks when"))
        lane++;
    while (lane < list->items.count && list->items.items[lane].kind != DRAW_ROUND)
        lane++;
    assert_true(lane < list->items.count);
    struct rect at = list->items.items[lane].at;
    click(stage, at.x + at.w / 2, at.y + at.h / 2);
    vb_time there = stage->session.now.position;
    assert_true(there > 14 * VB_SECOND && there < 16 * VB_SECOND);
    assert_int_equal(stage->session.mode, MODE_STATISTICS);
    leave(stage);
}

/* ---- what is marked ---- */

static void an_estimated_word_has_its_line_marked_and_a_known_one_itself(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    color speaker = theme_speaker(theme_of(THEME_LIGHT, false), 0);
    uint32_t known = vb_marker(stage->transcript, 0)->first_word;
    for (int is_known = 0; is_known < 2; is_known++) {
        hear(stage, is_known ? known : 3);
        const struct draw_list *list = draw(stage);
        size_t pills = 0, bands = 0;
        for (size_t i = 0; i < list->items.count; i++) {
            pills += list->items.items[i].color == color_faded(speaker, 24);
            bands += list->items.items[i].color == color_faded(speaker, 13);
        }
        assert_int_equal(pills, is_known);
        assert_int_equal(bands, !is_known);
    }
    leave(stage);
}

static void times_say_whether_they_are_estimated(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    assert_non_null(find_text(stage, "00:20"));
    assert_non_null(find_text(stage, "≈ 00:00"));
    leave(stage);
}

/* ---- the hand ---- */

static void a_click_on_any_word_plays_from_it(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    draw(stage);
    size_t count = stage->screen.shown.count;
    assert_int_equal(count, vb_word_count(stage->transcript));
    for (size_t i = 0; i < count; i++) {
        struct shown_word w = stage->screen.shown.items[i];
        click(stage, w.x + w.w / 2, w.y + w.h / 2);
        assert_true(stage->session.now.position ==
                    vb_timeline_start(stage->session.timeline, w.word));
    }
    leave(stage);
}

static void press_twice(struct stage *stage, int x, int y)
{
    for (int clicks = 1; clicks <= 2; clicks++)
        for (enum input_kind kind = INPUT_PRESS; kind <= INPUT_RELEASE; kind++) {
            struct input in = {.kind = kind, .x = x, .y = y, .clicks = clicks};
            screen_input(&stage->screen, &in);
        }
    draw(stage);
}

static void two_clicks_select_a_word_also_where_no_spaces_are(void **state)
{
    (void)state;
    if (!SPACELESS_WORDS_KNOWN)
        skip(); /* built without ICU */
    struct stage *stage = stage_of("A: การทำงานผ่านแพลตฟอร์ม\n", true, 1200, 800);
    const struct draw_item *item = find_text(stage, "ทำงาน");
    assert_non_null(item);
    press_twice(stage, item->at.x + 4, item->at.y - 4);
    struct selected words;
    assert_true(selection_get(&stage->session, &words));
    assert_int_equal(words.first, 1);
    assert_int_equal(words.last, 1);
    leave(stage);
}

static void a_drag_over_words_is_no_click(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    draw(stage);
    struct shown_word w = stage->screen.shown.items[20];
    point(stage, INPUT_PRESS, w.x + 2, w.y + 10);
    point(stage, INPUT_MOVE, w.x + 30, w.y + 10);
    point(stage, INPUT_RELEASE, w.x + 30, w.y + 10);
    assert_true(stage->session.now.position == 0);
    leave(stage);
}

static void a_press_on_a_button_that_leaves_it_does_nothing(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    const struct draw_item *button = find_text(stage, "Following");
    int x = button->at.x + 5, y = button->at.y + 5;
    point(stage, INPUT_MOVE, x, y);
    point(stage, INPUT_PRESS, x, y);
    point(stage, INPUT_MOVE, x - 300, y);
    point(stage, INPUT_RELEASE, x - 300, y);
    assert_true(stage->session.follow);
    click_text(stage, "Following");
    assert_false(stage->session.follow);
    leave(stage);
}

static void a_field_that_has_no_room_takes_no_other_spot_s_place(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 150, 600);
    const struct screen *on = &stage->screen;
    session_ask(&stage->session, ASK_FIND);
    stage->session.replacing.shown = true;
    draw(stage);
    assert_true(view_replace.shown(on));
    for (size_t i = 0; i < on->spots.count; i++) {
        const struct spot *spot = &on->spots.items[i];
        if (!spot->field)
            continue;
        struct rect within = rect_cut(spot->at, spot->field->at);
        assert_memory_equal(&within, &spot->at, sizeof within);
    }
    leave(stage);
}

static void of_a_dialog_only_what_is_written_on_it_is_read_out(void **state)
{
    (void)state;
    struct stage *stage = stage_of(NULL, false, 1200, 800);
    assert_true(file_write(temp_path("page.txt"), VB_STR("Anne: some words\n"), NULL));
    assert_true(session_open(&stage->session, temp_path("page.txt"), NULL));
    session_ask(&stage->session, ASK_LEAVE);
    draw(stage);
    const struct screen *on = &stage->screen;
    bool titled = false;
    assert_in_range(on->modal_drawn, 1, on->list.items.count);
    for (size_t i = on->modal_drawn; i < on->list.items.count; i++) {
        titled = titled || str_eq(on->list.items.items[i].text, "Save the corrections?");
        assert_false(str_eq(on->list.items.items[i].text, "TURNS"));
    }
    assert_true(titled);
    screen_free(&stage->screen);
    session_free(&stage->session);
    free(stage);
}

static void the_outline_jumps_to_its_sections_and_voices(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    click_text(stage, "The end");
    assert_true(stage->session.now.position == 20 * VB_SECOND);
    hear(stage, 0);
    const struct draw_item *name = NULL;
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++) /* in the sidebar, not in the gutter */
        if (list->items.items[i].kind == DRAW_TEXT && list->items.items[i].at.x < 272 &&
            str_eq(list->items.items[i].text, "Karim"))
            name = &list->items.items[i];
    assert_non_null(name);
    click(stage, name->at.x + 3, name->at.y + 3);
    assert_true(
        stage->session.now.position ==
        vb_timeline_start(stage->session.timeline, vb_turn(stage->transcript, 1)->first_word));
    leave(stage);
}

/* Drawn in the sidebar; NULL: nothing of the kind is. */
static const struct draw_item *in_sidebar(struct stage *stage, int kind, int below)
{
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++) {
        const struct draw_item *item = &list->items.items[i];
        if ((int)item->kind == kind && item->at.x > 230 && item->at.x < 272 &&
            item->at.y > below)
            return item;
    }
    return NULL;
}

static void the_outline_lists_pins_and_takes_them_away(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    pins_opened(&stage->session);
    assert_null(find_text(stage, "HEARD NOW"));
    hear(stage, 12);
    pins_word(&stage->session, 3);
    const struct draw_item *head = find_text(stage, "HEARD NOW");
    assert_non_null(head);
    const struct draw_item *cross = in_sidebar(stage, DRAW_ICON, head->at.y);
    assert_non_null(cross);
    click(stage, cross->at.x + 3, cross->at.y + 3);
    assert_false(pins_are_there(&stage->session));
    assert_null(find_text(stage, "HEARD NOW"));
    pins_undo(&stage->session);
    assert_true(pins_are_there(&stage->session));
    leave(stage);
}

static void a_press_on_the_time_line_goes_there_and_can_be_undone(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    int y = 800 - 138 + 26 + 22, left = 24, width = 1200 - 48;
    draw(stage);
    point(stage, INPUT_PRESS, left + width / 2, y);
    assert_true(llabs(stage->session.now.position - 15 * VB_SECOND) < VB_SECOND / 10);
    point(stage, INPUT_MOVE, left + width * 3 / 4, y - 200); /* held: anywhere */
    assert_true(llabs(stage->session.now.position - 225 * VB_SECOND / 10) < VB_SECOND / 10);
    point(stage, INPUT_RELEASE, left + width * 3 / 4, y - 200);
    session_undo_jump(&stage->session);
    assert_true(stage->session.now.position == 0);
    leave(stage);
}

static void the_volume_follows_the_hand(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    draw(stage);
    struct rect slider = stage->screen.slider_at;
    click(stage, slider.x + slider.w * 35 / 100, slider.y + slider.h / 2);
    assert_in_range(stage->session.settings.volume, 47, 52);
    click_icon(stage, ICON_VOLUME);
    assert_int_equal(stage->session.settings.volume, 0);
    click_icon(stage, ICON_MUTED);
    assert_in_range(stage->session.settings.volume, 47, 52);
    click(stage, slider.x + slider.w - 1, slider.y + slider.h / 2); /* the limiter's part */
    assert_in_range(stage->session.settings.volume, 190, 200);
    leave(stage);
}

static void the_theme_button_switches(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    click_icon(stage, ICON_MOON);
    assert_int_equal(stage->session.settings.theme, THEME_DARK);
    click_icon(stage, ICON_SUN);
    assert_int_equal(stage->session.settings.theme, THEME_LIGHT);
    leave(stage);
}

static void tips_come_after_a_rest_and_the_screen_says_when(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    draw(stage);
    struct shown_word w = stage->screen.shown.items[2];
    point(stage, INPUT_MOVE, w.x + 3, w.y + 10);
    vb_str time = stage->screen.tip;
    assert_true(time.len > 0);
    char tip[32];
    snprintf(tip, sizeof tip, "%.*s", (int)time.len, time.data);
    assert_int_equal(screen_next_change(&stage->screen), 400000);
    size_t before = draw(stage)->items.count;
    pass(stage, 400000);
    assert_true(stage->screen.list.items.count > before);
    assert_non_null(find_text(stage, tip));
    assert_true(screen_next_change(&stage->screen) == VB_NO_TIME);
    leave(stage);
}

static void paused_and_still_nothing_will_change(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    draw(stage);
    assert_true(screen_next_change(&stage->screen) == VB_NO_TIME);
    leave(stage);
}

/* ---- scrolling ---- */

static char *long_talk(void)
{
    struct buf text = {0};
    for (int turn = 0; turn < 60; turn++) {
        buf_printf(&text, "%s:", turn % 2 ? "Karim" : "Anne");
        for (int word = 0; word < 60; word++)
            buf_printf(&text, " word%d", turn * 60 + word);
        buf_putc(&text, '\n');
    }
    return text.data;
}

static void scrolled_away_a_way_back_is_offered(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text, true, 1200, 800);
    hear(stage, 1000);
    draw(stage);
    assert_false(stage->session.out_of_sight);
    wheel_at(stage, 700, 400, 20);
    assert_true(stage->session.out_of_sight);
    assert_non_null(find_text(stage, "Follow"));
    struct buf back = {0};
    buf_printf(&back, "Back to the reading · 00:%02d",
               (int)(stage->session.now.position / VB_SECOND));
    click_text(stage, back.data);
    buf_free(&back);
    assert_false(stage->session.out_of_sight);
    assert_int_equal(layout_word_y(stage->screen.layout, 1000) - stage->screen.scroll.top,
                     stage->screen.scroll.height * READING_LINE / 100);
    leave(stage);
    free(text);
}

static void resizing_and_zoom_keep_the_reading_line_s_word_in_place(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text, true, 1200, 800);
    hear(stage, 1000);
    draw(stage);
    wheel_at(stage, 700, 400, 30);
    const struct screen *on = &stage->screen;
    int line = on->scroll.height * READING_LINE / 100;
    uint32_t word = layout_word_at(stage->screen.layout, 0, on->scroll.top + line, LAYOUT_ANY);
    static const int sizes[][3] = {
        {900,  800, 100},
        {1400, 800, 100},
        {1200, 600, 200},
        {500,  500, 60 },
        {360,  300, 400},
        {1200, 800, 100}
    };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        stage->width = sizes[i][0];
        stage->height = sizes[i][1];
        stage->session.settings.zoom = sizes[i][2];
        draw(stage);
        int y = layout_word_y(on->layout, word) - on->scroll.top;
        int away = y - on->scroll.height * READING_LINE / 100;
        if (away < -on->layout->style.line || away > on->layout->style.line)
            fail_msg("at size %zu the word moved by %d pixels", i, away);
    }
    leave(stage);
    free(text);
}

static void a_strip_begins_with_a_whole_line(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text, true, 640, 180);
    const struct screen *on = &stage->screen;
    for (uint32_t word = 0; word < 400; word += 3) {
        hear(stage, word);
        draw(stage);
        assert_true(on->shown.count > 0);
        for (size_t i = 0; i < on->shown.count; i++)
            if (on->shown.items[i].y < on->text_at.y)
                fail_msg("with word %u heard, a line is cut by %d pixels", word,
                         on->text_at.y - on->shown.items[i].y);
        int y = reading_y(on, layout_word_y(on->layout, word));
        assert_in_range(y, on->text_at.y, on->text_at.y + on->text_at.h - 1);
    }
    stage->width = 900; /* wrapped anew, as when the strip is made of a window */
    draw(stage);
    assert_true(on->shown.items[0].y >= on->text_at.y);
    leave(stage);
    free(text);
}

static bool fades_at(const struct stage *stage, int y)
{
    const struct screen *on = &stage->screen;
    color ground = color_faded(token(on, BG), 90);
    for (size_t i = 0; i < on->list.items.count; i++) {
        const struct draw_item *item = &on->list.items.items[i];
        if (item->kind == DRAW_RECT && item->color == ground && item->at.y == y)
            return true;
    }
    return false;
}

static void text_that_goes_on_beyond_an_edge_fades_towards_it(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text, true, 1200, 800);
    const struct rect *at = &stage->screen.text_at;
    draw(stage);
    assert_false(fades_at(stage, at->y));
    assert_true(fades_at(stage, at->y + at->h - 2));
    wheel_at(stage, 700, 400, 20);
    assert_true(fades_at(stage, at->y));
    stage->session.scroll = SCROLL_BOTTOM;
    draw(stage);
    assert_true(fades_at(stage, at->y));
    assert_false(fades_at(stage, at->y + at->h - 2));
    leave(stage);
    free(text);
}

/* Its thumb says how much of it there is, and where in it one is. */
static struct rect thumb_beside(const struct stage *stage, int x)
{
    for (size_t i = 0; i < stage->screen.list.items.count; i++) {
        const struct draw_item *item = &stage->screen.list.items.items[i];
        if (item->kind == DRAW_ROUND && item->at.x == x)
            return item->at;
    }
    return (struct rect){0};
}

static void a_list_longer_than_its_room_has_a_thumb(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text, true, 1200, 800);
    const int x = 272 - 12 + 4; /* in the panel's margin */
    draw(stage);
    struct rect at_top = thumb_beside(stage, x);
    assert_in_range(at_top.h, 24, 700);
    wheel_at(stage, 100, 200, 4);
    assert_true(thumb_beside(stage, x).y > at_top.y);
    wheel_at(stage, 100, 200, 4000);
    struct rect at_end = thumb_beside(stage, x);
    wheel_at(stage, 100, 200, 4);
    assert_int_equal(thumb_beside(stage, x).y, at_end.y);
    leave(stage);
    stage = stage_of("Anne: few words\nKarim: and few turns", true, 1200, 800);
    draw(stage);
    assert_int_equal(thumb_beside(stage, x).h, 0);
    leave(stage);
    free(text);
}

static void page_keys_and_ends_scroll(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text, true, 1200, 800);
    draw(stage);
    press_key(stage, (struct key_press){.name = KEY_PAGE_DOWN});
    int page = stage->screen.scroll.top;
    assert_in_range(page, 400, stage->screen.scroll.height - 1);
    press_key(stage, (struct key_press){.name = KEY_PAGE_UP});
    assert_int_equal(stage->screen.scroll.top, 0);
    press_key(stage, (struct key_press){.name = KEY_END});
    assert_int_equal(stage->screen.scroll.top, scroll_limit(&stage->screen.scroll));
    press_key(stage, (struct key_press){.name = KEY_HOME});
    assert_int_equal(stage->screen.scroll.top, 0);
    leave(stage);
    free(text);
}

static void the_thumb_can_be_dragged(void **state)
{
    (void)state;
    char *text = long_talk();
    struct stage *stage = stage_of(text, true, 1200, 800);
    draw(stage);
    point(stage, INPUT_PRESS, 1190, 75);
    point(stage, INPUT_MOVE, 1190, 2000);
    point(stage, INPUT_RELEASE, 1190, 2000);
    assert_int_equal(stage->screen.scroll.top, scroll_limit(&stage->screen.scroll));
    leave(stage);
    free(text);
}

/* ---- keys ---- */

static void tab_walks_the_buttons_and_return_presses_them(void **state)
{
    (void)state;
    struct stage *stage = stage_of(NULL, false, 640, 480);
    draw(stage);
    assert_true(press_key(stage, (struct key_press){.name = KEY_TAB, .modifiers = KEY_SHIFT}));
    bool was_dark = stage->session.settings.theme == THEME_DARK;
    assert_true(press_key(stage, (struct key_press){.name = KEY_RETURN}));
    bool is_dark = stage->session.settings.theme == THEME_DARK;
    assert_true(is_dark != was_dark || stage->session.mode != MODE_READING);
    leave(stage);
}

static void without_a_focus_return_does_nothing(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 640, 480);
    draw(stage);
    assert_false(press_key(stage, (struct key_press){.name = KEY_RETURN}));
    leave(stage);
}

static void the_help_opens_scrolls_and_closes_by_keys(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 400, 400);
    press_key(stage, (struct key_press){.name = KEY_F1});
    assert_int_equal(stage->session.mode, MODE_HELP);
    press_key(stage, (struct key_press){.name = KEY_END});
    assert_true(stage->screen.sheet_top > 0);
    assert_int_equal(stage->screen.sheet_top, stage->screen.sheet_limit);
    press_key(stage, (struct key_press){.name = KEY_ESCAPE});
    assert_int_equal(stage->session.mode, MODE_READING);
    leave(stage);
}

static void the_outline_over_the_text_opens_and_closes(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 640, 480);
    assert_null(find_text(stage, "CONTENTS"));
    click_icon(stage, ICON_MENU);
    assert_non_null(find_text(stage, "CONTENTS"));
    press_key(stage, (struct key_press){.name = KEY_ESCAPE});
    assert_null(find_text(stage, "CONTENTS"));
    leave(stage);
}

/* ---- messages ---- */

static void a_message_goes_by_itself_and_a_question_stays(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    session_say(&stage->session, MESSAGE_QUESTION, "wrong pair?");
    session_say(&stage->session, MESSAGE_INFO, "a word to say");
    assert_non_null(find_text(stage, "A word to say"));
    vb_time lasts = screen_next_change(&stage->screen);
    assert_in_range(lasts, 3 * VB_SECOND, 20 * VB_SECOND);
    pass(stage, lasts);
    assert_null(find_text(stage, "A word to say"));
    pass(stage, 3600 * VB_SECOND);
    assert_non_null(find_text(stage, "Wrong pair?"));
    click_text(stage, "Keep this pair");
    assert_null(find_text(stage, "Wrong pair?"));
    leave(stage);
}

/* In a strip there is no height for both, nor for a button below the text. */
static void where_two_have_no_room_the_message_goes_before_the_question(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 640, 180);
    stage->session.compact = true;
    session_say(&stage->session, MESSAGE_QUESTION, "wrong pair?");
    session_say(&stage->session, MESSAGE_INFO, "a word to say");
    assert_non_null(find_text(stage, "A word to say"));
    assert_null(find_text(stage, "Wrong pair?"));
    pass(stage, screen_next_change(&stage->screen));
    const struct draw_item *asked = find_text(stage, "Wrong pair?");
    assert_non_null(asked);
    int x = asked->at.x, y = asked->at.y;
    const struct draw_item *button = find_text(stage, "Keep this pair");
    assert_non_null(button);
    assert_true(button->at.x > x && abs(button->at.y - y) < 8);
    assert_true(button->at.y < stage->screen.text_at.y + stage->screen.text_at.h);
    leave(stage);
}

/* ---- texts without room ---- */

static void a_text_without_room_ends_behind_the_last_letter_that_fits(void **state)
{
    (void)state;
    struct stage *stage = stage_of(talk, true, 1200, 800);
    struct screen *on = &stage->screen;
    draw(stage);
    for (int room = 7; room < 140; room++) { /* each letter is 7 wide, the dots too */
        int width =
            widget_fit(on, FACE_UI, 14, 0, 20, room, 0xFF000000, VB_STR("àéîõü日本語ééééééé"));
        const struct draw_item *set = &on->list.items.items[on->list.items.count - 1];
        size_t letters = 0;
        for (size_t at = 0; at < set->text.len; letters++)
            assert_int_not_equal(str_next(set->text, &at), 0xFFFD);
        size_t fit = (size_t)room / 7;
        assert_int_equal(letters, fit < 15 ? fit : 15);
        assert_int_equal(width, 7 * (int)letters);
    }
    leave(stage);
}

static const struct draw_item *find_ending(struct stage *stage, enum face face,
                                           const char *ending)
{
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++)
        if (list->items.items[i].kind == DRAW_TEXT && list->items.items[i].face == face &&
            str_ends(list->items.items[i].text, ending))
            return &list->items.items[i];
    return NULL;
}

static void a_message_without_room_ends_at_a_word_and_is_whole_under_the_pointer(void **state)
{
    (void)state;
    static const char said[] = "in the list of keys is a line that says nothing that could be "
                               "understood, and the rest of the list is kept as it is";
    struct stage *stage = stage_of(talk, true, 240, 220);
    session_say(&stage->session, MESSAGE_WARNING, "%s", said);
    const struct draw_item *cut = find_ending(stage, FACE_UI, "…");
    assert_non_null(cut);
    vb_str last = str_cut(cut->text, 0, cut->text.len - strlen("…"));
    size_t at = str_find(VB_STR(said), last);
    assert_int_not_equal(at, STR_NOT_FOUND);
    assert_int_equal(said[at + last.len], ' ');
    assert_true(cut->at.y < stage->screen.text_at.y + stage->screen.text_at.h);
    assert_null(find_ending(stage, FACE_UI, "as it is"));
    point(stage, INPUT_MOVE, cut->at.x + 2, cut->at.y - 2);
    pass(stage, VB_SECOND / 2);
    pass(stage, VB_SECOND / 2);
    assert_non_null(find_ending(stage, FACE_UI_MEDIUM, "is"));
    leave(stage);
}

/* ---- odd sizes ---- */

static void every_size_and_zoom_can_be_drawn(void **state)
{
    (void)state;
    static const int sizes[] = {1, 60, 200, 359, 480, 719, 899, 1000, 2000, 7680};
    static const int zooms[] = {60, 100, 400};
    struct stage *stage = stage_of(talk, true, 100, 100);
    hear(stage, 14);
    for (size_t i = 0; i < COUNT(sizes) * COUNT(sizes) * COUNT(zooms) * 4; i++) {
        stage->width = sizes[i % COUNT(sizes)];
        stage->height = sizes[i / COUNT(sizes) % COUNT(sizes)];
        stage->session.settings.zoom = zooms[i / 100 % COUNT(zooms)];
        static const enum mode modes[] = {MODE_READING, MODE_HELP, MODE_STATISTICS};
        stage->session.mode = modes[i / 100 % COUNT(modes)];
        stage->screen.scale = i / 600 ? 2.5 : 1;
        const struct draw_list *list = draw(stage);
        assert_true(list->items.count > 0);
    }
    leave(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reading_window_is_drawn_so),
        cmocka_unit_test(proofreading_is_drawn_so),
        cmocka_unit_test(a_narrow_window_is_drawn_so),
        cmocka_unit_test(a_transcript_alone_is_drawn_so),
        cmocka_unit_test(a_window_without_files_is_drawn_so),
        cmocka_unit_test(the_help_tells_every_action_that_has_a_key),
        cmocka_unit_test(who_speaks_how_much_is_drawn_and_leads_there),
        cmocka_unit_test(an_estimated_word_has_its_line_marked_and_a_known_one_itself),
        cmocka_unit_test(times_say_whether_they_are_estimated),
        cmocka_unit_test(a_click_on_any_word_plays_from_it),
        cmocka_unit_test(two_clicks_select_a_word_also_where_no_spaces_are),
        cmocka_unit_test(a_drag_over_words_is_no_click),
        cmocka_unit_test(a_press_on_a_button_that_leaves_it_does_nothing),
        cmocka_unit_test(a_field_that_has_no_room_takes_no_other_spot_s_place),
        cmocka_unit_test(of_a_dialog_only_what_is_written_on_it_is_read_out),
        cmocka_unit_test(the_outline_jumps_to_its_sections_and_voices),
        cmocka_unit_test(the_outline_lists_pins_and_takes_them_away),
        cmocka_unit_test(a_press_on_the_time_line_goes_there_and_can_be_undone),
        cmocka_unit_test(the_volume_follows_the_hand),
        cmocka_unit_test(the_theme_button_switches),
        cmocka_unit_test(tips_come_after_a_rest_and_the_screen_says_when),
        cmocka_unit_test(paused_and_still_nothing_will_change),
        cmocka_unit_test(scrolled_away_a_way_back_is_offered),
        cmocka_unit_test(resizing_and_zoom_keep_the_reading_line_s_word_in_place),
        cmocka_unit_test(a_strip_begins_with_a_whole_line),
        cmocka_unit_test(text_that_goes_on_beyond_an_edge_fades_towards_it),
        cmocka_unit_test(a_list_longer_than_its_room_has_a_thumb),
        cmocka_unit_test(page_keys_and_ends_scroll),
        cmocka_unit_test(the_thumb_can_be_dragged),
        cmocka_unit_test(tab_walks_the_buttons_and_return_presses_them),
        cmocka_unit_test(without_a_focus_return_does_nothing),
        cmocka_unit_test(the_help_opens_scrolls_and_closes_by_keys),
        cmocka_unit_test(the_outline_over_the_text_opens_and_closes),
        cmocka_unit_test(a_message_goes_by_itself_and_a_question_stays),
        cmocka_unit_test(where_two_have_no_room_the_message_goes_before_the_question),
        cmocka_unit_test(a_text_without_room_ends_behind_the_last_letter_that_fits),
        cmocka_unit_test(a_message_without_room_ends_at_a_word_and_is_whole_under_the_pointer),
        cmocka_unit_test(every_size_and_zoom_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
