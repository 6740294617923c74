/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a last, sceptical pass to places where text and sound disagree. */
#pragma once

#include "align/passes.h"

/* `a` after its last pass; `sceptic`: the path of a pass in which unknown speech costs little.
 * The likeliest first; free() them. */
struct vb_doubt *doubts_of(const struct aligner *a, const struct path *sceptic, size_t *count);
