/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One open transcript file: its bytes, how they are encoded, what was read from them.
 * Opening never changes the file. */
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
VB_API const struct vb_transcript *
vb_document_transcript(const struct vb_document *d); /* lent */

/* A span of the text that was read, as bytes of the file (they differ when it is not UTF-8). */
VB_API struct vb_span vb_document_file_span(const struct vb_document *d, struct vb_span span);
