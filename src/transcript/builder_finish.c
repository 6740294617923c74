/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page is frozen: the builder's rows are copied into the snapshot's arena at their final
 * size, what follows from the whole is filled in (counts, names of turns, which markers can
 * serve), and the promises of transcript.h are checked. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "transcript/building.h"
#include "transcript/markers.h"

/* Paragraphs and turns end where the next one begins. */
static void close_paragraphs(struct builder *b)
{
    for (size_t i = 0; i < b->paragraphs.count; i++) {
        struct vb_paragraph *p = &b->paragraphs.items[i];
        size_t next = i + 1 < b->paragraphs.count ? p[1].first_word : b->words.count;
        p->word_count = (uint32_t)next - p->first_word;
    }
    for (size_t i = 0; i < b->turns.count; i++) {
        struct vb_turn *turn = &b->turns.items[i];
        bool last = i + 1 == b->turns.count;
        turn->word_count =
            (uint32_t)(last ? b->words.count : turn[1].first_word) - turn->first_word;
        turn->paragraph_count =
            (uint32_t)(last ? b->paragraphs.count : turn[1].first_paragraph) -
            turn->first_paragraph;
    }
}

static uint32_t spoken_in(const struct builder *b, uint32_t first, uint32_t count)
{
    uint32_t spoken = 0;
    for (uint32_t word = first; word < first + count; word++)
        spoken += !(b->marks.items[word] & VB_UNSPOKEN);
    return spoken;
}

static void count_speakers(struct builder *b)
{
    for (size_t i = 0; i < b->turns.count; i++) {
        const struct vb_turn *turn = &b->turns.items[i];
        uint32_t spoken = spoken_in(b, turn->first_word, turn->word_count);
        for (uint32_t s = 0; s < turn->speaker_count; s++) {
            uint32_t speaker = b->turn_speakers.items[turn->first_speaker + s];
            b->speakers.items[speaker].turns++;
            b->speakers.items[speaker].words += spoken;
        }
    }
}

static vb_str names_of_turn(struct builder *b, const struct vb_turn *turn)
{
    if (turn->speaker_count == 1)
        return b->speakers.items[b->turn_speakers.items[turn->first_speaker]].name;
    buf_clear(&b->scratch);
    for (uint32_t i = 0; i < turn->speaker_count; i++) {
        if (i)
            buf_puts(&b->scratch, ", ");
        buf_add(&b->scratch,
                b->speakers.items[b->turn_speakers.items[turn->first_speaker + i]].name);
    }
    return builder_keep(b, buf_str(&b->scratch));
}

static const vb_str *name_turns(struct builder *b)
{
    vb_str *names = arena_new(&b->arena, b->turns.count * sizeof *names);
    for (size_t i = 0; i < b->turns.count; i++)
        names[i] = names_of_turn(b, &b->turns.items[i]);
    return names;
}

/* Paragraphs hold all words, in order; turns hold whole paragraphs. */
static void check_promises(const struct vb_transcript *t)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < t->paragraph_count; i++) {
        assert(t->paragraphs[i].first_word == words);
        words += t->paragraphs[i].word_count;
        assert(t->paragraphs[i].turn == VB_NONE || t->paragraphs[i].turn < t->turn_count);
    }
    assert(words == t->word_count);
    for (uint32_t i = 0; i < t->turn_count; i++) {
        const struct vb_turn *turn = &t->turns[i];
        words = 0;
        for (uint32_t p = turn->first_paragraph;
             p < turn->first_paragraph + turn->paragraph_count; p++)
            words += t->paragraphs[p].word_count;
        assert(words == turn->word_count);
    }
    (void)words;
}

#define FREEZE(vector)                                                                         \
    memcpy_into(&b->arena, b->vector.items, b->vector.count * sizeof *b->vector.items)

static const void *memcpy_into(struct arena *arena, const void *from, size_t size)
{
    void *copy = arena_new(arena, size);
    return size ? memcpy(copy, from, size) : copy;
}

static void freeze_rows(struct builder *b, struct vb_transcript *t)
{
    struct rows_piece *piece = arena_new(&b->arena, sizeof *piece);
    piece->rows =
        rows_new(b->words.items, b->marks.items, (uint32_t)b->words.count, b->text.data);
    t->pieces = piece;
    t->piece_count = 1;
    t->stated = b->any_stated ? FREEZE(stated) : NULL;
    while (b->sure.count && b->sure.count < b->words.count)
        vec_push(&b->sure, 0);
    t->sure = b->sure.count ? FREEZE(sure) : NULL;
    t->paragraphs = FREEZE(paragraphs);
    t->turns = FREEZE(turns);
    t->turn_speakers = FREEZE(turn_speakers);
    t->speakers = FREEZE(speakers);
    t->sections = FREEZE(sections);
    t->markers = FREEZE(markers);
    t->blocks = FREEZE(blocks);
    t->metadata = FREEZE(metadata);
    t->notes = FREEZE(notes);
    t->footnotes = FREEZE(footnotes);
    t->asides = FREEZE(asides);
    t->doubts = FREEZE(doubts);
}

static void freeze_counts(const struct builder *b, struct vb_transcript *t)
{
    t->word_count = (uint32_t)b->words.count;
    t->spoken_count = spoken_in(b, 0, t->word_count);
    t->paragraph_count = (uint32_t)b->paragraphs.count;
    t->turn_count = (uint32_t)b->turns.count;
    t->speaker_count = (uint32_t)b->speakers.count;
    t->section_count = (uint32_t)b->sections.count;
    t->marker_count = (uint32_t)b->markers.count;
    t->block_count = (uint32_t)b->blocks.count;
    t->meta_count = b->metadata.count;
    t->note_count = b->notes.count;
    t->footnote_count = b->footnotes.count;
    t->aside_count = b->asides.count;
    t->doubt_count = b->doubts.count;
}

static void tell_of_controls(struct builder *b)
{
    if (b->controls)
        builder_note(b, VB_WARNING, b->first_control,
                     P_("%u control character stands in the text; it is shown as U+FFFD",
                        "%u control characters stand in the text; they are shown as U+FFFD",
                        b->controls),
                     b->controls);
}

static struct vb_note untold_note(struct builder *b)
{
    char text[160];
    snprintf(text, sizeof text,
             P_("%u more thing is odd in the file, and not listed",
                "%u more things are odd in the file, and not listed", b->untold),
             b->untold);
    str_end_whole(text, sizeof text);
    return (struct vb_note){
        VB_WARNING, 0, {0, 0},
          builder_keep(b, str_of(text))
    };
}

/* At the end, about the whole file; it is one more than there may be. */
static void tell_of_the_untold(struct builder *b)
{
    if (b->untold)
        vec_push(&b->notes, untold_note(b));
}

struct vb_transcript *builder_finish(struct builder *b)
{
    tell_of_controls(b);
    close_paragraphs(b);
    count_speakers(b);
    markers_judge(b);
    tell_of_the_untold(b);
    struct vb_transcript *t = mem_new(sizeof *t);
    atomic_init(&t->references, 1);
    t->serial = transcript_serial();
    t->turn_names = name_turns(b);
    freeze_rows(b, t);
    freeze_counts(b, t);
    t->title = b->title;
    t->variant = b->variant;
    t->duration = b->duration;
    t->styles = b->styles;
    check_promises(t);
    t->arena = b->arena;
    builder_free_rows(b);
    return t;
}
