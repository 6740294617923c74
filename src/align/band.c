/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the search may look: first near what the page says, then near what was found. */
#include "align/band.h"

#include <stdlib.h>

#define ANCHOR_SLACK 15.0  /* s: anchors are rounded, and stand between turns */
#define CELLS_MOST   8e9   /* in the first pass; beyond it stays near the expected place */
#define FAR          600.0 /* s: that near */

static struct band band_new(uint32_t frames)
{
    return (struct band){mem_new((frames + 1) * sizeof(uint32_t)),
                         mem_new((frames + 1) * sizeof(uint32_t))};
}

void band_free(struct band *band)
{
    free(band->low);
    free(band->high);
}

/* Neither column falls; the first frame has the first word, the last one the end. */
static void close_band(struct band *band, uint32_t frames, uint32_t words)
{
    band->low[0] = 0;
    band->high[frames - 1] = words;
    for (uint32_t t = 1; t < frames; t++) {
        band->low[t] = band->low[t] > band->low[t - 1] ? band->low[t] : band->low[t - 1];
        band->high[t] = band->high[t] > band->high[t - 1] ? band->high[t] : band->high[t - 1];
    }
}

/* The first word that is said after `at` in the synthetic speech. */
static uint32_t word_said_at(const struct script *s, double at)
{
    uint32_t low = 0, high = (uint32_t)s->words.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->words.items[middle].said_at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Between the anchors that are surely past and surely to come. */
static void limit_by_anchors(const struct aligner *a, const struct look *look,
                             struct band *band)
{
    const struct script *s = &a->script;
    size_t past = 0, next = 0;
    for (uint32_t t = 0; t < look->count; t++) {
        double now = t * look_seconds(look);
        while (past < s->anchors.count && s->anchors.items[past].at + ANCHOR_SLACK <= now)
            past++;
        while (next < s->anchors.count && s->anchors.items[next].at - ANCHOR_SLACK < now)
            next++;
        if (past > 0 && s->anchors.items[past - 1].word > band->low[t])
            band->low[t] = s->anchors.items[past - 1].word;
        if (next < s->anchors.count && s->anchors.items[next].word < band->high[t])
            band->high[t] = s->anchors.items[next].word;
    }
}

/* Ten minutes on either side of the place in proportion. */
static void limit_by_pace(const struct aligner *a, const struct look *look, struct band *band)
{
    double pace = a->script.said_for / look->count;
    for (uint32_t t = 0; t < look->count; t++) {
        band->low[t] = word_said_at(&a->script, t * pace - FAR);
        band->high[t] = word_said_at(&a->script, t * pace + FAR);
    }
}

struct band band_first(const struct aligner *a, const struct look *look, bool by_anchors)
{
    struct band band = band_new(look->count);
    uint32_t words = a->lattice.words;
    for (uint32_t t = 0; t < look->count; t++)
        band.high[t] = words;
    if (by_anchors)
        limit_by_anchors(a, look, &band);
    else if ((double)a->lattice.cells * look->count > CELLS_MOST)
        limit_by_pace(a, look, &band);
    close_band(&band, look->count, words);
    return band;
}

/* In a long stretch without text, music for instance, words may be found but near its ends: a
 * better model of the voice is a better model of music, too. Where words were passed over the
 * stretch may be theirs. */
static void trust_long_gaps(const uint32_t *place, uint32_t frames, struct band *band)
{
    enum { LONG = 5 * FRAMES_A_SECOND, MARGIN = 3 * FRAMES_A_SECOND / 2 };
    uint32_t end;
    for (uint32_t t = 0; t < frames; t = end) {
        for (end = t + 1; end < frames && place[end] == place[t];)
            end++;
        uint32_t word = place[t] & ~IN_GAP;
        bool follows = t == 0 || place[t - 1] + 1 == word;
        bool goes_on = end == frames || place[end] == word;
        if (!(place[t] & IN_GAP) || end - t < LONG || !follows || !goes_on)
            continue;
        uint32_t from = t ? t + MARGIN : 0, until = end < frames ? end - MARGIN : frames;
        for (uint32_t i = from; i < until; i++)
            band->low[i] = band->high[i] = word;
        for (uint32_t i = 0; i < from; i++)
            band->high[i] = band->high[i] < word ? band->high[i] : word;
        for (uint32_t i = until; i < frames && band->low[i] < word; i++)
            band->low[i] = word;
    }
}

struct band band_near(const struct lattice *l, const uint32_t *place, uint32_t frames,
                      uint32_t around)
{
    enum { MORE_WORDS = 4 };
    struct band band = band_new(frames);
    for (uint32_t t = 0; t < frames; t++) {
        uint32_t from = place[t > around ? t - around : 0] & ~IN_GAP;
        uint32_t until = place[t + around < frames ? t + around : frames - 1] & ~IN_GAP;
        until += MORE_WORDS;
        band.low[t] = t < around || from < MORE_WORDS ? 0 : from - MORE_WORDS;
        band.high[t] = until < l->words && t + around < frames ? until : l->words;
    }
    trust_long_gaps(place, frames, &band);
    close_band(&band, frames, l->words);
    return band;
}
