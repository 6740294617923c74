/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player without a window: plays, and prints what is said when it is said. */
#pragma once

#include "app/session.h"
#include "cli/tty.h"

/* Runs until the sound ends, `stop_at` is heard (VB_NO_TIME: no such time) or the user quits.
 * `wake` is what the session's notify wakes. Gives the exit code. */
int terminal_run(struct session *s, const struct wake *wake, vb_time stop_at);
