/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Channels: from what a file has to what we play. */
#pragma once

#include <stddef.h>

#define MIX_MAX_CHANNELS 8

/* `from` interleaved channels to `to` (1 or 2). In and out may be the same memory when `to` is
 * not larger. */
void mix(const float *in, int from, float *out, int to, size_t frames);
