/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's settings: a table of fields, read from and written to lines of text. */
#include "app/settings.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "verbatim/check.h"
#include "verbatim/player.h"

enum { FILE_MAX = 64 * 1024 };

enum type { NUMBER, TENTHS, SWITCH, CHOICE }; /* tenths: "0.5" is 5 */

struct setting {
    const char *name;
    enum type type;
    size_t offset;
    int least, most; /* of a number */
    int standard;
    const char *choices; /* "light dark" */
    const char *help;    /* NULL: that of the check */
};

#define AT(field) offsetof(struct settings, field)

/* clang-format off */
static const struct setting table[] = {
    {"theme",         CHOICE, AT(theme),         0,   3,     THEME_LIGHT,    "light dark contrast system",
     N_("colours of the window")                                                                                                                        },
    {"face",          CHOICE, AT(face),          0,   2,     READING_CHARIS, "charis inter andika",
     N_("letters of the text")                                                                                                                          },
    {"column",        NUMBER, AT(column),        40,  80,    66,             "",                              N_("characters in a line of the text")    },
    {"line-height",   NUMBER, AT(line_height),   130, 220,   160,            "",
     N_("from line to line, in percent of the letters")                                                                                                 },
    {"calm",          SWITCH, AT(calm),          0,   1,     0,              "",                              N_("nothing glides or fades")             },
    {"zoom",          NUMBER, AT(zoom),          60,  400,   100,            "",                              N_("size of the text, in percent")        },
    {"volume",        NUMBER, AT(volume),        0,   200,   100,            "",                              N_("loudness, in percent")                },
    {"speed",         NUMBER, AT(speed),         50,  300,   100,            "",                              N_("how fast it is played, in percent")   },
    {"skip",          NUMBER, AT(skip),          1,   60,    5,              "",                              N_("how many seconds the arrow keys jump")},
    {"rewind",        TENTHS, AT(rewind),        0,   100,   5,              "",
     N_("how many seconds it goes back when it plays on after a pause")                                                                                 },
    {"sides",         CHOICE, AT(sides),         0,   2,     VB_BOTH_SIDES,  "both left right",
     N_("one side of a stereo recording alone, heard on both")                                                                                          },
    {"voice-up",      SWITCH, AT(voice_up),      0,   1,     0,              "",                              N_("quiet voices louder")                 },
    {"skip-silences", SWITCH, AT(skip_silences), 0,   1,     0,              "",
     N_("long silences are passed over")                                                                                                                },
    {"window-width",  NUMBER, AT(window_width),  360, 16384, 1200,           "",                              N_("width of the window")                 },
    {"window-height", NUMBER, AT(window_height), 300, 16384, 800,            "",
     N_("height of the window")                                                                                                                         },
    {"click-plays",   SWITCH, AT(click_plays),   0,   1,     1,              "",
     N_("a click on a word plays from it; off: it only goes there")                                                                                     },
    {"follow",        SWITCH, AT(follow),        0,   1,     1,              "",                              N_("the text follows the voice")          },
    {"quote",         CHOICE, AT(quote),         0,   4,     0,              "plain markdown wiki html link",
     N_("how a quote is copied")                                                                                                                        },
    {"typing-pauses", SWITCH, AT(typing_pauses), 0,   1,     0,              "",
     N_("the sound waits while you type, and goes on half a second before")                                                                             },
    {"typography",    SWITCH, AT(typography),    0,   1,     1,              "",
     N_("in a page in French, signs get their no-break spaces while you type")                                                                          },
    {"align",         SWITCH, AT(align),         0,   1,     1,              "",
     N_("listen for when each word is heard; off: only when asked")                                                                                  },
    {"one-window",    SWITCH, AT(one_window),    0,   1,     0,              "",
     N_("files are opened in the window that is already there")                                                                                         },
    {"reopen",        SWITCH, AT(reopen),        0,   1,     0,              "",
     N_("started without files, it opens those that were open last")                                                                                    },
};
/* clang-format on */

/* Behind the table a switch for each check. */
static const struct setting *row_at(size_t i)
{
    static struct setting checks[CHECKS_MAX];
    static char names[CHECKS_MAX][40];
    if (i < COUNT(table))
        return &table[i];
    i -= COUNT(table);
    snprintf(names[i], sizeof names[i], "check-%s", vb_check_at(i).name);
    checks[i] = (struct setting){
        names[i], SWITCH, AT(looks_for) + i * sizeof(bool), 0, 1, 1, "", NULL};
    return &checks[i];
}

static const char *help_of(const struct setting *row)
{
    if (row->help)
        return _(row->help);
    return vb_check_at((row->offset - AT(looks_for)) / sizeof(bool)).summary;
}

static int *int_field(struct settings *settings, const struct setting *row)
{
    return (int *)((char *)settings + row->offset);
}

static bool *switch_field(struct settings *settings, const struct setting *row)
{
    return (bool *)((char *)settings + row->offset);
}

static int value_of(const struct settings *settings, const struct setting *row)
{
    struct settings *s = (struct settings *)settings;
    return row->type == SWITCH ? *switch_field(s, row) : *int_field(s, row);
}

static void set_value(struct settings *settings, const struct setting *row, int value)
{
    if (row->type == SWITCH)
        *switch_field(settings, row) = value != 0;
    else
        *int_field(settings, row) = value;
}

struct settings settings_default(void)
{
    struct settings settings;
    memset(&settings, 0, sizeof settings);
    for (size_t i = 0; i < settings_count(); i++)
        set_value(&settings, row_at(i), row_at(i)->standard);
    return settings;
}

/* The n-th word of a list of words. */
static vb_str nth_word(const char *list, int n)
{
    vb_str rest = str_of(list);
    for (; n > 0; n--) {
        size_t space = str_find_char(rest, ' ');
        rest = str_from(rest, space == STR_NOT_FOUND ? rest.len : space + 1);
    }
    size_t end = str_find_char(rest, ' ');
    return str_cut(rest, 0, end == STR_NOT_FOUND ? rest.len : end);
}

static bool parse_choice(const struct setting *row, vb_str value, int *into)
{
    for (int i = 0; i <= row->most; i++)
        if (str_is(nth_word(row->choices, i), value)) {
            *into = i;
            return true;
        }
    return false;
}

static bool parse_number(const struct setting *row, vb_str value, int *into)
{
    char text[16];
    if (value.len == 0 || value.len >= sizeof text)
        return false;
    memcpy(text, value.data, value.len);
    text[value.len] = '\0';
    char *end;
    long number = strtol(text, &end, 10);
    if (*end || number < row->least || number > row->most)
        return false;
    *into = (int)number;
    return true;
}

/* "3", "0.5", "0,5" */
static bool parse_tenths(const struct setting *row, vb_str value, int *into)
{
    if (value.len < 1 || value.len > 6)
        return false;
    size_t digits = 0;
    int number = 0;
    while (digits < value.len && is_digit(value.data[digits]))
        number = number * 10 + (value.data[digits++] - '0');
    bool has_part = digits + 2 == value.len && is_digit(value.data[digits + 1]) &&
                    (value.data[digits] == '.' || value.data[digits] == ',');
    if (!digits || (digits != value.len && !has_part))
        return false;
    *into = number * 10 + (has_part ? value.data[digits + 1] - '0' : 0);
    return *into >= row->least && *into <= row->most;
}

static bool parse_value(const struct setting *row, vb_str value, int *into)
{
    if (row->type == CHOICE)
        return parse_choice(row, value, into);
    if (row->type == NUMBER)
        return parse_number(row, value, into);
    if (row->type == TENTHS)
        return parse_tenths(row, value, into);
    *into = str_eq(value, "on");
    return *into || str_eq(value, "off");
}

bool settings_set(struct settings *settings, vb_str name, vb_str value)
{
    int parsed;
    for (size_t i = 0; i < settings_count(); i++)
        if (str_eq(name, row_at(i)->name) && parse_value(row_at(i), value, &parsed)) {
            set_value(settings, row_at(i), parsed);
            return true;
        }
    return false;
}

static void print_value(const struct settings *settings, const struct setting *row,
                        struct buf *out)
{
    int value = value_of(settings, row);
    if (row->type == CHOICE)
        buf_add(out, nth_word(row->choices, value));
    else if (row->type == SWITCH)
        buf_puts(out, value ? "on" : "off");
    else if (row->type == TENTHS)
        buf_printf(out, "%d.%d", value / 10, value % 10);
    else
        buf_printf(out, "%d", value);
}

void settings_take_changes(struct settings *kept, const struct settings *before,
                           const struct settings *now)
{
    for (size_t i = 0; i < settings_count(); i++)
        if (value_of(before, row_at(i)) != value_of(now, row_at(i)))
            set_value(kept, row_at(i), value_of(now, row_at(i)));
}

void settings_describe(struct buf *out)
{
    struct settings standard = settings_default();
    for (size_t i = 0; i < settings_count(); i++) {
        buf_printf(out, "%s\t", row_at(i)->name);
        print_value(&standard, row_at(i), out);
        buf_printf(out, "\t%s\n", help_of(row_at(i)));
    }
}

bool *settings_looks_for(struct settings *settings, const char *check)
{
    for (size_t i = 0; i < vb_check_count(); i++)
        if (!strcmp(vb_check_at(i).name, check))
            return &settings->looks_for[i];
    return NULL;
}

/* ---- for a panel ---- */

size_t settings_count(void)
{
    assert(vb_check_count() <= CHECKS_MAX);
    return COUNT(table) + vb_check_count();
}

const char *settings_name(size_t i)
{
    return row_at(i)->name;
}

const char *settings_help(size_t i)
{
    return help_of(row_at(i));
}

bool settings_is_switch(size_t i)
{
    return row_at(i)->type == SWITCH;
}

void settings_show(const struct settings *settings, size_t i, struct buf *out)
{
    print_value(settings, row_at(i), out);
}

/* A step that is felt, and about twenty of them from end to end. */
static int step_of(const struct setting *row)
{
    int range = row->most - row->least;
    return range > 120 ? 10 : range > 60 ? 5 : range > 30 ? 2 : 1;
}

void settings_step(struct settings *settings, size_t i, int by)
{
    const struct setting *row = row_at(i);
    int value = value_of(settings, row);
    if (row->type == SWITCH)
        value = by > 0;
    else if (row->type == CHOICE)
        value = (value + by + row->most + 1) % (row->most + 1);
    else
        value += by * step_of(row);
    value = value < row->least ? row->least : value > row->most ? row->most : value;
    set_value(settings, row, value);
}

bool settings_path(const char *name, struct buf *into)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    bool given = config && config[0] == '/';
    if (!given && !(home && *home))
        return false;
    buf_clear(into);
    buf_printf(into, "%s%s/verbatim/%s", given ? config : home, given ? "" : "/.config", name);
    return true;
}

static void take_line(struct settings *settings, vb_str line)
{
    size_t sign = str_find_char(line, '=');
    if (sign != STR_NOT_FOUND && !str_starts(line, "#"))
        settings_set(settings, str_trim(str_cut(line, 0, sign)),
                     str_trim(str_from(line, sign + 1)));
}

void settings_load(struct settings *settings, const char *path)
{
    struct buf own = {0}, bytes = {0};
    if (!path && settings_path("settings", &own))
        path = own.data;
    if (path && file_exists(path) && file_read(path, FILE_MAX, &bytes, NULL)) {
        vb_str line;
        for (size_t at = 0; str_line(buf_str(&bytes), &at, &line);)
            take_line(settings, line);
    }
    buf_free(&bytes);
    buf_free(&own);
}

/* SIZE_MAX: it is none of ours. */
static size_t row_of_line(vb_str line)
{
    size_t sign = str_find_char(line, '=');
    vb_str name = str_trim(str_cut(line, 0, sign == STR_NOT_FOUND ? 0 : sign));
    for (size_t i = 0; i < settings_count(); i++)
        if (str_eq(name, row_at(i)->name))
            return i;
    return SIZE_MAX;
}

static void put_line(const struct settings *settings, const struct setting *row,
                     struct buf *out)
{
    buf_printf(out, "%s = ", row->name);
    print_value(settings, row, out);
    buf_putc(out, '\n');
}

/* The lines of `old` with today's values, what is no setting of ours as it stands; then the
 * settings that were not there. */
static void put_settings(const struct settings *settings, vb_str old, struct buf *out)
{
    bool put[COUNT(table) + CHECKS_MAX] = {false};
    vb_str line;
    for (size_t at = 0; str_line(old, &at, &line);) {
        size_t row = row_of_line(line);
        if (row == SIZE_MAX) {
            buf_add(out, line);
            buf_putc(out, '\n');
        } else if (!put[row]) {
            put[row] = true;
            put_line(settings, row_at(row), out);
        }
    }
    for (size_t i = 0; i < settings_count(); i++)
        if (!put[i])
            put_line(settings, row_at(i), out);
}

bool settings_save(const struct settings *settings, const char *path, struct vb_error *error)
{
    struct buf own = {0}, old = {0}, text = {0};
    if (!path && settings_path("settings", &own))
        path = own.data;
    bool saved = true; /* without a home there is nothing to keep */
    if (path) {
        saved = !file_exists(path) || file_read(path, FILE_MAX, &old, error);
        put_settings(settings, buf_str(&old), &text);
        file_make_folders(path);
        saved = saved && file_write(path, buf_str(&text), error);
    }
    buf_free(&text);
    buf_free(&old);
    buf_free(&own);
    return saved;
}
