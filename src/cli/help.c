/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help texts, made from the tables. */
#include "cli/help.h"

#include <stdio.h>

#include "app/actions.h"
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

static void put_keys(struct buf *out)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        buf_printf(out, "%s%s\n", group ? "\n" : "",
                   action_group_title((enum action_group)group));
        for (size_t i = 0; i < action_count(); i++) {
            const struct action *action = action_at(i);
            if ((int)action->group != group || !*action->keys)
                continue;
            struct buf keys = {0};
            keys_show(action->keys, &keys);
            put_row(out, LEFT + 8, keys.data, _(action->help));
            buf_free(&keys);
        }
    }
    buf_putc(out, '\n');
    put_paragraph(out, _("In the terminal, q quits, too."));
}

const char *format_extensions(size_t format)
{
    return vb_format_at(format)->extensions;
}

static void put_formats(struct buf *out)
{
    for (size_t i = 0; i < vb_format_count(); i++) {
        const struct vb_format *format = vb_format_at(i);
        const bool reads = vb_format_reads(format), writes = vb_format_writes(format);
        struct buf right = {0};
        buf_printf(&right, "%s (%s; %s)", vb_format_summary(format),
                   reads && writes ? _("read and written")
                   : reads         ? _("read")
                                   : _("written"),
                   format_extensions(i));
        put_row(out, 14, vb_format_name(format), right.data);
        buf_free(&right);
    }
}

static void put_settings(struct buf *out)
{
    struct buf lines = {0}, path = {0};
    settings_describe(&lines);
    vb_str line;
    for (size_t at = 0; str_line(buf_str(&lines), &at, &line);) {
        size_t first = str_find_char(line, '\t');
        vb_str rest = str_from(line, first + 1);
        size_t second = str_find_char(rest, '\t');
        struct buf left = {0}, right = {0};
        buf_printf(&left, "%.*s = %.*s", (int)first, line.data, (int)second, rest.data);
        buf_add(&right, str_from(rest, second + 1));
        put_row(out, LEFT, left.data, right.data);
        buf_free(&left);
        buf_free(&right);
    }
    if (settings_path("settings", &path))
        buf_printf(out, "\n%s\n  %s\n", _("They are kept, one “name = value” a line, in"),
                   path.data);
    buf_free(&path);
    buf_free(&lines);
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
