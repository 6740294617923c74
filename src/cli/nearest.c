/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean …?", by the number of slips that lead from one name to the other. */
#include "cli/nearest.h"

#include "base/distance.h"
#include "base/str.h"

struct nearest nearest_to(vb_str wanted)
{
    /* One slip in a short name, one in three letters of a longer one: more is another word. */
    return (struct nearest){.wanted = wanted,
                            .distance = wanted.len / 3 + (wanted.len < 6) + 1};
}

void nearest_try(struct nearest *nearest, const char *name)
{
    vb_str whole = str_of(name);
    size_t most = nearest->distance;
    size_t distance = edit_distance(nearest->wanted, whole, (unsigned)most);
    /* A beginning counts as one slip: "--est" for "--estimated". */
    bool begins = nearest->wanted.len > 1 && whole.len > nearest->wanted.len &&
                  str_is(str_cut(whole, 0, nearest->wanted.len), nearest->wanted);
    distance = begins && distance > 1 ? 1 : distance;
    if (distance >= nearest->distance)
        return;
    nearest->found = name;
    nearest->distance = distance;
}
