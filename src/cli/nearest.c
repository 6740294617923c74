/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean …?", by the number of slips that lead from one name to the other. */
#include "cli/nearest.h"

#include "base/str.h"

enum { NAME_MAX_LEN = 40 }; /* longer names are nobody's slip */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The restricted Damerau-Levenshtein distance: three rows of its table at a time. */
size_t edit_distance(vb_str a, vb_str b)
{
    if (a.len > NAME_MAX_LEN || b.len > NAME_MAX_LEN)
        return NAME_MAX_LEN;
    size_t rows[3][NAME_MAX_LEN + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = before[j - 1] + (a.data[i - 1] != b.data[j - 1]);
            row[j] = least(change, least(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1])
                row[j] = least(row[j], earlier[j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

struct nearest nearest_to(vb_str wanted)
{
    /* One slip in a short name, one in three letters of a longer one: more is another word. */
    return (struct nearest){.wanted = wanted,
                            .distance = wanted.len / 3 + (wanted.len < 6) + 1};
}

void nearest_try(struct nearest *nearest, const char *name)
{
    vb_str whole = str_of(name);
    size_t distance = edit_distance(nearest->wanted, whole);
    /* A beginning counts as one slip: "--est" for "--estimated". */
    bool begins = nearest->wanted.len > 1 && whole.len > nearest->wanted.len &&
                  str_is(str_cut(whole, 0, nearest->wanted.len), nearest->wanted);
    distance = begins ? least(distance, 1) : distance;
    if (distance >= nearest->distance)
        return;
    nearest->found = name;
    nearest->distance = distance;
}
