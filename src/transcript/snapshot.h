/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a frozen transcript: columns and rows, all in one arena. */
#pragma once

#include <stdatomic.h>

#include "base/mem.h"
#include "transcript/rows.h"
#include "verbatim/transcript.h"

struct stated_times {
    vb_time start, end;
};

struct vb_transcript {
    atomic_uint references;
    struct arena arena; /* names, titles, notes, and the arrays below */
    /* What was patched (patch.h) lends the names, and what no correction moves; NULL: nothing
     */
    const struct vb_transcript *root;
    uint64_t serial;        /* of its own in this process; addresses come back */
    uint64_t patched_from;  /* the serial of the text before the patch; 0: none */
    uint32_t patched;       /* the paragraph, … */
    uint32_t patched_words; /* … and how many words it had */

    const struct rows_piece *pieces; /* of the words, in order; their turn and paragraph are
                                        found by binary search */
    uint32_t piece_count;
    const struct stated_times *stated; /* one a word; NULL: the file times no words */
    const uint8_t *sure; /* one a word, hundredths and one; NULL: nothing is said of it */
    uint32_t word_count, spoken_count;

    const struct vb_paragraph *paragraphs;
    const struct vb_turn *turns;
    const uint32_t *turn_speakers; /* the lists of all turns, one after the other */
    const vb_str *turn_names;      /* the same lists as text, one a turn */
    const struct vb_speaker *speakers;
    const struct vb_section *sections;
    const struct vb_marker *markers;
    const struct vb_block *blocks;
    const struct vb_meta *metadata;
    const struct vb_note *notes;
    const struct vb_footnote *footnotes;
    const struct vb_aside *asides;
    const struct vb_doubtful_label *doubts;
    uint32_t paragraph_count, turn_count, speaker_count, section_count, marker_count,
        block_count;
    size_t meta_count, note_count, footnote_count, aside_count, doubt_count;

    vb_str title, variant;
    vb_time duration;
    uint32_t styles;
};

/* Where a word is. */
struct row_place {
    const struct rows *rows;
    uint32_t row, moved;
};

static inline struct row_place row_of(const struct vb_transcript *t, uint32_t word)
{
    const struct rows_piece *p = t->pieces;
    uint32_t low = 0, high = t->piece_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (p[middle].first_word <= word)
            low = middle;
        else
            high = middle;
    }
    return (struct row_place){p[low].rows, p[low].first_row + word - p[low].first_word,
                              p[low].moved};
}

static inline struct vb_span word_span(const struct vb_transcript *t, uint32_t word)
{
    struct row_place p = row_of(t, word);
    struct vb_span span = rows_span(p.rows, p.row);
    span.at += span.len ? p.moved : 0;
    return span;
}

/* The next number; never 0. Any thread may ask. */
uint64_t transcript_serial(void);
