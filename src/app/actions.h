/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the user can do, one row an action: keys, help view, manual and remote control are
 * made from this table. */
#pragma once

#include "app/keys.h"
#include "app/session.h"

enum action_group {
    GROUP_LISTEN,
    GROUP_MOVE,
    GROUP_TEXT,
    GROUP_SHOW,
    GROUP_SOUND,
    GROUP_CORRECT,
    GROUP_PROGRAM,
    GROUP_COUNT
};

struct action {
    const char *name; /* "play-pause": for --send and scripts, never translated */
    const char *keys; /* "Space, Ctrl+Space"; "" for none; what holds tells keymap_keys() */
    const char *help; /* N_() */
    enum action_group group;
    void (*act)(struct session *s); /* NULL: run, with the amount */
    void (*run)(struct session *s, int amount);
    int amount;
};

size_t action_count(void);
const struct action *action_at(size_t i);
const struct action *action_named(vb_str name);                     /* NULL */
const struct action *action_for_key(const struct key_press *press); /* NULL */
void action_run(struct session *s, const struct action *action);
const char *action_group_title(enum action_group group);            /* translated */
