/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times that agree with what somebody heard.
 *
 * The old times are bent into the new ones between points that hold: the pins, the times that
 * the file states, and what was found in the sound far enough from any pin.  Between two points
 * all is stretched alike. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "verbatim/timeline.h"

/* Found in the sound: so far around a pin it is doubted, and so many times farther than the pin
 * is off. */
#define DOUBTED       (2 * VB_SECOND)
#define DOUBTED_TIMES 4

struct point {
    vb_time old, now;
};

typedef VEC(struct point) points;

/* The pins that rise, with the times that their words had. */
struct pinned {
    struct vb_pin pin;
    vb_time old, reach;
};

static size_t take_pins(const struct vb_timeline *base, const struct vb_pin *pins, size_t count,
                        struct pinned *into)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct pinned *last = kept ? &into[kept - 1] : NULL;
        if (pins[i].word >= vb_timeline_count(base) || pins[i].at < 0 ||
            (last && (pins[i].word <= last->pin.word || pins[i].at <= last->pin.at)))
            continue;
        vb_time old = vb_timeline_start(base, pins[i].word);
        vb_time off = old > pins[i].at ? old - pins[i].at : pins[i].at - old;
        vb_time reach = DOUBTED_TIMES * off > DOUBTED ? DOUBTED_TIMES * off : DOUBTED;
        into[kept++] = (struct pinned){pins[i], old, reach};
    }
    return kept;
}

/* Does the word's own time hold beside this pin? */
static bool holds_beside(const struct pinned *p, bool before, vb_time time,
                         enum vb_origin origin)
{
    vb_time away = before ? p->old - time : time - p->old;
    bool in_order = before ? time < p->pin.at : time > p->pin.at;
    return in_order && (origin > VB_ALIGNED || away >= p->reach);
}

static void add_point(points *list, vb_time old, vb_time now)
{
    const struct point *last = list->count ? &list->items[list->count - 1] : NULL;
    if (!last || (old > last->old && now > last->now))
        vec_push(list, (struct point){old, now});
}

static points find_points(const struct vb_timeline *base, const struct pinned *pins,
                          size_t count)
{
    points list = {0};
    size_t next = 0;
    vb_time end = vb_timeline_text_end(base);
    if (pins[0].old > 0 && pins[0].pin.at > 0)
        add_point(&list, 0, 0);
    for (uint32_t word = 0; word < vb_timeline_count(base); word++) {
        enum vb_origin origin = vb_timeline_origin(base, word);
        vb_time time = vb_timeline_start(base, word);
        if (next < count && pins[next].pin.word == word) {
            add_point(&list, time, pins[next++].pin.at);
        } else if (origin >= VB_ALIGNED) {
            bool holds = (next == 0 || holds_beside(&pins[next - 1], false, time, origin)) &&
                         (next == count || holds_beside(&pins[next], true, time, origin));
            if (holds)
                add_point(&list, time, time);
        }
    }
    add_point(&list, end, end);
    return list;
}

/* `*at` is where the search goes on: times come nearly in order. */
static vb_time bend(const points *list, vb_time time, size_t *at)
{
    while (*at > 0 && list->items[*at].old > time)
        (*at)--;
    while (*at + 1 < list->count && list->items[*at + 1].old <= time)
        (*at)++;
    const struct point *a = &list->items[*at];
    if (time <= a->old || *at + 1 == list->count)
        return a->now + time - a->old > 0 ? a->now + time - a->old : 0;
    const struct point *b = a + 1;
    double share = (double)(time - a->old) / (double)(b->old - a->old);
    return a->now + (vb_time)(share * (double)(b->now - a->now));
}

static struct vb_heard bent(const struct vb_timeline *base, uint32_t word, const points *list,
                            size_t *at)
{
    float sure = vb_timeline_confidence(base, word);
    vb_time start = bend(list, vb_timeline_start(base, word), at);
    vb_time end = bend(list, vb_timeline_end(base, word), at);
    return (struct vb_heard){start, end > start ? end : start, vb_timeline_origin(base, word),
                             sure};
}

struct vb_timeline *vb_timeline_pinned(const struct vb_timeline *base,
                                       const struct vb_transcript *t, vb_time duration,
                                       const struct vb_pin *pins, size_t count)
{
    uint32_t words = vb_timeline_count(base);
    struct vb_heard *heard = mem_new((words + 1) * sizeof *heard);
    struct pinned *taken = mem_new((count + 1) * sizeof *taken);
    points list = {0};
    size_t at = 0;
    count = take_pins(base, pins, count, taken);
    if (count)
        list = find_points(base, taken, count);
    else
        vec_push(&list, (struct point){0, 0});
    for (uint32_t word = 0; word < words; word++)
        heard[word] = bent(base, word, &list, &at);
    for (size_t i = 0; i < count; i++) {
        struct vb_heard *pinned = &heard[taken[i].pin.word];
        pinned->start = taken[i].pin.at;
        pinned->end = pinned->end > pinned->start ? pinned->end : pinned->start;
        pinned->origin = VB_PINNED;
    }
    struct vb_timeline *timeline = vb_timeline_heard(t, duration, heard);
    free(heard);
    free(taken);
    free(list.items);
    return timeline;
}
