/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a format reader fills: everything in reading order, then builder_finish() freezes it.
 *
 * Texts are copied; spans are bytes of the text given to builder_new().  A reader never splits
 * words itself: it hands over the pieces of a paragraph, and builder_text() makes the words. */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"
#include "verbatim/transcript.h"

struct builder;

struct builder *builder_new(vb_str source); /* `source` must outlive the builder */
/* Checks the promises of transcript.h (assert), frees the builder. Never NULL. */
struct vb_transcript *builder_finish(struct builder *b);
/* Files beside the one that is read, by the names it gives. They must outlive the builder. */
struct vb_companions;
void builder_companions(struct builder *b, const struct vb_companions *companions);
/* The bytes of such a file; false: it is not there, or nobody looks for any. */
bool builder_fetch(const struct builder *b, vb_str name, struct buf *into);
void builder_free(struct builder *b); /* instead of finishing; NULL is allowed */

/* ---- about the whole ----
 * Titles, labels, values and names are kept in one line: a line end in them is a space. */
void builder_variant(struct builder *b, const char *variant);
void builder_title(struct builder *b, vb_str title);
void builder_duration(struct builder *b, vb_time stated);
void builder_styles(struct builder *b, uint32_t count); /* adds so many: see vb_styles() */
void builder_meta(struct builder *b, vb_str label, vb_str value, vb_str link,
                  struct vb_span span);
/* Printed with the line of `span.at`; span.len 0 and at 0: about the whole file. Beyond the
 * thousandth they are only counted, and builder_finish() tells how many. */
void builder_note(struct builder *b, enum vb_severity severity, struct vb_span span,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
uint32_t builder_line_of(const struct builder *b, uint32_t at); /* from 1 */

/* ---- speakers: found again by name, whatever its case, kinds of space and composition ---- */
uint32_t builder_speaker(struct builder *b, vb_str name); /* finds or adds */
uint32_t builder_find_speaker(const struct builder *b,
                              vb_str name); /* by name or alias; VB_NONE */
/* The row itself, to fill in alias, role, guess, listed; texts through builder_keep(). Until
 * the next builder_speaker(). */
struct vb_speaker *builder_speaker_row(struct builder *b, uint32_t speaker);
vb_str builder_keep(struct builder *b, vb_str text); /* a copy that lives with the transcript */

/* ---- the page, in reading order ---- */
void builder_section(struct builder *b, vb_str title, uint32_t level, vb_time time,
                     struct vb_span span);
/* `usable` is decided in builder_finish(): rising, not doubled, not beyond the stated duration
 * by more than a tenth; what fails is reported as a note there. */
void builder_marker(struct builder *b, vb_time time, vb_str text, struct vb_span span);
/* Opens a turn, which lasts until the next one. 0 speakers: nobody is named. */
void builder_turn(struct builder *b, const uint32_t *speakers, size_t count, vb_str label,
                  struct vb_span span);
/* Opens a paragraph in the turn (VB_NO_TIME where nothing is stated). */
void builder_paragraph(struct builder *b, enum vb_paragraph_kind kind, vb_time start,
                       vb_time end, struct vb_span span);
/* The paragraph just opened is a cue whose text goes on from the paragraph before. */
void builder_runs_on(struct builder *b);

/* A piece of a paragraph's text as it is shown, and the bytes it comes from. */
struct piece {
    vb_str text;
    struct vb_span
        span;       /* same length as the text: byte for byte; else all of it for each part */
    uint16_t marks; /* of enum vb_mark, for the words in it; VB_NEW_LINE for its first */
    vb_time start, end; /* stated for this piece (a timed word), or VB_NO_TIME */
    uint8_t sure; /* how sure its recogniser was, in hundredths, and one; 0: it does not say */
};

/* Splits the pieces into words and adds them to the open paragraph. A word may run over several
 * pieces ("l’" + "État"): it takes the marks of its first and the span from first to last.
 * Lone punctuation joins the word it belongs to, with the space that stands there: the layout
 * never breaks inside a word. May be called several times a paragraph: a call begins a new
 * word. */
void builder_text(struct builder *b, const struct piece *pieces, size_t count);
/* ---- labels that could be text ---- */

/* What a person has said of labels of this page, for a reader to ask; lent until the end. */
void builder_judge(struct builder *b, const struct vb_judgement *judgements, size_t count);
/* NULL: nobody has. */
const struct vb_judgement *builder_judgement(const struct builder *b, vb_str label);
void builder_doubt(struct builder *b, vb_str label, struct vb_span span, bool is_speaker,
                   bool is_told);

/* Hangs on the last word; ignored where there is none, and, with a note, beyond 64 MB of them.
 */
void builder_footnote(struct builder *b, vb_str text);
/* Of the paragraph that is opened next, or behind the last. */
void builder_aside(struct builder *b, enum vb_aside_kind kind, vb_str text);
