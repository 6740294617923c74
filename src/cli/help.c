/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help texts, made from the tables. */
#include "cli/help.h"

#include <stdio.h>

#include "app/actions.h"
#include "app/keymap.h"
#include "app/settings.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/send.h"
#include "cli/table.h"
#include "format/format.h"

enum { LEFT = 26 }; /* where the right column begins */

void option_usage(const struct option *option, struct buf *out)
{
    if (option->letter)
        buf_printf(out, "-%c, ", option->letter);
    buf_printf(out, "--%s", option->name);
    if (option->argument)
        buf_printf(out, " %s", _(option->argument));
}

static void put_options(const struct option *options, struct buf *out)
{
    for (const struct option *option = options; option->name; option++) {
        struct buf left = {0}, right = {0};
        option_usage(option, &left);
        buf_puts(&right, _(option->help));
        if (option->choices)
            buf_printf(&right, " (%s)", option->choices);
        put_row(out, LEFT, left.data, right.data);
        buf_free(&left);
        buf_free(&right);
    }
}

static void put_all_options(const struct command *command, struct buf *out)
{
    buf_printf(out, "\n%s\n", _("Options:"));
    put_options(command->options, out);
    put_options(common_options, out);
}

static void put_commands(struct buf *out)
{
    buf_printf(out, "\n%s\n", _("Commands:"));
    for (size_t i = 0; i < command_count; i++) {
        struct buf left = {0};
        buf_printf(&left, "%s %s", commands[i].name, _(commands[i].arguments));
        put_row(out, LEFT + 4, left.data, _(commands[i].summary));
        buf_free(&left);
    }
}

static void put_topics(struct buf *out)
{
    buf_printf(out, "\n%s\n", _("Lists, by 'verbatim help TOPIC':"));
    for (size_t i = 0; i < topic_count; i++)
        put_row(out, LEFT + 4, topics[i].name, _(topics[i].summary));
}

static void put_general(struct buf *out)
{
    const struct command *play = command_default();
    put_paragraph(out, _("Verbatim plays a recording while you follow its transcript."));
    buf_printf(out, "\n%s verbatim [OPTIONS] %s\n", _("Usage:"), _(play->arguments));
    buf_printf(out, "%*s verbatim %s\n\n", (int)text_width(str_of(_("Usage:"))), "",
               _("COMMAND [OPTIONS] …"));
    put_paragraph(out, _(play->about));
    put_all_options(play, out);
    put_commands(out);
    put_topics(out);
}

void help_write(const struct command *command, struct buf *out)
{
    if (!command) {
        put_general(out);
        return;
    }
    buf_printf(out, "%s verbatim %s [OPTIONS] %s\n\n", _("Usage:"), command->name,
               _(command->arguments));
    put_paragraph(out, _(command->about));
    put_all_options(command, out);
}

/* ---- topics ---- */

static void put_group(enum action_group group, bool (*shown)(const struct action *action),
                      struct buf *out)
{
    struct buf rows = {0};
    for (size_t i = 0; i < action_count(); i++) {
        const struct action *action = action_at(i);
        if (action->group != group || !*keymap_keys(action) || (shown && !shown(action)))
            continue;
        struct buf keys = {0};
        keys_show(keymap_keys(action), &keys);
        put_row(&rows, LEFT + 8, keys.data, _(action->help));
        buf_free(&keys);
    }
    if (rows.len)
        buf_printf(out, "%s%s\n%s", out->len ? "\n" : "", action_group_title(group), rows.data);
    buf_free(&rows);
}

void help_keys(bool (*shown)(const struct action *action), struct buf *out)
{
    for (int group = 0; group < GROUP_COUNT; group++)
        put_group((enum action_group)group, shown, out);
    buf_putc(out, '\n');
    put_paragraph(out, _("In the terminal, q quits, too."));
}

static void put_keys(struct buf *out)
{
    help_keys(NULL, out);
}

const char *format_abilities(const struct vb_format *format)
{
    if (!vb_format_writes(format))
        return _("read");
    return vb_format_reads(format) ? _("read and written") : _("written");
}

static void put_formats(struct buf *out)
{
    for (size_t i = 0; i < vb_format_count(); i++) {
        const struct vb_format *format = vb_format_at(i);
        struct buf right = {0};
        buf_printf(&right, "%s (%s, %s)", vb_format_summary(format), format_abilities(format),
                   format->extensions);
        put_row(out, 14, vb_format_name(format), right.data);
        buf_free(&right);
    }
}

/* What stands before the next tab or the line's end. */
static void take_field(vb_str *line, struct buf *into)
{
    size_t tab = str_find_char(*line, '\t');
    buf_clear(into);
    buf_add(into, str_cut(*line, 0, tab == STR_NOT_FOUND ? line->len : tab));
    *line = str_from(*line, tab == STR_NOT_FOUND ? line->len : tab + 1);
}

bool setting_next(vb_str lines, size_t *at, struct setting_row *row)
{
    vb_str line;
    if (!str_line(lines, at, &line))
        return false;
    take_field(&line, &row->name);
    take_field(&line, &row->value);
    take_field(&line, &row->help);
    return true;
}

void setting_free(struct setting_row *row)
{
    buf_free(&row->name);
    buf_free(&row->value);
    buf_free(&row->help);
}

static void put_settings(struct buf *out)
{
    struct buf lines = {0}, left = {0}, path = {0};
    struct setting_row row = {0};
    settings_describe(&lines);
    for (size_t at = 0; setting_next(buf_str(&lines), &at, &row);) {
        buf_clear(&left);
        buf_printf(&left, "%s = %s", row.name.data, row.value.data);
        put_row(out, LEFT, left.data, row.help.data);
    }
    if (settings_path("settings", &path))
        buf_printf(out, "\n%s\n  %s\n", _("They are kept, one “name = value” a line, in"),
                   path.data);
    buf_free(&path);
    buf_free(&left);
    buf_free(&lines);
    setting_free(&row);
}

static void put_orders(struct buf *out)
{
    for (size_t i = 0; i < order_count(); i++) {
        const struct order_row row = order_at(i);
        struct buf left = {0};
        buf_printf(&left, "%s%s%s", row.name, row.argument ? " " : "",
                   row.argument ? row.argument : "");
        put_row(out, LEFT, left.data, row.help);
        buf_free(&left);
    }
}

const struct topic topics[] = {
    {"keys",     N_("what each key does"),                         put_keys    },
    {"formats",  N_("which transcripts can be read and written"),  put_formats },
    {"settings", N_("what can be set, and where it is kept"),      put_settings},
    {"orders",   N_("what --send can ask of the running program"), put_orders  },
};
const size_t topic_count = COUNT(topics);
