/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal itself. */
#include "cli/tty.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

#include "base/mem.h"

#define HIDE_CURSOR "\033[?25l"
#define SHOW_CURSOR "\033[?25h"

static const int held_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP};

/* Set by the handler, taken by tty_wait(). */
static volatile sig_atomic_t ended_by, was_resized, was_suspended;

static void take_signal(int number)
{
    if (number == SIGWINCH)
        was_resized = 1;
    else if (number == SIGTSTP)
        was_suspended = 1;
    else
        ended_by = number;
}

void tty_hold_signals(void)
{
    sigset_t held;
    struct sigaction action = {.sa_handler = take_signal};
    sigemptyset(&action.sa_mask);
    sigemptyset(&held);
    for (size_t i = 0; i < COUNT(held_signals); i++) {
        struct sigaction old;
        sigaction(held_signals[i], NULL, &old);
        if (old.sa_handler == SIG_IGN) /* nohup, or a shell without job control */
            continue;
        sigaddset(&held, held_signals[i]);
        sigaction(held_signals[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &held, NULL);
}

int tty_ended_by(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    for (size_t i = 0; i < COUNT(ends); i++)
        if (sigismember(&pending, ends[i]) == 1)
            return ends[i];
    return 0;
}

static bool is_foreground(void)
{
    return tcgetpgrp(STDIN_FILENO) == getpgrp();
}

void tty_open(struct tty *tty)
{
    const char *kind = getenv("TERM");
    *tty = (struct tty){0};
    tty->draws = isatty(STDOUT_FILENO) && kind && *kind && strcmp(kind, "dumb") != 0;
    tty->listens = tty->draws && isatty(STDIN_FILENO) && is_foreground() &&
                   tcgetattr(STDIN_FILENO, &tty->before) == 0;
}

static void put(const char *text)
{
    ssize_t written = write(STDOUT_FILENO, text, strlen(text));
    (void)written; /* a terminal that went away is noticed elsewhere */
}

void tty_enter(struct tty *tty)
{
    tty->entered = true;
    if (tty->draws)
        put(HIDE_CURSOR);
    if (!tty->listens)
        return;
    struct termios keys = tty->before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO); /* ISIG stays: Ctrl+C and Ctrl+Z are signals */
    keys.c_iflag &= ~(tcflag_t)(IXON | ICRNL);  /* Ctrl+S and Ctrl+Q are keys */
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &keys);
}

void tty_leave(struct tty *tty)
{
    if (!tty->entered)
        return;
    tty->entered = false;
    if (tty->draws)
        put(SHOW_CURSOR);
    if (tty->listens)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &tty->before);
}

void tty_size(int *columns, int *rows)
{
    struct winsize size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row;
    *columns = known ? size.ws_col : 80;
    *rows = known ? size.ws_row : 24;
}

struct tty_news tty_wait(const struct tty *tty, const struct wake *wake, vb_time at_most)
{
    fd_set ready;
    sigset_t none;
    struct timespec wait = {.tv_sec = at_most / VB_SECOND,
                            .tv_nsec = at_most % VB_SECOND * 1000};
    FD_ZERO(&ready);
    FD_SET(wake->to_read, &ready);
    if (tty->listens)
        FD_SET(STDIN_FILENO, &ready);
    sigprocmask(SIG_SETMASK, NULL, &none);
    for (size_t i = 0; i < COUNT(held_signals); i++)
        sigdelset(&none, held_signals[i]);
    int count = pselect(wake->to_read + 1, &ready, NULL, NULL,
                        at_most == VB_NO_TIME ? NULL : &wait, &none);
    wake_clear(wake);
    struct tty_news news = {
        .input = count > 0 && tty->listens && FD_ISSET(STDIN_FILENO, &ready),
        .resized = was_resized,
        .suspended = was_suspended,
        .ended_by = ended_by,
    };
    was_resized = was_suspended = 0;
    return news;
}

void tty_die_of(int signal_number)
{
    sigset_t only;
    signal(signal_number, SIG_DFL);
    sigemptyset(&only);
    sigaddset(&only, signal_number);
    raise(signal_number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
}
