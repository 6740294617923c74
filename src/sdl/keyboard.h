/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SDL's keys as the program names them. */
#pragma once

#include <SDL.h>

#include "app/keys.h"

/* False: the key alone means nothing (Shift, Ctrl …). Takes the text that the key produced off
 * the queue, if it stands there; `typing`: leaves it, for the field that has the focus. */
bool keyboard_press(const SDL_KeyboardEvent *event, bool typing, struct key_press *press);
unsigned keyboard_modifiers(unsigned held); /* from SDL's, as in key_press */
