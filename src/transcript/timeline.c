/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each word is heard.
 *
 * Where times were found for each word they are held so; a text that is only estimated between
 * a few known times (anchors.c) holds these, and the natural lengths of its words (laid.h),
 * which are laid over the time between (lay.c). */
#include "verbatim/timeline.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "transcript/snapshot.h"
#include "transcript/timeline_parts.h"

#define WPM_MOST  400.0 /* words a minute beyond which nobody speaks … */
#define WPM_LEAST 60.0  /* … and below which words must be missing */

/* A known time for less than so many words: it is shorter to hold the times of all. */
enum { WORDS_A_STRETCH = 4 };

static const char *const origin_names[] = {
    [VB_UNKNOWN] = "unknown", [VB_ESTIMATED] = "estimated", [VB_ALIGNED] = "aligned",
    [VB_PINNED] = "pinned",   [VB_INHERITED] = "inherited", [VB_STATED] = "stated",
};

const char *vb_origin_name(enum vb_origin origin)
{
    assert((size_t)origin < COUNT(origin_names));
    return origin_names[origin];
}

static struct slot slot_of(const struct vb_timeline *tl, uint32_t word)
{
    return tl->slots ? tl->slots[word] : laid_slot(&tl->laid, word);
}

vb_time timeline_natural(const struct vb_timeline *tl, uint32_t from, uint32_t until)
{
    return naturals_before(tl->laid.naturals, tl->transcript, until) -
           naturals_before(tl->laid.naturals, tl->transcript, from);
}

vb_time timeline_moved(const struct vb_timeline *tl, vb_time stated)
{
    if (stated == VB_NO_TIME)
        return VB_NO_TIME;
    return stated + tl->offset > 0 ? stated + tl->offset : 0;
}

/* ---- judging the whole ---- */

static void find_end(struct vb_timeline *tl)
{
    uint32_t last = tl->count;
    while (last > 0 && vb_word_marks(tl->transcript, last - 1) & VB_UNSPOKEN)
        last--;
    tl->text_end = last ? vb_timeline_end(tl, last - 1) : 0;
    if (tl->duration != VB_NO_TIME && tl->text_end > tl->duration)
        tl->text_end = tl->duration;
}

static enum vb_fit judge(const struct vb_timeline *tl, const anchors *list)
{
    uint32_t words = vb_spoken_count(tl->transcript);
    double minutes = (double)tl->duration / (60.0 * VB_SECOND);
    if (tl->duration == VB_NO_TIME || words < 20)
        return VB_FITS;
    if (list->count == 0)
        return words > WPM_MOST * minutes    ? VB_TOO_MANY_WORDS
               : words < WPM_LEAST * minutes ? VB_TOO_FEW_WORDS
                                             : VB_FITS;
    const struct anchor *last = &list->items[list->count - 1];
    double rest = (double)(tl->duration - last->at) / (60.0 * VB_SECOND);
    bool too_many = tl->count - last->word > 20 && tl->count - last->word > WPM_MOST * rest;
    return too_many ? VB_TOO_MANY_WORDS : VB_FITS;
}

static struct vb_timeline *begin(const struct vb_transcript *t, vb_time duration)
{
    struct vb_timeline *tl = mem_new(sizeof *tl);
    tl->transcript = vb_transcript_ref(t);
    tl->count = vb_word_count(t);
    tl->duration = duration;
    tl->laid.transcript = t;
    tl->laid.cut_from = VB_NONE;
    return tl;
}

static void hold_each(struct vb_timeline *tl)
{
    tl->slots = mem_new(tl->count * sizeof *tl->slots);
}

static double rate_of(const struct vb_timeline *tl)
{
    vb_time taken = tl->count ? tl->text_end - slot_of(tl, 0).start : 0;
    return taken > 0 ? vb_spoken_count(tl->transcript) * 60.0 * VB_SECOND / (double)taken : 0;
}

struct vb_timeline *vb_timeline_new(const struct vb_transcript *t, vb_time duration)
{
    return vb_timeline_spoken(t, duration, 0, NULL, 0);
}

struct vb_timeline *vb_timeline_new_moved(const struct vb_transcript *t, vb_time duration,
                                          vb_time offset)
{
    return vb_timeline_spoken(t, duration, offset, NULL, 0);
}

/* Many known times: there is more to be held of stretches than of words. */
static void hold_what_is_laid(struct vb_timeline *tl)
{
    if (tl->laid.stretches.count <= tl->count / WORDS_A_STRETCH)
        return;
    struct slot *slots = mem_new(tl->count * sizeof *slots);
    for (uint32_t word = 0; word < tl->count; word++)
        slots[word] = laid_slot(&tl->laid, word);
    tl->slots = slots;
    laid_free(&tl->laid);
}

struct vb_timeline *vb_timeline_spread_again(struct vb_timeline *old,
                                             const struct vb_transcript *t, vb_time duration,
                                             vb_time offset, const struct vb_stretch *speech,
                                             size_t count)
{
    struct vb_timeline *tl = begin(t, duration);
    tl->offset = offset;
    tl->laid.naturals =
        naturals_new(t, old ? &old->laid.naturals : NULL, old ? old->transcript : NULL);
    anchors list = anchors_find(tl);
    if (count) {
        tl->laid.clock = lay_clock(tl, &list, speech, count);
        lay_spread_over(tl, &list);
    } else {
        lay_spread(tl, &list, &list);
    }
    hold_what_is_laid(tl);
    find_end(tl);
    tl->fit = judge(tl, &list);
    tl->rate = rate_of(tl);
    free(list.items);
    return tl;
}

struct vb_timeline *vb_timeline_spoken(const struct vb_transcript *t, vb_time duration,
                                       vb_time offset, const struct vb_stretch *speech,
                                       size_t count)
{
    return vb_timeline_spread_again(NULL, t, duration, offset, speech, count);
}

struct vb_timeline *vb_timeline_heard(const struct vb_transcript *t, vb_time duration,
                                      const struct vb_heard *words)
{
    struct vb_timeline *tl = begin(t, duration);
    vb_time now = 0;
    hold_each(tl);
    for (uint32_t i = 0; i < tl->count; i++) {
        const struct vb_heard *heard = &words[i];
        struct slot *slot = &tl->slots[i];
        bool known = heard->origin != VB_UNKNOWN;
        assert(!known || heard->start <= heard->end);
        slot->start = known && heard->start > now ? heard->start : now;
        if (known && heard->end > slot->start)
            slot->length = (uint32_t)(heard->end - slot->start);
        slot->origin = (uint8_t)heard->origin;
        tl->is_heard |= slot->origin == VB_ALIGNED || slot->origin == VB_PINNED;
        slot->confidence = heard->confidence < 0 ? 0 : (uint8_t)(1 + 100 * heard->confidence);
        now = known && heard->origin == VB_ALIGNED ? slot->start + slot->length : slot->start;
    }
    find_end(tl);
    tl->rate = rate_of(tl);
    return tl;
}

/* A time moved, within the sound. */
static vb_time held(const struct vb_timeline *tl, vb_time at)
{
    at = at > 0 ? at : 0;
    return tl->duration != VB_NO_TIME && at > tl->duration ? tl->duration : at;
}

struct vb_timeline *vb_timeline_moved(const struct vb_timeline *from, vb_time by)
{
    struct vb_timeline *tl = begin(from->transcript, from->duration);
    hold_each(tl);
    for (uint32_t i = 0; i < tl->count; i++) {
        struct slot slot = slot_of(from, i);
        vb_time start = held(tl, slot.start + by);
        slot.length = (uint32_t)(held(tl, slot.start + slot.length + by) - start);
        slot.start = start;
        tl->slots[i] = slot;
    }
    find_end(tl);
    tl->fit = from->fit;
    tl->is_heard = from->is_heard;
    tl->rate = rate_of(tl);
    return tl;
}

void vb_timeline_free(struct vb_timeline *tl)
{
    if (!tl)
        return;
    laid_free(&tl->laid);
    vb_transcript_unref(tl->transcript);
    free(tl->slots);
    free(tl->unused.items);
    free(tl);
}

/* ---- asking ---- */

/* The last word that starts at or before `at`, in [low, high). */
static uint32_t last_begun(const struct vb_timeline *tl, vb_time at, uint32_t low,
                           uint32_t high)
{
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (slot_of(tl, middle).start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t vb_timeline_word_at(const struct vb_timeline *tl, vb_time at, uint32_t hint)
{
    /* A word stays current through the pause behind it; at the text's end for a breath. */
    const vb_time breath = VB_SECOND;
    if (tl->count == 0 || at < slot_of(tl, 0).start || at > tl->text_end + breath)
        return VB_NONE;
    bool near = hint < tl->count && slot_of(tl, hint).start <= at;
    uint32_t low = near ? hint : 0;
    uint32_t high = near && hint + 64 < tl->count && slot_of(tl, hint + 64).start > at
                        ? hint + 64
                        : tl->count;
    uint32_t word = last_begun(tl, at, low, high);
    while (word > 0 && vb_word_marks(tl->transcript, word) & VB_UNSPOKEN)
        word--;
    return vb_word_marks(tl->transcript, word) & VB_UNSPOKEN ? VB_NONE : word;
}

uint32_t vb_timeline_count(const struct vb_timeline *tl)
{
    return tl->count;
}

vb_time vb_timeline_start(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    return slot_of(tl, word).start;
}

vb_time vb_timeline_end(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    struct slot slot = slot_of(tl, word);
    return slot.start + slot.length;
}

enum vb_origin vb_timeline_origin(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    return (enum vb_origin)(tl->slots ? tl->slots[word].origin : laid_origin(&tl->laid, word));
}

float vb_timeline_confidence(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    uint8_t sure = tl->slots ? tl->slots[word].confidence : 0;
    if (!sure && tl->transcript->sure)
        sure = tl->transcript->sure[word];
    return ((float)sure - 1) / 100;
}

bool vb_timeline_is_heard(const struct vb_timeline *tl)
{
    return tl->is_heard;
}

vb_time vb_timeline_text_end(const struct vb_timeline *tl)
{
    return tl->text_end;
}

enum vb_fit vb_timeline_fit(const struct vb_timeline *tl)
{
    return tl->fit;
}

double vb_timeline_rate(const struct vb_timeline *tl)
{
    return tl->rate;
}

const struct vb_unused_marker *vb_timeline_unused(const struct vb_timeline *tl, size_t *count)
{
    *count = tl->unused.count;
    return tl->unused.items;
}
