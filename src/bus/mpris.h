/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop's media keys, its volume menu, headphones and `playerctl` know of a player:
 * MPRIS 2.2, https://specifications.freedesktop.org/mpris-spec/.
 *
 * Next and previous are turns.  Nothing here waits for the bus. */
#pragma once

#include <systemd/sd-bus.h>

#include "app/session.h"

struct mpris;

/* Puts the player on the bus; NULL: it can't be. `s` and `bus` must outlive it. */
struct mpris *mpris_open(sd_bus *bus, struct session *s);
void mpris_close(struct mpris *m); /* NULL is allowed */
/* Before the bus is processed: what is asked for is told as it is now. */
void mpris_refresh(struct mpris *m);
/* Once a frame: tells what has changed. */
void mpris_tell(struct mpris *m);
