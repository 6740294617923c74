/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal player prints.
 *
 * Lines go out one after the other and stay: a record that can be scrolled back, piped, or read
 * aloud by a screen reader.  On a terminal, the paragraph being heard and a status line stand
 * below it; they are drawn again in place, with the line being heard marked, and the paragraph
 * becomes record when the next one begins.  Into a pipe, a line appears when it is reached. */
#pragma once

#include "base/buf.h"
#include "verbatim/transcript.h"

enum page_style { STYLE_PLAIN, STYLE_QUIET, STYLE_HEADING, STYLE_SPEAKER };

struct page_line {
    uint32_t first, count; /* words */
};

struct page {
    bool draws;   /* a terminal: escape codes may be used */
    bool colours; /* and it may be coloured */
    int columns, rows;
    const struct vb_transcript *transcript;
    uint32_t paragraph; /* being heard; VB_NONE: none */
    struct page_line *lines;
    size_t line_count, line_room;
    size_t current; /* the line being heard */
    size_t told;    /* lines of it that went into the pipe */
    struct buf status;
    struct buf record; /* not yet written */
    struct buf live;   /* what stands below the record on the screen */
};

/* `transcript` NULL: there is none. */
void page_init(struct page *page, bool draws, const struct vb_transcript *transcript);
void page_free(struct page *page);
void page_resize(struct page *page, int columns, int rows);

/* A line of the record. `hue` tells speakers apart. */
void page_say(struct page *page, enum page_style style, uint32_t hue, vb_str text);
void page_gap(struct page *page); /* an empty line */
/* The paragraph that is heard from now on; VB_NONE: none. */
void page_begin(struct page *page, uint32_t paragraph);
/* The voice jumps away: what was not reached of the paragraph does not go into a pipe. */
void page_leave(struct page *page);
/* `word` of that paragraph is being heard. */
void page_mark(struct page *page, uint32_t word);
/* A whole paragraph as record. */
void page_tell(struct page *page, uint32_t paragraph);
void page_status(struct page *page, vb_str text);
/* Writes what changed. False: nobody reads any more. */
bool page_show(struct page *page);
/* Takes status line and mark away; what was reached stays as record. */
bool page_end(struct page *page);
