/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of the command line, taken apart by their tables. */
#include "cli/options.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/nearest.h"

const struct option common_options[] = {
    {"help",                     'h', ARGUMENT_NONE, NULL, N_("tell how it is used"), NULL},
    {"version",             'V', ARGUMENT_NONE, NULL, N_("tell version and libraries"), NULL},
    {0},
};

/* Where the reading of a command line stands. */
struct reading {
    struct parsed *parsed;
    char **next, **end;
    struct vb_error *error;
};

static size_t row_count(const struct option *options)
{
    size_t count = 0;
    while (options[count].name)
        count++;
    return count;
}

/* The i-th row of own and common options; NULL past the last. */
static const struct option *row_at(const struct option *own, size_t i)
{
    size_t count = row_count(own);
    if (i < count)
        return &own[i];
    return i - count < row_count(common_options) ? &common_options[i - count] : NULL;
}

static size_t find_named(const struct option *own, vb_str name)
{
    for (size_t i = 0; row_at(own, i); i++)
        if (str_eq(name, row_at(own, i)->name))
            return i;
    return STR_NOT_FOUND;
}

static size_t find_letter(const struct option *own, char letter)
{
    for (size_t i = 0; row_at(own, i); i++)
        if (row_at(own, i)->letter == letter)
            return i;
    return STR_NOT_FOUND;
}

/* "start" of "--start=16:20" */
static vb_str long_name(const char *argument)
{
    vb_str name = str_from(str_of(argument), 2);
    size_t sign = str_find_char(name, '=');
    return str_cut(name, 0, sign == STR_NOT_FOUND ? name.len : sign);
}

const struct option *option_named(const struct option *options, const char *argument)
{
    bool is_long = strncmp(argument, "--", 2) == 0;
    size_t row =
        is_long ? find_named(options, long_name(argument)) : find_letter(options, argument[1]);
    return row == STR_NOT_FOUND ? NULL : row_at(options, row);
}

static bool refuse_unknown(const struct reading *r, vb_str name)
{
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; row_at(r->parsed->options, i); i++)
        nearest_try(&nearest, row_at(r->parsed->options, i)->name);
    if (nearest.found)
        return err_set(r->error, VB_UNSUPPORTED,
                       _("there is no option --%.*s; did you mean --%s?"), (int)name.len,
                       name.data, nearest.found);
    return err_set(r->error, VB_UNSUPPORTED, _("there is no option --%.*s"), (int)name.len,
                   name.data);
}

bool list_has(const char *list, vb_str word)
{
    for (vb_str rest = str_of(list); rest.len;) {
        size_t space = str_find_char(rest, ' ');
        vb_str one = str_cut(rest, 0, space == STR_NOT_FOUND ? rest.len : space);
        if (str_is(one, word))
            return true;
        rest = str_from(rest, one.len + 1);
    }
    return false;
}

static bool keep(const struct reading *r, size_t row, const char *value)
{
    const struct option *option = row_at(r->parsed->options, row);
    if (option->choices && !list_has(option->choices, str_of(value)))
        return err_set(r->error, VB_UNSUPPORTED, _("--%s can't be “%s”; it is one of: %s"),
                       option->name, value, option->choices);
    r->parsed->values[row] = value;
    return true;
}

/* The argument stands behind the option: in the next word, whatever it looks like. */
static bool keep_next(struct reading *r, size_t row)
{
    const struct option *option = row_at(r->parsed->options, row);
    if (r->next < r->end)
        return keep(r, row, *r->next++);
    return err_set(r->error, VB_UNSUPPORTED, _("--%s needs %s behind it"), option->name,
                   _(option->argument));
}

static bool read_long(struct reading *r, const char *argument)
{
    vb_str name = long_name(argument);
    size_t row = find_named(r->parsed->options, name);
    if (row == STR_NOT_FOUND)
        return refuse_unknown(r, name);
    const char *sign = strchr(argument, '=');
    bool takes = row_at(r->parsed->options, row)->takes != ARGUMENT_NONE;
    if (!takes && sign)
        return err_set(r->error, VB_UNSUPPORTED, _("--%.*s takes no value"), (int)name.len,
                       name.data);
    if (takes && !sign)
        return keep_next(r, row);
    return keep(r, row, sign ? sign + 1 : "");
}

/* "-o FILE", "-oFILE", and switches together: "-hV". */
static bool read_letters(struct reading *r, const char *argument)
{
    for (const char *c = argument + 1; *c; c++) {
        size_t row = find_letter(r->parsed->options, *c);
        if (row == STR_NOT_FOUND)
            return err_set(r->error, VB_UNSUPPORTED, _("there is no option -%s"), c);
        if (row_at(r->parsed->options, row)->takes != ARGUMENT_NONE)
            return c[1] ? keep(r, row, c + 1) : keep_next(r, row);
        keep(r, row, "");
    }
    return true;
}

static bool read_one(struct reading *r, const char *argument)
{
    if (strncmp(argument, "--", 2) == 0)
        return read_long(r, argument);
    /* "-5" is a word: --send seek -5 */
    if (argument[0] == '-' && argument[1] && !is_digit(argument[1]))
        return read_letters(r, argument);
    r->parsed->words[r->parsed->word_count++] = argument;
    return true;
}

bool options_parse(const struct option *options, int count, char **arguments,
                   struct parsed *parsed, struct vb_error *error)
{
    assert(row_count(options) + row_count(common_options) <= OPTIONS_MAX);
    *parsed = (struct parsed){.options = options};
    parsed->words = mem_new(((size_t)count + 1) * sizeof *parsed->words);
    struct reading r = {parsed, arguments, arguments + count, error};
    while (r.next < r.end) {
        const char *argument = *r.next++;
        if (strcmp(argument, "--") == 0)
            break;
        if (!read_one(&r, argument))
            return false;
    }
    while (r.next < r.end)
        parsed->words[parsed->word_count++] = *r.next++;
    return true;
}

void parsed_free(struct parsed *parsed)
{
    free(parsed->words);
    parsed->words = NULL;
}

const char *option_value(const struct parsed *parsed, const char *name)
{
    size_t row = find_named(parsed->options, str_of(name));
    assert(row != STR_NOT_FOUND);
    return parsed->values[row];
}

bool option_given(const struct parsed *parsed, const char *name)
{
    return option_value(parsed, name) != NULL;
}
