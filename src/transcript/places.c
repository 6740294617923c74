/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transcript/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- a set of places ---- */

enum { GROUP = 8 }; /* 64-bit words that are numbered together */

void places_init(struct places *p, uint32_t text_len)
{
    p->groups = text_len / (GROUP * 64) + 1;
    p->bits = mem_new((size_t)p->groups * GROUP * sizeof *p->bits);
    p->before = mem_new((p->groups + 1) * sizeof *p->before);
    p->count = 0;
}

void places_free(struct places *p)
{
    free(p->bits);
    free(p->before);
}

void places_clear(struct places *p)
{
    memset(p->bits, 0, (size_t)p->groups * GROUP * sizeof *p->bits);
    p->count = 0;
}

void places_number(struct places *p)
{
    uint32_t sum = 0;
    for (uint32_t group = 0; group < p->groups; group++) {
        p->before[group] = sum;
        for (int i = 0; i < GROUP; i++)
            sum += (uint32_t)__builtin_popcountll(p->bits[group * GROUP + i]);
    }
    p->before[p->groups] = sum;
    p->count = sum;
}

static uint32_t group_of_nth(const struct places *p, size_t i)
{
    uint32_t low = 0, high = p->groups;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (p->before[middle] <= i)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t places_nth(const struct places *p, size_t i)
{
    uint32_t group = group_of_nth(p, i);
    size_t left = i - p->before[group];
    const uint64_t *bits = p->bits + group * GROUP;
    for (uint32_t k = 0; k < GROUP; k++) {
        size_t here = (size_t)__builtin_popcountll(bits[k]);
        uint64_t rest = bits[k];
        for (; left < here; left--, rest &= rest - 1)
            if (left == 0)
                return (group * GROUP + k) * 64 + (uint32_t)__builtin_ctzll(rest);
        left -= here;
    }
    return 0;
}

size_t places_before(const struct places *p, uint32_t place)
{
    uint32_t group = place / (GROUP * 64);
    if (group >= p->groups)
        return p->count;
    size_t sum = p->before[group];
    for (uint32_t i = group * GROUP; i < place / 64; i++)
        sum += (size_t)__builtin_popcountll(p->bits[i]);
    return sum + (size_t)__builtin_popcountll(p->bits[place / 64] &
                                              ((UINT64_C(1) << place % 64) - 1));
}

/* ---- where words begin ---- */

enum { TOGETHER = 16, STEP_LONG = 255 };

void starts_init(struct starts *s, uint32_t count)
{
    *s = (struct starts){.count = count};
    s->groups = mem_new((count / TOGETHER + 1) * sizeof *s->groups);
    s->steps = mem_new(count + 1);
}

void starts_free(struct starts *s)
{
    free(s->groups);
    free(s->steps);
    free(s->longs.items);
}

void starts_add(struct starts *s, uint32_t word, uint32_t start)
{
    if (word % TOGETHER == 0)
        s->groups[word / TOGETHER] = start;
    uint32_t step = start - s->last;
    if (word && step >= STEP_LONG)
        vec_push(&s->longs, (struct long_step){word - 1, step});
    if (word)
        s->steps[word - 1] = step < STEP_LONG ? (uint8_t)step : STEP_LONG;
    s->last = start;
}

static uint32_t long_step(const struct starts *s, uint32_t word)
{
    size_t low = 0, high = s->longs.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->longs.items[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return s->longs.items[low].step;
}

static uint32_t step_from(const struct starts *s, uint32_t word)
{
    return s->steps[word] < STEP_LONG ? s->steps[word] : long_step(s, word);
}

uint32_t starts_of(const struct starts *s, uint32_t word)
{
    uint32_t at = word - word % TOGETHER, start = s->groups[at / TOGETHER];
    for (; at < word; at++)
        start += step_from(s, at);
    return start;
}

uint32_t starts_find(const struct starts *s, uint32_t place)
{
    uint32_t words = s->count - 1, low = 0, high = words / TOGETHER + 1;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->groups[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    uint32_t word = low * TOGETHER, start = s->groups[low];
    while (word + 1 < words && (start += step_from(s, word)) <= place)
        word++;
    return word;
}
