/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal player prints.
 *
 * Lines go out one after the other and stay: a record that can be scrolled back, piped, or read
 * aloud by a screen reader.  On a terminal, the paragraph being heard and a status line stand
 * below it; they are drawn again in place, with the line being heard marked, and the paragraph
 * becomes record when the next one begins.  Into a pipe, a line appears when it is reached. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "verbatim/transcript.h"

enum paper_style { STYLE_PLAIN, STYLE_QUIET, STYLE_HEADING, STYLE_SPEAKER };

struct paper_line {
    uint32_t first, count; /* words */
};

struct paper {
    bool draws;   /* a terminal: escape codes may be used */
    bool colours; /* and it may be coloured */
    int columns, rows;
    const struct vb_transcript *transcript;
    uint32_t paragraph;           /* being heard; VB_NONE: none */
    VEC(struct paper_line) lines; /* it is broken into */
    size_t current;               /* the line being heard */
    size_t told;                  /* lines of it that went into the pipe */
    struct buf status;
    struct buf record; /* not yet written */
    struct buf live;   /* what stands below the record on the screen */
};

/* `transcript` NULL: there is none. */
void paper_init(struct paper *paper, bool draws, const struct vb_transcript *transcript);
void paper_free(struct paper *paper);
void paper_resize(struct paper *paper, int columns, int rows);

/* A line of the record. `hue` tells speakers apart. */
void paper_say(struct paper *paper, enum paper_style style, uint32_t hue, vb_str text);
void paper_gap(struct paper *paper); /* an empty line */
/* The paragraph that is heard from now on; VB_NONE: none. */
void paper_begin(struct paper *paper, uint32_t paragraph);
/* The voice jumps away: what was not reached of the paragraph does not go into a pipe. */
void paper_leave(struct paper *paper);
/* `word` of that paragraph is being heard. */
void paper_mark(struct paper *paper, uint32_t word);
/* A whole paragraph as record. */
void paper_tell(struct paper *paper, uint32_t paragraph);
void paper_status(struct paper *paper, vb_str text);
/* Writes what changed. False: nobody reads any more. */
bool paper_show(struct paper *paper);
/* Takes status line and mark away; what was reached stays as record. */
bool paper_end(struct paper *paper);
