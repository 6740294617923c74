/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who says how much of a text, and how fast: counted from its words and their times. */
#pragma once

#include "verbatim/timeline.h"

/* What one voice does, or all together. */
struct vb_voice {
    uint32_t turns; /* that have spoken words */
    uint32_t words; /* spoken ones */
    /* From the first word of a turn to the end of its last, as the file states it where it does,
     * but for silences of more than two seconds. */
    vb_time talk;
    vb_time known;   /* so much of `talk` is not only estimated */
    vb_time longest; /* turn */
    /* Turns that begin before the one before them, of another voice, has ended.  Only known
     * times tell: what is estimated never overlaps. */
    uint32_t overlaps;
};

struct vb_statistics {
    struct vb_voice all;
    struct vb_voice *voices; /* one a speaker of the transcript; a turn of several is each one's */
    uint32_t count;
};

/* The caller frees it with vb_statistics_free(). */
VB_API struct vb_statistics vb_statistics_of(const struct vb_transcript *t,
                                             const struct vb_timeline *times);
VB_API void vb_statistics_free(struct vb_statistics *s);
/* 0: it has no time. */
VB_API double vb_words_per_minute(const struct vb_voice *voice);
