/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verbatim/statistics.h"

#include <stdlib.h>

#include "base/mem.h"

#define SILENCE (2 * VB_SECOND) /* between words: longer ones are not talk */

/* One turn, counted. */
struct count {
    struct vb_voice voice;
    vb_time from, until; /* VB_NO_TIME: it has no time */
    bool is_known;       /* nothing of it is only estimated */
};

static bool is_spoken(const struct vb_transcript *t, uint32_t word)
{
    return !(vb_word_marks(t, word) & VB_UNSPOKEN);
}

static void add_stretch(struct count *c, vb_time start, vb_time end, bool known)
{
    if (start == VB_NO_TIME || end == VB_NO_TIME)
        return;
    if (c->from == VB_NO_TIME)
        c->from = c->until = start;
    vb_time from = start - c->until > SILENCE ? start : c->until;
    if (end <= from)
        return;
    c->voice.talk += end - from;
    c->voice.known += known ? end - from : 0;
    c->until = end;
}

/* What the file states of a cue counts as it stands: in the timeline a word gives way to the
 * one that begins before its end. */
static void add_paragraph(struct count *c, const struct vb_transcript *t,
                          const struct vb_timeline *times, const struct vb_paragraph *p)
{
    bool is_stated = p->start != VB_NO_TIME && p->end != VB_NO_TIME;
    uint32_t words = 0;
    for (uint32_t i = p->first_word; i < p->first_word + p->word_count; i++) {
        if (!is_spoken(t, i))
            continue;
        words++;
        enum vb_origin origin = vb_timeline_origin(times, i);
        if (!is_stated)
            add_stretch(c, vb_timeline_start(times, i), vb_timeline_end(times, i),
                        origin > VB_ESTIMATED);
        c->is_known &= is_stated || origin != VB_ESTIMATED;
    }
    c->voice.words += words;
    if (words && is_stated)
        add_stretch(c, p->start, p->end, true);
}

static struct count count_turn(const struct vb_transcript *t, const struct vb_timeline *times,
                               const struct vb_turn *turn)
{
    struct count c = {.from = VB_NO_TIME, .until = VB_NO_TIME, .is_known = true};
    for (uint32_t i = 0; i < turn->paragraph_count; i++)
        add_paragraph(&c, t, times, vb_paragraph(t, turn->first_paragraph + i));
    c.voice.turns = c.voice.words > 0;
    c.voice.longest = c.voice.talk;
    return c;
}

static void add(struct vb_voice *to, const struct vb_voice *one)
{
    to->turns += one->turns;
    to->words += one->words;
    to->talk += one->talk;
    to->known += one->known;
    to->overlaps += one->overlaps;
    to->longest = one->longest > to->longest ? one->longest : to->longest;
}

static bool share_a_voice(const struct vb_transcript *t, uint32_t one, uint32_t other)
{
    for (uint32_t i = 0; i < vb_turn(t, one)->speaker_count; i++)
        for (uint32_t k = 0; k < vb_turn(t, other)->speaker_count; k++)
            if (vb_turn_speaker(t, one, i) == vb_turn_speaker(t, other, k))
                return true;
    return false;
}

struct vb_statistics vb_statistics_of(const struct vb_transcript *t,
                                      const struct vb_timeline *times)
{
    struct vb_statistics s = {.count = vb_speaker_count(t)};
    s.voices = mem_new(s.count * sizeof *s.voices);
    struct count before = {.until = VB_NO_TIME};
    uint32_t turn_before = VB_NONE;
    for (uint32_t turn = 0; turn < vb_turn_count(t); turn++) {
        struct count c = count_turn(t, times, vb_turn(t, turn));
        if (!c.voice.words)
            continue;
        c.voice.overlaps = turn_before != VB_NONE && c.is_known && before.is_known &&
                           c.from < before.until && !share_a_voice(t, turn, turn_before);
        for (uint32_t i = 0; i < vb_turn(t, turn)->speaker_count; i++)
            add(&s.voices[vb_turn_speaker(t, turn, i)], &c.voice);
        add(&s.all, &c.voice);
        before = c;
        turn_before = turn;
    }
    return s;
}

void vb_statistics_free(struct vb_statistics *s)
{
    free(s->voices);
    *s = (struct vb_statistics){0};
}

double vb_words_per_minute(const struct vb_voice *voice)
{
    return voice->talk > 0 ? voice->words * 60. * VB_SECOND / (double)voice->talk : 0;
}
