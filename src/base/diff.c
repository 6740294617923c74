/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two sequences have in common. */
#include "base/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

enum { EDITS_MAX = 2048 }; /* in each direction, before a part counts as all different */

struct part { /* of both sequences */
    size_t a, a_end, b, b_end;
};

struct work {
    const uint32_t *a, *b;
    diff_same same;
    void *ctx;
    size_t at_a, at_b, len; /* the run not yet told: neighbours are told as one */
    int64_t *forth, *back;  /* Myers: the farthest place on each diagonal */
};

static void tell(struct work *w)
{
    if (w->len)
        w->same(w->ctx, w->at_a, w->at_b, w->len);
    w->len = 0;
}

static void add(struct work *w, size_t a, size_t b, size_t len)
{
    if (w->len && w->at_a + w->len == a && w->at_b + w->len == b) {
        w->len += len;
        return;
    }
    tell(w);
    w->at_a = a, w->at_b = b, w->len = len;
}

/* ---- the shortest edit script ---- */

struct middle { /* a run that both share, on a shortest way */
    size_t a, b, len;
};

static size_t run_forth(const struct work *w, const struct part *p, size_t a, size_t b)
{
    size_t len = 0;
    while (a + len < p->a_end && b + len < p->b_end && w->a[a + len] == w->b[b + len])
        len++;
    return len;
}

static size_t run_back(const struct work *w, const struct part *p, size_t a, size_t b)
{
    size_t len = 0;
    while (a - len > p->a && b - len > p->b && w->a[a - len - 1] == w->b[b - len - 1])
        len++;
    return len;
}

/* The next farthest place on a diagonal, from those beside it. */
static int64_t step_on(const int64_t *reach, int64_t k, int64_t d)
{
    if (k == -d || (k != d && reach[k - 1] < reach[k + 1]))
        return reach[k + 1];
    return reach[k - 1] + 1;
}

/* One round of d edits from the front; diagonals are a - b. True: the ways have met. */
static bool round_forth(struct work *w, const struct part *p, int64_t d, int64_t shift,
                        struct middle *found)
{
    int64_t n = (int64_t)(p->a_end - p->a), m = (int64_t)(p->b_end - p->b);
    for (int64_t k = -d; k <= d; k += 2) {
        int64_t x = step_on(w->forth, k, d), y = x - k;
        if (x > n || y > m || y < 0) {
            w->forth[k] = x;
            continue;
        }
        size_t len = run_forth(w, p, p->a + (size_t)x, p->b + (size_t)y);
        w->forth[k] = x + (int64_t)len;
        int64_t other = shift - k; /* the same diagonal, seen from the end */
        if ((shift & 1) && other >= -(d - 1) && other <= d - 1 &&
            w->forth[k] + w->back[other] >= n) {
            *found = (struct middle){p->a + (size_t)x, p->b + (size_t)y, len};
            return true;
        }
    }
    return false;
}

static bool round_back(struct work *w, const struct part *p, int64_t d, int64_t shift,
                       struct middle *found)
{
    int64_t n = (int64_t)(p->a_end - p->a), m = (int64_t)(p->b_end - p->b);
    for (int64_t k = -d; k <= d; k += 2) {
        int64_t x = step_on(w->back, k, d), y = x - k;
        if (x > n || y > m || y < 0) {
            w->back[k] = x;
            continue;
        }
        size_t a = p->a_end - (size_t)x, b = p->b_end - (size_t)y;
        size_t len = run_back(w, p, a, b);
        w->back[k] = x + (int64_t)len;
        int64_t other = shift - k;
        if (!(shift & 1) && other >= -d && other <= d && w->back[k] + w->forth[other] >= n) {
            *found = (struct middle){a - len, b - len, len};
            return true;
        }
    }
    return false;
}

/* False: too different to go on. */
static bool find_middle(struct work *w, const struct part *p, struct middle *found)
{
    int64_t shift = (int64_t)(p->a_end - p->a) - (int64_t)(p->b_end - p->b);
    w->forth[1] = w->back[1] = 0;
    for (int64_t d = 0; d < EDITS_MAX; d++)
        if (round_forth(w, p, d, shift, found) || round_back(w, p, d, shift, found))
            return true;
    return false;
}

/* ---- anchors: what occurs once in both ---- */

struct place {
    uint32_t number;
    bool in_b;
    size_t at;
};

struct anchor {
    size_t a, b, before; /* index of the one before it on the best chain, or SIZE_MAX */
};

static int by_number(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->in_b != b->in_b ? a->in_b - b->in_b : (a->at > b->at) - (a->at < b->at);
}

static int by_place(const void *x, const void *y)
{
    const struct anchor *a = x, *b = y;
    return (a->a > b->a) - (a->a < b->a);
}

typedef VEC(struct anchor) anchors;

static anchors once_in_both(const struct work *w, const struct part *p)
{
    size_t n = p->a_end - p->a, m = p->b_end - p->b;
    struct place *places = mem_new((n + m) * sizeof *places);
    for (size_t i = 0; i < n; i++)
        places[i] = (struct place){w->a[p->a + i], false, p->a + i};
    for (size_t i = 0; i < m; i++)
        places[n + i] = (struct place){w->b[p->b + i], true, p->b + i};
    qsort(places, n + m, sizeof *places, by_number);
    anchors found = {0};
    for (size_t i = 0, end; i < n + m; i = end) {
        for (end = i; end < n + m && places[end].number == places[i].number;)
            end++;
        if (end - i == 2 && !places[i].in_b && places[i + 1].in_b)
            vec_push(&found, (struct anchor){places[i].at, places[i + 1].at, SIZE_MAX});
    }
    free(places);
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, by_place);
    return found;
}

/* The longest chain that rises in both. Leaves only that, in order. */
static void keep_longest_chain(anchors *list)
{
    size_t *tails = mem_new((list->count + 1) * sizeof *tails), length = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t low = 0, high = length;
        while (low < high) {
            size_t mid = (low + high) / 2;
            if (list->items[tails[mid]].b < list->items[i].b)
                low = mid + 1;
            else
                high = mid;
        }
        list->items[i].before = low ? tails[low - 1] : SIZE_MAX;
        tails[low] = i;
        length = low == length ? length + 1 : length;
    }
    anchors chain = {0};
    vec_reserve(&chain, length + 1);
    chain.count = length;
    for (size_t i = length, at = length ? tails[length - 1] : SIZE_MAX; i-- > 0;) {
        chain.items[i] = list->items[at];
        at = list->items[at].before;
    }
    free(tails);
    free(list->items);
    list->items = chain.items, list->count = chain.count, list->room = chain.room;
}

/* ---- the whole ---- */

static void compare(struct work *w, struct part p, bool anchored);

/* Between the anchors; each grows as far as both agree when its part is compared. */
static bool compare_by_anchors(struct work *w, const struct part *p)
{
    anchors list = once_in_both(w, p);
    keep_longest_chain(&list);
    struct part rest = *p;
    for (size_t i = 0; i < list.count; i++) {
        const struct anchor *anchor = &list.items[i];
        if (anchor->a < rest.a || anchor->b < rest.b)
            continue;
        compare(w, (struct part){rest.a, anchor->a, rest.b, anchor->b}, true);
        size_t len = run_forth(w, p, anchor->a, anchor->b);
        add(w, anchor->a, anchor->b, len);
        rest.a = anchor->a + len, rest.b = anchor->b + len;
    }
    bool any = list.count > 0;
    free(list.items);
    if (any)
        compare(w, rest, true);
    return any;
}

static void compare(struct work *w, struct part p, bool anchored)
{
    size_t head = run_forth(w, &p, p.a, p.b);
    if (head)
        add(w, p.a, p.b, head);
    p.a += head, p.b += head;
    size_t tail = run_back(w, &p, p.a_end, p.b_end);
    p.a_end -= tail, p.b_end -= tail;
    struct middle m;
    if (p.a < p.a_end && p.b < p.b_end && (anchored || !compare_by_anchors(w, &p)) &&
        find_middle(w, &p, &m)) {
        compare(w, (struct part){p.a, m.a, p.b, m.b}, true);
        if (m.len)
            add(w, m.a, m.b, m.len);
        compare(w, (struct part){m.a + m.len, p.a_end, m.b + m.len, p.b_end}, true);
    }
    if (tail)
        add(w, p.a_end, p.b_end, tail);
}

void diff(const uint32_t *a, size_t count_a, const uint32_t *b, size_t count_b, diff_same same,
          void *ctx)
{
    struct work w = {.a = a, .b = b, .same = same, .ctx = ctx};
    size_t room = 2 * (EDITS_MAX + 2);
    int64_t *forth = mem_new(room * sizeof *forth), *back = mem_new(room * sizeof *back);
    w.forth = forth + EDITS_MAX + 2, w.back = back + EDITS_MAX + 2;
    compare(&w, (struct part){0, count_a, 0, count_b}, false);
    tell(&w);
    free(forth);
    free(back);
}

/* ---- numbers for texts ---- */

struct numbering {
    vb_str *texts;   /* by number */
    uint32_t *slots; /* open addressing; number + 1, 0: free */
    size_t count, texts_room, slot_count;
};

static uint64_t hash_of(vb_str text) /* FNV-1a */
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3u;
    return hash ^ hash >> 29;
}

struct numbering *numbering_new(void)
{
    struct numbering *n = mem_new(sizeof *n);
    n->slot_count = 1024;
    n->slots = mem_new(n->slot_count * sizeof *n->slots);
    return n;
}

static uint32_t *slot_of(const struct numbering *n, vb_str text)
{
    size_t i = hash_of(text) & (n->slot_count - 1);
    while (n->slots[i] && !str_is(n->texts[n->slots[i] - 1], text))
        i = (i + 1) & (n->slot_count - 1);
    return &n->slots[i];
}

static void grow(struct numbering *n)
{
    free(n->slots);
    n->slot_count *= 2;
    n->slots = mem_new(n->slot_count * sizeof *n->slots);
    for (size_t i = 0; i < n->count; i++)
        *slot_of(n, n->texts[i]) = (uint32_t)i + 1;
}

uint32_t numbering_of(struct numbering *n, vb_str text)
{
    uint32_t *slot = slot_of(n, text);
    if (*slot)
        return *slot - 1;
    if (n->count == n->texts_room) {
        n->texts_room = n->texts_room ? n->texts_room * 2 : 256;
        n->texts = mem_grow(n->texts, n->texts_room * sizeof *n->texts);
    }
    n->texts[n->count++] = text;
    *slot = (uint32_t)n->count;
    if (n->count * 2 > n->slot_count)
        grow(n);
    return (uint32_t)n->count - 1;
}

void numbering_free(struct numbering *n)
{
    if (!n)
        return;
    free(n->texts);
    free(n->slots);
    free(n);
}
