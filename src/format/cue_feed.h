/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All cues of a file at once, from where their text stands to turns: names are judged by the
 * whole file.  Line formats collect their cues in a struct raw_cues and feed them. */
#pragma once

#include "format/cue_text.h"
#include "verbatim/error.h"

struct raw_cue {
    vb_time start, end;   /* VB_NO_TIME where not known */
    uint32_t from, until; /* the text's bytes, line ends inside and none at the ends */
    uint32_t at;          /* where the cue begins */
    struct vb_span name;  /* who speaks, where a place of its own says so; len 0: nowhere */
};

/* See struct vb_aside. */
struct raw_aside {
    size_t cue; /* of which, or before which, it stands */
    enum vb_aside_kind kind;
    struct vb_span span;
};

struct raw_cues {
    struct raw_cue *items;
    size_t count, room;
    VEC(struct raw_aside) asides; /* in the order of the cues */
};

enum feed_how {
    FEED_NAMES = 1,  /* "Anne : …" begins the text of who speaks */
    FEED_COLUMN = 4, /* a place of its own says who speaks; where it is empty, nobody does */
    FEED_EMPTY = 2,  /* a file without a word is one, too */
};

/* False: too many cues, or not a word in any of them; `error` says so. Frees the rows. */
bool cue_feed(struct builder *b, vb_str source, struct raw_cues *cues, enum cue_dialect dialect,
              int how, struct vb_error *error);
/* The same; `shift` is added to the times of words. */
bool cue_feed_shifted(struct builder *b, vb_str source, struct raw_cues *cues,
                      enum cue_dialect dialect, int how, vb_time shift, struct vb_error *error);
