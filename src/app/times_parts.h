/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of listening: times.c says when somebody listens for which words, times_found.c
 * what becomes of the answers. */
#pragma once

#include "app/aligning.h"
#include "app/surroundings.h"
#include "app/times.h"

/* What is known of the words of one transcript; all but the job of the interface's thread. */
struct times {
    const struct vb_transcript *of; /* a reference; NULL: nothing is open */
    struct vb_heard *heard;         /* one a word of `of`; NULL: nobody has listened */
    bool *listened;                 /* the same: false for words that are new since then */
    bool on_the_way;                /* better ones follow: they are shown as estimates */
    bool knows_speech;              /* estimates were made with it */
    struct surroundings around;     /* of the reader's place, found before the rest */
    bool judged;                    /* an alignment came to an end: kept, or refused */
    enum store_verdict verdict;
    struct buf sentence; /* why it is refused or doubted */

    struct aligning *job;
    uint32_t first, count; /* what it listens for; 0: all */
    struct vb_pin *pins;   /* that it was told */
    size_t pin_count;
    vb_time began;
    float done;
    vb_time due; /* of the clock: when the next job begins; VB_NO_TIME: none is wanted */
};

void times_drop_job(struct times *t);

/* ---- times_found.c ---- */

void times_take_news(struct session *s); /* of the job that runs */
/* An alignment came to an end; the sentence is said, where there is one. */
void times_judge(struct session *s, enum store_verdict verdict, const char *sentence);
