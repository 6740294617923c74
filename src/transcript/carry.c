/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times across an edit: words that are still there keep theirs. */
#include <stdlib.h>

#include "base/diff.h"
#include "base/mem.h"
#include "base/str.h"
#include "transcript/bare.h"
#include "transcript/patch.h"
#include "transcript/snapshot.h"
#include "transcript/spread.h"
#include "verbatim/timeline.h"

/* ---- an edit changes a stretch of the text: the words before and behind it are the same ----
 */

static bool is_same_word(const struct vb_transcript *a, uint32_t i,
                         const struct vb_transcript *b, uint32_t k)
{
    return str_is(vb_word_text(a, i), vb_word_text(b, k));
}

struct vb_kept vb_words_kept(const struct vb_transcript *before,
                             const struct vb_transcript *after)
{
    struct vb_kept kept = {0, 0};
    if (transcript_is_patched(before, after, &kept))
        return kept;
    uint32_t a = before->word_count, b = after->word_count, most = a < b ? a : b;
    while (kept.head < most && is_same_word(before, kept.head, after, kept.head))
        kept.head++;
    while (kept.tail < most - kept.head &&
           is_same_word(before, a - 1 - kept.tail, after, b - 1 - kept.tail))
        kept.tail++;
    return kept;
}

uint32_t vb_word_after(const struct vb_transcript *before, const struct vb_transcript *after,
                       uint32_t word)
{
    struct vb_kept kept = vb_words_kept(before, after);
    uint32_t a = before->word_count, b = after->word_count;
    if (!b)
        return VB_NONE;
    if (word < kept.head)
        return word;
    if (word < a && a - word <= kept.tail)
        return word + b - a;
    return kept.head < b ? kept.head : b - 1;
}

/* ---- the rest: the longest common reading ---- */

/* Words count as the same whatever their case and the punctuation around them. */
static uint32_t *numbers_of(const struct vb_transcript *t, struct vb_kept kept,
                            struct numbering *numbering, struct arena *arena)
{
    uint32_t count = t->word_count - kept.head - kept.tail;
    uint32_t *numbers = mem_new((count + 1) * sizeof *numbers);
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = numbering_of(
            numbering, word_folded(arena, word_bare(vb_word_text(t, kept.head + i))));
    return numbers;
}

struct pairing {
    uint32_t *before; /* of each word of the newer text */
    uint32_t head;    /* numbers count from here */
};

static void is_same(void *ctx, size_t before, size_t after, size_t len)
{
    struct pairing *pairing = ctx;
    for (size_t i = 0; i < len; i++)
        pairing->before[pairing->head + after + i] = pairing->head + (uint32_t)(before + i);
}

static void pair_the_rest(const struct vb_transcript *before, const struct vb_transcript *after,
                          struct vb_kept kept, uint32_t *found)
{
    struct pairing pairing = {found, kept.head};
    struct numbering *numbering = numbering_new();
    struct arena arena = {0};
    uint32_t *a = numbers_of(before, kept, numbering, &arena);
    uint32_t *b = numbers_of(after, kept, numbering, &arena);
    diff(a, before->word_count - kept.head - kept.tail, b,
         after->word_count - kept.head - kept.tail, is_same, &pairing);
    numbering_free(numbering);
    arena_free(&arena);
    free(a);
    free(b);
}

uint32_t *vb_words_before(const struct vb_transcript *before, const struct vb_transcript *after)
{
    uint32_t count = after->word_count, *found = mem_new((count + 1) * sizeof *found);
    struct vb_kept kept = vb_words_kept(before, after);
    for (uint32_t i = 0; i < count; i++)
        found[i] = i < kept.head            ? i
                   : count - i <= kept.tail ? i + before->word_count - count
                                            : VB_NONE;
    pair_the_rest(before, after, kept, found);
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
