/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder for what can be made again: $XDG_CACHE_HOME/verbatim, else ~/.cache/verbatim. */
#pragma once

#include "base/buf.h"

/* FOLDER/NAME in it, the folder made. False: neither variable is set. */
bool cache_path(const char *folder, const char *name, struct buf *into);
/* It was used just now: it will be dropped last. */
void cache_touch(const char *path);
/* Drops the files of FOLDER that were not used for the longest time, until the rest takes no
 * more than `most` bytes. */
void cache_trim(const char *folder, uint64_t most);
