/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How loud, in half decibels below full scale; and what counts as silence among the rest. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define LOUD_STEPS 128 /* 0: full scale; the last one is silence and all below it */

uint8_t loudness_of(double energy); /* mean square */
/* From how many steps on it is silence, where `heard[i]` pieces were i steps below full scale:
 * 30 dB below the loudest tenth, but never louder than -35 dB and never quieter than -60 dB. */
uint8_t loudness_silence(const uint32_t heard[LOUD_STEPS]);
