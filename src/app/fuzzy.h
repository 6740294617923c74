/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a few letters fit a text: "vipl" fits "Vitesse plus rapide". */
#pragma once

#include "verbatim/types.h"

enum { FUZZY_NO = -1 };

/* FUZZY_NO, or more the better it fits.  Words of the query may stand in any order; the letters
 * of each stand in the text in theirs.  Capitals and accents make no difference. */
int fuzzy_score(vb_str text, vb_str query);
