/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an identifier in a file stands for: "ts12", "spk3". */
#pragma once

#include "base/vec.h"
#include "verbatim/types.h"

struct ids {
    VEC(struct id {
        vb_str id;
        uint32_t value;
    })
    rows;
    bool sorted;
};

void ids_add(struct ids *ids, vb_str id, uint32_t value); /* `id` must outlive the list */
/* VB_NONE: there is none. Of several the first that was added. */
uint32_t ids_find(struct ids *ids, vb_str id);
void ids_free(struct ids *ids);
