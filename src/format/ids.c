/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that is sorted when first asked. */
#include "format/ids.h"

#include <stdlib.h>
#include <string.h>

static int compare(vb_str a, vb_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.data, b.data, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_rows(const void *a, const void *b)
{
    const struct id *left = a, *right = b;
    int order = compare(left->id, right->id);
    return order ? order : (left->value > right->value) - (left->value < right->value);
}

void ids_add(struct ids *ids, vb_str id, uint32_t value)
{
    vec_push(&ids->rows, (struct id){id, value});
    ids->sorted = false;
}

uint32_t ids_find(struct ids *ids, vb_str id)
{
    if (!ids->sorted && ids->rows.count)
        qsort(ids->rows.items, ids->rows.count, sizeof *ids->rows.items, compare_rows);
    ids->sorted = true;
    size_t low = 0, high = ids->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(ids->rows.items[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < ids->rows.count && compare(ids->rows.items[low].id, id) == 0;
    return found ? ids->rows.items[low].value : VB_NONE;
}

void ids_free(struct ids *ids)
{
    free(ids->rows.items);
}
