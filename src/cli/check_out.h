/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How `verbatim check` tells what it found: lines like a compiler's, JSON, a page. */
#pragma once

#include "base/buf.h"
#include "verbatim/check.h"
#include "verbatim/compare.h"
#include "verbatim/document.h"

struct check_result {
    const char *path, *sound; /* `sound` NULL: none was given */
    const struct vb_document *document;
    const struct vb_findings *findings;
    const struct vb_comparison *comparison; /* NULL: no second text */
    enum vb_level level;                    /* what is below is not told */
};

void check_put_lines(const struct check_result *r, struct buf *out);
void check_put_json(const struct check_result *r, struct buf *out);
/* One self-contained page; passages play when the sound lies beside it. */
void check_put_page(const struct check_result *r, struct buf *out);
/* How many of the findings are at the level or above. */
size_t check_count(const struct check_result *r);
/* "16:20", "1:02:16" */
void check_put_clock(vb_time time, struct buf *out);
