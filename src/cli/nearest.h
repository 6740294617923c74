/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean …?": of some names, the one that was most likely meant. */
#pragma once

#include "verbatim/types.h"

struct nearest {
    vb_str wanted;
    const char *found; /* NULL: nothing near enough */
    size_t distance;   /* of what was found */
};

struct nearest nearest_to(vb_str wanted);
/* Keeps `name` (which must last) when it is nearer than what was found before. */
void nearest_try(struct nearest *nearest, const char *name);
