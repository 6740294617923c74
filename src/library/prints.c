/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as numbers. */
#include "library/prints.h"

#include "base/diff.h"
#include "base/mem.h"

uint32_t word_print(vb_str word)
{
    uint32_t print = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < word.len; i++)
        print = (print ^ (unsigned char)word.data[i]) * 16777619u;
    return print;
}

uint32_t *word_prints(const struct vb_transcript *t)
{
    uint32_t count = vb_word_count(t), *prints = mem_new(count * sizeof *prints);
    for (uint32_t word = 0; word < count; word++)
        prints[word] = word_print(vb_word_text(t, word));
    return prints;
}

static void is_same(void *ctx, size_t old, size_t now, size_t len)
{
    uint32_t *map = ctx;
    for (size_t i = 0; i < len; i++)
        map[old + i] = (uint32_t)(now + i);
}

uint32_t prints_map(const uint32_t *old, uint32_t old_count, const uint32_t *now,
                    uint32_t now_count, uint32_t *map)
{
    uint32_t same = 0;
    for (uint32_t i = 0; i < old_count; i++)
        map[i] = VB_NONE;
    diff(old, old_count, now, now_count, is_same, map);
    for (uint32_t i = 0; i < old_count; i++)
        same += map[i] != VB_NONE;
    return same;
}
