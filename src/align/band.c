/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the search may look: first near what the page says, then near what was found. */
#include "align/band.h"

#include <stdlib.h>

#define ANCHOR_SLACK 15.0  /* s: times of a page are rounded, and stand between turns */
#define PIN_SLACK    2.0   /* s: who presses a key when a word is heard is not that late */
#define CELLS_MOST   8e9   /* in the first pass; beyond it stays near the expected place */
#define FAR          600.0 /* s: that near */

/* Frames that share a row. */
static uint32_t units_of(uint32_t frames)
{
    return (frames + BAND_FRAMES - 1) / BAND_FRAMES;
}

static struct band band_new(uint32_t frames)
{
    size_t units = units_of(frames);
    return (struct band){mem_new((units + 1) * sizeof(uint32_t)),
                         mem_new((units + 1) * sizeof(uint32_t))};
}

void band_free(struct band *band)
{
    free(band->low);
    free(band->high);
}

/* Neither column falls, nor do they cross; the first frame has the first word, the last one the
 * end. */
static void close_band(struct band *band, uint32_t frames, uint32_t words)
{
    uint32_t units = units_of(frames);
    band->low[0] = 0;
    band->high[units - 1] = words;
    for (uint32_t i = 1; i < units; i++) {
        band->low[i] = band->low[i] > band->low[i - 1] ? band->low[i] : band->low[i - 1];
        band->high[i] = band->high[i] > band->high[i - 1] ? band->high[i] : band->high[i - 1];
        band->high[i] = band->high[i] > band->low[i] ? band->high[i] : band->low[i];
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

/* The row for a time; one past the last for times beyond. */
static uint32_t unit_at(const struct look *look, double at)
{
    double unit = at / look_seconds(look) / BAND_FRAMES;
    uint32_t units = units_of(look->count);
    return unit < 0 ? 0 : unit < units ? (uint32_t)unit : units;
}

/* At the time of a pin no other words are said than those near it. */
static void limit_by_pin(const struct aligner *a, const struct look *look,
                         const struct anchor *pin, struct band *band)
{
    double said = a->script.words.items[pin->word].said_at;
    uint32_t now = unit_at(look, pin->at), low = word_said_at(&a->script, said - PIN_SLACK);
    uint32_t high = word_said_at(&a->script, said + PIN_SLACK);
    if (now >= units_of(look->count))
        return;
    band->low[now] = band->low[now] > low ? band->low[now] : low;
    band->high[now] = band->high[now] < high ? band->high[now] : high;
}

/* Between the anchors that are surely past and surely to come. Columns are closed later. */
static void limit_by_anchors(const struct aligner *a, const struct look *look, bool by_page,
                             struct band *band)
{
    for (size_t i = 0; i < a->script.anchors.count; i++) {
        const struct anchor *anchor = &a->script.anchors.items[i];
        double slack = anchor->pinned ? PIN_SLACK : ANCHOR_SLACK;
        if (!anchor->pinned && !by_page)
            continue;
        uint32_t past = unit_at(look, anchor->at + slack);
        uint32_t before = unit_at(look, anchor->at - slack);
        if (past < units_of(look->count) && band->low[past] < anchor->word)
            band->low[past] = anchor->word;
        if (before > 0 && band->high[before - 1] > anchor->word)
            band->high[before - 1] = anchor->word;
        if (anchor->pinned)
            limit_by_pin(a, look, anchor, band);
    }
    for (uint32_t i = units_of(look->count) - 1; i-- > 0;)
        if (band->high[i] > band->high[i + 1])
            band->high[i] = band->high[i + 1];
}

/* Ten minutes on either side of the place in proportion. */
static void limit_by_pace(const struct aligner *a, const struct look *look, struct band *band)
{
    double pace = a->script.said_for / look->count;
    for (uint32_t i = 0; i < units_of(look->count); i++) {
        double at = (double)i * BAND_FRAMES * pace;
        band->low[i] = word_said_at(&a->script, at - FAR);
        band->high[i] = word_said_at(&a->script, at + FAR);
    }
}

struct band band_first(const struct aligner *a, const struct look *look, bool by_anchors)
{
    struct band band = band_new(look->count);
    uint32_t words = a->lattice.words;
    for (uint32_t i = 0; i < units_of(look->count); i++)
        band.high[i] = words;
    if (!by_anchors && (double)a->lattice.cells * look->count > CELLS_MOST)
        limit_by_pace(a, look, &band);
    limit_by_anchors(a, look, by_anchors, &band);
    close_band(&band, look->count, words);
    return band;
}

/* In a long stretch without text, music for instance, words may be found but near its ends: a
 * better model of the voice is a better model of music, too. Where words were passed over the
 * stretch may be theirs; and where it stands inside a line, a part of that may have strayed. */
static void trust_long_gaps(const struct lattice *l, const uint32_t *place, uint32_t frames,
                            struct band *band)
{
    enum { LONG = 5 * FRAMES_A_SECOND, MARGIN = 3 * FRAMES_A_SECOND / 2 };
    uint32_t end;
    for (uint32_t t = 0; t < frames; t = end) {
        for (end = t + 1; end < frames && place[end] == place[t];)
            end++;
        uint32_t word = place[t] & ~IN_GAP;
        bool follows = t == 0 || place[t - 1] + 1 == word;
        bool goes_on = end == frames || place[end] == word;
        bool between = word == l->words || l->gap[word] == GAP_LINE;
        if (!(place[t] & IN_GAP) || end - t < LONG || !follows || !goes_on || !between)
            continue;
        uint32_t units = units_of(frames);
        uint32_t from = t ? units_of(t + MARGIN) : 0;
        uint32_t until = end < frames ? (end - MARGIN) / BAND_FRAMES : units;
        for (uint32_t i = from; i < until; i++)
            band->low[i] = band->high[i] = word;
        for (uint32_t i = 0; i < from; i++)
            band->high[i] = band->high[i] < word ? band->high[i] : word;
        for (uint32_t i = until; i < units && band->low[i] < word; i++)
            band->low[i] = word;
    }
}

struct band band_near(const struct aligner *a, const uint32_t *place, const struct look *look,
                      uint32_t around)
{
    enum { MORE_WORDS = 4 };
    uint32_t frames = look->count, words = a->lattice.words;
    struct band band = band_new(frames);
    for (uint32_t i = 0; i < units_of(frames); i++) {
        uint32_t t = i * BAND_FRAMES, end = t + BAND_FRAMES - 1 + around;
        uint32_t from = place[t > around ? t - around : 0] & ~IN_GAP;
        uint32_t until = (place[end < frames ? end : frames - 1] & ~IN_GAP) + MORE_WORDS;
        band.low[i] = t < around || from < MORE_WORDS ? 0 : from - MORE_WORDS;
        band.high[i] = until < words && end < frames ? until : words;
    }
    trust_long_gaps(&a->lattice, place, frames, &band);
    limit_by_anchors(a, look, false, &band);
    close_band(&band, frames, words);
    return band;
}
