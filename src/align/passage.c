/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking again for a few words, after a change of the text: they are looked for together with
 * a minute of what surrounds them, since models and normalisation need that much to learn from.
 * The passage begins and ends at words that were heard for certain. */
#include "align/passage.h"

#include "align/shapes.h"

#define AROUND_US (60 * VB_SECOND)
#define BREATH_US (VB_SECOND / 10) /* of sound beyond the words at the ends */
#define SURE      0.5F             /* confidence of a word that may stand at an end */

static bool is_sure(const struct vb_heard *heard)
{
    return heard->origin == VB_ALIGNED && heard->confidence >= SURE;
}

static vb_time whole_frames(vb_time at)
{
    return at - at % FRAME_US;
}

/* Goes back to the last sure word that ends a minute before the first one; else to the start.
 */
static void widen_before(const struct vb_heard *known, struct passage *p)
{
    uint32_t word = p->first;
    vb_time begins = -1;
    for (; word > 0; word--) {
        const struct vb_heard *heard = &known[word - 1];
        if (!is_sure(heard))
            continue;
        begins = begins < 0 ? heard->end : begins;
        if (begins - heard->start < AROUND_US)
            continue;
        p->first = word - 1;
        p->from = heard->start > BREATH_US ? whole_frames(heard->start - BREATH_US) : 0;
        return;
    }
    p->first = 0;
}

static void widen_after(const struct vb_heard *known, uint32_t words, struct passage *p)
{
    vb_time ends = -1;
    for (uint32_t word = p->end; word < words; word++) {
        const struct vb_heard *heard = &known[word];
        if (!is_sure(heard))
            continue;
        ends = ends < 0 ? heard->start : ends;
        if (heard->end - ends < AROUND_US)
            continue;
        vb_time until = whole_frames(heard->end + BREATH_US);
        p->end = word + 1;
        p->until = until < p->until ? until : p->until;
        return;
    }
    p->end = words;
}

struct passage passage_of(const struct vb_transcript *t, const struct vb_align_options *options,
                          vb_time duration)
{
    uint32_t words = vb_word_count(t), first = options->first_word;
    struct passage p = {0, words, 0, duration};
    if (options->word_count == 0)
        return p;
    p.first = first < words ? first : words;
    p.end = options->word_count < words - p.first ? p.first + options->word_count : words;
    if (options->known) {
        widen_before(options->known, &p);
        widen_after(options->known, words, &p);
    }
    return p;
}

void passage_keep_known(const struct vb_transcript *t, const struct vb_align_options *options,
                        struct vb_heard *heard)
{
    static const struct vb_heard unknown = {0, 0, VB_UNKNOWN, 0};
    uint32_t words = vb_word_count(t);
    if (options->word_count == 0)
        return;
    for (uint32_t word = 0; word < words; word++)
        if (word < options->first_word || word - options->first_word >= options->word_count)
            heard[word] = options->known ? options->known[word] : unknown;
}
