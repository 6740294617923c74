/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a zip archive, its files stored as they are: a recording is compressed already, and
 * the rest is small beside it.  The same input gives the same bytes. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"

struct archive {
    struct buf *out; /* begins empty */
    struct buf directory;
    uint32_t files;
};

/* At most 65,535 files and 4 GB in all. */
void archive_add(struct archive *archive, const char *name, vb_str bytes);
void archive_end(struct archive *archive);
