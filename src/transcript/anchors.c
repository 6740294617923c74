/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Anchors: the known times of a transcript that can be true together.
 *
 * Markers and stated times are candidates; the longest chain of them that never falls is kept,
 * without markers that would have the words between said faster than anybody speaks. */
#include <stdlib.h>

#include "base/mem.h"
#include "transcript/snapshot.h"
#include "transcript/timeline_parts.h"

/* A time that may become an anchor. */
struct candidate {
    struct anchor anchor;
    uint32_t marker; /* VB_NONE: stated by a cue or a word */
    bool kept;
};

typedef VEC(struct candidate) candidates;

static void refuse(struct vb_timeline *tl, uint32_t marker, enum vb_misfit why)
{
    if (marker != VB_NONE)
        vec_push(&tl->unused, (struct vb_unused_marker){marker, why});
}

/* Could the words from `last` to the new anchor be said in the time between? Read times of a
 * cue format are taken as they stand: only a marker is doubted. */
static bool can_be_said(const struct vb_timeline *tl, const struct anchor *last, uint32_t word,
                        vb_time at)
{
    uint32_t from = last ? last->word : 0;
    vb_time since = last ? last->at : timeline_moved(tl, 0);
    return word - from < 8 ||
           (double)(at - since) >= FASTEST * (double)timeline_natural(tl, from, word);
}

static void add_anchor(struct vb_timeline *tl, anchors *list, struct anchor anchor,
                       uint32_t marker)
{
    struct anchor *last = list->count ? &list->items[list->count - 1] : NULL;
    if (marker != VB_NONE && !can_be_said(tl, last, anchor.word, anchor.at)) {
        refuse(tl, marker, VB_TOO_FAST_TO_BE_SAID);
    } else if (!last || (anchor.at >= last->at && anchor.word > last->word)) {
        vec_push(list, anchor);
    } else if (anchor.word == last->word && anchor.origin > last->origin &&
               anchor.at >= last->at) {
        *last = anchor;
    }
}

/* A marker's anchor: the first spoken word behind it. `spoken` is where that was found last;
 * markers come in reading order. */
static void find_marker(struct vb_timeline *tl, candidates *found, uint32_t i, uint32_t *spoken)
{
    const struct vb_marker *marker = vb_marker(tl->transcript, i);
    uint32_t word = marker->first_word > *spoken ? marker->first_word : *spoken;
    while (word < tl->count && vb_word_marks(tl->transcript, word) & VB_UNSPOKEN)
        word++;
    *spoken = word;
    if (!marker->usable || word >= tl->count)
        return;
    vb_time at = timeline_moved(tl, marker->time);
    if (tl->duration != VB_NO_TIME && at > tl->duration)
        refuse(tl, i, VB_BEYOND_THE_SOUND);
    else
        vec_push(found, (struct candidate){
                            {word, at, VB_NO_TIME, VB_INHERITED},
                            i, false
        });
}

static void find_stated(const struct vb_timeline *tl, candidates *found, uint32_t word,
                        vb_time start, vb_time end)
{
    vb_time at = timeline_moved(tl, start);
    if (at == VB_NO_TIME || (tl->duration != VB_NO_TIME && at > tl->duration))
        return;
    struct anchor anchor = {word, at, timeline_moved(tl, end), VB_STATED};
    vec_push(found, (struct candidate){anchor, VB_NONE, false});
}

/* Words that are timed together state a start with the first and an end with the last. */
static void find_stated_end(const struct vb_timeline *tl, candidates *found,
                            uint32_t first_word, vb_time end)
{
    struct anchor *last = found->count ? &found->items[found->count - 1].anchor : NULL;
    if (last && last->word >= first_word && last->origin == VB_STATED &&
        last->end == VB_NO_TIME)
        last->end = timeline_moved(tl, end);
}

static void find_timed_words(const struct vb_timeline *tl, candidates *found,
                             const struct vb_paragraph *p)
{
    if (p->word_count)
        find_stated(tl, found, p->first_word, p->start, p->end);
    if (!tl->transcript->stated)
        return;
    for (uint32_t word = p->first_word; word < p->first_word + p->word_count; word++) {
        struct stated_times w = tl->transcript->stated[word];
        find_stated(tl, found, word, w.start, w.end);
        if (w.start == VB_NO_TIME)
            find_stated_end(tl, found, p->first_word, w.end);
    }
}

/* All times there are, in reading order. */
static candidates find_candidates(struct vb_timeline *tl)
{
    candidates found = {0};
    const struct vb_transcript *t = tl->transcript;
    uint32_t spoken = 0;
    for (uint32_t i = 0; i < vb_block_count(t); i++) {
        struct vb_block block = vb_block(t, i);
        if (block.kind == VB_BLOCK_MARKER)
            find_marker(tl, &found, block.index, &spoken);
        else if (block.kind == VB_BLOCK_PARAGRAPH)
            find_timed_words(tl, &found, vb_paragraph(t, block.index));
    }
    return found;
}

/* The first of `count` chains whose end lies behind `at`. */
static size_t chain_for(const candidates *found, const uint32_t *tops, size_t count, vb_time at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (found->items[tops[middle]].anchor.at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* One wild time must spoil itself, not all that follow: the longest chain that never falls is
 * kept (patience sorting, as markers.c does for what the page alone can tell). */
static void keep_longest_chain(candidates *found)
{
    uint32_t *tops = mem_new(found->count * sizeof *tops);
    uint32_t *before = mem_new(found->count * sizeof *before);
    size_t length = 0;
    for (size_t i = 0; i < found->count; i++) {
        size_t at = chain_for(found, tops, length, found->items[i].anchor.at);
        before[i] = at ? tops[at - 1] : VB_NONE;
        tops[at] = (uint32_t)i;
        length += at == length;
    }
    for (uint32_t i = length ? tops[length - 1] : VB_NONE; i != VB_NONE; i = before[i])
        found->items[i].kept = true;
    free(tops);
    free(before);
}

anchors anchors_find(struct vb_timeline *tl)
{
    anchors list = {0};
    candidates found = find_candidates(tl);
    keep_longest_chain(&found);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kept)
            add_anchor(tl, &list, found.items[i].anchor, found.items[i].marker);
    free(found.items);
    return list;
}
