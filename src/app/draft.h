/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections that are not saved yet, kept apart from the user's file: a crash loses at most a
 * second.
 *
 * A draft is a file in $XDG_STATE_HOME/verbatim/drafts, named by the path of the transcript: a
 * line that says what it is, the path, the digest of the file it was made from, an empty line,
 * and the corrected bytes. */
#pragma once

#include "base/buf.h"
#include "verbatim/document.h"

struct draft_writing;

/* Where the draft of `path` is, the folders made. False: there is no home for it. */
bool draft_path(const char *path, struct buf *into);
/* A thread writes it, for a disk may be slow; NULL: nothing is unsaved, and what was kept is taken
 * away. `typed`: what the document has not taken yet; NULL: nothing. */
struct draft_writing *draft_keep(const struct vb_document *d, const struct vb_change *typed);
bool draft_is_kept(const struct draft_writing *w); /* it is done, well or not */
/* Waits for it. False: it could not be kept. NULL is allowed. */
bool draft_finish(struct draft_writing *w, struct vb_error *error);
void draft_forget(const char *path);

enum draft_found {
    DRAFT_NONE,
    DRAFT_TAKEN, /* the corrections are back, as one step of undo */
    DRAFT_APART, /* the file is another one by now, and the corrections don't fit: the draft
                    stays, `kept_at` says where */
};
enum draft_found draft_take(struct vb_document *d, struct buf *kept_at);
