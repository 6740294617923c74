/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was heard, as bytes: in the store, and between two processes. */
#pragma once

#include "base/buf.h"
#include "verbatim/timeline.h"

/* `listened` NULL: all were listened for. */
void times_pack(const struct vb_heard *words, const bool *listened, uint32_t count,
                struct buf *out);
/* NULL: it is not of `count` words, or broken. Both are to be freed. */
struct vb_heard *times_unpack(vb_str blob, uint32_t count, bool **listened);
