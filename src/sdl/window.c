/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: SDL's events go to the screen, the screen's draw list to pixels.
 *
 * It sleeps until there is an event or until something shown changes by itself; paused and
 * still, nothing wakes it. */
#include "sdl/window.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/arrivals.h"
#include "app/asks.h"
#include "app/editing.h"
#include "app/listening.h"
#include "app/orders.h"
#include "app/place.h"
#include "app/remote.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "bus/buses.h"
#include "sdl/chooser.h"
#include "sdl/desktop.h"
#include "sdl/font.h"
#include "sdl/keyboard.h"
#include "sdl/look.h"
#include "sdl/paint.h"
#include "sdl/sink_sdl.h"
#include "sdl/system_look.h"
#include "sdl/target.h"
#include "sdl/typing.h"
#include "view/screen.h"

struct window {
    struct session *session;
    SDL_Window *window;
    struct target target;
    struct fonts *fonts;
    struct paint *paint;
    struct screen screen;
    struct remote *remote;
    struct buses *buses;
    SDL_Cursor *cursors[CURSORS];
    enum screen_cursor cursor;
    struct typing typing;
    struct buf title;
    bool exposed; /* what is on the display may be gone */
    bool is_compact;
    struct growth growth; /* of the strip, for a panel that it has no room for */
    vb_time stop_at;
    vb_time output_looked; /* when the sound output's name was last asked for */
};

void window_notify(void *ctx)
{
    (void)ctx;
    SDL_Event event = {.type = SDL_USEREVENT};
    SDL_PushEvent(&event); /* refused before SDL runs: then there is nobody to wake */
}

/* Never near 0, which the session takes for "long ago". */
static vb_time clock_now(void)
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
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"); /* our own pixels, not a slow GL */
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
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

/* ---- events ---- */

static void open_dropped(struct window *w, char *path)
{
    if (path)
        arrivals_open(w->session, path);
    SDL_free(path);
}

/* A time is gone to ("16’ 20"), the name of a file opened. */
static void take_dropped_text(struct window *w, char *text)
{
    struct session *s = w->session;
    struct buf path = {0}, why = {0};
    vb_time time;
    vb_str line = str_trim(str_of(text));
    ask_put_path(line, &path);
    if (place_find(s, line, &time, &why))
        session_seek(s, time);
    else if (path.len && file_exists(path.data))
        arrivals_open(s, path.data);
    else
        session_say(s, MESSAGE_WARNING, "%s", why.data);
    buf_free(&path);
    buf_free(&why);
    SDL_free(text);
}

static void take_pointer(struct window *w, enum input_kind kind, int x, int y, float amount)
{
    struct input in = {.kind = kind, .x = x, .y = y, .amount = amount};
    screen_input(&w->screen, &in);
}

static void take_button(struct window *w, const SDL_MouseButtonEvent *event)
{
    bool down = event->state == SDL_PRESSED;
    struct input in = {.kind = down ? INPUT_PRESS : INPUT_RELEASE,
                       .x = event->x,
                       .y = event->y,
                       .clicks = event->clicks,
                       .modifiers = keyboard_modifiers(SDL_GetModState())};
    if (event->button == SDL_BUTTON_RIGHT && down)
        in.kind = INPUT_MENU;
    else if (event->button != SDL_BUTTON_LEFT)
        return;
    screen_input(&w->screen, &in);
}

static void take_wheel(struct window *w, const SDL_MouseWheelEvent *event)
{
    float up = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -event->preciseY : event->preciseY;
    struct input in = {.kind = INPUT_WHEEL,
                       .x = event->mouseX,
                       .y = event->mouseY,
                       .amount = -up,
                       .across = event->preciseX};
    screen_input(&w->screen, &in);
}

static void look_at_output(struct window *w);

static void take_window_event(struct window *w, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        w->target.surface = NULL;
        if (w->is_compact || w->session->full_screen) /* not the window's own size */
            break;
        w->session->settings.window_width = (int)(event->data1 / w->screen.scale + .5);
        w->session->settings.window_height = (int)(event->data2 / w->screen.scale + .5);
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
        w->exposed = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        take_pointer(w, INPUT_LEAVE, 0, 0, 0);
        break;
    case SDL_WINDOWEVENT_FOCUS_GAINED:
        look_at_output(w);
        system_look_ask(window_notify, NULL); /* it may have been changed meanwhile */
        if (w->remote)
            remote_focused(w->remote);
        break;
    default:
        break;
    }
}

/* ---- outputs of sound ---- */

static bool hears_sdl(const struct window *w)
{
    return w->session->sink == &sink_sdl;
}

/* The default output may be another one by now, with a delay of its own. */
static void look_at_output(struct window *w)
{
    char name[OUTPUT_NAME];
    if (!hears_sdl(w))
        return;
    w->output_looked = w->session->clock;
    sink_sdl_output(name, sizeof name);
    session_output_is(w->session, name);
}

/* Nothing tells when the user chooses another default; a look is cheap, while we are awake. */
static void look_at_output_again(struct window *w)
{
    if (w->session->clock - w->output_looked > 2 * VB_SECOND)
        look_at_output(w);
}

/* SDL tells of every device that goes: also of those for recording and those that are not ours,
 * and the sound server may have moved our sound to another one already. */
static void take_output_gone(struct window *w, const SDL_AudioDeviceEvent *event)
{
    if (event->iscapture || !hears_sdl(w))
        return;
    if (sink_sdl_owns(event->which)) {
        session_output_lost(w->session);
        session_output_came(w->session); /* on another one, if there is one */
    }
    look_at_output(w);
}

static void take_output_new(struct window *w, const SDL_AudioDeviceEvent *event)
{
    if (event->iscapture || !hears_sdl(w))
        return;
    session_output_came(w->session);
    look_at_output(w);
}

static void take_event(struct window *w, SDL_Event *event)
{
    struct key_press press;
    switch (event->type) {
    case SDL_QUIT:
        session_quit(w->session);
        break;
    case SDL_WINDOWEVENT:
        take_window_event(w, &event->window);
        break;
    case SDL_KEYDOWN:
        if (keyboard_press(&event->key, screen_types(&w->screen), &press))
            screen_key(&w->screen, &press);
        break;
    case SDL_TEXTINPUT:
    case SDL_TEXTEDITING:
    case SDL_TEXTEDITING_EXT:
        typing_take(&w->typing, event, &w->screen);
        break;
    case SDL_MOUSEMOTION:
        take_pointer(w, INPUT_MOVE, event->motion.x, event->motion.y, 0);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        take_button(w, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        take_wheel(w, &event->wheel);
        break;
    case SDL_DROPFILE:
        open_dropped(w, event->drop.file);
        break;
    case SDL_DROPTEXT:
        take_dropped_text(w, event->drop.file);
        break;
    case SDL_USEREVENT: /* without a path it only wakes */
        if (event->user.data1)
            ask_chosen(w->session, (enum ask)event->user.code, event->user.data1);
        SDL_free(event->user.data1);
        break;
    case SDL_AUDIODEVICEREMOVED:
        take_output_gone(w, &event->adevice);
        break;
    case SDL_AUDIODEVICEADDED:
        take_output_new(w, &event->adevice);
        break;
    default:
        break;
    }
}

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

static vb_time sooner(vb_time a, vb_time b)
{
    if (a == VB_NO_TIME || b == VB_NO_TIME)
        return a == VB_NO_TIME ? b : a;
    return a < b ? a : b;
}

/* Milliseconds until something shown changes by itself; -1: nothing will. */
static int time_to_sleep(const struct window *w)
{
    const struct session *s = w->session;
    vb_time next = sooner(session_next_change(s), screen_next_change(&w->screen));
    if (s->now.phase == VB_PLAYING && w->stop_at != VB_NO_TIME)
        next = sooner(next, w->stop_at - s->now.position);
    if (next == VB_NO_TIME)
        return -1;
    return next < 0 ? 0 : next > 3600 * VB_SECOND ? 3600000 : (int)(next / 1000) + 1;
}

static void take_events(struct window *w, int timeout)
{
    SDL_Event event;
    bool any = timeout < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, timeout);
    w->session->clock = clock_now();
    for (; any; any = SDL_PollEvent(&event))
        take_event(w, &event);
    look_at_output_again(w);
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
    session_update(w->session, clock_now());
    say_again(w->session);
    draw_frame(w);
    w->buses = buses_open(&w->screen, window_notify, NULL); /* what is seen comes first */
    while (!is_over(w)) {
        take_events(w, time_to_sleep(w));
        session_update(w->session, clock_now());
        draw_frame(w);
        tell_buses(w);
    }
}

int window_run(struct session *s, const struct window_options *options)
{
    struct window w = {.session = s, .stop_at = options->stop_at, .exposed = true};
    const struct settings before = s->settings;
    struct vb_error error = {0};
    bool opened = open_window(&w, options, &error);
    if (opened) {
        s->surveys = true;
        look_at_output(&w);
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
