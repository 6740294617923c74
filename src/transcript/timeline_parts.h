/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a timeline, for the files that make it: anchors.c finds known times, lay.c lays
 * words between them, timeline.c makes the whole and answers. */
#pragma once

#include "base/vec.h"
#include "transcript/laid.h"
#include "verbatim/timeline.h"

#define FASTEST                                                                                \
    0.32 /* times the natural length, some 500 words a minute: a marker that asks for more is  \
            wrong */

struct vb_timeline {
    struct vb_transcript *transcript;
    struct slot *slots; /* one a word; starts never fall. NULL: as they are laid */
    struct laid laid;
    uint32_t count;
    bool is_heard; /* somebody listened, or said "heard now" */
    vb_time duration, text_end;
    vb_time offset; /* all times of the file are so much earlier than those of the sound */
    enum vb_fit fit;
    double rate;
    VEC(struct vb_unused_marker) unused;
};

/* A known time: the words from `word` on begin at `at`. */
struct anchor {
    uint32_t word;
    vb_time at;
    vb_time end; /* stated for the words up to the next anchor, or VB_NO_TIME */
    enum vb_origin origin;
};

typedef VEC(struct anchor) anchors;

/* ---- timeline.c ---- */

/* The natural length of the words [from, until), pauses included. */
vb_time timeline_natural(const struct vb_timeline *tl, uint32_t from, uint32_t until);
/* A time of the file as one of the sound. */
vb_time timeline_moved(const struct vb_timeline *tl, vb_time stated);

/* ---- anchors.c ---- */

/* All known times that can be true together, in reading order; items to be freed. Markers that
 * can't are `unused` from then on. */
anchors anchors_find(struct vb_timeline *tl);

/* ---- lay.c ---- */

/* The words over the time between the anchors. `known`: these as they are on the clock of the
 * sound, not on the one laid over. */
void lay_spread(struct vb_timeline *tl, const anchors *list, const anchors *known);
/* The clock of speech, in which each stretch between two anchors is long enough for its words.
 */
struct speech_time lay_clock(const struct vb_timeline *tl, const anchors *list,
                             const struct vb_stretch *speech, size_t count);
/* The same over speech alone, on that clock (`laid.clock`). */
void lay_spread_over(struct vb_timeline *tl, const anchors *list);
