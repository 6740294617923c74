/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a frozen transcript: columns and rows, all in one arena. */
#pragma once

#include <stdatomic.h>

#include "base/mem.h"
#include "verbatim/transcript.h"

/* What is stored of a word; its turn and paragraph are found by binary search. */
struct stored_word {
    uint32_t text_at; /* in `text` */
    uint32_t span_at;
    uint16_t text_len, span_len;
};

struct stated_times {
    vb_time start, end;
};

struct vb_transcript {
    atomic_uint references;
    struct arena arena; /* names, titles, notes, and the arrays below */
    /* What was patched (patch.h) lends the names, and what no correction moves; NULL: nothing */
    const struct vb_transcript *root;
    uint64_t serial;        /* of its own in this process; addresses come back */
    uint64_t patched_from;  /* the serial of the text before the patch; 0: none */
    uint32_t patched;       /* the paragraph, … */
    uint32_t patched_words; /* … and how many words it had */

    const char *text; /* the shown text of all words, one after the other */
    const struct stored_word *words;
    const uint8_t *marks;              /* one a word */
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

/* The next number; never 0. Any thread may ask. */
uint64_t transcript_serial(void);
