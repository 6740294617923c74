/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: SDL's events go to the screen, the screen's draw list to pixels.
 *
 * It sleeps until there is an event or until something shown changes by itself; paused and
 * still, nothing wakes it. */
#include "sdl/window.h"

#include <pthread.h>
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/arrivals.h"
#include "app/editing.h"
#include "app/listening.h"
#include "app/orders.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "sdl/chooser.h"
#include "sdl/desktop.h"
#include "sdl/system_look.h"
#include "sdl/window_parts.h"

/* SDL wakes a sleeping window with a message to it, over a connection of its own; one that
 * comes after the window is gone ends the program.  So nobody is in the middle of it when it
 * closes. */
static pthread_mutex_t waking = PTHREAD_MUTEX_INITIALIZER;
static bool is_closed;

bool window_push(SDL_Event *event)
{
    pthread_mutex_lock(&waking);
    bool pushed = !is_closed && SDL_PushEvent(event) == 1; /* refused before SDL runs */
    pthread_mutex_unlock(&waking);
    return pushed;
}

static void set_closed(bool closed)
{
    pthread_mutex_lock(&waking);
    is_closed = closed;
    pthread_mutex_unlock(&waking);
}

void window_notify(void *ctx)
{
    (void)ctx;
    SDL_Event event = {.type = SDL_USEREVENT};
    window_push(&event);
}

/* Never near 0, which the session takes for "long ago". */
vb_time window_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec + 3600) * VB_SECOND + now.tv_nsec / 1000;
}

/* ---- opening and closing ---- */

static bool choose_file(void *ctx, enum ask what, const char *offered)
{
    struct window *w = ctx;
    return buses_choose_file(w->buses, what, offered) || chooser_ask(what, offered);
}

static bool open_window(struct window *w, const struct window_options *options,
                        struct vb_error *error)
{
    touch_begin();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO))
        return err_set(error, VB_DEVICE, _("no window can be opened: %s"), SDL_GetError());
    const struct settings *settings = &w->session->settings;
    w->window =
        SDL_CreateWindow("Verbatim", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                         settings->window_width, settings->window_height, SDL_WINDOW_RESIZABLE);
    if (!w->window)
        return err_set(error, VB_DEVICE, _("no window can be opened: %s"), SDL_GetError());
    double scale = options->scale > 0 ? options->scale : look_scale(w->window);
    SDL_SetWindowMinimumSize(w->window, (int)(240 * scale), (int)(200 * scale));
    SDL_SetWindowSize(w->window, (int)(settings->window_width * scale),
                      (int)(settings->window_height * scale));
    w->target.window = w->window;
    look_set_icon(w->window);
    w->cursors[0] = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_ARROW);
    w->cursors[1] = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_HAND);
    w->cursors[2] = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_IBEAM);
    struct buf folder = {0};
    buf_printf(&folder, "%s/fonts", options->data ? options->data : ".");
    w->fonts = fonts_open(folder.data, error);
    buf_free(&folder);
    if (!w->fonts)
        return false;
    w->paint = paint_new(w->fonts);
    screen_init(&w->screen, w->session, fonts_measure(w->fonts), scale);
    w->session->clipboard = desktop_clipboard();
    w->session->has_dialogs = true;
    w->session->choose_file = choose_file;
    w->session->choose_ctx = w;
    SDL_ShowWindow(w->window);
    system_look_ask(window_notify, NULL);
    return true;
}

static void close_window(struct window *w)
{
    set_closed(true);
    buses_close(w->buses);
    remote_close(w->remote);
    screen_free(&w->screen);
    paint_free(w->paint);
    fonts_close(w->fonts);
    target_free(&w->target);
    for (size_t i = 0; i < COUNT(w->cursors); i++)
        if (w->cursors[i])
            SDL_FreeCursor(w->cursors[i]);
    if (w->window)
        SDL_DestroyWindow(w->window);
    buf_free(&w->title);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

/* ---- orders of other programs ---- */

static void obey_orders(struct window *w)
{
    vb_str order;
    struct buf answer = {0};
    session_arrive(w->session);
    if (session_awaits(w->session) && session_awaited(w->session) < SESSION_SLOW)
        return; /* they speak of what is about to be there */
    while (w->remote && remote_next(w->remote, &order)) {
        bool obeyed = true;
        buf_clear(&answer);
        if (orders_is_state(order))
            state_write(w->session, w->screen.shown.items, w->screen.shown.count, &answer);
        else
            obeyed = orders_obey(w->session, order, &answer);
        remote_answer(w->remote, obeyed, buf_str(&answer));
    }
    buf_free(&answer);
}

/* ---- a frame ---- */

static void show_title(struct window *w)
{
    const struct session *s = w->session;
    struct buf title = {0};
    buf_puts(&title, session_changed(s) ? "● " : "");
    if (s->transcript && vb_title(s->transcript).len) {
        buf_add(&title, vb_title(s->transcript));
        buf_puts(&title, " — ");
    }
    buf_puts(&title, "Verbatim");
    if (str_is(buf_str(&title), buf_str(&w->title))) {
        buf_free(&title);
        return;
    }
    SDL_SetWindowTitle(w->window, title.data);
    buf_free(&w->title);
    w->title = title;
}

static void show_cursor(struct window *w)
{
    if (w->cursor == w->screen.cursor || !w->cursors[w->screen.cursor])
        return;
    w->cursor = w->screen.cursor;
    SDL_SetCursor(w->cursors[w->cursor]);
}

static void follow_system(struct window *w)
{
    struct session *s = w->session;
    s->system_is_dark = system_look_is_dark();
    w->screen.calm = system_look_is_calm();
    if (w->is_compact == s->compact)
        return;
    w->is_compact = s->compact;
    w->growth = (struct growth){0, 0};
    look_set_compact(w->window, s->compact, (int)(s->settings.window_width * w->screen.scale),
                     (int)(s->settings.window_height * w->screen.scale), w->screen.scale);
}

/* A strip is too low for the panel: it grows while that is open. */
static void make_room(struct window *w)
{
    if (!w->is_compact)
        return;
    if (w->session->panel == PANEL_NONE && w->growth.by)
        look_shrink(w->window, &w->growth);
    else if (w->session->panel != PANEL_NONE && w->screen.sound_lacks)
        look_grow(w->window, &w->growth, w->screen.sound_lacks);
}

static void follow_full_screen(struct window *w)
{
    bool is_full = SDL_GetWindowFlags(w->window) & SDL_WINDOW_FULLSCREEN_DESKTOP;
    if (w->session->full_screen != is_full)
        SDL_SetWindowFullscreen(w->window,
                                w->session->full_screen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

/* Asked for by another program: a hidden or covered window is what was asked for. */
static void come_forward(struct window *w)
{
    if (!w->session->come_forward)
        return;
    w->session->come_forward = false;
    SDL_RestoreWindow(w->window);
    SDL_RaiseWindow(w->window);
}

static void draw_frame(struct window *w)
{
    follow_system(w);
    follow_full_screen(w);
    come_forward(w);
    struct canvas canvas;
    struct rect painted[PAINT_RECTS_MAX];
    bool fresh;
    if (!target_begin(&w->target, &canvas, &fresh))
        return;
    const struct draw_list *list = screen_draw(&w->screen, canvas.width, canvas.height);
    size_t count = paint_frame(w->paint, list, &canvas, fresh || w->exposed, painted);
    w->exposed = false;
    target_show(&w->target, painted, count);
    show_title(w);
    show_cursor(w);
    typing_follow(&w->typing, &w->screen);
    make_room(w);
}

/* Milliseconds until something shown changes by itself; -1: nothing will. */
static int time_to_sleep(const struct window *w)
{
    const struct session *s = w->session;
    vb_time next = session_sooner(session_next_change(s), screen_next_change(&w->screen));
    if (s->now.phase == VB_PLAYING && w->stop_at != VB_NO_TIME)
        next = session_sooner(next, w->stop_at - s->now.position);
    if (next == VB_NO_TIME)
        return -1;
    return next < 0 ? 0 : next > 3600 * VB_SECOND ? 3600000 : (int)(next / 1000) + 1;
}

static void take_events(struct window *w, int timeout)
{
    SDL_Event event;
    bool any = timeout < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, timeout);
    w->session->clock = window_clock();
    for (; any; any = SDL_PollEvent(&event))
        window_take_event(w, &event);
    obey_orders(w);
    buses_obey(w->buses);
}

static bool is_over(const struct window *w)
{
    const struct session *s = w->session;
    return s->quit || (w->stop_at != VB_NO_TIME && s->player && !s->now.seeking &&
                       s->now.position >= w->stop_at);
}

/* What was said while the files were opened is new to the reader. */
static void say_again(struct session *s)
{
    for (size_t i = 0; i < MESSAGES_KEPT; i++)
        s->messages[i].born = s->clock;
}

/* What the user changed in the window is kept, on top of what the file says now: what the
 * command line asked for was for this once. */
static void keep_settings(const struct settings *before, const struct settings *now)
{
    struct settings kept = settings_default();
    if (!memcmp(before, now, sizeof *now))
        return;
    settings_load(&kept, NULL);
    settings_take_changes(&kept, before, now);
    settings_save(&kept, NULL, NULL); /* a folder that can't be written is no reason to stop */
}

static void tell_buses(struct window *w)
{
    struct rect at = {0};
    SDL_GetWindowPosition(w->window, &at.x, &at.y);
    at.w = w->screen.width;
    at.h = w->screen.height;
    buses_tell(w->buses, at, SDL_GetWindowFlags(w->window) & SDL_WINDOW_INPUT_FOCUS);
}

static void run(struct window *w)
{
    session_update(w->session, window_clock());
    say_again(w->session);
    draw_frame(w);
    w->buses = buses_open(&w->screen, window_notify, NULL); /* what is seen comes first */
    w->session->surveys = true;
    session_update(w->session, window_clock());
    while (!is_over(w)) {
        take_events(w, time_to_sleep(w));
        session_update(w->session, window_clock());
        draw_frame(w);
        tell_buses(w);
    }
}

int window_run(struct session *s, const struct window_options *options)
{
    struct window w = {.session = s, .stop_at = options->stop_at, .exposed = true};
    const struct settings before = s->settings;
    struct vb_error error = {0};
    set_closed(false);
    bool opened = open_window(&w, options, &error);
    if (opened) {
        session_look_at_output(s);
        w.remote = remote_open(window_notify, NULL);
        run(&w);
        if (options->remembers) {
            keep_settings(&before, &s->settings);
            outputs_save(&s->outputs, NULL, NULL);
        }
    } else {
        fprintf(stderr, "verbatim: %s\n", error.text);
    }
    close_window(&w);
    return opened ? 0 : 1;
}
