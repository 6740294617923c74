/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word as it is compared with others: without the punctuation around it, in small letters. */
#pragma once

#include "base/mem.h"
#include "verbatim/types.h"

/* From the first letter or digit to the last; a view into `word`. */
vb_str word_bare(vb_str word);
/* Case and composition folded, ’ as '; accents stay. In the arena. */
vb_str word_folded(struct arena *arena, vb_str bare);
