/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files on their way into the session.
 *
 * All that reads them is done by a job: what a file is, its sound or its words, its partner,
 * its key.  A job knows nothing of the session, so it may run on a thread of its own; and a
 * disk that hangs then holds up that thread alone. */
#pragma once

#include "base/sha256.h"
#include "verbatim/verbatim.h"

struct opening;

/* What was asked for. */
struct opening_order {
    const char *first, *second; /* second NULL: `first` alone, or the partner that it has */
    bool partner;               /* … is looked for */
    bool in_parts;              /* of a long text the beginning alone may come (loading.h) */
};

/* What came of it. What it holds belongs to the taker. */
struct opened {
    struct vb_player *player; /* prepared, not started; NULL: no sound, or it can't be opened */
    char *sound_path;
    char sound_key[SHA256_HEX]; /* "": unknown */
    struct vb_document *document;
    bool is_beginning;     /* … of it */
    struct vb_error error, /* VB_OK: all that was asked for is there */
        partner_error;     /* … but the partner */
};

struct opening *opening_new(const struct opening_order *order);
/* Does it all at once, on this thread. */
void opening_run(struct opening *opening);
/* Begins to do it elsewhere; `notify` is called there when it is done. False: no threads. */
bool opening_start(struct opening *opening, void (*notify)(void *ctx), void *ctx);
/* Waits up to `ms`; true: it is done. */
bool opening_wait(struct opening *opening, int ms);
/* Once it is done: whether there is a text among it. */
bool opening_brings_text(const struct opening *opening);
/* Once it is done: what came of it. */
struct opened opening_take(struct opening *opening);
/* Nobody waits for it any more; what it still finds is thrown away. NULL is allowed. */
void opening_leave(struct opening *opening);
/* What it reads, for the user. */
const char *opening_name(const struct opening *opening);

void opened_free(struct opened *opened);
