/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was really heard of a recording, and at what speed: stretches in order that don't
 * overlap.  Of a place heard twice the slower time counts. */
#pragma once

#include "base/vec.h"
#include "library/store.h"

struct coverage {
    VEC(struct store_heard) parts;
};

void coverage_free(struct coverage *c);
void coverage_add(struct coverage *c, vb_time from, vb_time until, int speed);
/* How much of it was heard, 0 … 1; `speed` (may be NULL): the fastest it was, 0 when nothing
 * was. */
double coverage_share(const struct coverage *c, vb_time from, vb_time until, int *speed);

struct hole {
    vb_time from, until;
};
/* The first stretch of the range that nobody heard, from `at` on; the blink of an eye is none.
 * False: there is none. */
bool coverage_hole(const struct coverage *c, vb_time at, vb_time until, struct hole *hole);
