/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do text and sound belong together? */
#pragma once

#include "align/passes.h"

/* What it says, by trials: texts of another recording 0.05 and less in 27 pairs of 28, 0.12
 * once, music 0.01; texts of the recording 0.25 and more, 0.11 in noise and echo,
 * 0.10 with another language's voice. */
#define BELONGING_LEAST 0.06 /* below that it is taken for another text */
#define BELONGING_SURE  0.15
#define BELONGING_OPEN  0.10 /* a single word has no reverse: nothing is known */

/* How much better the text explains the sound than its own words in reverse order do, after the
 * first pass: 0 where it is another text, about 1 where each word is clearly heard. Looks at
 * ten minutes, from the first word that was found on. `prices`: those at which the text was
 * found, the beam among them; a reverse that is searched for less thoroughly would seem worse
 * than it is. */
double belonging_of(const struct aligner *a, const struct scorer *scorer,
                    const struct prices *prices, const struct work *work);
