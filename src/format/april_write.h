/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wikitext, written. */
#pragma once

#include "format/format.h"

bool april_write(const struct vb_transcript *t, const struct vb_timeline *times,
                 struct vb_write_options options, struct buf *out, struct vb_error *error);
/* What the wiki would take for markup, as references. */
void april_quote(vb_str text, struct buf *out);
