/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times by how long a synthesiser takes to say each word.  Between two known times the words
 * share what there is; behind the last the text goes on at the pace found so far, or fills the
 * sound when that is nearly the same. */
#include "align/estimate.h"

#include <stdlib.h>

#define FILLS_LEAST 0.70 /* of the sound that is left the text would take: then it fills it */
#define FILLS_MOST  1.45

/* The word that is said at `said` in the synthetic speech is said at `at` in the sound. */
struct knot {
    uint32_t word; /* of the script */
    double said, at;
};

struct spreading {
    const struct script *script;
    const struct passage *passage;
    struct vb_heard *heard;
};

static double said_at(const struct script *s, uint32_t word)
{
    return word < s->words.count ? s->words.items[word].said_at : s->said_for;
}

static vb_time time_between(const struct spreading *sp, const struct knot *a,
                            const struct knot *b, double said)
{
    double share = b->said > a->said ? (said - a->said) / (b->said - a->said) : 0;
    double at = a->at + (b->at - a->at) * share;
    return sp->passage->from + (vb_time)(at * VB_SECOND);
}

/* The words between two knots; those beyond the sound get no time. */
static void spread(const struct spreading *sp, const struct knot *a, const struct knot *b)
{
    for (uint32_t w = a->word; w < b->word; w++) {
        vb_time start = time_between(sp, a, b, said_at(sp->script, w));
        vb_time end = time_between(sp, a, b, said_at(sp->script, w + 1));
        if (start >= sp->passage->until)
            return;
        end = end < sp->passage->until ? end : sp->passage->until;
        sp->heard[sp->script->words.items[w].word] =
            (struct vb_heard){start, end > start ? end : start, VB_ESTIMATED, -1};
    }
}

static struct knot last_knot(const struct spreading *sp, const struct knot *before, double pace)
{
    const struct script *s = sp->script;
    double sound = (double)(sp->passage->until - sp->passage->from) / VB_SECOND;
    double left = sound - before->at, wanted = (s->said_for - before->said) * pace;
    bool fills = wanted > left * FILLS_LEAST && wanted < left * FILLS_MOST;
    return (struct knot){(uint32_t)s->words.count, s->said_for,
                         before->at + (fills ? left : wanted)};
}

struct vb_heard *estimate_spoken(const struct script *s, const struct passage *passage)
{
    struct vb_heard *heard = mem_new((vb_word_count(s->transcript) + 1) * sizeof *heard);
    struct spreading sp = {s, passage, heard};
    struct knot before = {0, 0, 0};
    for (size_t i = 0; i < s->anchors.count; i++) {
        const struct anchor *anchor = &s->anchors.items[i];
        struct knot next = {anchor->word, said_at(s, anchor->word), anchor->at};
        if (next.word <= before.word || next.at <= before.at)
            continue;
        spread(&sp, &before, &next);
        before = next;
    }
    double pace = before.said > 0 ? before.at / before.said : 1;
    struct knot end = last_knot(&sp, &before, pace);
    spread(&sp, &before, &end);
    return heard;
}
