/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a builder, for the files that fill it. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "transcript/builder.h"
#include "transcript/snapshot.h"
#include "transcript/speaker_names.h"

struct builder {
    vb_str source;
    const struct vb_companions *companions; /* may be NULL */
    struct arena arena;                     /* becomes the snapshot's */
    vb_str title, variant;
    vb_time duration;
    uint32_t styles;
    bool shortened;               /* a name was too long: said once */
    uint32_t controls;            /* control characters in words … */
    struct vb_span first_control; /* … and where the first of them stands */

    struct buf text; /* of all words */
    VEC(struct stored_word) words;
    VEC(uint8_t) marks;
    VEC(struct stated_times) stated; /* filled from the first timed word on */
    bool any_stated;
    VEC(uint8_t) sure; /* filled from the first word that says so on */

    VEC(struct vb_paragraph) paragraphs;
    VEC(struct vb_turn) turns;
    VEC(uint32_t) turn_speakers;
    VEC(struct vb_speaker) speakers;
    VEC(struct vb_section) sections;
    VEC(struct vb_marker) markers;
    VEC(struct vb_block) blocks;
    VEC(struct vb_meta) metadata;
    VEC(struct vb_note) notes;
    uint32_t untold; /* notes too many */
    VEC(struct vb_footnote) footnotes;
    size_t footnote_bytes; /* of their texts */
    VEC(struct vb_aside) asides;
    VEC(struct vb_doubtful_label) doubts;
    const struct vb_judgement *judgements; /* the caller's */
    size_t judgement_count;

    VEC(uint32_t) lines; /* where each line of the source begins; empty: not looked yet */
    struct speaker_names names;
    VEC(uint32_t) lent; /* speakers whose row was given out: an alias may have come in */
    struct buf scratch;
};

void builder_free_rows(struct builder *b); /* and the builder; the arena stays */
