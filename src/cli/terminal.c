/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player without a window.
 *
 * One loop: look at the sound, answer what was asked from outside, tell what was reached, and
 * sleep until something changes by itself, a key is pressed or the player has news. */
#include "cli/terminal.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "app/actions.h"
#include "app/editing.h"
#include "app/orders.h"
#include "app/remote.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/keyboard.h"
#include "cli/report.h"
#include "cli/telling.h"
#include "format/timecode.h"

struct terminal {
    struct session *session;
    const struct wake *wake;
    vb_time stop_at;
    struct tty tty;
    struct paper paper;
    struct telling telling;
    struct remote *remote;
    int ended_by; /* the signal that ends us; 0: none */
    int code;
    bool done;
};

static vb_time clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (vb_time)now.tv_sec * VB_SECOND + now.tv_nsec / 1000;
}

/* ---- the status line ---- */

static const char *phase_name(const struct session *s)
{
    static const char *const names[] = {
        [VB_PAUSED] = N_("paused"),
        [VB_PLAYING] = N_("playing"),
        [VB_ENDED] = N_("ended"),
        [VB_FAILED] = N_("stopped"),
    };
    return _(names[s->now.phase]);
}

/* Who speaks; or that nobody wrote down what is said there. */
static vb_str speaker_now(const struct session *s)
{
    if (s->turn != VB_NONE)
        return vb_turn_speakers(s->transcript, s->turn);
    bool beyond = s->timeline && s->now.position >= vb_timeline_text_end(s->timeline);
    return str_of(beyond ? _("not transcribed") : NULL);
}

/* " 12:41 / 16:25  playing  Antonio Casilli   q: quit, ?: keys " */
static void show_status(struct terminal *terminal)
{
    const struct session *s = terminal->session;
    struct buf text = {0};
    buf_putc(&text, ' ');
    time_put(&text, s->now.position);
    if (s->now.duration != VB_NO_TIME) {
        buf_puts(&text, " / ");
        time_put(&text, s->now.duration);
    }
    buf_printf(&text, "  %s  ", phase_name(s));
    buf_add(&text, speaker_now(s));
    if (terminal->tty.listens)
        buf_printf(&text, "   %s ", _("q: quit   ?: keys"));
    paper_status(&terminal->paper, buf_str(&text));
    buf_free(&text);
}

/* ---- what comes in ---- */

static void answer_orders(struct terminal *terminal)
{
    vb_str order;
    struct buf answer = {0};
    while (terminal->remote && remote_next(terminal->remote, &order)) {
        bool obeyed = true;
        buf_clear(&answer);
        if (orders_is_state(order))
            state_write(terminal->session, NULL, 0, &answer);
        else
            obeyed = orders_obey(terminal->session, order, &answer);
        remote_answer(terminal->remote, obeyed, buf_str(&answer));
        session_update(terminal->session, clock_now());
    }
    buf_free(&answer);
}

static void press(struct session *s, const struct key_press *key)
{
    const struct action *action = action_for_key(key);
    if (action)
        action_run(s, action);
    else if (key->character == 'q' && !(key->modifiers & (KEY_CTRL | KEY_ALT)))
        session_quit(s);
}

static void read_keys(struct terminal *terminal)
{
    char bytes[256];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got <= 0) /* the terminal is gone */
        terminal->tty.listens = got < 0;
    else
        remote_focused(terminal->remote);
    vb_str rest = {bytes, got > 0 ? (size_t)got : 0};
    while (rest.len) {
        struct key_press key;
        rest = str_from(rest, keyboard_next(rest, &key));
        press(terminal->session, &key);
    }
}

static void fit_to_screen(struct terminal *terminal)
{
    int columns, rows;
    tty_size(&columns, &rows);
    paper_resize(&terminal->paper, columns, rows);
}

/* Ctrl+Z: the shell gets its terminal back; we go on where we were when it lets us. */
static void suspend(struct terminal *terminal)
{
    bool playing = terminal->session->now.phase == VB_PLAYING;
    session_pause(terminal->session);
    paper_end(&terminal->paper);
    tty_leave(&terminal->tty);
    kill(getpid(), SIGSTOP);
    tty_enter(&terminal->tty);
    fit_to_screen(terminal);
    if (playing)
        session_play(terminal->session);
}

static void take_news(struct terminal *terminal, struct tty_news news)
{
    if (news.resized && terminal->tty.draws)
        fit_to_screen(terminal);
    if (news.suspended)
        suspend(terminal);
    if (news.input)
        read_keys(terminal);
    if (news.ended_by) {
        terminal->ended_by = news.ended_by;
        terminal->done = true;
    }
}

/* ---- the loop ---- */

static bool stop_is_reached(const struct terminal *terminal)
{
    const struct session *s = terminal->session;
    return terminal->stop_at != VB_NO_TIME && !s->now.seeking &&
           s->now.position >= terminal->stop_at;
}

static void look_for_the_end(struct terminal *terminal)
{
    const struct session *s = terminal->session;
    if (s->quit || s->now.phase == VB_ENDED || stop_is_reached(terminal))
        terminal->done = true;
    if (s->now.phase == VB_FAILED) {
        terminal->done = true;
        terminal->code = EXIT_FAILED;
    }
}

static vb_time time_to_sleep(const struct terminal *terminal)
{
    const struct session *s = terminal->session;
    vb_time least = session_next_change(s);
    if (s->now.phase != VB_PLAYING || terminal->stop_at == VB_NO_TIME)
        return least;
    vb_time left = terminal->stop_at - s->now.position;
    left = left > 0 ? left : 0;
    return least == VB_NO_TIME || left < least ? left : least;
}

static void look(struct terminal *terminal)
{
    session_update(terminal->session, clock_now());
    answer_orders(terminal);
    telling_go_on(&terminal->telling);
    terminal->session->mode = MODE_READING; /* help was listed: there is nothing to close */
    show_status(terminal);
    if (!paper_show(&terminal->paper)) { /* nobody reads any more */
        terminal->done = true;
        terminal->code = EXIT_FAILED;
    }
    look_for_the_end(terminal);
}

static void play(struct terminal *terminal)
{
    terminal->remote = remote_open(wake_up, (void *)(uintptr_t)terminal->wake);
    for (look(terminal); !terminal->done; look(terminal)) {
        /* A thousandth more: the time of the clock that woke us and that of the sound differ.
         */
        vb_time least = time_to_sleep(terminal);
        if (least != VB_NO_TIME)
            least += VB_SECOND / 1000;
        take_news(terminal, tty_wait(&terminal->tty, terminal->wake, least));
        if (terminal->done)
            break;
    }
    paper_leave(&terminal->paper);
    remote_close(terminal->remote);
}

static void read_out(struct terminal *terminal)
{
    session_update(terminal->session, clock_now());
    telling_all(&terminal->telling);
}

int terminal_run(struct session *s, const struct wake *wake, vb_time stop_at)
{
    struct terminal terminal = {.session = s, .wake = wake, .stop_at = stop_at};
    tty_open(&terminal.tty);
    paper_init(&terminal.paper, terminal.tty.draws, s->transcript);
    if (terminal.tty.draws)
        fit_to_screen(&terminal);
    telling_start(&terminal.telling, s, &terminal.paper);
    tty_enter(&terminal.tty);
    if (s->player)
        play(&terminal);
    else
        read_out(&terminal);
    if (!paper_end(&terminal.paper))
        terminal.code = EXIT_FAILED;
    tty_leave(&terminal.tty);
    paper_free(&terminal.paper);
    if (terminal.ended_by) {
        session_free(s); /* the sound stops with us, not after us */
        tty_die_of(terminal.ended_by);
    }
    return terminal.code;
}
