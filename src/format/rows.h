/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transcript as timed rows, for writers: its paragraphs, with the best time that may be
 * written.  A time that is only estimated is given when it is asked for, and never else. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "verbatim/format.h"

struct row {
    vb_time start, end; /* VB_NO_TIME: not known */
    vb_time next;       /* where a later row begins that begins later; VB_NO_TIME: none does */
    uint32_t paragraph, turn, first_word, word_count;
    bool stage, estimated; /* estimated: one of its times is */
};

struct rows {
    struct row *items;
    size_t count, room;
    const struct vb_transcript *t;
    const struct vb_timeline *times;
    struct vb_timeline *own; /* when the caller gave none */
    struct vb_write_options options;
};

/* Paragraphs without words are left out. rows_free() in the end. */
void rows_make(struct rows *rows, const struct vb_transcript *t,
               const struct vb_timeline *times, struct vb_write_options options);
void rows_free(struct rows *rows);
/* False when a row has no start, for formats that can't do without: says what to do. */
bool rows_all_start(const struct rows *rows, struct vb_error *error);
/* Where the row ends, for formats that must say so: its end, else where the next one begins
 * that begins later, else the transcript's stated length, else its start. */
vb_time rows_end(const struct rows *rows, size_t row);

/* The words as shown; a line begins where one does.  A stage direction stands in brackets. */
void row_text(const struct rows *rows, const struct row *row, struct buf *out);
/* Pages show a stage direction without brackets; elsewhere they are what tells it from speech.
 * One without words needs none. */
bool stage_lacks_brackets(const struct vb_transcript *t, uint32_t first_word, uint32_t count);
/* For formats that put a colon behind a name: a voice may be called "Anne:" as it is. */
vb_str name_without_colon(vb_str name);
/* "Anne, Karim"; empty: nobody is named. */
vb_str row_speakers(const struct rows *rows, const struct row *row);
/* A word's own time, as it may be written. False: it has none. */
bool row_word_times(const struct rows *rows, uint32_t word, vb_time *start, vb_time *end);

/* When a heading is heard: its own time, or that of the first spoken word behind it, where that
 * may be written; else VB_NO_TIME.  `spoken`: the word where the look for that of the heading
 * before it ended; begins as 0. */
vb_time section_start(const struct vb_transcript *t, const struct vb_timeline *times,
                      const struct vb_section *section, bool estimated, uint32_t *spoken);

/* "01:02:03.250", with six digits where three are not enough. */
void clock_put(struct buf *out, vb_time time);
