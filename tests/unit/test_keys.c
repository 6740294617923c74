/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys on every keyboard, and the table of what they do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "app/keymap.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"

/* A key that produces `character`, at the place where a US keyboard has `position`. */
static struct key_press typed(uint32_t character, uint32_t position, unsigned modifiers)
{
    return (struct key_press){KEY_NONE, character, position, modifiers};
}

static struct key_press named(enum key_name name, unsigned modifiers)
{
    return (struct key_press){name, 0, 0, modifiers};
}

static const char *action_of(struct key_press press)
{
    const struct action *action = action_for_key(&press);
    return action ? action->name : "nothing";
}

static void a_key_is_known_by_the_character_it_produces(void **state)
{
    (void)state;
    assert_string_equal(action_of(typed(' ', ' ', 0)), "play-pause");
    assert_string_equal(action_of(typed(' ', ' ', KEY_CTRL)), "play-pause");
    assert_string_equal(action_of(typed('f', 'f', 0)), "follow");
    assert_string_equal(action_of(typed('q', 'q', KEY_CTRL)), "quit");
    assert_string_equal(action_of(typed('z', 'z', 0)), "nothing");
    assert_string_equal(action_of(typed(0, 0, 0)), "nothing");
}

static void named_keys_ask_for_their_modifiers(void **state)
{
    (void)state;
    assert_string_equal(action_of(named(KEY_LEFT, 0)), "back");
    assert_string_equal(action_of(named(KEY_LEFT, KEY_CTRL)), "back-little");
    assert_string_equal(action_of(named(KEY_LEFT, KEY_ALT)), "back-far");
    assert_string_equal(action_of(named(KEY_LEFT, KEY_CTRL | KEY_ALT)), "nothing");
    assert_string_equal(action_of(named(KEY_BACKSPACE, 0)), "undo-jump");
    assert_string_equal(action_of(named(KEY_BACKSPACE, KEY_SHIFT)), "redo-jump");
    assert_string_equal(action_of(named(KEY_MEDIA_PLAY, 0)), "play-pause");
    assert_string_equal(action_of(named(KEY_F1, 0)), "help");
}

static void a_letter_with_a_modifier_is_another_key(void **state)
{
    (void)state;
    assert_string_equal(action_of(typed('f', 'f', KEY_SHIFT)), "nothing");
    assert_string_equal(action_of(typed('q', 'q', 0)), "nothing");
    assert_string_equal(action_of(typed('q', 'q', KEY_CTRL | KEY_SHIFT)), "nothing");
}

static void a_symbol_is_known_however_it_is_typed(void **state)
{
    (void)state;
    assert_string_equal(action_of(typed('?', '/', KEY_SHIFT)), "help"); /* US */
    assert_string_equal(action_of(typed('?', 'm', KEY_SHIFT)), "help"); /* AZERTY */
    assert_string_equal(action_of(typed('?', 0, 0)), "help"); /* a keyboard of signs */
    assert_string_equal(action_of(typed('+', '=', KEY_CTRL | KEY_SHIFT)), "zoom-in");
    assert_string_equal(action_of(typed('+', 0, KEY_CTRL)), "zoom-in"); /* the number pad */
    assert_string_equal(action_of(typed('=', '=', KEY_CTRL)), "zoom-in");
    assert_string_equal(action_of(typed('+', '=', KEY_SHIFT)), "nothing");
}

static void on_azerty_a_key_without_a_letter_is_known_by_its_place(void **state)
{
    (void)state;
    assert_string_equal(action_of(typed(0xE0, '0', KEY_CTRL)), "zoom-reset"); /* Ctrl+à */
    assert_string_equal(action_of(typed('0', '0', KEY_CTRL | KEY_SHIFT)), "zoom-reset");
    assert_string_equal(action_of(typed(')', '-', KEY_CTRL)), "zoom-out");
    assert_string_equal(action_of(typed('-', '6', KEY_CTRL)), "zoom-out");
    assert_string_equal(action_of(typed(0xE0, '0', 0)), "nothing");
}

/* A habit of every user, Ctrl+A, sits where Ctrl+Q does on a US keyboard. */
static void on_azerty_a_letter_is_never_known_by_its_place(void **state)
{
    (void)state;
    assert_string_equal(action_of(typed('a', 'q', KEY_CTRL)), "select-all");
    assert_string_equal(action_of(typed('q', 'a', KEY_CTRL)), "quit");
    for (uint32_t place = 'a'; place <= 'z'; place++)
        assert_string_equal(action_of(typed('a', place, KEY_CTRL)), "select-all");
}

static void on_other_scripts_letters_are_known_by_their_place(void **state)
{
    (void)state;
    assert_string_equal(action_of(typed(0x439, 'q', KEY_CTRL)), "quit"); /* й */
    assert_string_equal(action_of(typed(0x430, 'f', 0)), "follow");      /* а */
    assert_string_equal(action_of(typed(0x5D8, 'y', 0)), "nothing");
}

/* "-" by place and "=" by character are asked for at once: the character is meant. */
static void a_character_goes_before_a_place(void **state)
{
    (void)state;
    assert_int_equal(keys_fit("Ctrl+-", &(struct key_press){KEY_NONE, '=', '-', KEY_CTRL}),
                     KEY_FITS_PLACE);
    assert_int_equal(keys_fit("Ctrl+=", &(struct key_press){KEY_NONE, '=', '-', KEY_CTRL}),
                     KEY_FITS_CHARACTER);
    assert_string_equal(action_of(typed('=', '-', KEY_CTRL)), "zoom-in");
    assert_string_equal(action_of(typed('-', '=', KEY_CTRL)), "zoom-out");
    assert_string_equal(action_of(typed('-', '0', KEY_CTRL)), "zoom-out");
}

static void any_key_of_a_list_fits(void **state)
{
    (void)state;
    static const char list[] = "Space, Ctrl++, F12, Shift+Tab, Alt+Return";
    const struct key_press fits[] = {typed(' ', ' ', 0), typed('+', 0, KEY_CTRL),
                                     named(KEY_F12, 0), named(KEY_TAB, KEY_SHIFT),
                                     named(KEY_RETURN, KEY_ALT)};
    for (size_t i = 0; i < COUNT(fits); i++)
        assert_int_equal(keys_fit(list, &fits[i]), KEY_FITS_CHARACTER);
    assert_int_equal(keys_fit(list, &(struct key_press){KEY_TAB, 0, 0, 0}), KEY_NO_FIT);
    assert_int_equal(keys_fit("", &fits[0]), KEY_NO_FIT);
    assert_int_equal(keys_fit("F13", &(struct key_press){KEY_MEDIA_PLAY, 0, 0, 0}), KEY_NO_FIT);
}

static void keys_are_shown_as_their_reader_knows_them(void **state)
{
    (void)state;
    static const struct {
        const char *list, *shown;
    } lists[] = {
        {"Space, Ctrl+Space",        "Space, Ctrl+Space"         },
        {"Left, Shift+Backspace",    "←, Shift+Backspace"      },
        {"Ctrl++, Ctrl+=",           "Ctrl++, Ctrl+="            },
        {"PageUp, F1, ?, MediaNext", "Page Up, F1, ?, Media Next"},
        {"",                         ""                          },
    };
    for (size_t i = 0; i < COUNT(lists); i++) {
        struct buf shown = {0};
        keys_show(lists[i].list, &shown);
        assert_string_equal(buf_str(&shown).data, lists[i].shown);
        buf_free(&shown);
    }
}

/* ---- the table ---- */

static void every_action_has_a_name_a_help_and_a_group_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < action_count(); i++) {
        const struct action *action = action_at(i);
        assert_ptr_equal(action_named(str_of(action->name)), action); /* no name twice */
        assert_true(strlen(action->help) > 0);
        assert_true(!action->act != !action->run);
        assert_true(action->group < GROUP_COUNT);
        assert_true(str_find_char(str_of(action->name), ' ') == STR_NOT_FOUND);
    }
    for (int group = 0; group < GROUP_COUNT; group++)
        assert_true(strlen(action_group_title((enum action_group)group)) > 0);
    assert_null(action_named(VB_STR("no-such")));
    assert_null(action_named(VB_STR("")));
}

static void no_key_is_bound_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < action_count(); i++) {
        vb_str rest = str_of(action_at(i)->keys);
        while (rest.len) {
            size_t comma = str_find(rest, VB_STR(", "));
            vb_str key = str_cut(rest, 0, comma);
            rest = str_from(rest, comma == STR_NOT_FOUND ? rest.len : comma + 2);
            for (size_t k = i; k < action_count(); k++) {
                vb_str others = k == i ? rest : str_of(action_at(k)->keys);
                while (others.len) {
                    size_t end = str_find(others, VB_STR(", "));
                    if (str_is(key, str_cut(others, 0, end)))
                        fail_msg("%.*s: %s and %s", (int)key.len, key.data, action_at(i)->name,
                                 action_at(k)->name);
                    others = str_from(others, end == STR_NOT_FOUND ? others.len : end + 2);
                }
            }
        }
    }
    assert_true(action_count() > 20);
}

static void the_plan_of_keys_is_bound(void **state)
{
    (void)state;
    static const struct {
        const char *name, *keys;
    } plan[] = {
        {"play-pause",    "Space"       },
        {"play-pause",    "Ctrl+Space"  },
        {"back",          "Left"        },
        {"forward-far",   "Alt+Right"   },
        {"previous-turn", "K"           },
        {"next-turn",     "J"           },
        {"follow",        "F"           },
        {"undo-jump",     "Backspace"   },
        {"theme",         "T"           },
        {"help",          "F1"          },
        {"close",         "Escape"      },
        {"quit",          "Ctrl+Q"      },
        {"play-pause",    "F4"          },
        {"find",          "Ctrl+F"      },
        {"find-next",     "F3"          },
        {"go-to-time",    "Ctrl+G"      },
        {"copy",          "Ctrl+C"      },
        {"copy-quote",    "Ctrl+Shift+C"},
        {"copy-time",     "Ctrl+T"      },
        {"bookmark",      "Ctrl+B"      },
        {"palette",       "Ctrl+K"      },
        {"select-all",    "Ctrl+A"      },
        {"full-screen",   "F11"         },
        {"open",          "Ctrl+O"      },
        {"save",          "Ctrl+S"      },
        {"undo",          "Ctrl+Z"      },
        {"redo",          "Ctrl+Shift+Z"},
    };
    for (size_t i = 0; i < COUNT(plan); i++) {
        const struct action *action = action_named(str_of(plan[i].name));
        assert_non_null(action);
        assert_non_null(strstr(action->keys, plan[i].keys));
    }
}

/* ---- the user's own ---- */

static const char *load(const char *lines)
{
    static struct buf trouble;
    const char *path = temp_path("keys");
    buf_clear(&trouble);
    buf_puts(&trouble, "");
    write_bytes(path, lines, strlen(lines));
    keymap_load(path, &trouble);
    return trouble.len ? trouble.data : "";
}

static const char *keys_of(const char *name)
{
    return keymap_keys(action_named(str_of(name)));
}

static void every_action_can_have_other_keys(void **state)
{
    (void)state;
    struct buf lines = {0};
    for (size_t i = 0; i < action_count(); i++)
        buf_printf(&lines, "%s = Ctrl+Alt+%c\n", action_at(i)->name, (char)('!' + i % 10));
    load(lines.data);
    buf_free(&lines);
    assert_string_equal(load("play-pause = F9, Ctrl+P\n"), "");
    assert_string_equal(keys_of("play-pause"), "F9, Ctrl+P");
    assert_string_equal(action_of(typed('p', 'p', KEY_CTRL)), "play-pause");
    assert_string_equal(action_of(typed(' ', ' ', 0)), "nothing");
    keymap_reset();
    assert_string_equal(action_of(typed(' ', ' ', 0)), "play-pause");
}

static void a_key_given_to_one_action_is_no_longer_anothers(void **state)
{
    (void)state;
    assert_string_equal(load("# mine\n\nhelp = Ctrl+f, à\nfind = Shift+Ctrl+X"), "");
    assert_string_equal(action_of(typed('f', 'f', KEY_CTRL)), "help");
    assert_string_equal(action_of(typed(0xE0, 0, 0)), "help");
    assert_string_equal(action_of(typed('x', 'x', KEY_CTRL | KEY_SHIFT)), "find");
    load("quit = Space");
    assert_string_equal(keys_of("play-pause"), "Ctrl+Space, F4, MediaPlay");
    keymap_reset();
}

static void an_action_can_be_without_keys(void **state)
{
    (void)state;
    assert_string_equal(load("theme =\n"), "");
    assert_string_equal(keys_of("theme"), "");
    assert_string_equal(action_of(typed('t', 't', 0)), "nothing");
    keymap_reset();
}

static void nonsense_is_named_by_its_line_and_the_rest_holds(void **state)
{
    (void)state;
    const char *trouble = load("theme = G\n"
                               "fly = F\n"
                               "what is this\n"
                               "quit = Ctrl+Hyper, F13, F9\n"
                               "help = G\n"
                               "\xFF\xFE = \xFF\n"
                               "follow = H\n");
    assert_non_null(strstr(trouble, "line 2: there is no action “fly”"));
    assert_non_null(strstr(trouble, "line 3: “what is this” is no line"));
    assert_non_null(strstr(trouble, "line 4: there is no key “Ctrl+Hyper”"));
    assert_non_null(strstr(trouble, "line 4: there is no key “F13”"));
    assert_non_null(strstr(trouble, "line 5: G was given to another action"));
    assert_non_null(strstr(trouble, "line 6:"));
    assert_null(strstr(trouble, "line 1:"));
    assert_null(strstr(trouble, "line 7:"));
    assert_string_equal(keys_of("theme"), "G");
    assert_string_equal(keys_of("quit"), "F9");
    assert_string_equal(keys_of("help"), "F1, ?"); /* nothing of its line could be had */
    assert_string_equal(keys_of("follow"), "H");
    keymap_reset();
}

static void a_comma_can_be_a_key(void **state)
{
    (void)state;
    assert_string_equal(load("slower = Ctrl+,, F9\nfaster = ,\n"), "");
    assert_string_equal(action_of(typed(',', ',', KEY_CTRL)), "slower");
    assert_string_equal(action_of(typed(',', ',', 0)), "faster");
    keymap_reset();
}

static void a_keys_file_of_megabytes_is_refused_in_a_sentence(void **state)
{
    (void)state;
    size_t size = 2 << 20;
    char *huge = malloc(size + 1);
    memset(huge, 'a', size);
    huge[size] = '\0';
    assert_true(strlen(load(huge)) > 0);
    assert_string_equal(keys_of("theme"), "T");
    free(huge);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_known_by_the_character_it_produces),
        cmocka_unit_test(named_keys_ask_for_their_modifiers),
        cmocka_unit_test(a_letter_with_a_modifier_is_another_key),
        cmocka_unit_test(a_symbol_is_known_however_it_is_typed),
        cmocka_unit_test(on_azerty_a_key_without_a_letter_is_known_by_its_place),
        cmocka_unit_test(on_azerty_a_letter_is_never_known_by_its_place),
        cmocka_unit_test(on_other_scripts_letters_are_known_by_their_place),
        cmocka_unit_test(a_character_goes_before_a_place),
        cmocka_unit_test(any_key_of_a_list_fits),
        cmocka_unit_test(keys_are_shown_as_their_reader_knows_them),
        cmocka_unit_test(every_action_has_a_name_a_help_and_a_group_of_its_own),
        cmocka_unit_test(no_key_is_bound_twice),
        cmocka_unit_test(the_plan_of_keys_is_bound),
        cmocka_unit_test(every_action_can_have_other_keys),
        cmocka_unit_test(a_key_given_to_one_action_is_no_longer_anothers),
        cmocka_unit_test(an_action_can_be_without_keys),
        cmocka_unit_test(nonsense_is_named_by_its_line_and_the_rest_holds),
        cmocka_unit_test(a_comma_can_be_a_key),
        cmocka_unit_test(a_keys_file_of_megabytes_is_refused_in_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
