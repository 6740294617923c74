/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The natural lengths of a text's words.
 *
 * All lengths are whole milliseconds and there are few kinds of pause, so that both fit into
 * sixteen bits; a word too long for them is weighed again when it is asked for.  A sum stands
 * before every sixteenth word. */
#include "transcript/natural.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "transcript/patch.h"
#include "transcript/spread.h"

enum { TOGETHER = 16, LENGTH_BITS = 12, TOO_LONG = (1 << LENGTH_BITS) - 1, MS = 1000 };

struct naturals {
    atomic_uint references;
    uint32_t count, room;
    uint16_t *words; /* one a word: milliseconds, TOO_LONG, and above them a kind of pause */
    vb_time *sums;   /* before each TOGETHER-th word */
};

/* ---- kinds of pause: what the word's own signs say, and what ends behind it ---- */

enum end { END_OF_NOTHING, END_OF_PARAGRAPH, END_OF_TURN, ENDS };

static const uint32_t own_pauses[] = {0, SPREAD_COMMA_US, SPREAD_STOP_US};
enum { OWN_PAUSES = sizeof own_pauses / sizeof own_pauses[0] };
static const uint32_t end_pauses[ENDS] = {
    [END_OF_PARAGRAPH] = SPREAD_PARAGRAPH_PAUSE_US,
    [END_OF_TURN] = SPREAD_PARAGRAPH_PAUSE_US + SPREAD_TURN_PAUSE_US,
};

static uint32_t pause_in(uint16_t packed)
{
    uint32_t kind = packed >> LENGTH_BITS;
    return own_pauses[kind % OWN_PAUSES] + end_pauses[kind / OWN_PAUSES];
}

static uint16_t pack(struct natural natural, enum end end)
{
    uint32_t ms = natural.speech_us / MS, kind = OWN_PAUSES - 1;
    while (kind && own_pauses[kind] > natural.pause_us)
        kind--;
    ms = ms < TOO_LONG ? ms : TOO_LONG;
    return (uint16_t)(ms | (kind + (uint32_t)end * OWN_PAUSES) << LENGTH_BITS);
}

/* ---- weighing ---- */

static enum end end_behind(const struct vb_transcript *t, uint32_t paragraph)
{
    const struct vb_paragraph *p = vb_paragraph(t, paragraph);
    if (p->kind != VB_SPEECH)
        return END_OF_NOTHING;
    bool turn_ends = paragraph + 1 < vb_paragraph_count(t) &&
                     vb_paragraph(t, paragraph + 1)->turn != p->turn;
    return turn_ends ? END_OF_TURN : END_OF_PARAGRAPH;
}

static void weigh_paragraph(struct naturals *n, const struct vb_transcript *t,
                            uint32_t paragraph)
{
    const struct vb_paragraph *p = vb_paragraph(t, paragraph);
    enum end end = end_behind(t, paragraph);
    for (uint32_t i = 0; i < p->word_count; i++) {
        uint32_t word = p->first_word + i;
        struct natural natural = {0, 0};
        if (!(vb_word_marks(t, word) & VB_UNSPOKEN))
            natural = spread_natural(vb_word_text(t, word));
        n->words[word] = pack(natural, i + 1 == p->word_count ? end : END_OF_NOTHING);
    }
}

static vb_time length_with_pause(const struct naturals *n, const struct vb_transcript *t,
                                 uint32_t word)
{
    uint16_t packed = n->words[word];
    if ((packed & TOO_LONG) == TOO_LONG)
        return (vb_time)naturals_length(n, t, word) + pause_in(packed);
    return (packed & TOO_LONG) * MS + pause_in(packed);
}

/* From the group of a word on. */
static void sum_up(struct naturals *n, const struct vb_transcript *t, uint32_t word)
{
    word -= word % TOGETHER;
    vb_time sum = word ? n->sums[word / TOGETHER] : 0;
    for (; word < n->count; word++) {
        if (word % TOGETHER == 0)
            n->sums[word / TOGETHER] = sum;
        sum += length_with_pause(n, t, word);
    }
    if (n->count % TOGETHER == 0)
        n->sums[n->count / TOGETHER] = sum;
}

/* With some to spare: words are typed one after the other. */
static void make_room(struct naturals *n, uint32_t count)
{
    n->count = count;
    if (n->words && count <= n->room)
        return;
    n->room = count + count / 32;
    n->words = mem_grow(n->words, (n->room + 1) * sizeof *n->words);
    n->sums = mem_grow(n->sums, (n->room / TOGETHER + 1) * sizeof *n->sums);
}

/* The text became another one by a small correction. */
static void follow(struct naturals *n, const struct vb_transcript *t, struct vb_kept kept)
{
    uint32_t before = n->count, count = vb_word_count(t);
    uint32_t paragraph = vb_paragraph_of_word(t, kept.head);
    if (count > before)
        make_room(n, count);
    memmove(n->words + count - kept.tail, n->words + before - kept.tail,
            kept.tail * sizeof *n->words);
    n->count = count;
    weigh_paragraph(n, t, paragraph);
    sum_up(n, t, kept.head);
}

struct naturals *naturals_new(const struct vb_transcript *t, struct naturals **old,
                              const struct vb_transcript *before)
{
    struct vb_kept kept;
    struct naturals *n = old ? *old : NULL;
    if (n && t == before) {
        atomic_fetch_add_explicit(&n->references, 1, memory_order_relaxed);
        return n;
    }
    if (n && atomic_load(&n->references) == 1 && transcript_is_patched(before, t, &kept)) {
        *old = NULL;
        follow(n, t, kept);
        return n;
    }
    n = mem_new(sizeof *n);
    atomic_init(&n->references, 1);
    make_room(n, vb_word_count(t));
    for (uint32_t p = 0; p < vb_paragraph_count(t); p++)
        weigh_paragraph(n, t, p);
    sum_up(n, t, 0);
    return n;
}

void naturals_free(struct naturals *n)
{
    if (!n || atomic_fetch_sub_explicit(&n->references, 1, memory_order_acq_rel) > 1)
        return;
    free(n->words);
    free(n->sums);
    free(n);
}

/* ---- asking ---- */

uint32_t naturals_length(const struct naturals *n, const struct vb_transcript *t, uint32_t word)
{
    uint32_t ms = n->words[word] & TOO_LONG;
    return ms < TOO_LONG ? ms * MS : spread_natural(vb_word_text(t, word)).speech_us;
}

vb_time naturals_before(const struct naturals *n, const struct vb_transcript *t, uint32_t word)
{
    vb_time sum = n->sums[word / TOGETHER];
    for (uint32_t i = word / TOGETHER * TOGETHER; i < word; i++)
        sum += length_with_pause(n, t, i);
    return sum;
}
