/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim help [COMMAND or TOPIC]` */
#include <stdio.h>
#include <string.h>

#include "app/keymap.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/report.h"

const struct option help_options[] = {
    {"man",                                                   0, ARGUMENT_NONE, NULL, N_("print the lists of the manual page in its markup"),
     NULL},
    {"completion",                                          0, ARGUMENT_CHOICE, N_("SHELL"), N_("print completions for a shell"),
     "bash zsh fish"},
    {0},
};

static const struct topic *topic_named(const char *name)
{
    for (size_t i = 0; i < topic_count; i++)
        if (strcmp(name, topics[i].name) == 0)
            return &topics[i];
    return NULL;
}

static bool refuse_unknown(const char *name, struct vb_error *error)
{
    struct nearest nearest = nearest_to(str_of(name));
    for (size_t i = 0; i < command_count; i++)
        nearest_try(&nearest, commands[i].name);
    for (size_t i = 0; i < topic_count; i++)
        nearest_try(&nearest, topics[i].name);
    if (nearest.found)
        return err_set(error, VB_UNSUPPORTED, _("there is no help on “%s”; did you mean “%s”?"),
                       name, nearest.found);
    return err_set(error, VB_UNSUPPORTED, _("there is no help on “%s”"), name);
}

static bool write_help(const char *name, struct buf *out, struct vb_error *error)
{
    const struct command *command = name ? command_named(name) : NULL;
    const struct topic *topic = name ? topic_named(name) : NULL;
    if (topic)
        topic->write(out);
    else if (command || !name)
        help_write(command, out);
    else
        return refuse_unknown(name, error);
    return true;
}

/* With the user's own keys; what is wrong with them is told, and the help all the same. */
static void write_own_help(const char *name, struct buf *out, struct vb_error *error)
{
    struct buf trouble = {0};
    keymap_load(NULL, &trouble);
    if (trouble.len)
        fputs(trouble.data, stderr);
    buf_free(&trouble);
    write_help(name, out, error);
}

int cmd_help(const struct parsed *args)
{
    struct buf out = {0};
    struct vb_error error = {0};
    const char *shell = option_value(args, "completion");
    int code = EXIT_DONE;
    if (args->word_count > 1)
        err_set(&error, VB_UNSUPPORTED, "%s", _("help is given on one thing at a time"));
    else if (shell)
        completion_write(shell, &out);
    else if (option_given(args, "man"))
        help_man(&out);
    else
        write_own_help(args->words[0], &out, &error);
    if (*error.text)
        code = report_usage(&error, false);
    else if (!print_out(buf_str(&out)))
        code = EXIT_FAILED;
    buf_free(&out);
    return code;
}
