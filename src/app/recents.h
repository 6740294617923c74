/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was open lately, for the page that is shown without files. Whoever remembers such things
 * gives the function; without one there are none. */
#pragma once

#include <stddef.h>

struct recent {
    char title[160];   /* of the transcript, or the file's name */
    char place[40];    /* "16:20": where one stopped; may be empty */
    char path[4096];   /* to be opened, its partner is looked for */
    char second[4096]; /* or is this; may be empty */
};

struct recents {
    /* Newest first, at most `room`; returns how many. NULL: none are remembered. */
    size_t (*list)(void *ctx, struct recent *into, size_t room);
    void *ctx;
};

struct session;
/* They are those of the session's store, read when they are first asked for. */
void recents_from_store(struct session *s);
void recents_forget(struct session *s); /* what was read */
