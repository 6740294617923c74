/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when another program writes a file, without looking at it again and again (inotify).
 *
 * The folder is watched, not the file: editors save by renaming a new file over the old one. */
#pragma once

#include "verbatim/types.h"

struct watch;

/* `changed` is called from a thread of its own, a moment after the last of a burst of changes.
 * NULL where the system has no such service, or the folder can't be watched. */
struct watch *watch_open(const char *path, void (*changed)(void *ctx), void *ctx);
/* `changed` is not running and never called again when this returns. NULL is allowed. */
void watch_close(struct watch *watch);
/* Was it written since this was last asked? */
bool watch_news(struct watch *watch);
