/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion scripts for three shells, written from the tables of commands and options. */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/help.h"
#include "cli/send.h"
#include "format/format.h"

/* What may stand behind an option, as words; nothing for files and free text. */
static void put_values(const struct option *option, struct buf *out)
{
    if (option->choices)
        buf_puts(out, option->choices);
    for (size_t i = 0; option->takes == ARGUMENT_FORMAT && i < vb_format_count(); i++)
        if (vb_format_writes(vb_format_at(i)))
            buf_printf(out, "%s%s", out->len ? " " : "", vb_format_name(vb_format_at(i)));
    for (size_t i = 0; option->takes == ARGUMENT_ORDER && i < order_count(); i++)
        buf_printf(out, "%s%s", i ? " " : "", order_at(i).name);
}

static void put_command_names(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++)
        buf_printf(out, "%s%s", i ? " " : "", commands[i].name);
}

static void put_topic_names(struct buf *out)
{
    for (size_t i = 0; i < topic_count; i++)
        buf_printf(out, " %s", topics[i].name);
}

/* ---- bash ---- */

static void put_names(const struct option *options, struct buf *out)
{
    for (; options->name; options++)
        buf_printf(out, " --%s", options->name);
}

static void bash_values(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++)
        for (const struct option *option = commands[i].options; option->name; option++) {
            struct buf values = {0};
            put_values(option, &values);
            if (values.len)
                buf_printf(out, "    %s:--%s) words=\"%s\" ;;\n", commands[i].name,
                           option->name, values.data);
            else if (option->takes == ARGUMENT_ANY)
                buf_printf(out, "    %s:--%s) return ;;\n", commands[i].name, option->name);
            buf_free(&values);
        }
}

static void bash_options(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++) {
        buf_printf(out, "        %s) words=\"", commands[i].name);
        put_names(common_options, out);
        put_names(commands[i].options, out);
        buf_puts(out, "\" ;;\n");
    }
}

static void write_bash(struct buf *out)
{
    buf_puts(out,
             "# bash completion for verbatim, made by: verbatim help --completion bash\n"
             "_verbatim()\n{\n"
             "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
             "    local command=play words=\n"
             "    case ${COMP_WORDS[1]} in\n    ");
    for (size_t i = 0; i < command_count; i++)
        buf_printf(out, "%s%s", i ? "|" : "", commands[i].name);
    buf_puts(out, ") ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]} ;;\n    esac\n"
                  "    case $command:$before in\n");
    bash_values(out);
    buf_puts(out, "    help:help) words=\"");
    put_command_names(out);
    put_topic_names(out);
    buf_puts(out, "\" ;;\n    esac\n"
                  "    if [[ -z $words && $word == -* ]]; then\n"
                  "        case $command in\n");
    bash_options(out);
    buf_puts(out, "        esac\n    elif [[ -z $words ]]; then\n"
                  "        ((COMP_CWORD == 1)) && words=\"");
    put_command_names(out);
    buf_puts(out, "\"\n        local IFS=$'\\n'\n"
                  "        compopt -o filenames 2>/dev/null\n"
                  "        COMPREPLY=($(compgen -f -- \"$word\"))\n"
                  "        IFS=$' \\t\\n'\n    fi\n"
                  "    COMPREPLY+=($(compgen -W \"$words\" -- \"$word\"))\n"
                  "}\ncomplete -F _verbatim verbatim\n");
}

/* ---- zsh ---- */

/* In single quotes, and for zsh with its own special characters escaped. */
static void put_quoted(struct buf *out, const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            buf_puts(out, "'\\'");
        else if (strchr(escaped, *text))
            buf_putc(out, '\\');
        buf_putc(out, *text);
    }
}

static void zsh_argument(const struct option *option, struct buf *out)
{
    struct buf values = {0};
    put_values(option, &values);
    if (option->takes == ARGUMENT_NONE)
        return;
    buf_puts(out, ":");
    put_quoted(out, _(option->argument), ":[]");
    if (values.len)
        buf_printf(out, ":(%s)", values.data);
    else
        buf_puts(out, option->takes == ARGUMENT_FILE ? ":_files" : ":");
    buf_free(&values);
}

static void zsh_options(const struct option *options, struct buf *out)
{
    for (; options->name; options++) {
        buf_printf(out, " \\\n        '--%s%s[", options->name,
                   options->takes == ARGUMENT_NONE ? "" : "=");
        put_quoted(out, _(options->help), ":[]");
        buf_putc(out, ']');
        zsh_argument(options, out);
        buf_putc(out, '\'');
    }
}

static void write_zsh(struct buf *out)
{
    buf_puts(out, "#compdef verbatim\n"
                  "# zsh completion for verbatim, made by: verbatim help --completion zsh\n"
                  "_verbatim()\n{\n    local command=play\n    case $words[2] in\n    ");
    for (size_t i = 0; i < command_count; i++)
        buf_printf(out, "%s%s", i ? "|" : "", commands[i].name);
    buf_puts(out, ") ((CURRENT > 2)) && command=$words[2] ;;\n    esac\n"
                  "    ((CURRENT == 2)) && compadd -- ");
    put_command_names(out);
    buf_puts(out, "\n    case $command in\n");
    for (size_t i = 0; i < command_count; i++) {
        buf_printf(out, "    %s)\n        _arguments", commands[i].name);
        zsh_options(commands[i].options, out);
        zsh_options(common_options, out);
        if (strcmp(commands[i].name, "help") == 0) {
            buf_puts(out, " \\\n        '*:topic:(");
            put_command_names(out);
            put_topic_names(out);
            buf_puts(out, ")' ;;\n");
        } else {
            buf_puts(out, " \\\n        '*:file:_files' ;;\n");
        }
    }
    buf_puts(out, "    esac\n}\n_verbatim \"$@\"\n");
}

/* ---- fish ---- */

static void fish_option(const char *when, const struct option *option, struct buf *out)
{
    struct buf values = {0};
    put_values(option, &values);
    buf_printf(out, "complete -c verbatim%s -l %s", when, option->name);
    if (option->letter)
        buf_printf(out, " -s %c", option->letter);
    if (option->takes == ARGUMENT_FILE)
        buf_puts(out, " -r -F");
    else if (option->takes != ARGUMENT_NONE)
        buf_puts(out, " -x");
    if (values.len)
        buf_printf(out, " -a '%s'", values.data);
    buf_puts(out, " -d '");
    put_quoted(out, _(option->help), "");
    buf_puts(out, "'\n");
    buf_free(&values);
}

static void fish_command(const struct command *command, struct buf *out)
{
    struct buf when = {0};
    buf_printf(&when, " -n '__fish_seen_subcommand_from %s'", command->name);
    for (const struct option *option = command->options; option->name; option++)
        fish_option(command == command_default() ? "" : when.data, option, out);
    buf_printf(out, "complete -c verbatim -n __fish_use_subcommand -a %s -d '", command->name);
    put_quoted(out, _(command->summary), "");
    buf_puts(out, "'\n");
    buf_free(&when);
}

static void write_fish(struct buf *out)
{
    buf_puts(out, "# fish completion for verbatim, made by: verbatim help --completion fish\n");
    for (size_t i = 0; i < command_count; i++)
        fish_command(&commands[i], out);
    for (const struct option *option = common_options; option->name; option++)
        fish_option("", option, out);
    buf_puts(out, "complete -c verbatim -n '__fish_seen_subcommand_from help' -f -a '");
    put_command_names(out);
    put_topic_names(out);
    buf_puts(out, "'\n");
}

/* ---- one of them ---- */

static const struct {
    const char *shell;
    void (*write)(struct buf *out);
} shells[] = {
    {"bash", write_bash},
    {"zsh",  write_zsh },
    {"fish", write_fish}
};

void completion_write(const char *shell, struct buf *out)
{
    for (size_t i = 0; i < COUNT(shells); i++)
        if (strcmp(shell, shells[i].shell) == 0)
            shells[i].write(out);
}
