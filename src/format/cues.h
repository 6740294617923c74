/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cues (subtitles, segments, labels, annotations) to turns and paragraphs.
 *
 *     struct cues cues = {.b = into, .inherits = true};
 *     for each: if (!cues_add(&cues, &cue, error)) return false;
 *     cues_end(&cues);
 *
 * A cue is a paragraph with its times as the file gives them, in the file's order.  Cues in a
 * row of the same speakers are one turn; those of nobody are a turn without a name.  A cue that
 * follows within GAP_US of the one before runs on: it is shown in the same paragraph. */
#pragma once

#include "base/vec.h"
#include "transcript/builder.h"

/* A text that stands in the file once may be referred to by every cue. */
enum { CUES_MAX = 1000000, CUES_TEXT_MAX = 64 << 20 };

struct cue {
    vb_time start, end;     /* VB_NO_TIME where the file gives none */
    struct vb_span span;    /* the whole cue, for notes */
    const vb_str *speakers; /* as shown; 0: nobody is named */
    size_t speaker_count;
    vb_str label;            /* the name as written; may be empty */
    struct vb_span label_at; /* its bytes; len 0: nowhere */
    bool nobody;             /* it says that nobody is named: no inheriting */
    bool turns;              /* begins a turn, whoever spoke before (">> ", a label again) */
    bool apart;              /* never shown in the paragraph of the cue before it */
    bool stage;              /* shown, not spoken: VB_STAGE */
    const struct piece *pieces;
    size_t piece_count;
};

struct cues {
    struct builder *b;
    bool inherits; /* a cue that names nobody goes on with the speakers before it */

    /* private */
    size_t count, bytes; /* cues, and their text */
    bool in_turn;
    VEC(uint32_t) speakers; /* of the open turn */
    VEC(uint32_t) named;    /* of the cue at hand */
    vb_time last_start, last_end;
    size_t overlaps;
    struct vb_span first_overlap;
};

/* False: more than CUES_MAX of them, or CUES_TEXT_MAX bytes; `error` says so. cues_end() in
 * both cases. */
bool cues_add(struct cues *cues, const struct cue *cue, struct vb_error *error);
void cues_end(struct cues *cues);
/* What follows is heard on another recording, or at the same time on purpose: no overlap. */
void cues_new_clock(struct cues *cues);
