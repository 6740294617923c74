/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transcript formats: bytes to words and back. One row a format; the table is format/format.c.
 */
#pragma once

#include "verbatim/error.h"
#include "verbatim/timeline.h"
#include "verbatim/transcript.h"

struct vb_format;

VB_API size_t vb_format_count(void);
VB_API const struct vb_format *vb_format_at(size_t i);
VB_API const struct vb_format *vb_format_named(vb_str name); /* NULL: no such format */
/* By content first, name second. NULL: none fits. */
VB_API const struct vb_format *vb_format_guess(vb_str text, const char *file_name);
/* When none fits: says what the text looks like, and what to do. Always false. */
VB_API bool vb_format_refuse(vb_str text, struct vb_error *error);

VB_API const char *vb_format_name(const struct vb_format *f);
VB_API const char *vb_format_summary(const struct vb_format *f); /* translated */
VB_API bool vb_format_reads(const struct vb_format *f);
VB_API bool vb_format_writes(const struct vb_format *f);

/* Reads `text` (valid UTF-8). The caller owns one reference to what is returned. */
VB_API struct vb_transcript *vb_read(const struct vb_format *f, vb_str text,
                                     struct vb_error *error);

struct vb_write_options {
    bool estimated; /* write times that are only estimated, too */
    bool words;     /* a row for each word, where the format can */
};

/* Writes through `put`, which returns false to stop. False: not written, `error` says why. */
VB_API bool vb_write(const struct vb_format *f, const struct vb_transcript *t,
                     const struct vb_timeline *times, struct vb_write_options options,
                     bool (*put)(void *to, vb_str text), void *to, struct vb_error *error);
