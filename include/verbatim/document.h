/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One open transcript file: its bytes, how they are encoded, what was read from them.
 *
 * The file's bytes are the truth.  A correction replaces a span of them, the format reads the
 * result anew, and a new transcript takes the place of the old one: so nothing outside the
 * correction ever changes, and whether the page still reads as a page is answered at once, by
 * the reader itself.  Opening and reading never change the file; only saving does. */
#pragma once

#include "verbatim/format.h"

struct vb_document;

/* Reads a file of at most 64 MB. NULL: `error` says what and where. */
VB_API struct vb_document *vb_document_open(const char *path, struct vb_error *error);
/* The same from memory; `name` stands for the file's name in the guess and in errors. */
VB_API struct vb_document *vb_document_from(const char *name, vb_str bytes,
                                            struct vb_error *error);
VB_API void vb_document_close(struct vb_document *d);

VB_API const char *vb_document_path(const struct vb_document *d);
VB_API const struct vb_format *vb_document_format(const struct vb_document *d);
VB_API const char *
vb_document_encoding(const struct vb_document *d); /* "UTF-8", "windows-1252" … */
/* "LF", "CRLF", "CR", or what stands in the file together: "LF + CRLF"; "": one line. */
VB_API const char *vb_document_line_ends(const struct vb_document *d);
/* Lent, until the next correction, undo or reload: who needs it longer takes a reference. */
VB_API const struct vb_transcript *vb_document_transcript(const struct vb_document *d);
/* The text that spans count in: UTF-8, without a byte order mark. Lent as above. */
VB_API vb_str vb_document_text(const struct vb_document *d);
/* The file as it would be saved now, byte order mark and all; the caller frees data. */
VB_API void vb_document_bytes(const struct vb_document *d, char **data, size_t *len);

/* A span of the text that was read, as bytes of the file (they differ when it is not UTF-8). */
VB_API struct vb_span vb_document_file_span(const struct vb_document *d, struct vb_span span);

/* ---- correcting ---- */

struct vb_change {
    struct vb_span span; /* of vb_document_text() */
    vb_str text;         /* what takes its place; line ends become those of the file */
};

/* False: this format is read and exported, never saved over; `error` says so. */
VB_API bool vb_document_editable(const struct vb_document *d, struct vb_error *error);
/* All changes, as one step of undo, or none: they overlap, the file's encoding lacks a
 * character, or the result would not be read as this format any more. `changes` in any order.
 */
VB_API bool vb_document_edit(struct vb_document *d, const struct vb_change *changes,
                             size_t count, struct vb_error *error);
VB_API bool vb_document_replace(struct vb_document *d, struct vb_span span, vb_str text,
                                struct vb_error *error);
/* The span becomes the first text, then the second, and so on: a step of undo each, and read
 * once. All of them or none. */
VB_API bool vb_document_retype(struct vb_document *d, struct vb_span span, const vb_str *texts,
                               size_t count, struct vb_error *error);
/* The file as it would be saved with that change made, which is not made; the caller frees data.
 * False: it can't be. */
VB_API bool vb_document_bytes_with(const struct vb_document *d, struct vb_change change,
                                   char **data, size_t *len, struct vb_error *error);
/* One step, without limit, also across saves and reloads. False: there is none. `where` (may be
 * NULL): the span that changed, in the text as it is then. */
VB_API bool vb_document_undo(struct vb_document *d, struct vb_span *where);
VB_API bool vb_document_redo(struct vb_document *d, struct vb_span *where);
/* All bytes of the file at once, as vb_document_bytes() gave them: a step like any other. */
VB_API bool vb_document_restore(struct vb_document *d, vb_str bytes, struct vb_error *error);
/* What another made of `base`, brought in beside what is open: a step, unless all of it is here
 * already. False with VB_CHANGED: the two touch, at that line. */
VB_API bool vb_document_merge(struct vb_document *d, vb_str base, vb_str theirs,
                              struct vb_error *error);
/* Is there anything that would be lost? */
VB_API bool vb_document_changed(const struct vb_document *d);

/* A person says of a label that it is a speaker's, or text: the page is read anew in that
 * light. Nothing is written into the file. */
VB_API bool vb_document_judge(struct vb_document *d, vb_str label, bool is_speaker,
                              struct vb_error *error);

/* ---- the file on the disk ---- */

enum vb_on_disk {
    VB_DISK_SAME,
    VB_DISK_CHANGED, /* by another program, since it was read or saved */
    VB_DISK_GONE,
};

/* What the file held when it was last read or saved; the caller frees data. */
VB_API void vb_document_known_bytes(const struct vb_document *d, char **data, size_t *len);
/* Cheap while the file's date and size are as they were. */
VB_API enum vb_on_disk vb_document_on_disk(const struct vb_document *d);

/* Whole or not at all: the old file stays until the new one is complete.  What the file held
 * when this session first saved it is kept beside it as "NAME~".  Refuses (VB_CHANGED) when the
 * file on the disk is no longer the one that was read: reload first. */
VB_API bool vb_document_save(struct vb_document *d, struct vb_error *error);
/* Under another name, which the document then has; overwrites what is there. */
VB_API bool vb_document_save_as(struct vb_document *d, const char *path,
                                struct vb_error *error);

enum vb_reload {
    VB_RELOAD_MERGE,  /* both changes, where they don't touch; else false with VB_CHANGED, and
                         the line where they meet */
    VB_RELOAD_THEIRS, /* what is on the disk; ours can be had back by undo */
    VB_RELOAD_OURS,   /* what is open; the next save overwrites what is on the disk */
};

/* Reads the file again, as one step of undo. False: nothing changed here. */
VB_API bool vb_document_reload(struct vb_document *d, enum vb_reload how,
                               struct vb_error *error);
