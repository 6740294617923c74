/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a cue, with its markup, to pieces of a paragraph: tags of WebVTT and SRT, voices,
 * times of words, character references. */
#pragma once

#include "base/vec.h"
#include "transcript/builder.h"

enum cue_dialect {
    CUE_PLAIN, /* no markup at all */
    CUE_SRT,   /* the tags that players know; anything else between < > is text */
    CUE_VTT,   /* whatever stands between < > is a tag */
    CUE_LRC,   /* <mm:ss.xx> is the time of a word; no other markup */
    CUE_CSV,   /* "" is one quote */
};

struct voice {
    vb_str name;
    struct vb_span at; /* of the name */
};

struct cue_text {
    VEC(struct piece) pieces;
    VEC(struct voice) voices; /* in the order they speak, each once */
    bool nobody;              /* <v> without a name: nobody is to be named */
    bool timed;               /* words have times of their own */
    uint32_t styles;          /* bold, colours, places: tags that tell nothing of the words */
    struct vb_span unclosed; /* a '<' that no '>' follows: the rest is not shown; len 0: none */
    struct vb_span unused;   /* the first time of a word that does not rise or lie in the cue */

    vb_time word_end; /* where the last word ends, by a time behind it; or VB_NO_TIME */
    vb_time shift;    /* set before: added to the times of words */

    /* private */
    struct arena scraps;
    vb_str source;
    int emphasis;
    bool line_waits, has_words;
};

/* Reads source[from, until); what was read before is forgotten.  `start` and `end` are the
 * cue's, VB_NO_TIME where not known. */
void cue_text_read(struct cue_text *c, enum cue_dialect dialect, vb_str source, size_t from,
                   size_t until, vb_time start, vb_time end);
void cue_text_free(struct cue_text *c);

/* Nothing but white space and marks. */
bool cue_text_is_empty(const struct cue_text *c);
/* The pieces without their first `bytes` bytes of text, which stand in the first piece. */
void cue_text_skip(struct cue_text *c, size_t bytes);
