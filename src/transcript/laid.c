/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of words between known times. */
#include "transcript/laid.h"

#include <stdlib.h>

void laid_free(struct laid *laid)
{
    naturals_free(laid->naturals);
    free(laid->stretches.items);
    speech_time_free(&laid->clock);
    *laid = (struct laid){0};
}

void laid_add(struct laid *laid, uint32_t from, uint32_t until, vb_time at, double scale)
{
    if (from >= until)
        return;
    vec_push(&laid->stretches,
             (struct stretch){
                 .first = from,
                 .origin = VB_ESTIMATED,
                 .at = at,
                 .before = naturals_before(laid->naturals, laid->transcript, from),
                 .scale = scale,
                 .known = VB_NO_TIME,
             });
}

/* The last stretch that begins at the word or before. */
static size_t stretch_of(const struct laid *laid, uint32_t word)
{
    size_t low = 0, high = laid->stretches.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (laid->stretches.items[middle].first <= word)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void cut_off(struct slot *slot, vb_time at)
{
    if (slot->start + slot->length <= at)
        return;
    slot->start = slot->start < at ? slot->start : at;
    slot->length = (uint32_t)(at - slot->start);
}

/* From the clock of speech to that of the sound.  A known time in a silence stays where it is;
 * no word before it begins later. */
static void put_back(const struct laid *laid, size_t i, uint32_t word, struct slot *slot)
{
    const struct stretch *s = &laid->stretches.items[i];
    vb_time end = speech_time_back(&laid->clock, slot->start + slot->length, true);
    slot->start = speech_time_back(&laid->clock, slot->start, false);
    slot->length = end > slot->start ? (uint32_t)(end - slot->start) : 0;
    if (word == s->first && s->known != VB_NO_TIME) {
        slot->length += (uint32_t)(slot->start - s->known);
        slot->start = s->known;
    }
    if (i + 1 < laid->stretches.count && slot->start > s[1].known && s[1].known != VB_NO_TIME)
        slot->start = s[1].known;
}

struct slot laid_slot(const struct laid *laid, uint32_t word)
{
    size_t i = stretch_of(laid, word);
    const struct stretch *s = &laid->stretches.items[i];
    const struct vb_transcript *t = laid->transcript;
    vb_time natural = naturals_before(laid->naturals, t, word) - s->before;
    double length = (double)naturals_length(laid->naturals, t, word) * s->scale;
    struct slot slot = {
        .start = s->at + (vb_time)((double)natural * s->scale),
        .length = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX,
        .origin = word == s->first ? s->origin : VB_ESTIMATED,
    };
    if (word >= laid->cut_from)
        cut_off(&slot, laid->cut_at);
    if (laid->is_over_speech)
        put_back(laid, i, word, &slot);
    return slot;
}

enum vb_origin laid_origin(const struct laid *laid, uint32_t word)
{
    const struct stretch *s = &laid->stretches.items[stretch_of(laid, word)];
    return word == s->first ? (enum vb_origin)s->origin : VB_ESTIMATED;
}
