/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of Praat's format: fmt_textgrid.c reads tiers and intervals, textgrid_cues.c makes
 * a transcript of them, textgrid_write.c writes one. */
#pragma once

#include "format/cues.h"
#include "format/rows.h"
#include "format/timed_words.h"

enum { TIERS_MAX = 1000 };

enum tier_is { TIER_SPEAKER, TIER_NOBODY, TIER_WORDS, TIER_SHOWN };

struct tier {
    vb_str name;    /* as in the file, quotes doubled */
    vb_str speaker; /* as shown; empty: nobody */
    enum tier_is is;
    uint32_t words_of; /* the tier whose words these are; VB_NONE */
    size_t first, count;
};

struct interval {
    vb_time start, end;
    struct vb_span text;
    uint32_t tier;
};

struct textgrid {
    vb_str source;
    size_t at;
    struct cues cues;
    VEC(struct tier) tiers;
    VEC(struct interval) intervals;
    VEC(struct interval) order;
    VEC(struct timed_word) words;
    struct pieces pieces, cut;
    struct arena names;
    struct vb_error *error;
};

/* What its name says a tier holds; points are only shown. */
enum tier_is textgrid_tier_is(vb_str name, bool points);
vb_str textgrid_text(const struct textgrid *r, struct vb_span span);
/* All intervals, as cues. False: `r->error` says why. */
bool textgrid_add_cues(struct textgrid *r);

bool textgrid_write(const struct vb_transcript *t, const struct vb_timeline *times,
                    struct vb_write_options options, struct buf *out, struct vb_error *error);
