/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times across an edit: words that are still there keep theirs. */
#include <stdlib.h>

#include "base/diff.h"
#include "base/mem.h"
#include "transcript/bare.h"
#include "transcript/spread.h"
#include "verbatim/timeline.h"

/* Words count as the same whatever their case and the punctuation around them. */
static uint32_t *numbers_of(const struct vb_transcript *t, struct numbering *numbering,
                            struct arena *arena)
{
    uint32_t count = vb_word_count(t), *numbers = mem_new((count + 1) * sizeof *numbers);
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = numbering_of(numbering, word_folded(arena, word_bare(vb_word_text(t, i))));
    return numbers;
}

static void is_same(void *ctx, size_t before, size_t after, size_t len)
{
    uint32_t *word_before = ctx;
    for (size_t i = 0; i < len; i++)
        word_before[after + i] = (uint32_t)(before + i);
}

uint32_t *vb_words_before(const struct vb_transcript *before, const struct vb_transcript *after)
{
    uint32_t count = vb_word_count(after), *found = mem_new((count + 1) * sizeof *found);
    for (uint32_t i = 0; i < count; i++)
        found[i] = VB_NONE;
    struct numbering *numbering = numbering_new();
    struct arena arena = {0};
    uint32_t *a = numbers_of(before, numbering, &arena);
    uint32_t *b = numbers_of(after, numbering, &arena);
    diff(a, vb_word_count(before), b, count, is_same, found);
    numbering_free(numbering);
    arena_free(&arena);
    free(a);
    free(b);
    return found;
}

/* ---- what the new words between two that stayed may take ---- */

static vb_time natural(const struct vb_transcript *t, uint32_t word)
{
    if (vb_word_marks(t, word) & VB_UNSPOKEN)
        return 0;
    struct natural length = spread_natural(vb_word_text(t, word));
    return length.speech_us + length.pause_us;
}

/* Lays the words of [from, until) over [at, end) by their natural length. */
static void lay(const struct vb_transcript *t, uint32_t from, uint32_t until, vb_time at,
                vb_time end, struct vb_heard *heard)
{
    vb_time all = 0, sum = 0;
    for (uint32_t i = from; i < until; i++)
        all += natural(t, i);
    double scale = all > 0 && end > at ? (double)(end - at) / (double)all : 0;
    for (uint32_t i = from; i < until; i++) {
        heard[i].start = at + (vb_time)((double)sum * scale);
        sum += natural(t, i);
        heard[i].end = at + (vb_time)((double)sum * scale);
        heard[i].origin = VB_ESTIMATED;
        heard[i].confidence = 0;
    }
}

/* The time that the words which are gone from between `before` and `next` had. At the ends of
 * the text: as long as the words take by nature. */
static void fill_gap(const struct vb_transcript *t, uint32_t from, uint32_t until,
                     vb_time end_of_sound, struct vb_heard *heard)
{
    vb_time length = 0;
    for (uint32_t i = from; i < until; i++)
        length += natural(t, i);
    uint32_t count = vb_word_count(t);
    vb_time at = from ? heard[from - 1].end : 0;
    vb_time end = until < count ? heard[until].start : at + length;
    if (!from && end > length)
        at = end - length;
    if (until == count && end_of_sound != VB_NO_TIME && end > end_of_sound)
        end = end_of_sound > at ? end_of_sound : at;
    lay(t, from, until, at, end, heard);
}

void vb_heard_fill(const struct vb_transcript *t, vb_time duration, const bool *missing,
                   struct vb_heard *words)
{
    uint32_t count = vb_word_count(t);
    for (uint32_t i = 0, until; i < count; i = until) {
        for (until = i; until < count && missing[until];)
            until++;
        if (until > i)
            fill_gap(t, i, until, duration, words);
        else
            until++;
    }
}

struct vb_timeline *vb_timeline_carry(const struct vb_timeline *old,
                                      const struct vb_transcript *before,
                                      const struct vb_transcript *after, vb_time duration)
{
    uint32_t count = vb_word_count(after), *from = vb_words_before(before, after);
    struct vb_heard *heard = mem_new((count + 1) * sizeof *heard);
    bool *missing = mem_new((count + 1) * sizeof *missing);
    for (uint32_t i = 0; i < count; i++) {
        missing[i] = from[i] == VB_NONE;
        if (missing[i])
            continue;
        float sure = vb_timeline_confidence(old, from[i]);
        heard[i] =
            (struct vb_heard){vb_timeline_start(old, from[i]), vb_timeline_end(old, from[i]),
                              vb_timeline_origin(old, from[i]), sure > 0 ? sure : 0};
    }
    vb_heard_fill(after, duration, missing, heard);
    struct vb_timeline *carried = vb_timeline_heard(after, duration, heard);
    free(missing);
    free(heard);
    free(from);
    return carried;
}
