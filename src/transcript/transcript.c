/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a frozen transcript. */
#include "verbatim/transcript.h"

#include <assert.h>
#include <stdlib.h>

#include "transcript/patch.h"
#include "transcript/snapshot.h"

uint64_t transcript_serial(void)
{
    static atomic_uint_least64_t last;
    return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}

struct vb_transcript *vb_transcript_ref(const struct vb_transcript *t)
{
    struct vb_transcript *shared =
        (struct vb_transcript *)t; /* the count is no part of the value */
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void vb_transcript_unref(const struct vb_transcript *t)
{
    struct vb_transcript *shared = (struct vb_transcript *)t;
    if (!shared || atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) > 1)
        return;
    for (uint32_t i = 0; i < shared->piece_count; i++)
        rows_unref(shared->pieces[i].rows);
    struct arena arena = shared->arena;
    const struct vb_transcript *root = shared->root;
    free(shared);
    arena_free(&arena);
    vb_transcript_unref(root);
}

void transcript_read_in(struct vb_transcript *t, struct source *source, size_t len)
{
    for (uint32_t i = 0; i < t->piece_count; i++)
        rows_read_in(t->pieces[i].rows, source, len);
}

uint32_t vb_word_count(const struct vb_transcript *t)
{
    return t->word_count;
}

uint32_t vb_spoken_count(const struct vb_transcript *t)
{
    return t->spoken_count;
}

vb_str vb_word_text(const struct vb_transcript *t, uint32_t word)
{
    assert(word < t->word_count);
    struct row_place p = row_of(t, word);
    return rows_text(p.rows, p.row);
}

uint16_t vb_word_marks(const struct vb_transcript *t, uint32_t word)
{
    assert(word < t->word_count);
    struct row_place p = row_of(t, word);
    return p.rows->marks[p.row];
}

struct vb_word vb_word(const struct vb_transcript *t, uint32_t word)
{
    const struct stated_times none = {VB_NO_TIME, VB_NO_TIME};
    struct stated_times stated = t->stated ? t->stated[word] : none;
    uint32_t paragraph = vb_paragraph_of_word(t, word);
    return (struct vb_word){
        .text = vb_word_text(t, word),
        .span = word_span(t, word),
        .start = stated.start,
        .end = stated.end,
        .turn = t->paragraphs[paragraph].turn,
        .paragraph = paragraph,
        .marks = vb_word_marks(t, word),
    };
}

uint32_t vb_paragraph_of_word(const struct vb_transcript *t, uint32_t word)
{
    assert(word < t->word_count);
    uint32_t low = 0, high = t->paragraph_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (t->paragraphs[middle].first_word <= word)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t vb_turn_of_word(const struct vb_transcript *t, uint32_t word)
{
    return word < t->word_count ? t->paragraphs[vb_paragraph_of_word(t, word)].turn : VB_NONE;
}

uint32_t vb_turn_speaker(const struct vb_transcript *t, uint32_t turn, uint32_t i)
{
    assert(turn < t->turn_count && i < t->turns[turn].speaker_count);
    return t->turn_speakers[t->turns[turn].first_speaker + i];
}

vb_str vb_turn_speakers(const struct vb_transcript *t, uint32_t turn)
{
    assert(turn < t->turn_count);
    return t->turn_names[turn];
}

/* One function to count and one to look for every kind of row. */
#define ROWS(type, name, plural)                                                               \
    uint32_t vb_##name##_count(const struct vb_transcript *t)                                  \
    {                                                                                          \
        return t->name##_count;                                                                \
    }                                                                                          \
    const type *vb_##name(const struct vb_transcript *t, uint32_t i)                           \
    {                                                                                          \
        assert(i < t->name##_count);                                                           \
        return &t->plural[i];                                                                  \
    }

ROWS(struct vb_turn, turn, turns)
ROWS(struct vb_paragraph, paragraph, paragraphs)
ROWS(struct vb_speaker, speaker, speakers)
ROWS(struct vb_section, section, sections)
ROWS(struct vb_marker, marker, markers)

uint32_t vb_block_count(const struct vb_transcript *t)
{
    return t->block_count;
}

struct vb_block vb_block(const struct vb_transcript *t, uint32_t block)
{
    assert(block < t->block_count);
    return t->blocks[block];
}

const struct vb_meta *vb_metadata(const struct vb_transcript *t, size_t *count)
{
    *count = t->meta_count;
    return t->metadata;
}

const struct vb_note *vb_notes(const struct vb_transcript *t, size_t *count)
{
    *count = t->note_count;
    return t->notes;
}

const struct vb_doubtful_label *vb_doubtful_labels(const struct vb_transcript *t, size_t *count)
{
    *count = t->doubt_count;
    return t->doubts;
}

const struct vb_footnote *vb_footnotes(const struct vb_transcript *t, size_t *count)
{
    *count = t->footnote_count;
    return t->footnotes;
}

const struct vb_aside *vb_asides(const struct vb_transcript *t, size_t *count)
{
    *count = t->aside_count;
    return t->asides;
}

uint32_t vb_styles(const struct vb_transcript *t)
{
    return t->styles;
}

vb_str vb_title(const struct vb_transcript *t)
{
    return t->title;
}

vb_time vb_duration_stated(const struct vb_transcript *t)
{
    return t->duration;
}

vb_str vb_variant(const struct vb_transcript *t)
{
    return t->variant;
}
