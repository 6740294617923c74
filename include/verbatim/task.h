/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long piece of work, seen from outside. */
#pragma once

#include <stdbool.h>

/* What a long piece of work is told and asked by its caller; members may be NULL. They
 * are called on the thread that works. */
struct vb_task {
    void (*progress)(void *ctx, float done); /* 0 to 1 */
    bool (*cancelled)(void *ctx);
    void *ctx;
};
