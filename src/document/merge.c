/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three texts, two of them changed from the first: both changes, line by line.
 *
 * What both left alone is common ground; between two pieces of it at most one side may have
 * changed anything, or both must have changed the same ("A formal investigation of diff3",
 * Khanna, Kunal, Pierce, 2007). */
#include <stdlib.h>

#include "base/diff.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "document/parts.h"

struct lines {
    VEC(vb_str) of; /* with their ends */
    uint32_t *numbers;
    size_t *kept; /* of the base: where each line stands here, or SIZE_MAX */
};

static void cut(vb_str text, struct numbering *numbering, struct lines *into)
{
    vb_str line;
    for (size_t at = 0, from = 0; str_line(text, &at, &line); from = at)
        vec_push(&into->of, str_cut(text, from, at));
    into->numbers = mem_new((into->of.count + 1) * sizeof *into->numbers);
    for (size_t i = 0; i < into->of.count; i++)
        into->numbers[i] = numbering_of(numbering, into->of.items[i]);
}

static void is_kept(void *ctx, size_t base, size_t here, size_t len)
{
    size_t *kept = ctx;
    for (size_t i = 0; i < len; i++)
        kept[base + i] = here + i;
}

static void find_kept(const struct lines *base, struct lines *side)
{
    side->kept = mem_new((base->of.count + 1) * sizeof *side->kept);
    for (size_t i = 0; i < base->of.count; i++)
        side->kept[i] = SIZE_MAX;
    diff(base->numbers, base->of.count, side->numbers, side->of.count, is_kept, side->kept);
    side->kept[base->of.count] = side->of.count;
}

static void lines_free(struct lines *lines)
{
    free(lines->of.items);
    free(lines->numbers);
    free(lines->kept);
}

struct range {
    size_t from, until;
};

static bool is_alike(const struct lines *a, struct range in_a, const struct lines *b,
                     struct range in_b)
{
    if (in_a.until - in_a.from != in_b.until - in_b.from)
        return false;
    for (size_t i = 0; i < in_a.until - in_a.from; i++)
        if (a->numbers[in_a.from + i] != b->numbers[in_b.from + i])
            return false;
    return true;
}

static void put(const struct lines *lines, struct range range, struct buf *into)
{
    for (size_t i = range.from; i < range.until; i++)
        buf_add(into, lines->of.items[i]);
}

/* A piece between common ground. */
static bool merge_piece(const struct lines side[3], const struct range at[3], struct buf *into)
{
    if (is_alike(&side[1], at[1], &side[0], at[0]))
        put(&side[2], at[2], into);
    else if (is_alike(&side[2], at[2], &side[0], at[0]) ||
             is_alike(&side[1], at[1], &side[2], at[2]))
        put(&side[1], at[1], into);
    else
        return false;
    return true;
}

/* side: base, ours, theirs. */
static bool merge_all(const struct lines side[3], struct buf *into, uint32_t *line)
{
    struct range at[3] = {
        {0, 0},
        {0, 0},
        {0, 0}
    };
    for (size_t i = 0; i <= side[0].of.count; i++) {
        if (side[1].kept[i] == SIZE_MAX || side[2].kept[i] == SIZE_MAX)
            continue;
        at[0].until = i, at[1].until = side[1].kept[i], at[2].until = side[2].kept[i];
        *line = (uint32_t)at[1].from + 1;
        if (!merge_piece(side, at, into))
            return false;
        if (i < side[0].of.count)
            buf_add(into, side[0].of.items[i]);
        for (int k = 0; k < 3; k++)
            at[k].from = at[k].until + 1;
    }
    return true;
}

bool merge_lines(vb_str base, vb_str ours, vb_str theirs, struct buf *into, uint32_t *line)
{
    struct lines side[3] = {0};
    struct numbering *numbering = numbering_new();
    cut(base, numbering, &side[0]);
    cut(ours, numbering, &side[1]);
    cut(theirs, numbering, &side[2]);
    numbering_free(numbering);
    find_kept(&side[0], &side[1]);
    find_kept(&side[0], &side[2]);
    bool done = merge_all(side, into, line);
    for (int k = 0; k < 3; k++)
        lines_free(&side[k]);
    return done;
}
