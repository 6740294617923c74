/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player on the screen: the seek bar with what is known of the sound, its zoom and marks,
 * the panel over it, and all of it by keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/calibration.h"
#include "app/listening.h"
#include "app/survey.h"
#include "base/file.h"
#include "base/str.h"
#include "support/support_sound.h"
#include "support/support_view.h"

static const char talk[] = "# The beginning\n"
                           "Anne Durand: Welcome to this talk. We speak of clicks today.\n"
                           "Karim: Thank you. I came by train, and read the whole way.\n"
                           "= 0:20\n"
                           "# The end\n"
                           "Anne Durand: So did I! Until next time.\n";

enum { WIDTH = 1200, HEIGHT = 800, BAR_LEFT = 24, BAR_WIDTH = WIDTH - 48 };
enum { BAR_TOP = HEIGHT - 138 + 26, BAR_MIDDLE = BAR_TOP + 22 };

static struct session s;
static struct screen screen;
static struct vb_transcript *transcript;
static int width, height;

/* ---- the stage ---- */

/* Half a minute: loud, softer, silent, loud. */
static void write_talk(const char *path)
{
    struct sound sound = at_rate(tone(440, 8000 * 30), 8000);
    for (size_t i = 8000 * 10; i < 8000 * 20; i++)
        sound.frames[i] *= i < 8000 * 15 ? 0.3f : 0;
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
}

static void begin(const char *sound, int w, int h)
{
    width = w;
    height = h;
    session_init(&s, &hand_sink, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    assert_true(session_open(&s, sound, NULL));
    session_update(&s, s.clock);
    transcript = transcript_of(talk);
    s.transcript = transcript;
    s.timeline = vb_timeline_new(transcript, s.now.duration);
    s.spread_over = s.now.duration;
    s.revision++;
    screen_init(&screen, &s, &fixed_measure, 1);
    screen.calm = true;
}

static int begin_wide(void **state)
{
    (void)state;
    write_talk(temp_path("talk.wav"));
    begin(temp_path("talk.wav"), WIDTH, HEIGHT);
    screen_draw(&screen, width, height);
    return 0;
}

static int leave(void **state)
{
    (void)state;
    screen_free(&screen);
    s.transcript = NULL;
    session_free(&s);
    vb_transcript_unref(transcript);
    return 0;
}

static const struct draw_list *draw(void)
{
    return screen_draw(&screen, width, height);
}

static void look_through(void)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    s.surveys = true;
    while (!s.now.duration_exact)
        session_update(&s, s.clock);
    session_update(&s, s.clock);
    assert_non_null(s.survey);
    while (!survey_is_done(s.survey))
        nanosleep(&moment, NULL);
    session_update(&s, s.clock);
}

static void point(enum input_kind kind, int x, int y)
{
    struct input in = {.kind = kind, .x = x, .y = y};
    screen_input(&screen, &in);
    draw();
}

static void click(int x, int y)
{
    point(INPUT_MOVE, x, y);
    point(INPUT_PRESS, x, y);
    point(INPUT_RELEASE, x, y);
}

static void wheel(int x, int y, float notches, float across)
{
    struct input in = {
        .kind = INPUT_WHEEL, .x = x, .y = y, .amount = notches, .across = across};
    screen_input(&screen, &in);
    draw();
}

static bool press(enum key_name name, uint32_t character, unsigned modifiers)
{
    struct key_press key = {
        .name = name, .character = character, .position = character, .modifiers = modifiers};
    bool taken = screen_key(&screen, &key);
    draw();
    return taken;
}

static bool says(const char *text)
{
    const struct draw_list *list = draw();
    for (size_t i = 0; i < list->items.count; i++)
        if (list->items.items[i].kind == DRAW_TEXT && str_eq(list->items.items[i].text, text))
            return true;
    return false;
}

static vb_time time_under(int x)
{
    struct bar_part part = session_bar_part(&s);
    return part.from + (vb_time)((double)part.span * (x - BAR_LEFT) / BAR_WIDTH);
}

/* ---- pictures as text ---- */

/* The last thing drawn that is `kind` of that width: where the part begins that is meant. */
static size_t last_of(const struct draw_list *list, enum draw_kind kind, int w)
{
    size_t i = list->items.count;
    while (i > 0 &&
           !(list->items.items[i - 1].kind == kind && list->items.items[i - 1].at.w == w))
        i--;
    assert_true(i > 0);
    return i - 1;
}

/* From the i-th thing on: the views before are tested elsewhere. */
static void compare_with_file(size_t from, const char *name)
{
    struct buf found = {0}, path = {0}, wanted = {0};
    struct draw_list part = *draw();
    part.items.items += from;
    part.items.count -= from;
    draw_dump(&part, theme_color_name, screen.theme, &found);
    buf_printf(&path, "tests/screens/%s.txt", name);
    if (getenv("UPDATE"))
        assert_true(file_write(path.data, buf_str(&found), NULL));
    assert_true(file_read(path.data, 1 << 20, &wanted, NULL));
    assert_string_equal(found.data, wanted.data);
    buf_free(&found);
    buf_free(&path);
    buf_free(&wanted);
}

static void a_sound_looked_through_is_drawn_so(void **state)
{
    (void)state;
    look_through();
    s.outputs.now[0] = '\0';
    draw();
    compare_with_file(last_of(draw(), DRAW_RECT, width) - 1,
                      "waveform"); /* its ground, its edge */
}

static void the_panel_is_drawn_so(void **state)
{
    (void)state;
    width = 480;
    height = 640;
    s.settings.theme = THEME_DARK;
    session_output_is(&s, "A headset with a very long name");
    s.panel = PANEL_SOUND;
    press(KEY_DOWN, 0, 0);
    draw();
    compare_with_file(last_of(draw(), DRAW_RING, 380), "sound-panel-dark");
}

/* ---- the columns ---- */

static void columns_are_as_tall_as_the_sound_is_loud(void **state)
{
    (void)state;
    look_through();
    draw();
    const struct column *columns = screen.columns.items;
    size_t count = screen.columns.count;
    int loud = columns[count / 6].loud, soft = columns[count * 5 / 12].loud;
    int silent = columns[count * 7 / 12].loud;
    assert_true(loud > soft && soft > silent);
    assert_int_equal(silent, 0);
    assert_true(columns[count / 6].speaker != VB_NONE);
    assert_true(columns[count - 1].beyond);
}

static void what_was_not_looked_through_is_a_row_of_dots(void **state)
{
    (void)state;
    draw();
    assert_true(screen.columns.items[0].loud < 0);
    assert_true(screen.bar.heard_until == VB_NO_TIME); /* nobody looks: no dots either */
    look_through();
    draw();
    for (size_t i = 0; i < screen.columns.count; i++)
        assert_true(screen.columns.items[i].loud >= 0);
}

static void nothing_wakes_up_once_all_was_looked_through(void **state)
{
    (void)state;
    look_through();
    draw();
    assert_true(screen_next_change(&screen) == VB_NO_TIME);
    assert_true(session_next_change(&s) == VB_NO_TIME);
}

/* ---- zoom ---- */

static void the_wheel_zooms_around_the_pointer(void **state)
{
    (void)state;
    int x = BAR_LEFT + BAR_WIDTH / 3;
    vb_time before = time_under(x);
    for (int i = 0; i < 5; i++) {
        wheel(x, BAR_MIDDLE, -1, 0);
        assert_true(llabs(time_under(x) - before) < VB_SECOND / 100);
    }
    assert_true(session_bar_part(&s).span < s.now.duration / 3);
    vb_time from = session_bar_part(&s).from;
    wheel(x, BAR_MIDDLE, 0, 2);
    assert_true(session_bar_part(&s).from > from);
    wheel(x, BAR_MIDDLE - 300, -3, 0); /* over the text: not the bar's */
    vb_time span = session_bar_part(&s).span;
    wheel(x, BAR_MIDDLE, 30, 0);
    assert_true(session_bar_part(&s).span >= span);
}

static void a_click_in_a_part_goes_to_its_time(void **state)
{
    (void)state;
    s.bar = (struct bar_part){10 * VB_SECOND, 10 * VB_SECOND};
    draw();
    click(BAR_LEFT + BAR_WIDTH / 2, BAR_MIDDLE);
    assert_true(llabs(s.now.position - 15 * VB_SECOND) < VB_SECOND / 50);
}

static void a_double_press_shows_all_and_takes_the_jump_back(void **state)
{
    (void)state;
    session_seek(&s, 12 * VB_SECOND);
    s.bar = (struct bar_part){10 * VB_SECOND, 10 * VB_SECOND};
    draw();
    click(BAR_LEFT + 300, BAR_MIDDLE);
    assert_true(s.now.position != 12 * VB_SECOND);
    s.clock += 200000;
    click(BAR_LEFT + 301, BAR_MIDDLE);
    assert_int_equal(session_bar_part(&s).span, s.now.duration);
    assert_int_equal(s.now.position, 12 * VB_SECOND);
    s.clock += 200000;
    click(BAR_LEFT + 600, BAR_MIDDLE); /* a press of its own */
    assert_true(llabs(s.now.position - 15625000) < VB_SECOND / 20);
}

static void the_rail_moves_the_part(void **state)
{
    (void)state;
    s.bar = (struct bar_part){0, 10 * VB_SECOND};
    draw();
    click(BAR_LEFT + BAR_WIDTH / 2, BAR_TOP - 18);
    assert_true(llabs(session_bar_part(&s).from - 10 * VB_SECOND) < VB_SECOND / 10);
    assert_int_equal(s.now.position, 0);
    session_bar_all(&s);
    click(BAR_LEFT + BAR_WIDTH / 2, BAR_TOP - 18); /* no part, no rail */
    assert_int_equal(session_bar_part(&s).span, s.now.duration);
}

/* ---- ticks and marks ---- */

static void a_ticks_tip_tells_its_title_and_a_click_goes_to_it(void **state)
{
    (void)state;
    int x = BAR_LEFT + BAR_WIDTH * 2 / 3;
    point(INPUT_MOVE, x + 3, BAR_TOP - 4);
    assert_true(says("00:20 · The end"));
    click(x + 3, BAR_TOP - 4);
    assert_int_equal(s.now.position, 20 * VB_SECOND);
    point(INPUT_MOVE, x + 40, BAR_MIDDLE);
    assert_true(says("00:21 · Anne Durand"));
}

/* ID3v2.4 with two chapters, before an MP3. */
static bool write_chapters(const char *path)
{
    static const unsigned char tag[] =
        "ID3\4\0\0\0\0\0\x72"
        "CHAP\0\0\0\x2f\0\0a\0\0\0\0\0\0\0\x27\x10\xff\xff\xff\xff\xff\xff\xff\xff"
        "TIT2\0\0\0\x13\0\0\3Un march\303\251 du clic"
        "CHAP\0\0\0\x2f\0\0b\0\0\0\x27\x10\0\0\x4e\x20\xff\xff\xff\xff\xff\xff\xff\xff"
        "TIT2\0\0\0\x13\0\0\3Les enqu\303\252tes, ici";
    struct sound sound = at_rate(tone(440, 44100 * 20), 44100);
    bool can = write_mp3(path, &sound, "--quiet -b 64 -m m");
    sound_free(&sound);
    if (!can)
        return false;
    size_t count;
    uint8_t *bytes = read_bytes(path, &count);
    struct buf whole = {0};
    buf_add(&whole, (vb_str){(const char *)tag, sizeof tag - 1});
    buf_add(&whole, (vb_str){(const char *)bytes, count});
    write_bytes(path, whole.data, whole.len);
    free(bytes);
    buf_free(&whole);
    return true;
}

static void chapters_of_the_file_have_flags_and_titles(void **state)
{
    (void)state;
    if (!write_chapters(temp_path("chapters.mp3")))
        skip();
    leave(NULL);
    begin(temp_path("chapters.mp3"), WIDTH, HEIGHT);
    look_through();
    size_t count;
    const struct vb_sound_chapter *chapters = session_chapters(&s, &count);
    assert_int_equal(count, 2);
    assert_int_equal(chapters[1].start, 10 * VB_SECOND);
    draw();
    int x = BAR_LEFT + (int)(10.0 * VB_SECOND * BAR_WIDTH / (double)s.now.duration);
    point(INPUT_MOVE, x + 2, BAR_TOP - 4);
    assert_true(says("00:10 · Les enquêtes, ici"));
}

static size_t marks_drawn(void)
{
    const struct draw_list *list = draw();
    size_t count = 0;
    for (size_t i = 0; i < list->items.count; i++) {
        struct rect at = list->items.items[i].at;
        count += at.y >= BAR_TOP + 44 + 2 && at.y < BAR_TOP + 44 + 12 && at.w < 12 && at.x > 0;
    }
    return count;
}

static void marks_are_drawn_below_one_for_each_few_pixels(void **state)
{
    (void)state;
    size_t none = marks_drawn();
    for (int i = 0; i < 1000; i++)
        vec_push(&s.marks, (struct sound_mark){5 * VB_SECOND + i, MARK_MATCH});
    vec_push(&s.marks, (struct sound_mark){5 * VB_SECOND, MARK_THIS_MATCH});
    vec_push(&s.marks, (struct sound_mark){25 * VB_SECOND, MARK_DOUBT});
    vec_push(&s.marks, (struct sound_mark){28 * VB_SECOND, MARK_BOOKMARK});
    assert_int_equal(marks_drawn() - none, 4);
    s.bar = (struct bar_part){0, 10 * VB_SECOND};
    assert_int_equal(marks_drawn() - none, 2); /* the others lie outside the part */
}

/* ---- by keys ---- */

static void the_sliders_take_the_arrows_while_they_have_the_focus(void **state)
{
    (void)state;
    bool bar = false, volume = false;
    for (size_t i = 0; i < screen.spots.count + 4 && !(bar && volume); i++) {
        press(KEY_TAB, 0, 0);
        vb_time position = s.now.position;
        int before = s.settings.volume;
        press(KEY_LEFT, 0, 0);
        if (s.settings.volume == before - 5)
            volume = true;
        press(KEY_RIGHT, 0, 0);
        bar = bar || (screen.focused_amount == 0 && s.now.position > position);
        session_seek(&s, 10 * VB_SECOND);
        session_pause(&s);
    }
    assert_true(volume);
    assert_true(bar);
}

static void every_control_of_the_player_is_reached_and_shown(void **state)
{
    (void)state;
    size_t wanted = 0, reached = 0;
    draw();
    for (size_t i = 0; i < screen.spots.count; i++)
        wanted += screen.spots.items[i].run && screen.spots.items[i].at.y > BAR_TOP - 10;
    for (size_t i = 0; i < screen.spots.count; i++) {
        press(KEY_TAB, 0, 0);
        const struct draw_list *list = draw();
        for (size_t k = 0; k < list->items.count; k++) {
            struct draw_item item = list->items.items[k];
            if (item.kind == DRAW_RING && item.rise == 2 && item.at.y > BAR_TOP - 10 &&
                item.color == screen.theme->tokens[ACCENT] && item.at.w > 20) {
                reached++;
                break;
            }
        }
    }
    assert_true(wanted >= 9);
    assert_int_equal(reached, wanted);
}

static void f6_walks_the_parts_of_the_window(void **state)
{
    (void)state;
    int last = -1, parts = 0;
    for (int i = 0; i < 4; i++) {
        press(KEY_F1 + 5, 0, 0);
        int here = -1;
        for (size_t k = 0; k < screen.spots.count; k++)
            if (screen.spots.items[k].run == screen.focused &&
                screen.spots.items[k].amount == screen.focused_amount)
                here = screen.spots.items[k].view;
        parts += here != last;
        last = here;
    }
    assert_true(parts >= 3);
    press(KEY_ESCAPE, 0, 0);
    assert_true(screen.focused == NULL);
}

/* ---- the panel ---- */

static void the_panel_is_walked_and_changed_by_arrows(void **state)
{
    (void)state;
    press(KEY_NONE, 's', 0);
    assert_int_equal(s.panel, PANEL_SOUND);
    press(KEY_DOWN, 0, 0);
    press(KEY_RIGHT, 0, 0);
    assert_int_equal(s.settings.speed, 110);
    press(KEY_DOWN, 0, 0);
    press(KEY_DOWN, 0, 0);
    press(KEY_RETURN, 0, 0);
    assert_true(s.settings.voice_up);
    for (int i = 0; i < 20; i++)
        press(KEY_DOWN, 0, 0);
    press(KEY_LEFT, 0, 0); /* the last row: the offset */
    assert_int_equal(s.offset, -VB_SECOND / 10);
    assert_true(says("−0.1 s"));
    press(KEY_ESCAPE, 0, 0);
    assert_int_equal(s.panel, PANEL_NONE);
}

static void in_a_low_window_the_row_of_the_keys_stays_in_sight(void **state)
{
    (void)state;
    width = 420;
    height = 330;
    press(KEY_NONE, 's', 0);
    for (int i = 0; i < 20; i++)
        press(KEY_DOWN, 0, 0);
    assert_true(says("Text comes later by"));
    for (int i = 0; i < 20; i++)
        press(KEY_UP, 0, 0);
    assert_true(says("Speed"));
}

static void an_offset_is_typed_stepped_and_taken_back(void **state)
{
    (void)state;
    vb_time before = vb_timeline_start(s.timeline, 20);
    press(KEY_NONE, 'o', KEY_CTRL | KEY_SHIFT);
    assert_int_equal(s.panel, PANEL_OFFSET);
    for (const char *c = "-1,5"; *c; c++)
        press(KEY_NONE, (uint32_t)*c, 0);
    assert_int_equal(s.offset, -3 * VB_SECOND / 2);
    press(KEY_BACKSPACE, 0, 0);
    assert_int_equal(s.offset, -VB_SECOND);
    press(KEY_RIGHT, 0, 0);
    assert_int_equal(s.offset, -9 * VB_SECOND / 10);
    press(KEY_RETURN, 0, 0);
    assert_int_equal(s.panel, PANEL_NONE);
    assert_true(vb_timeline_start(s.timeline, 20) < before);
    press(KEY_NONE, 'o', KEY_CTRL | KEY_SHIFT);
    press(KEY_PAGE_UP, 0, 0);
    assert_int_equal(s.offset, VB_SECOND / 10);
    press(KEY_ESCAPE, 0, 0);
    assert_int_equal(s.offset, -9 * VB_SECOND / 10);
}

static void any_key_taps_and_escape_ends_it(void **state)
{
    (void)state;
    session_calibrate(&s);
    assert_non_null(s.calibration);
    s.calibration->count = 3;
    for (uint32_t c = 'a'; c < 'e'; c++)
        assert_true(press(KEY_NONE, c, 0)); /* no action of that letter */
    assert_int_equal(s.mode, MODE_READING);
    s.calibration->count = TAPS_MOST;
    s.calibration->found = (struct tapped){.delay = 120, .spread = 7, .is_even = true};
    assert_true(press(KEY_NONE, 't', 0)); /* one tap too many is no order */
    assert_int_equal(s.settings.theme, settings_default().theme);
    press(KEY_RETURN, 0, 0);
    assert_null(s.calibration);
    assert_int_equal(outputs_delay(&s.outputs), 120);
    session_calibrate(&s);
    press(KEY_ESCAPE, 0, 0);
    assert_null(s.calibration);
    assert_int_equal(s.panel, PANEL_SOUND);
}

/* ---- what is said ---- */

static void no_message_runs_under_its_cross(void **state)
{
    (void)state;
    for (width = 300; width < 900; width += 60) {
        session_say(&s, MESSAGE_WARNING, "%s",
                    "a long sentence that has to be set in several lines in a window as narrow "
                    "as this one is, up to the very end of each");
        const struct draw_list *list = draw();
        int cross = 0, cross_y = 0;
        for (size_t i = 0; i < list->items.count; i++)
            if (list->items.items[i].kind == DRAW_ICON &&
                list->items.items[i].icon == ICON_CLOSE) {
                cross = list->items.items[i].at.x;
                cross_y = list->items.items[i].at.y;
            }
        assert_true(cross > 0);
        for (size_t i = 0; i < list->items.count; i++) {
            struct draw_item item = list->items.items[i];
            bool beside = item.kind == DRAW_TEXT && item.at.y < cross_y + 30 &&
                          item.at.y + item.at.h > cross_y && item.at.x < cross;
            assert_true(!beside || item.at.x + item.at.w <= cross);
        }
        session_dismiss(&s);
    }
}

static void a_sentence_begins_with_a_capital_and_a_file_with_its_name(void **state)
{
    (void)state;
    static const struct {
        const char *said, *shown;
    } rows[] = {
        {"état des lieux",       "État des lieux"      },
        {"à vérifier",          "À vérifier"         },
        {"the end",               "The end"              },
        {"talk.mp3: no sound",    "talk.mp3: no sound"   },
        {"my talk.mp3: no sound", "my talk.mp3: no sound"},
        {"a/b: no sound",         "a/b: no sound"        },
        {"line 12: odd",          "Line 12: odd"         },
        {"42 words",              "42 words"             },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        session_say(&s, MESSAGE_INFO, "%s", rows[i].said);
        if (!says(rows[i].shown))
            fail_msg("“%s” is not shown as “%s”", rows[i].said, rows[i].shown);
        session_dismiss(&s);
    }
}

static int own_cache(void **state)
{
    (void)state;
    return setenv("XDG_CACHE_HOME", temp_path("cache"), 1);
}

int main(void)
{
#define WIDE(test) cmocka_unit_test_setup_teardown(test, begin_wide, leave)
    const struct CMUnitTest tests[] = {
        WIDE(a_sound_looked_through_is_drawn_so),
        WIDE(the_panel_is_drawn_so),
        WIDE(columns_are_as_tall_as_the_sound_is_loud),
        WIDE(what_was_not_looked_through_is_a_row_of_dots),
        WIDE(nothing_wakes_up_once_all_was_looked_through),
        WIDE(the_wheel_zooms_around_the_pointer),
        WIDE(a_click_in_a_part_goes_to_its_time),
        WIDE(a_double_press_shows_all_and_takes_the_jump_back),
        WIDE(the_rail_moves_the_part),
        WIDE(a_ticks_tip_tells_its_title_and_a_click_goes_to_it),
        WIDE(chapters_of_the_file_have_flags_and_titles),
        WIDE(marks_are_drawn_below_one_for_each_few_pixels),
        WIDE(the_sliders_take_the_arrows_while_they_have_the_focus),
        WIDE(every_control_of_the_player_is_reached_and_shown),
        WIDE(f6_walks_the_parts_of_the_window),
        WIDE(the_panel_is_walked_and_changed_by_arrows),
        WIDE(in_a_low_window_the_row_of_the_keys_stays_in_sight),
        WIDE(an_offset_is_typed_stepped_and_taken_back),
        WIDE(any_key_taps_and_escape_ends_it),
        WIDE(no_message_runs_under_its_cross),
        WIDE(a_sentence_begins_with_a_capital_and_a_file_with_its_name),
    };
    return cmocka_run_group_tests(tests, own_cache, NULL);
}
