/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help texts, all made from the tables of commands, options, actions, formats and settings. */
#pragma once

#include "base/buf.h"
#include "cli/command.h"

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
/* "txt wiki html", of the i-th format. */
const char *format_extensions(size_t format);

/* The lists of the manual page in its markup, each between two comments that name it. */
void help_man(struct buf *out);

/* A completion script for "bash", "zsh" or "fish". */
void completion_write(const char *shell, struct buf *out);
