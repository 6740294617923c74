/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels in 32-byte vectors, for x86-64 machines that have AVX2. They round as
 * the others do: nothing is fused. */
#if defined(__x86_64__)

#define LANES  8
#define KERNEL __attribute__((target("avx2")))
#include "align/kernels_code.h"

static const struct kernels table = TABLE;

const struct kernels *kernels_avx2(void)
{
    return __builtin_cpu_supports("avx2") ? &table : NULL;
}

#else

#include <stddef.h>

#include "align/kernels.h"

const struct kernels *kernels_avx2(void)
{
    return NULL;
}

#endif
