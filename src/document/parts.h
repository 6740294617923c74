/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a document: what document.c opens, history.c changes, by patches.c, and disk.c
 * saves. */
#pragma once

#include <sys/stat.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/vec.h"
#include "verbatim/document.h"

enum { DOCUMENT_MAX = 64 << 20 };

/* Bytes of the file, and what takes their place. */
struct patch {
    size_t at, len;
    struct buf bytes; /* owned */
};

typedef VEC(struct patch) patches; /* rising, apart */

struct step {
    patches forth, back;
    struct vb_span text_forth, text_back; /* what changed, in the text after it */
};

/* What the file on the disk was when it was last read or saved. */
struct stamp {
    bool known;
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec changed;
};

struct vb_document {
    struct buf path;
    enum encoding encoding;
    size_t bom;
    struct buf text;         /* UTF-8 */
    struct source *source;   /* the text's bytes, when the transcript reads them; else NULL */
    struct ahead *ahead;     /* a copy of them on its way; NULL: none (ahead.c) */
    struct buf bytes;        /* as they stand in the file; empty where the text is the same */
    struct encoding_map map; /* made when first asked for */
    const struct vb_format *format;
    struct vb_transcript *transcript;
    VEC(struct vb_judgement) judgements; /* labels owned; the newest last */

    /* history.c: steps[0 … step_at) can be undone, the rest redone */
    VEC(struct step) steps;
    size_t step_at;
    size_t saved_at; /* where the history stands at what is on the disk; SIZE_MAX: nowhere */

    /* disk.c */
    bool is_file; /* false: from memory */
    struct stamp stamp;
    /* the file's bytes, kept from the first change on */
    struct buf on_disk;
    struct source *disk_source; /* … where they are the text that was read; else NULL */
    size_t disk_len;
    bool backed_up;
};

/* The text's bytes are the document's alone: they may be changed. */
void document_own_text(struct vb_document *d);
/* The file as it would be saved, appended. */
void document_bytes(const struct vb_document *d, struct buf *into);
/* The same without a copy where these bytes are the text; else they are put into `hold`, which
 * is empty. Good until the next change of either. */
vb_str document_view(const struct vb_document *d, struct buf *hold);
/* Reads `bytes` (taken) with the document's format and encoding, in place of what was open.
 * False: nothing changed. */
bool document_adopt(struct vb_document *d, struct buf bytes, struct vb_error *error);
/* The same for bytes that are UTF-8 as they stand, in a document that is. */
bool document_adopt_text(struct vb_document *d, struct buf text, struct vb_error *error);
/* Are the file's bytes the text's own? */
static inline bool document_is_text(const struct vb_document *d)
{
    return !d->bytes.len && !d->bom;
}
/* Does a character begin there, or the text end? */
static inline bool is_whole(vb_str text, size_t at)
{
    return at == text.len || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

/* All at once, in place of what was open. False: nothing changed. */
bool patches_apply(struct vb_document *d, const patches *list, struct vb_error *error);
void patches_splice(vb_str bytes, const patches *list, struct buf *into);
/* What takes `list` back, when it has been applied to `bytes`. */
patches patches_inverse(vb_str bytes, const patches *list);
void patches_add(patches *list, struct vb_span file, vb_str bytes);
/* From what the file holds there to `bytes`: only the stretch in which the two differ. */
void patches_differ(const struct vb_document *d, struct vb_span file, vb_str bytes,
                    patches *list);
void patches_free(patches *list);
/* The stretch in which two texts differ, in each of them; whole characters. */
void find_difference(vb_str from, vb_str to, struct vb_span *gone, struct vb_span *come);

/* Replaces all bytes by `bytes` (taken) as one step of undo. */
bool document_become(struct vb_document *d, struct buf bytes, struct vb_error *error);
void history_free(struct vb_document *d);

struct stamp stamp_of(const char *path);
/* Before the first change: keeps what the disk holds. */
void disk_remember(struct vb_document *d);
void disk_forget(struct vb_document *d);

/* Both changes to `base`, line by line. False: they touch at `line` of `ours`, from 1. */
bool merge_lines(vb_str base, vb_str ours, vb_str theirs, struct buf *into, uint32_t *line);
