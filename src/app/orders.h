/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `verbatim --send ORDER` can ask of a running program, and the answers. */
#pragma once

#include "app/session.h"
#include "base/buf.h"

/* A word on the screen, in window pixels from the client area's top left. */
struct shown_word {
    uint32_t word;
    int x, y, w, h;
};

/* Obeys "seek 16’20", "play-pause" or any action's name. False: `answer` holds the reason; else
 * what is to be printed (often nothing). "state" is state_write()'s, not an order here. */
bool orders_obey(struct session *s, vb_str order, struct buf *answer);
bool orders_is_state(vb_str order);
/* Is it an order that could be obeyed? For the sending side, before anything is sent. */
bool orders_known(vb_str order);
/* The session as one line of JSON; `words` NULL: no window, the key is left out. */
void state_write(const struct session *s, const struct shown_word *words, size_t count,
                 struct buf *out);
