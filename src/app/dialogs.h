/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that are answered with a button: a table, one row a question. */
#pragma once

#include "app/session.h"

enum { DIALOG_BUTTONS = 3 };

struct dialog {
    const char *title; /* N_() */
    void (*tell)(const struct session *s, struct buf *out);
    /* The first is the one that Enter presses, the last the one of Escape. */
    struct dialog_button {
        const char *name; /* N_(); NULL: there are fewer */
        void (*run)(struct session *s);
    } buttons[DIALOG_BUTTONS];
};

/* NULL: it is none that buttons answer. */
const struct dialog *dialog_of(enum ask what);
