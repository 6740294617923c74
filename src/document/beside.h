/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the files lie that a document names: beside it on the disk, or with it in an archive.
 */
#pragma once

#include "base/buf.h"
#include "format/companions.h"
#include "verbatim/transcript.h"

struct beside {
    struct buf folder;  /* with its last slash; of the disk or of the archive */
    struct buf archive; /* its bytes; empty: files of the disk */
    struct package *package;
    struct vb_companions companions;
};

/* `path` may be NULL (from memory: only an archive has files beside). An archive's bytes are
 * replaced by those of its main part. Must not move; beside_free() in any case. */
bool beside_begin(struct beside *beside, const char *path, struct buf *bytes,
                  struct vb_error *error);
void beside_free(struct beside *beside);
/* For a folder that a publication was unpacked into: the path of its package file. */
bool beside_find_publication(const char *folder, struct buf *path);
