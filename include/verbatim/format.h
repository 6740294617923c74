/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transcript formats: bytes to words and back. One row a format; the table is format/format.c.
 */
#pragma once

#include "verbatim/error.h"
#include "verbatim/timeline.h"
#include "verbatim/transcript.h"

struct vb_format;

VB_API size_t vb_format_count(void);
VB_API const struct vb_format *vb_format_at(size_t i);
VB_API const struct vb_format *vb_format_named(vb_str name); /* NULL: no such format */
/* By content first, name second. NULL: none fits. */
VB_API const struct vb_format *vb_format_guess(vb_str text, const char *file_name);
/* When none fits: says what the text looks like, and what to do. Always false. */
VB_API bool vb_format_refuse(vb_str text, struct vb_error *error);

VB_API const char *vb_format_name(const struct vb_format *f);
VB_API const char *vb_format_summary(const struct vb_format *f); /* translated */
VB_API bool vb_format_reads(const struct vb_format *f);
VB_API bool vb_format_writes(const struct vb_format *f);

/* Reads `text` (valid UTF-8). The caller owns one reference to what is returned. */
VB_API struct vb_transcript *vb_read(const struct vb_format *f, vb_str text,
                                     struct vb_error *error);

/* The same, with files beside it that its words may stand in. */
VB_API struct vb_transcript *vb_read_beside(const struct vb_format *f, vb_str text,
                                            const struct vb_companions *companions,
                                            struct vb_error *error);

/* The same in the light of what a person said of its labels.  A `file_name` that says something
 * else than the content is told in a note.  Both it and `companions` may be NULL. */
VB_API struct vb_transcript *vb_read_judged(const struct vb_format *f, vb_str text,
                                            const char *file_name,
                                            const struct vb_companions *companions,
                                            const struct vb_judgement *judgements, size_t count,
                                            struct vb_error *error);

/* Can a file of this format be corrected in place and saved over? */
VB_API bool vb_format_edits(const struct vb_format *f);
/* Adds `text` as it must stand in a file of this format: "R&D" is "R&amp;D" in WebVTT. False:
 * the format has no such rule, text stands as it is. */
VB_API bool vb_format_quote(const struct vb_format *f, vb_str text,
                            bool (*put)(void *to, vb_str text), void *to);

struct vb_write_options {
    bool estimated; /* write times that are only estimated, too */
    bool words;     /* a row for each word, where the format can */
};

/* Writes through `put`, which returns false to stop. False: not written, `error` says why. */
VB_API bool vb_write(const struct vb_format *f, const struct vb_transcript *t,
                     const struct vb_timeline *times, struct vb_write_options options,
                     bool (*put)(void *to, vb_str text), void *to, struct vb_error *error);

/* What a transcript may hold and a format may not. Flags. */
enum vb_loss {
    VB_LOSES_SPEAKERS = 1 << 0,  /* who speaks */
    VB_LOSES_JOINT = 1 << 1,     /* several who speak at once */
    VB_LOSES_TIMES = 1 << 2,     /* when a paragraph is said */
    VB_LOSES_ENDS = 1 << 3,      /* when it ends */
    VB_LOSES_FRACTIONS = 1 << 4, /* times finer than a second */
    VB_LOSES_WORD_TIMES = 1 << 5,
    VB_LOSES_CONFIDENCE = 1 << 6, /* how sure listening was */
    VB_LOSES_SECTIONS = 1 << 7,   /* headings */
    VB_LOSES_MARKERS = 1 << 8,    /* times that stand in the page */
    VB_LOSES_FOOTNOTES = 1 << 9,
    VB_LOSES_EMPHASIS = 1 << 10,
    VB_LOSES_STAGE = 1 << 11,    /* that a text is shown, not spoken */
    VB_LOSES_METADATA = 1 << 12, /* the lines of the header, the title */
    VB_LOSES_LINES = 1 << 13,    /* line ends inside a paragraph */
    VB_LOSES_OVERLAP = 1 << 14,  /* paragraphs heard at the same time */
    VB_LOSES_NOBODY = 1 << 15,   /* that nobody is named, behind somebody who is */
    VB_LOSES_ASIDES = 1 << 16,   /* what only the format it comes from has a place for */
    VB_LOSES_STYLES = 1 << 17,   /* how words look, but for emphasis */
    VB_LOSES_TEXT = 1 << 18,     /* all that is said */
};
enum { VB_LOSS_KINDS = 19 };

struct vb_lost {
    enum vb_loss what;
    uint32_t count; /* how many of them this transcript holds */
};

/* What of this transcript would not get into a file of this format. Gives the number of rows
 * filled in, 0 where nothing gets lost. `times` may be NULL. */
VB_API size_t vb_format_losses(const struct vb_format *f, const struct vb_transcript *t,
                               const struct vb_timeline *times, struct vb_write_options options,
                               struct vb_lost lost[VB_LOSS_KINDS]);
/* "3 headings", translated; at most `room` bytes with the NUL. */
VB_API void vb_lost_say(struct vb_lost lost, char *text, size_t room);
