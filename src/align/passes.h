/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From rough to fine: a first pass in 30 ms frames over the whole recording, then passes in
 * 10 ms frames near what is known, the models being trained on the recording between them. */
#pragma once

#include "align/search.h"
#include "verbatim/doubts.h"

/* All that an alignment works on, and what it found. */
struct aligner {
    struct script script;
    struct phones phones;
    struct models models;
    struct features features;
    struct lattice lattice; /* of the last pass */
    struct path path;       /* of the last pass */
    struct loop loop;       /* of the last pass */
    struct look look;       /* of the last pass */
    struct passage passage; /* what is looked for, where */
    double pace;            /* how much slower than the synthesiser people speak, 0.8 … 1.3 */
    double mean_gap;        /* by which what is said falls short of the free loop, a frame */
    double likeness;        /* 1 - mean / random: before and after training, the mean of both */
    double belonging;       /* how much better than its reverse the text is: belonging.h */
    bool check;             /* look for doubts after the last pass … */
    struct vb_doubt *doubts; /* … the likeliest first */
    size_t doubt_count;
    bool head_open, tail_open; /* there is speech before, after the text */
};

/* What a path is made of, in shares of frames and words. */
struct shares {
    double filler, skipped;
};

/* False: cancelled. `found` is called after each pass but the last, when what it found is of
 * use already. */
bool passes_run(struct aligner *a, const struct work *work,
                void (*found)(void *ctx, enum vb_align_stage stage), void *ctx);
/* The first pass and one fine pass. False: cancelled. */
bool passes_look(struct aligner *a, const struct work *work);
void aligner_free(struct aligner *a);
