/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transcript to cues, for every format that has start, end and text a row.
 *
 * Paragraphs with times are cues as they stand.  With CUE_LIST_CUT, one that is too long to be
 * read in two lines is cut (subtitle_cut.h), where the times of its words are known.  A time
 * that nobody states is written only when estimates are asked for; without them a transcript
 * that has speech without times is refused. */
#pragma once

#include "base/vec.h"
#include "format/format.h"

struct out_cue {
    vb_time start, end;
    uint32_t first, count; /* words */
    uint32_t turn;         /* VB_NONE: in none */
    uint32_t paragraph;
    uint32_t break_at; /* the word that begins the second line; VB_NONE: as the words are marked
                        */
    bool opens_turn;   /* the first cue of its turn */
    bool estimated;    /* its start is only estimated */
    bool stage;
};

struct cue_list {
    struct out_cue *items;
    size_t count, room;
};

enum cue_list_how {
    CUE_LIST_PARAGRAPHS, /* a cue for each paragraph */
    CUE_LIST_CUT,        /* … cut to be read as subtitles */
    CUE_LIST_CUT_NAMED,  /* the same, "Anne: " taking room in the first of a turn */
    CUE_LIST_WORDS,      /* a cue for each word with a time */
};

/* `times` NULL: made from the transcript alone.  False: some speech has no time, `error` says
 * what to do.  cue_list_free() after success. */
bool cue_list_make(struct cue_list *list, const struct vb_transcript *t,
                   const struct vb_timeline *times, struct vb_write_options options,
                   enum cue_list_how how, struct vb_error *error);
void cue_list_free(struct cue_list *list);

/* When a paragraph begins, for formats that can do without; VB_NO_TIME: nobody knows.  A marker
 * right before it counts. */
vb_time cue_known_start(const struct vb_transcript *t, const struct vb_timeline *times,
                        uint32_t paragraph, struct vb_write_options options);

/* Adds the words of a cue, line ends included, each through `quote` (NULL: as it is), runs in
 * italics between `on` and `off` (NULL: not marked). */
void cue_put_words(const struct vb_transcript *t, const struct out_cue *cue,
                   void (*quote)(vb_str text, struct buf *out), const char *on, const char *off,
                   struct buf *out);
/* The same in one line. */
void cue_put_line(const struct vb_transcript *t, const struct out_cue *cue,
                  void (*quote)(vb_str text, struct buf *out), struct buf *out);
/* "Anne, Karim: " before the first cue of a turn; ">> " where a turn of nobody follows one of
 * somebody.  `*named`: was the last turn of somebody?  Begins as false. */
void cue_put_turn(const struct vb_transcript *t, const struct out_cue *cue, bool *named,
                  void (*quote)(vb_str text, struct buf *out), struct buf *out);

/* '&', '<' and '>' where they would be read as markup. */
void cue_quote_srt(vb_str text, struct buf *out);
void cue_quote_vtt(vb_str text, struct buf *out);
