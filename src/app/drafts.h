/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drafts of a page (app/draft.h): our own, and those that programs left behind which ended
 * without saving.  What goes together with the page comes back, the newest first; what does not
 * is kept until somebody asks for it, and nothing is overwritten. */
#pragma once

#include "app/draft.h"
#include "base/vec.h"

typedef VEC(struct draft) draft_list;

struct drafts {
    struct draft own;
    draft_list taken; /* left behind, and in the page again: until our own holds them, too */
    draft_list seen;  /* … and what was shown in the place of what: until the page is saved */
};

struct drafts_found {
    size_t taken;      /* corrections that are back, as a step of undo each */
    size_t apart;      /* … that don't fit: the page changed since, or others did */
    struct buf newest; /* where the newest of those is */
};

/* When the page was just opened. */
struct drafts_found drafts_take(struct drafts *drafts, struct vb_document *d);
/* The newest that does not fit, all of it, as a step of undo; what we had is kept beside it.
 * False: there is none. */
bool drafts_bring(struct drafts *drafts, struct vb_document *d, struct vb_error *error);
/* Our own was written: what it was made from is not needed any more. */
void drafts_written(struct drafts *drafts);
/* The page is saved, or they are given up. */
void drafts_forget(struct drafts *drafts);
/* The page is closed: they stay for the next one. */
void drafts_release(struct drafts *drafts);

/* What programs left behind, of a page or (NULL) of all, is erased. How many. */
unsigned drafts_erase(const char *page);
