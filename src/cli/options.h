/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of the command line, said in tables.  A table says what an option is called, what it
 * takes and what it does: parsing, help, manual and completion all come from it. */
#pragma once

#include "verbatim/error.h"

/* What an option's argument names, for completion. */
enum argument_kind {
    ARGUMENT_NONE, /* the option is a switch */
    ARGUMENT_ANY,
    ARGUMENT_FILE,
    ARGUMENT_CHOICE, /* one of `choices` */
    ARGUMENT_FORMAT, /* a format that can be written */
    ARGUMENT_ORDER,  /* what --send can ask */
};

struct option {
    const char *name; /* "start" for --start; NULL ends a table */
    char letter;      /* 'o' for -o; 0: none */
    enum argument_kind takes;
    const char *argument; /* N_("TIME"); NULL: takes none */
    const char *help;     /* N_() */
    const char *choices;  /* "light dark" */
};

enum { OPTIONS_MAX = 24 };

/* One command line, taken apart.  Words and values are the caller's argv. */
struct parsed {
    const struct option *options;    /* the command's own; the common ones come behind */
    const char *values[OPTIONS_MAX]; /* by row, own then common; NULL: not given */
    const char **words;              /* all that is no option; NULL behind the last */
    size_t word_count;
};

/* --help and --version, which every command knows. */
extern const struct option common_options[];

/* Takes `arguments` (without program and command) apart; options may stand anywhere before
 * "--".  False: wrong usage, `error` says what and, where it can, what was meant.
 * parsed_free() in both cases. */
bool options_parse(const struct option *options, int count, char **arguments,
                   struct parsed *parsed, struct vb_error *error);
void parsed_free(struct parsed *parsed);

/* The value given for an option, "" for a switch; NULL: not given.  The last one wins. */
const char *option_value(const struct parsed *parsed, const char *name);
bool option_given(const struct parsed *parsed, const char *name);

/* Is `word` in a list such as "light dark"? */
bool list_has(const char *list, vb_str word);

/* The row that "--start", "--start=16:20" or "-o" names; NULL: none of this table. */
const struct option *option_named(const struct option *options, const char *argument);
