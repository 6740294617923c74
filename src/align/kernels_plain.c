/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels in 16-byte vectors, which every machine we know has: SSE2, NEON. */
#define LANES 4
#define KERNEL
#include "align/kernels_code.h"

const struct kernels kernels_plain = TABLE;

const struct kernels *kernels_best(void)
{
    const struct kernels *wide = kernels_avx2();
    return wide ? wide : &kernels_plain;
}
