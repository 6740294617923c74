/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned times in the store, for texts that are known by their count of words alone. */
#pragma once

#include "library/store_parts.h"

void times_put(struct store *store, const struct store_pair *pair, uint32_t count,
               const struct store_times *times, const bool *listened);
bool times_get(struct store *store, const struct store_pair *pair, uint32_t count,
               struct store_times *times, bool **listened);
