/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far two words are apart: letters to add, drop, change, or swap with their neighbour. */
#pragma once

#include "verbatim/types.h"

/* Optimal string alignment (Damerau, 1964), by characters. More than `most`: most + 1. Of words
 * longer than 64 characters only the beginnings count. */
unsigned edit_distance(vb_str a, vb_str b, unsigned most);
