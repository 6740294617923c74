/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the window can look, and the pages around the text: settings, welcome, ticks, states,
 * faces, a copy to print. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/arrivals.h"
#include "app/reading_copy.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "sdl/font.h"
#include "support/support_sound.h"
#include "support/support_stage.h"
#include "view/screen.h"

enum { WIDTH = 1200, HEIGHT = 800 };

static struct stage *stage_of(const char *text)
{
    struct stage *stage = stage_new(WIDTH, HEIGHT);
    if (text)
        stage_text(stage, text, 60 * VB_SECOND);
    return stage;
}

static void press(struct stage *stage, enum key_name name)
{
    assert_true(press_name(stage, name, 0));
}

/* ---- settings ---- */

static void the_settings_change_by_keys_and_at_once(void **state)
{
    (void)state;
    struct stage *stage = stage_of("Anne: some words to read");
    struct settings *now = &stage->session.settings;
    stage->session.mode = MODE_SETTINGS;
    draw(stage);
    press(stage, KEY_RIGHT);
    assert_int_equal(now->theme, THEME_DARK);
    assert_string_equal(stage->screen.theme->name, "dark");
    press(stage, KEY_LEFT);
    press(stage, KEY_LEFT);
    assert_int_equal(now->theme, THEME_SYSTEM); /* round the end */
    press(stage, KEY_DOWN);
    press(stage, KEY_RIGHT);
    assert_int_equal(now->face, READING_INTER);
    press(stage, KEY_DOWN);
    press(stage, KEY_RIGHT);
    assert_int_equal(now->zoom, 110);
    press(stage, KEY_ESCAPE);
    assert_int_equal(stage->session.mode, MODE_READING);
    leave(stage);
}

static void the_settings_change_by_the_mouse(void **state)
{
    (void)state;
    struct stage *stage = stage_of("Anne: some words to read");
    stage->session.mode = MODE_SETTINGS;
    const struct draw_item *more = find_text(stage, "›"); /* of the first row */
    assert_non_null(more);
    click(stage, more->at.x + 2, more->at.y + 2);
    assert_int_equal(stage->session.settings.theme, THEME_DARK);
    const struct draw_item *off = find_text(stage, "off");
    assert_non_null(off);
    click(stage, off->at.x + off->at.w + 30, off->at.y + off->at.h / 2);
    assert_true(stage->session.settings.calm);
    leave(stage);
}

/* Of each setting its help stands in the panel once, wherever it is scrolled to. */
static void every_setting_has_its_row(void **state)
{
    (void)state;
    struct stage *stage = stage_of(NULL);
    stage->session.mode = MODE_SETTINGS;
    for (size_t i = 0; i < settings_count(); i++) {
        vb_str name = str_of(settings_name(i)), help = str_cut(str_of(settings_help(i)), 1, 14);
        bool wanted = !str_starts(name, "window-"), found = false;
        for (int row = 0; row < (int)settings_count() && !found; row++) {
            stage->screen.settings_row = row;
            stage->screen.settings_moved = true;
            draw(stage);
            const struct draw_list *list = draw(stage);
            for (size_t k = 0; k < list->items.count; k++)
                found = found || str_is(str_cut(list->items.items[k].text, 1, 14), help);
        }
        if (found != wanted)
            fail_msg("%s is %s", settings_name(i), found ? "there" : "missing");
    }
    leave(stage);
}

static void a_step_never_leaves_what_is_allowed(void **state)
{
    (void)state;
    for (size_t i = 0; i < settings_count(); i++)
        for (int by = -1; by <= 1; by += 2) {
            struct settings settings = settings_default();
            for (int times = 0; times < 2000; times++)
                settings_step(&settings, i, by);
            struct buf value = {0};
            settings_show(&settings, i, &value);
            struct settings again = settings_default();
            assert_true(settings_set(&again, str_of(settings_name(i)), buf_str(&value)));
            buf_free(&value);
        }
}

/* ---- ticks and states ---- */

static size_t count_color(struct stage *stage, enum token t)
{
    const struct draw_list *list = draw(stage);
    size_t count = 0;
    for (size_t i = 0; i < list->items.count; i++)
        count += list->items.items[i].kind == DRAW_RECT && list->items.items[i].at.x > 1100 &&
                 list->items.items[i].color == stage->screen.theme->tokens[t];
    return count;
}

static void ticks_stand_where_their_words_do_and_thousands_are_few(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_puts(&text, "Anne:");
    for (int i = 0; i < 5000; i++)
        buf_puts(&text, " word");
    struct stage *stage = stage_of(text.data);
    struct track *track = &stage->screen.track;
    draw(stage);
    track_add(track, TICK_MATCH, 100, 100);
    track_add(track, TICK_MATCH, 4900, 4900);
    assert_int_equal(count_color(stage, MATCH_LINE), 2);
    for (uint32_t word = 0; word < 5000; word++)
        track_add(track, TICK_DOUBT, word, word);
    assert_in_range(count_color(stage, WARN), 20, 700);
    track_clear(track, TICK_MATCH);
    assert_int_equal(count_color(stage, MATCH_LINE), 0);
    track_add(track, TICK_BOOKMARK, 90000, 90000); /* of another text */
    assert_int_equal(count_color(stage, ACCENT), 0);
    leave(stage);
    buf_free(&text);
}

static enum turn_state state_by_number(const struct screen *on, uint32_t turn)
{
    (void)on;
    return (enum turn_state)turn;
}

static void states_are_told_by_sign_and_word(void **state)
{
    (void)state;
    struct stage *stage = stage_of("A: one\nB: two\nA: three\nB: four");
    stage->screen.turn_state = state_by_number;
    assert_non_null(find_text(stage, "To check"));
    assert_non_null(find_text(stage, "Checked"));
    const struct draw_item *edited = find_text(stage, "Edited");
    assert_non_null(edited);
    assert_true(edited->at.x + edited->at.w < WIDTH - 14); /* clear of the track */
    leave(stage);
}

/* ---- without files ---- */

static size_t one_recent(void *ctx, struct recent *into, size_t room)
{
    assert_true(room > 0);
    into[0] = (struct recent){.title = "A talk of last week", .place = "16:20"};
    snprintf(into[0].path, sizeof into[0].path, "%s", (const char *)ctx);
    return 1;
}

static const char page[] = "Titre : Une page\n\nIntervenants : Anne Durand\n\nTranscription\n\n"
                           "Anne Durand : Bonjour & <bienvenue> à tous.\n";

static void what_was_open_lately_opens_again(void **state)
{
    (void)state;
    char *path = strdup(temp_path("lately.txt"));
    write_bytes(path, page, strlen(page));
    struct stage *stage = stage_of(NULL);
    stage->session.recents = (struct recents){one_recent, path};
    const struct draw_item *row = find_text(stage, "A talk of last week");
    assert_non_null(row);
    assert_non_null(find_text(stage, "16:20"));
    click(stage, row->at.x + 3, row->at.y + 3);
    assert_non_null(stage->session.transcript);
    leave(stage);
    free(path);
}

static void the_sample_opens_where_it_is_found(void **state)
{
    (void)state;
    struct stage *stage = stage_of(NULL);
    assert_null(find_text(stage, "Try the sample"));
    stage->session.data = "assets";
    const struct draw_item *button = find_text(stage, "Try the sample");
    assert_non_null(button);
    click(stage, button->at.x + 3, button->at.y + 3);
    assert_non_null(stage->session.transcript);
    assert_non_null(stage->session.player);
    leave(stage);
}

static bool give_text(void *ctx, struct buf *into)
{
    buf_puts(into, ctx);
    return true;
}

static void a_pasted_page_opens_and_a_pasted_word_does_not(void **state)
{
    (void)state;
    char *folder = strdup(temp_path("cache"));
    mkdir(folder, 0700);
    setenv("XDG_CACHE_HOME", folder, 1);
    struct stage *stage = stage_of(NULL);
    stage->session.clipboard.get = give_text;
    stage->session.clipboard.ctx = (void *)"a word";
    arrivals_paste(&stage->session);
    assert_null(stage->session.transcript);
    assert_int_equal(stage->session.said, 1);
    stage->session.clipboard.ctx = (void *)page;
    arrivals_paste(&stage->session);
    assert_non_null(stage->session.transcript);
    assert_int_equal(vb_turn_count(stage->session.transcript), 1);
    leave(stage);
    free(folder);
}

/* ---- a copy ---- */

static void a_copy_holds_names_times_and_text_and_replaces_nothing(void **state)
{
    (void)state;
    const char *path = temp_path("copied.txt"), *names[] = {"reading", "reading-2"};
    write_bytes(path, page, strlen(page));
    struct stage *stage = stage_of(NULL);
    assert_true(session_open(&stage->session, path, NULL));
    for (size_t i = 0; i < COUNT(names); i++) {
        struct buf copy = {0}, text = {0};
        reading_copy_save(&stage->session);
        buf_printf(&copy, "%.*s.%s.html", (int)strlen(path) - 4, path, names[i]);
        assert_true(file_read(copy.data, 1 << 20, &text, NULL));
        assert_non_null(strstr(text.data, "Bonjour &amp; &lt;bienvenue&gt; à tous."));
        assert_non_null(strstr(text.data, "Anne Durand <time>≈ 00:00</time>"));
        assert_non_null(strstr(text.data, "<h1 dir=\"auto\">Une page</h1>"));
        remove(copy.data);
        if (i == 0)
            write_bytes(copy.data, "mine", 4);
        buf_free(&copy);
        buf_free(&text);
    }
    leave(stage);
}

/* ---- letters ---- */

static struct fonts *fonts(void)
{
    struct vb_error error = {0};
    struct fonts *f = fonts_open("assets/fonts", &error);
    if (!f)
        fail_msg("%s", error.text);
    return f;
}

static uint32_t width(struct fonts *f, enum face face, const char *text)
{
    const struct measure *m = fonts_measure(f);
    return m->width(m->ctx, face, str_of(text));
}

static void other_faces_have_other_widths_and_come_back(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    const struct measure *m = fonts_measure(f);
    uint32_t charis = width(f, FACE_TEXT, "travailleurs"),
             ui = width(f, FACE_UI, "travailleurs");
    m->use_face(m->ctx, READING_ANDIKA);
    assert_true(width(f, FACE_TEXT, "travailleurs") != charis);
    m->use_face(m->ctx, READING_INTER);
    assert_int_equal(width(f, FACE_TEXT, "travailleurs"), ui);
    m->use_face(m->ctx, READING_CHARIS);
    assert_int_equal(width(f, FACE_TEXT, "travailleurs"), charis);
    assert_int_equal(width(f, FACE_UI, "travailleurs"), ui);
    fonts_close(f);
}

static void the_space_before_high_signs_is_narrow(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    static const char signs[] = ";?!";
    for (size_t i = 0; i < 3; i++) {
        char plain[] = "mot ?", narrow[] = "mot\u202F?";
        plain[4] = narrow[6] = signs[i];
        assert_int_equal(width(f, FACE_TEXT, plain), width(f, FACE_TEXT, narrow));
    }
    assert_true(width(f, FACE_TEXT, "mot ?") < width(f, FACE_TEXT, "mot") +
                                                   width(f, FACE_TEXT, " ") +
                                                   width(f, FACE_TEXT, "?"));
    fonts_close(f);
}

static void arabic_and_the_like_are_measured_as_they_are_drawn(void **state)
{
    (void)state;
    struct fonts *f = fonts();
    static const char *const texts[] = {"a (b) c", "שלום", "مرحبا", "日本"};
    for (size_t i = 0; i < COUNT(texts); i++)
        for (int d = DIRECTION_AUTO; d <= DIRECTION_RIGHT_TO_LEFT; d++) {
            int wide = measure_px(width(f, FACE_TEXT, texts[i]), 40);
            const struct picture *p =
                fonts_picture(f, FACE_TEXT, 40, (enum direction)d, str_of(texts[i]));
            assert_in_range(p->left + 20, 10, 30);
            assert_in_range(p->left + p->width, 1, wide + 10);
        }
    fonts_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_settings_change_by_keys_and_at_once),
        cmocka_unit_test(the_settings_change_by_the_mouse),
        cmocka_unit_test(every_setting_has_its_row),
        cmocka_unit_test(a_step_never_leaves_what_is_allowed),
        cmocka_unit_test(ticks_stand_where_their_words_do_and_thousands_are_few),
        cmocka_unit_test(states_are_told_by_sign_and_word),
        cmocka_unit_test(what_was_open_lately_opens_again),
        cmocka_unit_test(the_sample_opens_where_it_is_found),
        cmocka_unit_test(a_pasted_page_opens_and_a_pasted_word_does_not),
        cmocka_unit_test(a_copy_holds_names_times_and_text_and_replaces_nothing),
        cmocka_unit_test(other_faces_have_other_widths_and_come_back),
        cmocka_unit_test(the_space_before_high_signs_is_narrow),
        cmocka_unit_test(arabic_and_the_like_are_measured_as_they_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
