/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a text are still there. */
#include "transcript/same_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

enum {
    SMALL = 1 << 14,      /* entries of a table that costs less than a search for anchors */
    TABLE_MOST = 1 << 20, /* above, what is left is taken as changed */
    DEEPEST = 64,
    LONGEST_ROW = 8, /* of words that stand once together, where none does alone */
};

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

/* A stretch of both texts that remains to be compared. */
struct stretch {
    uint32_t old, old_end, now, now_end;
    int depth;
};

struct comparing {
    const uint32_t *old, *now;
    uint32_t *map;
    VEC(struct stretch) left;
};

static void trim_ends(struct comparing *c, struct stretch *s)
{
    while (s->old < s->old_end && s->now < s->now_end && c->old[s->old] == c->now[s->now])
        c->map[s->old++] = s->now++;
    while (s->old < s->old_end && s->now < s->now_end &&
           c->old[s->old_end - 1] == c->now[s->now_end - 1])
        c->map[--s->old_end] = --s->now_end;
}

/* ---- words that stand once in each ---- */

struct found_word {
    uint32_t print, at;
};

static int by_print(const void *a, const void *b)
{
    const struct found_word *x = a, *y = b;
    return x->print != y->print ? (x->print < y->print ? -1 : 1) : (x->at < y->at ? -1 : 1);
}

/* Of the words from … on, taken together. */
static uint32_t row_print(const uint32_t *prints, uint32_t from, uint32_t row)
{
    uint32_t print = prints[from];
    for (uint32_t i = 1; i < row; i++)
        print = print * 2654435761u ^ prints[from + i];
    return print;
}

/* Rows of `row` words, sorted by print, those that stand there more than once taken out. */
static uint32_t find_single(const uint32_t *prints, uint32_t from, uint32_t until, uint32_t row,
                            struct found_word *into)
{
    uint32_t count = 0, kept = 0;
    for (uint32_t i = from; i + row <= until; i++)
        into[count++] = (struct found_word){row_print(prints, i, row), i};
    qsort(into, count, sizeof *into, by_print);
    for (uint32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && into[next].print == into[i].print;)
            next++;
        if (next == i + 1)
            into[kept++] = into[i];
    }
    return kept;
}

struct pair {
    uint32_t old, now;
};

static int by_old(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return x->old < y->old ? -1 : x->old > y->old;
}

/* The longest row of pairs that rises in both; they are sorted by the old text. In place. */
static uint32_t keep_rising(struct pair *pairs, uint32_t count)
{
    uint32_t *tail = mem_new(count * sizeof *tail), *before = mem_new(count * sizeof *before);
    uint32_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t low = 0, high = length;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (pairs[tail[middle]].now < pairs[i].now)
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? tail[low - 1] : VB_NONE;
        tail[low] = i;
        length = low == length ? length + 1 : length;
    }
    struct pair *kept = mem_new(length * sizeof *kept);
    uint32_t at = length ? tail[length - 1] : VB_NONE;
    for (uint32_t i = length; i-- > 0; at = before[at])
        kept[i] = pairs[at];
    if (length)
        memcpy(pairs, kept, length * sizeof *kept);
    free(kept);
    free(before);
    free(tail);
    return length;
}

/* Where rows of `row` words begin that stand once in each. To be freed. */
static struct pair *find_anchors(const struct comparing *c, const struct stretch *s,
                                 uint32_t row, uint32_t *count)
{
    struct found_word *old = mem_new((s->old_end - s->old) * sizeof *old);
    struct found_word *now = mem_new((s->now_end - s->now) * sizeof *now);
    uint32_t olds = find_single(c->old, s->old, s->old_end, row, old);
    uint32_t nows = find_single(c->now, s->now, s->now_end, row, now);
    struct pair *pairs = mem_new((olds < nows ? olds : nows) * sizeof *pairs);
    *count = 0;
    for (uint32_t i = 0, j = 0; i < olds && j < nows;) {
        if (old[i].print == now[j].print && c->old[old[i].at] == c->now[now[j].at])
            pairs[(*count)++] = (struct pair){old[i].at, now[j].at};
        bool step_old = old[i].print <= now[j].print, step_now = now[j].print <= old[i].print;
        i += step_old;
        j += step_now;
    }
    free(old);
    free(now);
    qsort(pairs, *count, sizeof *pairs, by_old);
    *count = keep_rising(pairs, *count);
    return pairs;
}

static void split_at(struct comparing *c, const struct stretch *s, const struct pair *pairs,
                     uint32_t count)
{
    uint32_t old = s->old, now = s->now;
    for (uint32_t i = 0; i <= count; i++) {
        uint32_t old_end = i < count ? pairs[i].old : s->old_end;
        uint32_t now_end = i < count ? pairs[i].now : s->now_end;
        if (old < old_end && now < now_end)
            vec_push(&c->left, (struct stretch){old, old_end, now, now_end, s->depth + 1});
        if (i == count)
            break;
        c->map[old_end] = now_end;
        old = old_end + 1;
        now = now_end + 1;
    }
}

/* ---- the rest ---- */

static size_t table_size(const struct stretch *s)
{
    return (size_t)(s->old_end - s->old + 1) * (s->now_end - s->now + 1);
}

static void match_rest(struct comparing *c, const struct stretch *s)
{
    size_t olds = s->old_end - s->old, nows = s->now_end - s->now, width = nows + 1;
    uint32_t *lengths = mem_new((olds + 1) * width * sizeof *lengths);
    for (size_t i = olds; i-- > 0;)
        for (size_t j = nows; j-- > 0;) {
            uint32_t down = lengths[(i + 1) * width + j], right = lengths[i * width + j + 1];
            bool same = c->old[s->old + i] == c->now[s->now + j];
            lengths[i * width + j] = same           ? lengths[(i + 1) * width + j + 1] + 1
                                     : down > right ? down
                                                    : right;
        }
    for (size_t i = 0, j = 0; i < olds && j < nows;) {
        if (c->old[s->old + i] == c->now[s->now + j])
            c->map[s->old + i++] = s->now + (uint32_t)j++;
        else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
            i++;
        else
            j++;
    }
    free(lengths);
}

static void compare(struct comparing *c, struct stretch s)
{
    trim_ends(c, &s);
    if (s.old == s.old_end || s.now == s.now_end || s.depth > DEEPEST)
        return;
    uint32_t count = 0;
    bool small = table_size(&s) <= SMALL;
    for (uint32_t row = 1; row <= LONGEST_ROW && !count && !small; row *= 2) {
        struct pair *pairs = find_anchors(c, &s, row, &count);
        if (count)
            split_at(c, &s, pairs, count);
        free(pairs);
    }
    if (!count && table_size(&s) <= TABLE_MOST)
        match_rest(c, &s);
}

uint32_t same_words(const uint32_t *old, uint32_t old_count, const uint32_t *now,
                    uint32_t now_count, uint32_t *map)
{
    struct comparing c = {.old = old, .now = now, .map = map};
    for (uint32_t i = 0; i < old_count; i++)
        map[i] = VB_NONE;
    vec_push(&c.left, (struct stretch){0, old_count, 0, now_count, 0});
    while (c.left.count) {
        struct stretch next = c.left.items[--c.left.count];
        compare(&c, next);
    }
    free(c.left.items);
    uint32_t same = 0;
    for (uint32_t i = 0; i < old_count; i++)
        same += map[i] != VB_NONE;
    return same;
}
