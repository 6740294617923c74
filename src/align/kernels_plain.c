/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels in 16-byte vectors, which every machine we know has: SSE2, NEON. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LANES 4
#define KERNEL
#include "align/kernels_code.h"

const struct kernels kernels_plain = TABLE;

/* VERBATIM_KERNELS=plain measures what machines without AVX2 can expect. */
static bool is_plain_wanted(void)
{
    const char *wanted = getenv("VERBATIM_KERNELS");
    return wanted && strcmp(wanted, "plain") == 0;
}

const struct kernels *kernels_best(void)
{
    static _Atomic(const struct kernels *) best;
    const struct kernels *found = best;
    if (found)
        return found;
    found = is_plain_wanted() ? NULL : kernels_avx2();
    best = found = found ? found : &kernels_plain;
    return found;
}
