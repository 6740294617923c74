/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was really heard. */
#include "app/coverage.h"

#include <stdlib.h>

#define BLINK (VB_SECOND * 3 / 2) /* a gap between two stretches that is no hole */
#define TOUCH (VB_SECOND / 4)     /* … that nobody hears */

void coverage_free(struct coverage *c)
{
    free(c->parts.items);
    *c = (struct coverage){0};
}

typedef VEC(struct store_heard) parts;

/* In order; what touches the one before at the same speed is one. */
static void append(parts *list, struct store_heard part)
{
    struct store_heard *last = list->count ? &list->items[list->count - 1] : NULL;
    if (part.end <= part.start)
        return;
    if (last && last->speed == part.speed && part.start - last->end <= TOUCH) {
        last->end = part.end > last->end ? part.end : last->end;
        return;
    }
    vec_push(list, part);
}

/* The new stretch fills what is free, and takes over what was heard faster. */
void coverage_add(struct coverage *c, vb_time from, vb_time until, int speed)
{
    parts fresh = {0};
    for (size_t i = 0; i < c->parts.count; i++) {
        struct store_heard old = c->parts.items[i];
        bool meets = from < until && old.end > from && old.start < until;
        if (from < old.start) {
            vb_time end = until < old.start ? until : old.start;
            append(&fresh, (struct store_heard){from, end, speed});
            from = from < end ? end : from;
        }
        if (!meets) {
            append(&fresh, old);
            continue;
        }
        vb_time begin = from > old.start ? from : old.start;
        vb_time end = until < old.end ? until : old.end;
        append(&fresh, (struct store_heard){old.start, begin, old.speed});
        append(&fresh, (struct store_heard){begin, end, speed < old.speed ? speed : old.speed});
        append(&fresh, (struct store_heard){end, old.end, old.speed});
        from = end;
    }
    append(&fresh, (struct store_heard){from, until, speed});
    free(c->parts.items);
    c->parts.items = fresh.items;
    c->parts.count = fresh.count;
    c->parts.room = fresh.room;
}

/* The first part that ends behind `at`. */
static size_t part_from(const struct coverage *c, vb_time at)
{
    size_t low = 0, high = c->parts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->parts.items[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double coverage_share(const struct coverage *c, vb_time from, vb_time until, int *speed)
{
    vb_time heard = 0;
    int fastest = 0;
    for (size_t i = part_from(c, from); i < c->parts.count; i++) {
        struct store_heard part = c->parts.items[i];
        if (part.start >= until)
            break;
        heard +=
            (part.end < until ? part.end : until) - (part.start > from ? part.start : from);
        fastest = part.speed > fastest ? part.speed : fastest;
    }
    if (speed)
        *speed = fastest;
    return until > from ? (double)heard / (double)(until - from) : 0;
}

bool coverage_hole(const struct coverage *c, vb_time at, vb_time until, struct hole *hole)
{
    for (size_t i = part_from(c, at); at < until; i++) {
        bool last = i >= c->parts.count;
        vb_time end = last || c->parts.items[i].start > until ? until : c->parts.items[i].start;
        if (end - at >= BLINK) {
            *hole = (struct hole){at, end};
            return true;
        }
        if (last)
            break;
        at = c->parts.items[i].end;
    }
    return false;
}
