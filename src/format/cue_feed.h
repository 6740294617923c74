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
};

struct raw_cues {
    struct raw_cue *items;
    size_t count, room;
};

enum feed_how {
    FEED_NAMES = 1,  /* "Anne : …" begins the text of who speaks */
    FEED_SILENT = 2, /* odd times were told already */
};

/* False: too many cues, or not a word in any of them; `error` says so. Frees the rows. */
bool cue_feed(struct builder *b, vb_str source, struct raw_cues *cues, enum cue_dialect dialect,
              int how, struct vb_error *error);
