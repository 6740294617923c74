/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys from what a terminal sends. */
#pragma once

#include "app/keys.h"

/* The first key in `bytes`, and how many bytes it took: at least one unless there are none.
 * `press` is all zero for what is no key of ours. */
size_t keyboard_next(vb_str bytes, struct key_press *press);
