/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop is set to: dark colours, no animations.
 *
 * Asked of gsettings, on a thread of its own: it takes some milliseconds to answer, and nobody
 * waits for it.  Without a desktop nothing is asked. */
#pragma once

#include <stdbool.h>

/* Asks, unless that is already being done; `notify` is called on the thread once it is known. */
void system_look_ask(void (*notify)(void *ctx), void *ctx);
bool system_look_is_dark(void);
bool system_look_is_calm(void);
