/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which keys each action has: those of the table, or the user's own, from
 * $XDG_CONFIG_HOME/verbatim/keys.  A line says "play-pause = Space, F4"; nothing behind the
 * sign takes an action's keys away.  A key that the user gives to one action is no longer
 * another's. Read once, at the start, by the thread of the interface. */
#pragma once

#include "app/actions.h"

/* `path` NULL: the user's own; a missing file is none. Adds a sentence, with its line, for each
 * line that is nonsense, one below the other; the rest holds all the same. */
void keymap_load(const char *path, struct buf *trouble);
void keymap_reset(void); /* the table's keys again */
/* "Space, Ctrl+Space"; "" for none. Good until the next load. */
const char *keymap_keys(const struct action *action);
