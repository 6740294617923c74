/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do text and sound belong together? */
#pragma once

#include "align/passes.h"

/* How much better the text explains the sound than its own words in reverse order do, after the
 * first pass: 0 where it is another text, about 1 where each word is clearly heard. Looks at
 * ten minutes, from the first word that was found on. */
double belonging_of(const struct aligner *a, const struct scorer *scorer,
                    const struct prices *prices, const struct work *work);
