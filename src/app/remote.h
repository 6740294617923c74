/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket by which `verbatim --send` reaches the running program.
 *
 * A thread of its own takes one order at a time, calls `notify`, and waits for the answer; the
 * user interface's thread looks with remote_next() and answers with remote_answer().  So orders
 * are obeyed between two frames, by the thread that owns the session. */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"

struct remote;

/* NULL: no socket could be made (the program runs on without). */
struct remote *remote_open(void (*notify)(void *ctx), void *ctx);
void remote_close(struct remote *r); /* NULL is allowed */
/* The order that waits, if any; good until the next call. Never waits for the sender. */
bool remote_next(struct remote *r, vb_str *order);
/* To the order that remote_next() gave; a sender that no longer waits hears nothing. */
void remote_answer(struct remote *r, bool obeyed, vb_str answer);
/* This instance had the focus last: it is the one that --send reaches. */
void remote_focused(struct remote *r);

/* The sending side. False: no program runs, or it refused; `answer` or `error` says. */
bool remote_send(vb_str order, struct buf *answer, struct vb_error *error);
