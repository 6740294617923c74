/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping what is not saved: a draft (app/draft.h) within a second of each change, written by a
 * thread, so that a slow disk holds up no key. */
#pragma once

#include "app/session.h"

void keeping_soon(struct session *s);   /* something changed */
void keeping_begin(struct session *s);  /* now, of what is there now */
void keeping_settle(struct session *s); /* waits until what is being written is there */
void keeping_forget(struct session *s); /* what was kept: it is saved, or given up */
void keeping_close(struct session *s);  /* the page is about to be closed */
void keeping_update(struct session *s); /* a part of the session's frame */
