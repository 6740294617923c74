/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of the manual page, in its markup: doc/verbatim.1 holds them between the comments
 * that name them. */
#include "app/actions.h"
#include "app/settings.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/help.h"
#include "cli/send.h"

/* A hyphen is a minus where it can be copied from the page; a dot or quote that begins a line
 * is no request. */
static void put_text(struct buf *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        buf_puts(out, "\\&");
    for (; *text; text++)
        if (*text == '-')
            buf_puts(out, "\\-");
        else if (*text == '\\')
            buf_puts(out, "\\e");
        else
            buf_putc(out, *text);
}

static void put_item(struct buf *out, const char *name, const char *argument, const char *text)
{
    buf_puts(out, ".TP\n.B ");
    put_text(out, name);
    if (argument) {
        buf_puts(out, " \\fI");
        put_text(out, argument);
        buf_puts(out, "\\fP");
    }
    buf_putc(out, '\n');
    put_text(out, text);
    buf_puts(out, ".\n");
}

static void put_options(const struct option *options, struct buf *out)
{
    for (const struct option *option = options; option->name; option++) {
        struct buf name = {0}, text = {0};
        if (option->letter)
            buf_printf(&name, "-%c, ", option->letter);
        buf_printf(&name, "--%s", option->name);
        buf_puts(&text, _(option->help));
        if (option->choices)
            buf_printf(&text, " (%s)", option->choices);
        put_item(out, name.data, option->argument ? _(option->argument) : NULL, text.data);
        buf_free(&name);
        buf_free(&text);
    }
}

static void man_options(struct buf *out)
{
    put_options(play_options, out);
    put_options(common_options, out);
}

static void man_commands(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++) {
        if (&commands[i] == command_default())
            continue;
        put_item(out, commands[i].name, _(commands[i].arguments), _(commands[i].summary));
        buf_puts(out, ".RS\n");
        put_options(commands[i].options, out);
        buf_puts(out, ".RE\n");
    }
}

static void man_keys(struct buf *out)
{
    for (size_t i = 0; i < action_count(); i++) {
        struct buf keys = {0};
        if (!*action_at(i)->keys)
            continue;
        keys_show(action_at(i)->keys, &keys);
        put_item(out, keys.data, NULL, _(action_at(i)->help));
        buf_free(&keys);
    }
}

static void man_formats(struct buf *out)
{
    for (size_t i = 0; i < vb_format_count(); i++) {
        const struct vb_format *format = vb_format_at(i);
        struct buf text = {0};
        buf_printf(&text, "%s (%s)", vb_format_summary(format), format_abilities(format));
        put_item(out, vb_format_name(format), NULL, text.data);
        buf_free(&text);
    }
}

static void man_orders(struct buf *out)
{
    for (size_t i = 0; i < order_count(); i++) {
        struct order_row row = order_at(i);
        put_item(out, row.name, row.argument, row.help);
    }
}

static void man_settings(struct buf *out)
{
    struct buf lines = {0};
    struct setting_row row = {0};
    settings_describe(&lines);
    for (size_t at = 0; setting_next(buf_str(&lines), &at, &row);)
        put_item(out, row.name.data, row.value.data, row.help.data);
    buf_free(&lines);
    setting_free(&row);
}

static const struct {
    const char *name;
    void (*write)(struct buf *out);
} lists[] = {
    {"options",  man_options },
    {"commands", man_commands},
    {"keys",     man_keys    },
    {"formats",  man_formats },
    {"orders",   man_orders  },
    {"settings", man_settings},
};

void help_man(struct buf *out)
{
    for (size_t i = 0; i < COUNT(lists); i++) {
        buf_printf(out, ".\\\" begin %s\n", lists[i].name);
        lists[i].write(out);
        buf_printf(out, ".\\\" end %s\n", lists[i].name);
    }
}
