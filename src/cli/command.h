/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of a row in the table of subcommands (main.c).  A command is one file, cmd_x.c. */
#pragma once

#include "cli/options.h"

/* Exit codes, the same for every command. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct command {
    const char *name;      /* the first word of the command line; never translated */
    const char *arguments; /* N_("FILE…") */
    const char *summary;   /* N_(): one line for the list of commands */
    const char *about;     /* N_(): a paragraph for its own help */
    const struct option *options;
    int (*run)(const struct parsed *args); /* gives the exit code */
};

extern const struct command commands[];
extern const size_t command_count;

/* The command when the first word names none: play. */
const struct command *command_default(void);
const struct command *command_named(const char *name); /* NULL */

/* One row each, in cmd_x.c. */
extern const struct option play_options[], info_options[], convert_options[], align_options[],
    export_options[], check_options[], forget_options[], help_options[];
int cmd_play(const struct parsed *args);
int cmd_info(const struct parsed *args);
int cmd_convert(const struct parsed *args);
int cmd_align(const struct parsed *args);
int cmd_export(const struct parsed *args);
int cmd_check(const struct parsed *args);
int cmd_forget(const struct parsed *args);
int cmd_help(const struct parsed *args);
