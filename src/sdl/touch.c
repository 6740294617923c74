/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sdl/touch.h"

#include <stdlib.h>

#include "view/reading.h"

enum { RESTS_MS = 500, AGAIN_MS = 400, SLACK = 10 };

void touch_begin(void)
{
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
}

static void send(struct screen *on, enum input_kind kind, int x, int y, int clicks)
{
    struct input in = {.kind = kind, .x = x, .y = y, .clicks = clicks};
    screen_input(on, &in);
}

static void come_down(struct touch *t, struct screen *on, int x, int y, uint32_t now)
{
    t->down = true;
    t->moves = false;
    t->on_text = on->layout && rect_holds(on->text_at, x, y);
    t->taps = now - t->tapped < AGAIN_MS && abs(x - t->x) + abs(y - t->y) < px(on, 3 * SLACK)
                  ? t->taps + 1
                  : 1;
    t->x = x;
    t->y = y;
    t->top = on->scroll.top;
    t->since = now;
    send(on, INPUT_MOVE, x, y, 0);
    if (!t->on_text)
        send(on, INPUT_PRESS, x, y, t->taps);
}

static void move(struct touch *t, struct screen *on, int x, int y)
{
    if (!t->on_text) {
        send(on, INPUT_MOVE, x, y, 0);
        return;
    }
    t->moves = t->moves || abs(x - t->x) + abs(y - t->y) > px(on, SLACK);
    if (!t->moves)
        return;
    scroll_drag(&on->scroll, t->top + t->y - y);
    reading_moved(on);
}

static void go_up(struct touch *t, struct screen *on, int x, int y, uint32_t now)
{
    bool rested = now - t->since >= RESTS_MS;
    t->down = false;
    t->tapped = now;
    if (t->on_text && !t->moves && rested) {
        send(on, INPUT_MENU, t->x, t->y, 0);
    } else if (t->on_text && !t->moves) {
        send(on, INPUT_PRESS, t->x, t->y, t->taps);
        send(on, INPUT_RELEASE, t->x, t->y, t->taps);
    } else if (!t->on_text) {
        send(on, INPUT_RELEASE, x, y, t->taps);
    }
    if (!t->on_text || !rested) /* nothing hovers where there is no finger */
        send(on, INPUT_LEAVE, x, y, 0);
}

void touch_take(struct touch *t, const SDL_TouchFingerEvent *event, struct screen *on)
{
    int x = (int)(event->x * (float)on->width), y = (int)(event->y * (float)on->height);
    if (event->type == SDL_FINGERDOWN && !t->down) {
        t->finger = event->fingerId;
        come_down(t, on, x, y, event->timestamp);
    }
    if (!t->down || event->fingerId != t->finger)
        return;
    if (event->type == SDL_FINGERMOTION)
        move(t, on, x, y);
    else if (event->type == SDL_FINGERUP)
        go_up(t, on, x, y, event->timestamp);
}
