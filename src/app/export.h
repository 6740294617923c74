/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound of what is selected, as a file of its own; written by a thread while the reading
 * goes on. */
#pragma once

#include "base/buf.h"
#include "verbatim/types.h"

struct session;
struct export;

/* Asks for the file's name; says why when there is nothing to write. */
void export_ask(struct session *s);
/* "talk 16-20 – 16-35.ogg", beside the recording. */
void export_offer(const struct session *s, struct buf *out);
/* Begins to write. False: `why` holds a sentence. */
bool export_clip(struct session *s, vb_str name, struct buf *why);
/* Once a frame: says when it is done. */
void export_update(struct session *s);
/* Gives up what is still being written. */
void export_stop(struct session *s);
