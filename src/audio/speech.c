/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where somebody speaks, as far as loudness tells.
 *
 * A voice is louder than a threshold between the quiet and the loud of the half minute around
 * it.  But so is music.  Speech is made of syllables and gaps: within three seconds its quiet
 * and loud moments lie more than 20 dB apart, where those of music lie within some 12 (compare
 * the share of low-energy frames in E. Scheirer and M. Slaney, "Construction and evaluation of
 * a robust multifeature speech/music discriminator", ICASSP 1997).  So stretches that stay even
 * for long are taken for music; not in a recording that is even throughout, as one with a loud
 * background is. */
#include <stdlib.h>
#include <string.h>

#include "audio/loudness.h"
#include "audio/peaks_parts.h"
#include "base/vec.h"

enum { /* in buckets of 20 ms */
       BLOCK = 25,
       AROUND = 750, /* to each side, for the threshold */
       NEAR = 75,    /* … and for how even it is */
       SMOOTH = 4,   /* to each side, of those that vote */
       GAP = 15,     /* shorter ones belong to speech */
       SHORTEST = 5, /* speech */
       LEAST_MUSIC = 200,
};
enum { /* in half decibels */
       EVEN = 28,
       LIVELY = 36, /* the ordinary difference in a recording that is not even throughout */
};
#define BUCKET 20000 /* µs */

struct survey {
    size_t count;
    uint8_t *loud; /* half decibels below full scale: the smaller the louder */
    bool *is_voice;
    uint8_t *range; /* a block: between its quiet and loud moments */
};

struct histogram {
    uint32_t heard[LOUD_STEPS], all;
};

static struct histogram histogram_of(const struct survey *s, size_t middle, size_t reach)
{
    struct histogram h = {0};
    size_t from = middle > reach ? middle - reach : 0;
    size_t until = middle + reach < s->count ? middle + reach : s->count;
    for (size_t i = from; i < until; i++)
        h.heard[s->loud[i]]++;
    h.all = (uint32_t)(until - from);
    return h;
}

/* As loud is the loudest `part` of them. */
static int loudest(const struct histogram *h, double part)
{
    double wanted = part * h->all, so_far = 0;
    int step = 0;
    while (step < LOUD_STEPS - 1 && (so_far += h->heard[step]) < wanted)
        step++;
    return step;
}

static int threshold(const struct histogram *h)
{
    int loud = loudest(h, 0.05), quiet = loudest(h, 0.95);
    return quiet - (quiet - loud) * 35 / 100;
}

static void mark_voices(struct survey *s)
{
    struct histogram all = histogram_of(s, 0, s->count);
    int whole = threshold(&all);
    for (size_t at = 0; at < s->count; at += BLOCK) {
        struct histogram around = histogram_of(s, at + BLOCK / 2, AROUND);
        int here = threshold(&around), limit = here > whole ? here : whole;
        for (size_t i = at; i < at + BLOCK && i < s->count; i++)
            s->is_voice[i] = s->loud[i] < limit;
    }
}

/* Of the nine around it, four. */
static void smooth(struct survey *s)
{
    bool *raw = mem_new(s->count * sizeof *raw);
    memcpy(raw, s->is_voice, s->count * sizeof *raw);
    int votes = 0;
    for (size_t i = 0; i < s->count + SMOOTH; i++) {
        votes += i < s->count && raw[i];
        votes -= i > 2 * SMOOTH && raw[i - 2 * SMOOTH - 1];
        if (i >= SMOOTH)
            s->is_voice[i - SMOOTH] = votes >= SMOOTH;
    }
    free(raw);
}

/* --- music ----------------------------------------------------------------- */

static size_t blocks_of(const struct survey *s)
{
    return (s->count + BLOCK - 1) / BLOCK;
}

static void measure_ranges(struct survey *s)
{
    for (size_t b = 0; b < blocks_of(s); b++) {
        struct histogram near = histogram_of(s, b * BLOCK + BLOCK / 2, NEAR);
        s->range[b] = (uint8_t)(loudest(&near, 0.9) - loudest(&near, 0.1));
    }
}

static bool is_lively(const struct survey *s)
{
    struct histogram ranges = {0};
    for (size_t b = 0; b < blocks_of(s); b++) {
        if (!s->is_voice[b * BLOCK])
            continue;
        ranges.heard[s->range[b]]++;
        ranges.all++;
    }
    return ranges.all && loudest(&ranges, 0.5) >= LIVELY;
}

/* At its ends the three seconds hold something else, too. */
static void take_out(struct survey *s, size_t from, size_t until)
{
    for (int left = NEAR; left > 0 && from > 0 && s->is_voice[from - 1]; left--)
        from--;
    for (int left = NEAR; left > 0 && until < s->count && s->is_voice[until]; left--)
        until++;
    memset(s->is_voice + from, false, (until - from) * sizeof *s->is_voice);
}

static void take_out_music(struct survey *s)
{
    size_t from = 0, blocks = blocks_of(s);
    for (size_t b = 0; b <= blocks; b++) {
        if (b < blocks && s->range[b] < EVEN)
            continue;
        size_t until = b * BLOCK < s->count ? b * BLOCK : s->count;
        if (until >= from + LEAST_MUSIC)
            take_out(s, from, until);
        from = (b + 1) * BLOCK;
    }
}

/* --- stretches ------------------------------------------------------------- */

typedef VEC(struct vb_stretch) stretches;

static void add_run(stretches *found, size_t from, size_t until)
{
    struct vb_stretch run = {(vb_time)from * BUCKET, (vb_time)until * BUCKET};
    struct vb_stretch *last = found->count ? &found->items[found->count - 1] : NULL;
    if (last && run.start - last->end < GAP * BUCKET)
        last->end = run.end;
    else if (until - from >= SHORTEST)
        vec_push(found, run);
}

static stretches collect(const struct survey *s)
{
    stretches found = {0};
    for (size_t i = 0, from; i < s->count; i++) {
        if (!s->is_voice[i])
            continue;
        for (from = i; i < s->count && s->is_voice[i];)
            i++;
        add_run(&found, from, i);
    }
    return found;
}

struct vb_stretch *vb_peaks_speech(const struct vb_peaks *peaks, size_t *count)
{
    struct survey s = {.count = peaks_count(peaks)};
    s.loud = mem_new(s.count + 1);
    s.is_voice = mem_new((s.count + 1) * sizeof *s.is_voice);
    s.range = mem_new(s.count / BLOCK + 1);
    for (size_t i = 0; i < s.count; i++) {
        uint8_t bucket[PEAKS_BUCKET_BYTES];
        peaks_export(peaks, i, bucket);
        s.loud[i] = bucket[2];
    }
    mark_voices(&s);
    smooth(&s);
    measure_ranges(&s);
    if (is_lively(&s))
        take_out_music(&s);
    stretches found = collect(&s);
    free(s.loud);
    free(s.is_voice);
    free(s.range);
    *count = found.count;
    return found.items;
}
