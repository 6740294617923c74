/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the command line says that something went wrong: one sentence on stderr, and with --json
 * an object on stdout, too. */
#pragma once

#include "base/buf.h"
#include "cli/options.h"

/* "verbatim: SENTENCE". `file`: what it is about, for JSON; NULL: nothing in particular.
 * Gives EXIT_FAILED, so that a command can end with it. */
int report_failure(const struct vb_error *error, const char *file, bool json);
/* The same for wrong usage, with a hint at the help. Gives EXIT_USAGE. */
int report_usage(const struct vb_error *error, bool json);
/* A remark; the work goes on. */
void report_remark(const char *sentence);

/* Prints all of `text` on stdout and flushes it. False: it could not be written (a full disk),
 * which was said. A reader that went away is no failure worth a word. */
bool print_out(vb_str text);

/* A command's result: to the file `to`, whole or not at all; NULL: to the standard output. The
 * exit code. */
int report_output(const char *to, vb_str text, bool json);
