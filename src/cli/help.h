/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help texts, all made from the tables of commands, options, actions, formats and settings. */
#pragma once

#include "app/actions.h"
#include "base/buf.h"
#include "cli/command.h"
#include "verbatim/format.h"

/* How a command is used; NULL: the program as a whole. */
void help_write(const struct command *command, struct buf *out);

/* A list that the program can print: "keys", "formats" … */
struct topic {
    const char *name;
    const char *summary; /* N_() */
    void (*write)(struct buf *out);
};
extern const struct topic topics[];
extern const size_t topic_count;

/* "-o, --output FILE" */
void option_usage(const struct option *option, struct buf *out);
/* Those actions' keys that `shown` lets through (NULL: all), in groups. */
void help_keys(bool (*shown)(const struct action *action), struct buf *out);
/* "read and written" */
const char *format_abilities(const struct vb_format *format);
/* One setting as settings_describe() has it, taken apart; `*at` moves on. False: no more. */
struct setting_row {
    struct buf name, value, help;
};
bool setting_next(vb_str lines, size_t *at, struct setting_row *row);
void setting_free(struct setting_row *row);

/* The lists of the manual page in its markup, each between two comments that name it. */
void help_man(struct buf *out);

/* A completion script for "bash", "zsh" or "fish". */
void completion_write(const char *shell, struct buf *out);
