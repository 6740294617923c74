/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SDL tells of keys, pointer, window, dropped files and outputs of sound. */
#include <SDL.h>

#include "app/arrivals.h"
#include "app/asks.h"
#include "app/paths.h"
#include "app/editing.h"
#include "app/listening.h"
#include "app/place.h"
#include "base/file.h"
#include "base/str.h"
#include "sdl/keyboard.h"
#include "sdl/sink_sdl.h"
#include "sdl/system_look.h"
#include "sdl/window_parts.h"

/* ---- outputs of sound ---- */

static bool hears_sdl(const struct window *w)
{
    return w->session->sink == &sink_sdl;
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
    session_look_at_output(w->session);
}

static void take_output_new(struct window *w, const SDL_AudioDeviceEvent *event)
{
    if (event->iscapture || !hears_sdl(w))
        return;
    session_output_came(w->session);
    session_look_at_output(w->session);
}

/* ---- what is dropped, the pointer, the window ---- */

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
    path_from_line(line, &path);
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
        session_look_at_output(w->session);
        system_look_ask(window_notify, NULL); /* it may have been changed meanwhile */
        if (w->remote)
            remote_focused(w->remote);
        break;
    default:
        break;
    }
}

/* ---- all of them ---- */

void window_take_event(struct window *w, SDL_Event *event)
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
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        touch_take(&w->touch, &event->tfinger, &w->screen);
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
