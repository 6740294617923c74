/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim --send ORDER`: one order for the program that is already running. */
#pragma once

#include "cli/options.h"

/* Joins the option's value and the words behind it: "seek" "16:20". Gives the exit code. */
int send_order(const char *first, const struct parsed *args);

/* All orders there are: every action by its name, and a few that are no keys. */
struct order_row {
    const char *name;
    const char *argument; /* translated; NULL: none */
    const char *help;     /* translated */
};
size_t order_count(void);
struct order_row order_at(size_t i);
