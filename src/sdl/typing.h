/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed, brought to the field that has the focus, or to the caret in the text.
 *
 * Without a field, text events still tell which character a key produced, so that shortcuts
 * hold on every keyboard.  But an input method would swallow the keys: once one shows itself,
 * text is asked for only while a field has the focus, and shortcuts go by the keys alone. */
#pragma once

#include <SDL.h>

#include "view/screen.h"

struct typing {
    bool types; /* somewhere, as the system was told */
    struct rect caret;
    bool method_at_work; /* an input method composed where nothing could be typed */
};

void typing_take(struct typing *t, const SDL_Event *event, struct screen *screen);
/* Once a frame: tells the system where is typed, if anywhere. */
void typing_follow(struct typing *t, struct screen *screen);
