/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clock that only runs while somebody speaks. */
#include "transcript/speech_time.h"

#include <stdlib.h>

#include "base/vec.h"

typedef VEC(struct speech_piece) pieces;

/* Pauses belong to speech, and have a length of their own in it: only what is longer than any
 * of them has none, but for an ordinary pause. */
#define LONGEST_PAUSE (2 * VB_SECOND)
#define PAUSE         VB_SECOND

static void add(pieces *list, vb_time start, vb_time end)
{
    struct speech_piece *last = list->count ? &list->items[list->count - 1] : NULL;
    if (last && start - last->end < LONGEST_PAUSE) {
        last->end = end > last->end ? end : last->end;
        return;
    }
    if (last)
        last->end += PAUSE;
    vb_time before = last ? last->before + last->end - last->start : 0;
    if (end > start)
        vec_push(list, (struct speech_piece){start, end, before});
}

static vb_time speech_in(const struct vb_stretch *speech, size_t count, vb_time from,
                         vb_time until)
{
    vb_time sum = 0;
    for (size_t i = 0; i < count && speech[i].start < until; i++) {
        vb_time start = speech[i].start > from ? speech[i].start : from;
        vb_time end = speech[i].end < until ? speech[i].end : until;
        sum += end > start ? end - start : 0;
    }
    return sum;
}

struct speech_time speech_time_new(const struct vb_stretch *speech, size_t count,
                                   const vb_time *known, const vb_time *least,
                                   size_t known_count)
{
    pieces list = {0};
    size_t next = 0;
    for (size_t k = 0; k + 1 < known_count; k++) {
        vb_time from = known[k], until = known[k + 1];
        while (next < count && speech[next].end <= from) {
            add(&list, speech[next].start, speech[next].end);
            next++;
        }
        if (speech_in(speech + next, count - next, from, until) >= least[k])
            continue;
        if (next < count && speech[next].start < from)
            add(&list, speech[next].start, from);
        add(&list, from, until);
    }
    for (; next < count; next++)
        add(&list, speech[next].start, speech[next].end);
    if (list.count)
        list.items[list.count - 1].end += PAUSE / 2;
    return (struct speech_time){list.items, list.count};
}

void speech_time_free(struct speech_time *clock)
{
    free(clock->pieces);
    *clock = (struct speech_time){0};
}

/* The last piece for which `value(piece) <= wanted`; there is at least one. */
static size_t last_piece(const struct speech_time *clock, vb_time wanted, bool by_sound)
{
    size_t low = 0, high = clock->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const struct speech_piece *piece = &clock->pieces[middle];
        if ((by_sound ? piece->start : piece->before) <= wanted)
            low = middle;
        else
            high = middle;
    }
    return low;
}

vb_time speech_time_at(const struct speech_time *clock, vb_time sound)
{
    if (!clock->count || sound <= clock->pieces[0].start)
        return 0;
    const struct speech_piece *piece = &clock->pieces[last_piece(clock, sound, true)];
    return piece->before + (sound < piece->end ? sound : piece->end) - piece->start;
}

vb_time speech_time_back(const struct speech_time *clock, vb_time speech, bool is_end)
{
    if (!clock->count)
        return speech;
    size_t i = last_piece(clock, speech, false);
    if (is_end && i > 0 && speech == clock->pieces[i].before)
        i--;
    const struct speech_piece *piece = &clock->pieces[i];
    vb_time at = piece->start + speech - piece->before;
    return at < piece->end ? at : piece->end;
}
