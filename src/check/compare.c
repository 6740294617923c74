/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two texts, word by word. */
#include "check/compared.h"

#include <assert.h>
#include <stdlib.h>

#include "base/diff.h"
#include "base/mem.h"
#include "base/vec.h"
#include "transcript/bare.h"

struct vb_comparison {
    struct vb_transcript *t, *other;
    VEC(struct vb_difference) rows;
};

/* The words that are said, as numbers; `of` holds their places. */
struct spoken {
    uint32_t *numbers, *of;
    size_t count;
};

static struct spoken spoken_words(const struct vb_transcript *t, struct numbering *numbering,
                                  struct arena *arena)
{
    uint32_t all = vb_word_count(t);
    struct spoken s = {mem_new((all + 1) * sizeof *s.numbers),
                       mem_new((all + 1) * sizeof *s.of), 0};
    for (uint32_t i = 0; i < all; i++) {
        if (vb_word_marks(t, i) & VB_UNSPOKEN)
            continue;
        s.of[s.count] = i;
        s.numbers[s.count++] =
            numbering_of(numbering, word_folded(arena, word_bare(vb_word_text(t, i))));
    }
    s.of[s.count] = all;
    return s;
}

struct finding {
    struct vb_comparison *c;
    const struct spoken *a, *b;
    size_t at_a, at_b; /* how far both are told */
};

/* What lies between two stretches that both have. */
static void add_between(void *ctx, size_t at_a, size_t at_b, size_t len)
{
    struct finding *f = ctx;
    if (at_a > f->at_a || at_b > f->at_b)
        vec_push(&f->c->rows,
                 (struct vb_difference){f->a->of[f->at_a], (uint32_t)(at_a - f->at_a),
                                        f->b->of[f->at_b], (uint32_t)(at_b - f->at_b)});
    f->at_a = at_a + len;
    f->at_b = at_b + len;
}

struct vb_comparison *vb_compare(const struct vb_transcript *t,
                                 const struct vb_transcript *other)
{
    struct vb_comparison *c = mem_new(sizeof *c);
    c->t = vb_transcript_ref(t);
    c->other = vb_transcript_ref(other);
    struct numbering *numbering = numbering_new();
    struct arena arena = {0};
    struct spoken a = spoken_words(t, numbering, &arena);
    struct spoken b = spoken_words(other, numbering, &arena);
    struct finding f = {c, &a, &b, 0, 0};
    diff(a.numbers, a.count, b.numbers, b.count, add_between, &f);
    add_between(&f, a.count, b.count, 0);
    numbering_free(numbering);
    arena_free(&arena);
    free(a.numbers), free(a.of);
    free(b.numbers), free(b.of);
    return c;
}

void vb_comparison_free(struct vb_comparison *c)
{
    if (!c)
        return;
    vb_transcript_unref(c->t);
    vb_transcript_unref(c->other);
    free(c->rows.items);
    free(c);
}

const struct vb_transcript *compared_text(const struct vb_comparison *c)
{
    return c->t;
}

const struct vb_transcript *compared_other(const struct vb_comparison *c)
{
    return c->other;
}

size_t vb_difference_count(const struct vb_comparison *c)
{
    return c->rows.count;
}

struct vb_difference vb_difference(const struct vb_comparison *c, size_t i)
{
    assert(i < c->rows.count);
    return c->rows.items[i];
}

/* ---- word errors ---- */

static bool speaks(const struct vb_transcript *t, uint32_t turn, uint32_t speaker)
{
    if (speaker == VB_NONE)
        return true;
    for (uint32_t i = 0; turn != VB_NONE && i < vb_turn(t, turn)->speaker_count; i++)
        if (vb_turn_speaker(t, turn, i) == speaker)
            return true;
    return false;
}

static uint32_t words_of(const struct vb_transcript *t, uint32_t speaker)
{
    uint32_t words = speaker == VB_NONE ? vb_spoken_count(t) : 0;
    for (uint32_t i = 0; speaker != VB_NONE && i < vb_turn_count(t); i++) {
        const struct vb_turn *turn = vb_turn(t, i);
        for (uint32_t w = 0; speaks(t, i, speaker) && w < turn->word_count; w++)
            words += !(vb_word_marks(t, turn->first_word + w) & VB_UNSPOKEN);
    }
    return words;
}

/* A word that only the other text has counts for who speaks before it. */
static uint32_t turn_of(const struct vb_comparison *c, const struct vb_difference *d)
{
    uint32_t word = d->count || !d->first ? d->first : d->first - 1;
    return word < vb_word_count(c->t) ? vb_turn_of_word(c->t, word) : VB_NONE;
}

struct vb_word_errors vb_word_errors_of(const struct vb_comparison *c, uint32_t speaker)
{
    struct vb_word_errors errors = {.words = words_of(c->t, speaker)};
    for (size_t i = 0; i < c->rows.count; i++) {
        const struct vb_difference *d = &c->rows.items[i];
        if (!speaks(c->t, turn_of(c, d), speaker))
            continue;
        uint32_t both = d->count < d->other_count ? d->count : d->other_count;
        errors.substituted += both;
        errors.only_here += d->count - both;
        errors.only_there += d->other_count - both;
    }
    uint32_t wrong = errors.substituted + errors.only_here;
    errors.same = errors.words > wrong ? errors.words - wrong : 0;
    return errors;
}

struct vb_word_errors vb_word_errors(const struct vb_comparison *c)
{
    return vb_word_errors_of(c, VB_NONE);
}

double vb_word_error_rate(struct vb_word_errors e)
{
    return e.words ? (double)(e.substituted + e.only_here + e.only_there) / (double)e.words : 0;
}
