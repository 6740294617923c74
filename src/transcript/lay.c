/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying words over the time between anchors.
 *
 * Between two of them the words are spread by their natural length (spread.c); a stretch never
 * runs slower than SLOWEST times the ordinary pace, so that words do not crawl through a piece
 * of sound that nobody transcribed.  After the last anchor the text goes on at the pace found
 * so far, or fills the sound when that is nearly the same; what does not fit into the sound by
 * far is taken to be cut off, not to be said in haste. */
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "transcript/snapshot.h"
#include "transcript/timeline_parts.h"

#define SLOWEST 3.0 /* times the natural length */
/* Text that would run between these parts of the rest of the sound is taken to fill it. */
#define FILLS_LEAST       0.70 /* when the pace is known from anchors */
#define FILLS_MOST        1.45
#define FILLS_LEAST_ALONE 0.50 /* when it is only the ordinary pace */
#define FILLS_MOST_ALONE  2.00

static vb_time spoken_of(const struct vb_timeline *tl, uint32_t from, uint32_t until,
                         bool pauses_at_end)
{
    if (until == from || pauses_at_end)
        return timeline_natural(tl, from, until);
    return timeline_natural(tl, from, until - 1) +
           naturals_length(tl->laid.naturals, tl->transcript, until - 1);
}

/* Between two known times. Where the end of what is said is stated, all of it; up to the next
 * beginning, never slower than SLOWEST. */
static void lay_between(struct vb_timeline *tl, uint32_t from, uint32_t until, vb_time at,
                        vb_time end, bool end_is_stated)
{
    vb_time natural = spoken_of(tl, from, until, !end_is_stated);
    double scale = natural > 0 ? (double)(end - at) / (double)natural : 0;
    laid_add(&tl->laid, from, until, at, end_is_stated || scale < SLOWEST ? scale : SLOWEST);
}

/* The pace between the anchors: how much longer than natural. False where nothing tells: a time
 * for the first word alone is no pace. */
static bool find_pace(const struct vb_timeline *tl, const anchors *list, double *pace)
{
    vb_time known = 0, natural = 0, since = timeline_moved(tl, 0);
    uint32_t from = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct anchor *anchor = &list->items[i];
        vb_time length = timeline_natural(tl, from, anchor->word);
        if (length > 0 && (double)(anchor->at - since) < SLOWEST * (double)length) {
            known += anchor->at - since;
            natural += length;
        }
        from = anchor->word;
        since = anchor->at;
    }
    *pace = known > 0 && natural > 0 ? (double)known / (double)natural : 1.0;
    return known > 0 && natural > 0;
}

/* After the last known time.  Where the text goes on when the recording was cut, what is not
 * heard has no length. */
static void lay_tail(struct vb_timeline *tl, uint32_t from, vb_time at, const anchors *list)
{
    double pace;
    bool alone = !find_pace(tl, list, &pace);
    vb_time natural = timeline_natural(tl, from, tl->count);
    vb_time end =
        tl->duration != VB_NO_TIME ? tl->duration : vb_duration_stated(tl->transcript);
    if (natural > 0 && end != VB_NO_TIME && end > at) {
        double fill = (double)(end - at) / ((double)natural * pace);
        bool fills = fill > (alone ? FILLS_LEAST_ALONE : FILLS_LEAST) &&
                     fill < (alone ? FILLS_MOST_ALONE : FILLS_MOST);
        pace *= fills ? fill : 1;
    }
    laid_add(&tl->laid, from, tl->count, at, pace);
    if (tl->duration != VB_NO_TIME) {
        tl->laid.cut_from = from;
        tl->laid.cut_at = tl->duration;
    }
}

void lay_spread(struct vb_timeline *tl, const anchors *list, const anchors *known)
{
    uint32_t from = 0;
    vb_time at = timeline_moved(tl, 0), stated_end = VB_NO_TIME;
    for (size_t i = 0; i < list->count; i++) {
        const struct anchor *next = &list->items[i];
        bool end_is_stated =
            stated_end != VB_NO_TIME && stated_end > at && stated_end <= next->at;
        lay_between(tl, from, next->word, at, end_is_stated ? stated_end : next->at,
                    end_is_stated);
        from = next->word;
        at = next->at;
        stated_end = next->end;
    }
    if (stated_end != VB_NO_TIME && stated_end > at)
        lay_between(tl, from, tl->count, at, stated_end, true);
    else
        lay_tail(tl, from, at, list);
    size_t first = tl->laid.stretches.count - list->count; /* one more, before the first */
    for (size_t i = 0; i < list->count; i++) {
        struct stretch *stretch = &tl->laid.stretches.items[first + i];
        assert(stretch->first == list->items[i].word);
        stretch->origin = (uint8_t)list->items[i].origin;
        stretch->known = known->items[i].at;
    }
}

/* ---- over speech alone ---- */

struct speech_time lay_clock(const struct vb_timeline *tl, const anchors *list,
                             const struct vb_stretch *speech, size_t count)
{
    size_t all = list->count + 2;
    vb_time *known = mem_new(all * sizeof *known), *least = mem_new(all * sizeof *least);
    uint32_t from = 0;
    known[0] = timeline_moved(tl, 0);
    for (size_t i = 0; i <= list->count; i++) {
        bool is_last = i == list->count;
        uint32_t until = is_last ? tl->count : list->items[i].word;
        known[i + 1] = !is_last                     ? list->items[i].at
                       : tl->duration != VB_NO_TIME ? tl->duration
                                                    : known[i];
        least[i] = (vb_time)(FASTEST * (double)timeline_natural(tl, from, until));
        from = until;
    }
    struct speech_time clock = speech_time_new(speech, count, known, least, all);
    free(known);
    free(least);
    return clock;
}

void lay_spread_over(struct vb_timeline *tl, const anchors *list)
{
    const struct speech_time *clock = &tl->laid.clock;
    vb_time duration = tl->duration, offset = tl->offset;
    anchors inside = {0};
    for (size_t i = 0; i < list->count; i++) {
        struct anchor anchor = list->items[i];
        anchor.at = speech_time_at(clock, anchor.at);
        if (anchor.end != VB_NO_TIME)
            anchor.end = speech_time_at(clock, anchor.end);
        vec_push(&inside, anchor);
    }
    if (duration != VB_NO_TIME)
        tl->duration = speech_time_at(clock, duration);
    tl->offset = speech_time_at(clock, timeline_moved(tl, 0));
    lay_spread(tl, &inside, list);
    tl->duration = duration;
    tl->offset = offset;
    tl->laid.is_over_speech = true;
    free(inside.items);
}
