/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One recording and its transcript: what `align` does once, and `align --batch` for each. */
#pragma once

#include "base/buf.h"
#include "format/format.h"
#include "verbatim/align.h"

struct aligning {
    const char *sound, *text, *to; /* paths; `to` NULL: printed */
    const struct vb_format *format;
    struct vb_align_options how;
    const char *doubts; /* path; NULL: nobody asks */
    const char *around; /* only the words around this time, as it was given; NULL: all */
    vb_time at;         /* that time */
    bool words, quiet;  /* quiet: no bar, no remarks */
};

/* By the ending of the path; else jsonl. */
const struct vb_format *align_format_for(const char *path);
/* What would be written, into `out`. */
bool align_pair(const struct aligning *a, struct buf *out, struct vb_align_report *report,
                struct vb_error *error);
