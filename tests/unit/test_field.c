/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line to type into: letters, accents, input methods, the clipboard and the hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "app/keys.h"
#include "base/str.h"
#include "support/support_view.h"

/* ---- a clipboard in memory ---- */

static struct buf board;

static bool put(void *ctx, enum clipboard_kind kind, const char *text)
{
    (void)ctx, (void)kind;
    buf_clear(&board);
    buf_puts(&board, text);
    return true;
}

static bool get(void *ctx, struct buf *into)
{
    (void)ctx;
    buf_add(into, buf_str(&board));
    return board.len > 0;
}

static const struct clipboard in_memory = {put, get, NULL};

/* ---- typing ---- */

static void type(struct field *f, const char *text)
{
    field_type(f, str_of(text));
}

/* True: it changed the text. */
static bool press(struct field *f, enum key_name name, unsigned modifiers)
{
    bool taken;
    struct key_press key = {.name = name, .modifiers = modifiers};
    return field_key(f, &key, &in_memory, &taken);
}

static bool press_letter(struct field *f, char letter, unsigned modifiers)
{
    bool taken;
    struct key_press key = {.character = (uint32_t)letter, .modifiers = modifiers};
    return field_key(f, &key, &in_memory, &taken);
}

#define assert_text(f, wanted)                                                                 \
    do {                                                                                       \
        vb_str found_ = field_text(f);                                                         \
        if (!str_eq(found_, wanted))                                                           \
            fail_msg("“%.*s” is not “%s”", (int)found_.len, found_.data ? found_.data : "",    \
                     wanted);                                                                  \
    } while (0)

static void what_is_typed_stands_at_the_caret(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "ab");
    press(&f, KEY_LEFT, 0);
    type(&f, "œ·é");
    assert_text(&f, "aœ·éb");
    press(&f, KEY_HOME, 0);
    type(&f, "«");
    press(&f, KEY_END, 0);
    type(&f, "»");
    assert_text(&f, "«aœ·éb»");
    field_free(&f);
}

static void the_caret_steps_over_a_letter_and_its_accent_at_once(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "e\xCC\x81x"); /* e, combining acute, x */
    press(&f, KEY_LEFT, 0);
    assert_int_equal(f.caret, 3);
    press(&f, KEY_LEFT, 0);
    assert_int_equal(f.caret, 0);
    press(&f, KEY_RIGHT, 0);
    assert_true(press(&f, KEY_BACKSPACE, 0));
    assert_text(&f, "x");
    field_free(&f);
}

static void ctrl_and_an_arrow_step_over_a_word(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "l’école à venir");
    press(&f, KEY_LEFT, KEY_CTRL);
    assert_true(str_is(str_from(field_text(&f), f.caret), VB_STR("venir")));
    press(&f, KEY_BACKSPACE, KEY_CTRL);
    assert_text(&f, "l’école venir");
    press(&f, KEY_HOME, 0);
    press(&f, KEY_DELETE, KEY_CTRL);
    assert_text(&f, "’école venir");
    field_free(&f);
}

static void shift_selects_and_typing_replaces_the_selection(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "travail");
    press(&f, KEY_LEFT, KEY_SHIFT);
    press(&f, KEY_LEFT, KEY_SHIFT);
    assert_true(str_is(field_selected(&f), VB_STR("il")));
    type(&f, "ux");
    assert_text(&f, "travaux");
    press_letter(&f, 'a', KEY_CTRL);
    assert_true(str_is(field_selected(&f), VB_STR("travaux")));
    type(&f, "x");
    assert_text(&f, "x");
    field_free(&f);
}

static void an_arrow_leaves_the_selection_by_its_own_side(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "abc");
    field_select_all(&f);
    press(&f, KEY_LEFT, 0);
    assert_int_equal(f.caret, 0);
    field_select_all(&f);
    press(&f, KEY_RIGHT, 0);
    assert_int_equal(f.caret, 3);
    field_free(&f);
}

static void what_is_set_is_selected_so_that_typing_begins_anew(void **state)
{
    (void)state;
    struct field f = {0};
    field_set(&f, VB_STR("16:20"));
    type(&f, "3");
    assert_text(&f, "3");
    field_free(&f);
}

static void cut_copy_and_paste_use_the_clipboard(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "un deux");
    press(&f, KEY_LEFT, KEY_CTRL | KEY_SHIFT);
    assert_false(press_letter(&f, 'c', KEY_CTRL));
    assert_string_equal(board.data, "deux");
    assert_true(press_letter(&f, 'x', KEY_CTRL));
    assert_text(&f, "un ");
    assert_true(press_letter(&f, 'v', KEY_CTRL));
    assert_true(press_letter(&f, 'v', KEY_CTRL));
    assert_text(&f, "un deuxdeux");
    field_free(&f);
}

static void ctrl_c_without_a_selection_is_not_the_fields(void **state)
{
    (void)state;
    struct field f = {0};
    bool taken = true;
    type(&f, "abc");
    struct key_press key = {.character = 'c', .modifiers = KEY_CTRL};
    assert_false(field_key(&f, &key, &in_memory, &taken));
    assert_false(taken);
    field_free(&f);
}

static void lines_become_one_and_what_is_no_text_is_left_out(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "un\ndeux\x01\x7F\xFF trois");
    assert_text(&f, "un deux trois");
    field_free(&f);
}

static void a_hundred_megabytes_from_the_clipboard_are_cut_to_what_a_field_holds(void **state)
{
    (void)state;
    struct field f = {0};
    const size_t size = 100 << 20;
    char *huge = malloc(size + 1);
    memset(huge, 'a', size);
    memcpy(huge + FIELD_MAX - 1, "é", 2); /* must not be cut in two */
    huge[size] = '\0';
    buf_free(&board);
    board = (struct buf){huge, size, size + 1};
    assert_true(press_letter(&f, 'v', KEY_CTRL));
    assert_int_equal(field_text(&f).len, FIELD_MAX - 1);
    type(&f, "éé");
    assert_int_equal(field_text(&f).len, FIELD_MAX - 1);
    buf_free(&board);
    field_free(&f);
}

static void what_is_composed_is_no_text_until_it_is_typed(void **state)
{
    (void)state;
    struct field f = {0};
    type(&f, "日");
    field_compose(&f, VB_STR("ほん"), 1);
    assert_text(&f, "日");
    assert_int_equal(f.composed_caret, strlen("ほ"));
    type(&f, "本");
    assert_text(&f, "日本");
    assert_int_equal(f.composed.len, 0);
    field_compose(&f, VB_STR("x"), 1);
    field_compose(&f, VB_STR(""), 0);
    assert_text(&f, "日本");
    field_free(&f);
}

/* ---- in the window ---- */

static struct field shown; /* by the view below */
static size_t changes;

static void count_change(struct screen *on)
{
    (void)on;
    changes++;
}

static void point(struct screen *on, enum input_kind kind, int x, int clicks)
{
    struct input in = {.kind = kind, .x = x, .y = 20, .clicks = clicks};
    screen_input(on, &in);
}

/* Ten pixels from the left edge, letters of ten pixels (half of an em of 20). */
static void show_field(struct screen *on)
{
    screen_draw(on, 800, 600);
    field_draw(on, &shown, (struct rect){10, 10, 300, 30},
               (struct field_look){.size = 20, .hint = VB_STR("Search")});
}

static void begin(struct screen *on, struct session *s)
{
    session_init(s, NULL, NULL, NULL);
    screen_init(on, s, &fixed_measure, 1);
    shown = (struct field){.changed = count_change};
    changes = 0;
    show_field(on);
}

static void end(struct screen *on, struct session *s)
{
    field_free(&shown);
    screen_free(on);
    session_free(s);
}

static void a_press_puts_the_caret_between_the_nearest_letters(void **state)
{
    (void)state;
    struct session s;
    struct screen on;
    begin(&on, &s);
    type(&shown, "abcdef");
    show_field(&on);
    point(&on, INPUT_PRESS, 10 + 32, 1);
    assert_ptr_equal(on.typing, &shown);
    assert_int_equal(shown.caret, 3);
    point(&on, INPUT_MOVE, 10 + 51, 0);
    point(&on, INPUT_RELEASE, 10 + 51, 1);
    assert_true(str_is(field_selected(&shown), VB_STR("de")));
    end(&on, &s);
}

static void two_clicks_select_the_word_and_three_everything(void **state)
{
    (void)state;
    struct session s;
    struct screen on;
    begin(&on, &s);
    type(&shown, "un deux");
    show_field(&on);
    point(&on, INPUT_PRESS, 10 + 45, 2);
    point(&on, INPUT_RELEASE, 10 + 45, 2);
    assert_true(str_is(field_selected(&shown), VB_STR("deux")));
    point(&on, INPUT_PRESS, 10 + 45, 3);
    point(&on, INPUT_RELEASE, 10 + 45, 3);
    assert_true(str_is(field_selected(&shown), VB_STR("un deux")));
    end(&on, &s);
}

static void letters_are_text_while_a_field_has_the_focus_and_keys_otherwise(void **state)
{
    (void)state;
    struct session s;
    struct screen on;
    begin(&on, &s);
    struct key_press t = {.character = 't', .position = 't'};
    struct input typed = {.kind = INPUT_TEXT, .text = VB_STR("t")};
    int theme = s.settings.theme;
    field_focus(&on, &shown);
    assert_true(screen_key(&on, &t));
    screen_input(&on, &typed);
    assert_int_equal(s.settings.theme, theme);
    assert_text(&shown, "t");
    assert_int_equal(changes, 1);
    struct key_press escape = {.name = KEY_ESCAPE};
    screen_key(&on, &escape);
    assert_null(on.typing);
    screen_key(&on, &t);
    assert_int_not_equal(s.settings.theme, theme);
    end(&on, &s);
}

static void shortcuts_with_ctrl_work_while_typing(void **state)
{
    (void)state;
    struct session s;
    struct screen on;
    begin(&on, &s);
    field_focus(&on, &shown);
    struct key_press zoom = {.character = '+', .modifiers = KEY_CTRL};
    screen_key(&on, &zoom);
    assert_int_equal(s.settings.zoom, 110);
    struct key_press up = {.name = KEY_UP};
    assert_true(screen_key(&on, &up)); /* not the turn before */
    end(&on, &s);
}

static void the_end_of_a_long_text_is_in_sight_while_it_is_typed(void **state)
{
    (void)state;
    struct session s;
    struct screen on;
    begin(&on, &s);
    field_focus(&on, &shown);
    for (int i = 0; i < 100; i++)
        type(&shown, "a");
    show_field(&on);
    struct rect caret = field_caret_rect(&on, &shown);
    assert_in_range(caret.x, 10, 310);
    press(&shown, KEY_HOME, 0);
    show_field(&on);
    caret = field_caret_rect(&on, &shown);
    assert_int_equal(caret.x, 10);
    end(&on, &s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_typed_stands_at_the_caret),
        cmocka_unit_test(the_caret_steps_over_a_letter_and_its_accent_at_once),
        cmocka_unit_test(ctrl_and_an_arrow_step_over_a_word),
        cmocka_unit_test(shift_selects_and_typing_replaces_the_selection),
        cmocka_unit_test(an_arrow_leaves_the_selection_by_its_own_side),
        cmocka_unit_test(what_is_set_is_selected_so_that_typing_begins_anew),
        cmocka_unit_test(cut_copy_and_paste_use_the_clipboard),
        cmocka_unit_test(ctrl_c_without_a_selection_is_not_the_fields),
        cmocka_unit_test(lines_become_one_and_what_is_no_text_is_left_out),
        cmocka_unit_test(a_hundred_megabytes_from_the_clipboard_are_cut_to_what_a_field_holds),
        cmocka_unit_test(what_is_composed_is_no_text_until_it_is_typed),
        cmocka_unit_test(a_press_puts_the_caret_between_the_nearest_letters),
        cmocka_unit_test(two_clicks_select_the_word_and_three_everything),
        cmocka_unit_test(letters_are_text_while_a_field_has_the_focus_and_keys_otherwise),
        cmocka_unit_test(shortcuts_with_ctrl_work_while_typing),
        cmocka_unit_test(the_end_of_a_long_text_is_in_sight_while_it_is_typed),
    };
    int failed = cmocka_run_group_tests_name("field", tests, NULL, NULL);
    buf_free(&board);
    return failed;
}
