/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal itself: keys as they are pressed, its size, the signals it sends; and everything
 * as it was when we leave. */
#pragma once

#include <termios.h>

#include "cli/wake.h"
#include "verbatim/types.h"

struct tty {
    bool draws;   /* stdout is a terminal that can be drawn on */
    bool listens; /* keys can be read from stdin */
    bool entered;
    struct termios before;
};

/* Signals are only taken while tty_wait() waits. To be called before any thread is started, so
 * that all of them leave the signals to this one. */
void tty_hold_signals(void);

int tty_ended_by(void); /* a signal that ends us is held; 0: none */

void tty_open(struct tty *tty);
void tty_enter(struct tty *tty); /* keys come one by one, unseen; the cursor is hidden */
void tty_leave(struct tty *tty); /* as it was; may be called twice */
void tty_size(int *columns, int *rows);

/* What came while we waited. */
struct tty_news {
    bool input; /* keys to read */
    bool resized;
    bool suspended; /* Ctrl+Z */
    int ended_by;   /* SIGINT, SIGTERM, SIGHUP; 0: none */
};
/* Waits for keys, signals, or `wake`; at most `at_most` (VB_NO_TIME: as long as it takes). */
struct tty_news tty_wait(const struct tty *tty, const struct wake *wake, vb_time at_most);

/* Ends the program the way the signal would have, so that the shell knows. */
void tty_die_of(int signal_number);
