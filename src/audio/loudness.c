/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How loud, and what counts as silence. */
#include "audio/loudness.h"

#include <math.h>

uint8_t loudness_of(double energy)
{
    double below = energy > 0 ? -20 * log10(energy) : LOUD_STEPS;
    return (uint8_t)fmin(fmax(round(below), 0), LOUD_STEPS - 1);
}

uint8_t loudness_silence(const uint32_t heard[LOUD_STEPS])
{
    uint64_t all = 0, loud = 0;
    for (int i = 0; i < LOUD_STEPS; i++)
        all += heard[i];
    int tenth = 0;
    while (tenth < LOUD_STEPS - 1 && (loud += heard[tenth]) * 10 < all)
        tenth++;
    int limit = tenth + 60;
    return (uint8_t)(limit < 70 ? 70 : limit > 120 ? 120 : limit);
}
