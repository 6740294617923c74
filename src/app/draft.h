/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections that are not saved yet, kept apart from the user's file: a crash loses at most a
 * second.
 *
 * A draft is a file in $XDG_STATE_HOME/verbatim/drafts: a line that says what it is, the path
 * of the page, the digest of the file it was made from, an empty line, and the corrected bytes.
 * Its name is the digest of the path and a tag of its own, for two windows may correct one
 * page. Whoever writes it holds a lock on it, which goes with the program: a draft that nobody
 * holds was left behind (app/drafts.h). */
#pragma once

#include "base/buf.h"
#include "verbatim/document.h"

struct draft {
    struct buf path; /* empty: there is none */
    int held; /* the open file with the lock on it; only good where `path` is not empty */
};

struct draft_writing;

/* A thread writes it, for a disk may be slow; NULL: nothing is unsaved, and what was kept is
 * taken away. `typed`: what the document has not taken yet; NULL: nothing. Until it is finished
 * `own` is the thread's. */
struct draft_writing *draft_keep(struct draft *own, const struct vb_document *d,
                                 const struct vb_change *typed);
bool draft_is_kept(const struct draft_writing *w); /* it is done, well or not */
/* Waits for it. False: it could not be kept. NULL is allowed. */
bool draft_finish(struct draft_writing *w, struct vb_error *error);

void draft_forget(struct draft *draft);  /* the file, too */
void draft_release(struct draft *draft); /* the file stays for the next one */

/* The folder of all drafts, with a slash; how the names of those of a page begin. False: there
 * is no home for them. */
bool draft_folder(struct buf *into);
void draft_begin_of(const char *page, struct buf *into);

enum { DRAFT_MAX = 65 << 20 };

/* `base`: the digest of the file it was made from. Views into `draft`; false: it is none. */
bool draft_parse(vb_str draft, vb_str *base, vb_str *bytes);
