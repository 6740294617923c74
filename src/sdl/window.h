/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: runs a session until the user quits. */
#pragma once

#include "app/session.h"

struct window_options {
    const char *data; /* the folder that holds fonts/; NULL: there is none */
    double scale;     /* of everything; 0: what the screen asks for */
    vb_time stop_at;  /* quits there; VB_NO_TIME: does not */
    bool remembers;   /* what is changed in it, beyond its end */
};

/* The session's clock, to be set before anything is opened: what waits counts from there. */
vb_time window_clock(void);
/* For session_init(): wakes the window from any thread. `ctx` is not used. */
void window_notify(void *ctx);
/* Returns the program's exit code; why it is not 0 was told on stderr. */
int window_run(struct session *s, const struct window_options *options);
