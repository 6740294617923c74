/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long text on its way: its beginning is shown at once, while a thread reads the whole. */
#pragma once

#include "app/session.h"

/* Opens the beginning of a text that takes long to read; any thread may do that.  NULL: it is
 * short, or its beginning can't be read alone; open it as usual. */
struct vb_document *loading_beginning(const char *path);
/* The session is about to get that beginning: the rest will be read. */
void loading_begin(struct session *s, const char *path);
/* Is only the beginning there? Nothing is corrected or remembered of it. */
bool loading_runs(const struct session *s);
/* Part of the session's frame. True: the whole is there, or can't be read, which is `error`'s
 * then; `whole` is the caller's. */
bool loading_update(struct session *s, struct vb_document **whole, struct vb_error *error);
/* Forgets what is on its way; waits for nothing. */
void loading_stop(struct session *s);
