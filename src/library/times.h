/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned times as bytes. */
#pragma once

#include "library/store_parts.h"

/* `listened` NULL: all were listened for. */
void times_pack(const struct vb_heard *words, const bool *listened, uint32_t count,
                struct buf *out);
/* NULL: it is not of `count` words, or broken. Both are to be freed. */
struct vb_heard *times_unpack(vb_str blob, uint32_t count, bool **listened);

void times_put(struct store *store, const struct store_pair *pair, uint32_t count,
               const struct store_times *times, const bool *listened);
bool times_get(struct store *store, const struct store_pair *pair, uint32_t count,
               struct store_times *times, bool **listened);
