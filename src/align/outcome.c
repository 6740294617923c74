/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the path to times and confidence.
 *
 * A word's confidence is where it stands between the free phone loop (1: nothing fits better
 * what was heard) and a random phone (0), looked at together with its neighbours: one short
 * word says little. */
#include "align/outcome.h"

#include <stdlib.h>

#include "align/belonging.h"

/* A frame looks at the 25 ms from its beginning on; a change is seen when its first fifth is
 * past. */
#define FRAME_LAG_US 5000

enum { BRIDGED = 2 }; /* words in a row that may be placed between their neighbours */
#define BRIDGE_US (3 * VB_SECOND)

#define LIKENESS_LEAST 0.65 /* tones and hiss */
#define LIKENESS_SURE  0.80
#define ALIGNED_LEAST  0.60
/* A short text in much sound of the same voice may find its reverse elsewhere in it; when it is
 * as alike as this, and nearly every word was heard, it needs no other witness. */
#define LIKENESS_PLAIN 0.85
#define ALIGNED_PLAIN  0.95
/* A few words are found in any sound that is long enough, and as alike as those that are said
 * there: of eight words, 0.82 … 0.90 against 0.85 … 0.90; of thirty-two, 0.78 … 0.83 against
 * 0.86 … 0.90.  So they are doubted unless they beat their reverse. */
#define FEW_WORDS 24

/* Words of another text are found with this confidence before it is rescaled. */
#define FOUND_IN_ANY_SOUND 0.6

struct found {
    uint32_t first, last; /* frames; last < first: not heard */
    double gap;           /* summed over its frames */
    uint32_t frames;
};

static struct found *find_words(const struct aligner *a)
{
    const struct lattice *l = &a->lattice;
    struct found *found = mem_new((l->words + 1) * sizeof *found);
    for (uint32_t w = 0; w <= l->words; w++)
        found[w].first = UINT32_MAX;
    for (uint32_t t = 0; t < a->look.count; t++) {
        if (node_kind(l, a->path.node[t]) != NODE_CELL)
            continue;
        struct found *f = &found[node_word(l, a->path.node[t])];
        f->first = f->frames ? f->first : t;
        f->last = t;
        f->gap += a->loop.score[t] - a->path.score[t];
        f->frames++;
    }
    return found;
}

static float confidence_of(const struct aligner *a, const struct found *found, uint32_t w)
{
    double gap = 0, frames = 0;
    uint32_t from = w ? w - 1 : 0, until = w + 2 < a->lattice.words ? w + 2 : a->lattice.words;
    for (uint32_t i = from; i < until; i++) {
        double weight = i == w ? 2 : 1;
        gap += weight * found[i].gap;
        frames += weight * found[i].frames;
    }
    double c = 1 - gap / (frames * a->loop.random_gap + 1e-9);
    c = (c - FOUND_IN_ANY_SOUND) / (1 - FOUND_IN_ANY_SOUND);
    return (float)(c < 0 ? 0 : c > 1 ? 1 : c);
}

static vb_time time_of(const struct aligner *a, uint32_t frame)
{
    vb_time into = frame ? (vb_time)frame * a->look.step * FRAME_US + FRAME_LAG_US : 0;
    vb_time at = a->passage.from + into;
    return at < a->passage.until ? at : a->passage.until;
}

/* Words that were not heard, but whose neighbours are close: they were said, unclearly. */
static void bridge(const struct aligner *a, const struct found *found, uint32_t from,
                   uint32_t until, struct vb_heard *heard)
{
    if (from == 0 || until >= a->lattice.words || until - from > BRIDGED)
        return;
    vb_time start = time_of(a, found[from - 1].last + 1), end = time_of(a, found[until].first);
    if (end - start > BRIDGE_US)
        return;
    for (uint32_t w = from; w < until; w++) {
        vb_time length = (end - start) / (vb_time)(until - from);
        heard[a->script.words.items[w].word] =
            (struct vb_heard){start + length * (vb_time)(w - from),
                              start + length * (vb_time)(w - from + 1), VB_ESTIMATED, 0};
    }
}

static void find_edges(const struct aligner *a, const struct found *found,
                       struct vb_align_report *report)
{
    uint32_t first = 0, last = a->lattice.words;
    while (first < last && !found[first].frames)
        first++;
    while (last > first && !found[last - 1].frames)
        last--;
    bool any = first < last;
    const struct passage *p = &a->passage;
    report->head = any ? time_of(a, found[first].first) - p->from : p->until - p->from;
    report->tail = any ? p->until - time_of(a, found[last - 1].last + 1) : 0;
}

static double share_aligned(const struct vb_align_report *report)
{
    return report->spoken ? (double)report->aligned / report->spoken : 0;
}

static bool is_plain(const struct vb_align_report *report)
{
    return report->likeness >= LIKENESS_PLAIN && share_aligned(report) >= ALIGNED_PLAIN;
}

struct vb_heard *outcome_of(const struct aligner *a, struct vb_align_report *report)
{
    const struct lattice *l = &a->lattice;
    struct found *found = find_words(a);
    struct vb_heard *heard = mem_new((vb_word_count(a->script.transcript) + 1) * sizeof *heard);
    uint32_t missed = 0;
    report->spoken = l->words;
    report->aligned = 0;
    for (uint32_t w = 0; w <= l->words; w++) {
        if (w < l->words && !found[w].frames) {
            missed++;
            continue;
        }
        if (missed)
            bridge(a, found, w - missed, w, heard);
        missed = 0;
        if (w == l->words)
            break;
        heard[a->script.words.items[w].word] =
            (struct vb_heard){time_of(a, found[w].first), time_of(a, found[w].last + 1),
                              VB_ALIGNED, confidence_of(a, found, w)};
        report->aligned++;
    }
    find_edges(a, found, report);
    report->likeness = (float)(a->likeness < 0 || !report->aligned ? 0 : a->likeness);
    report->doubtful = (!is_plain(report) || report->spoken < FEW_WORDS) &&
                       (report->likeness < LIKENESS_SURE || a->belonging < BELONGING_SURE);
    free(found);
    return heard;
}

bool outcome_is_sound(const struct aligner *a, const struct vb_align_report *report,
                      struct vb_error *error)
{
    const char *backwards = !is_plain(report) && a->belonging < BELONGING_LEAST
                                ? _("; read backwards it would suit as well")
                                : "";
    if (share_aligned(report) >= ALIGNED_LEAST && report->likeness >= LIKENESS_LEAST &&
        !*backwards)
        return true;
    return err_set(
        error, VB_UNSUPPORTED,
        _("text and sound do not seem to belong together: %d of %d words were found, "
          "with a likeness of %d %% (language %s, sound up to %d Hz)%s"),
        (int)report->aligned, (int)report->spoken, (int)(100 * report->likeness),
        report->language, (int)report->band_high, backwards);
}
