/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transcript is a value: built once by a reader, then frozen. Any thread may hold a
 * reference, without a lock. Everything that these functions return lives as long as that
 * reference.
 *
 * One identity runs through the whole program: the word index, a word's place in reading order.
 * Words stand in paragraphs, paragraphs in turns; headings and time markers stand between
 * paragraphs. A word is a run between white space that holds a letter or digit, with the lone
 * punctuation that belongs to it; labels, headings and markers are no words. */
#pragma once

#include "verbatim/types.h"

struct vb_transcript;

enum vb_severity { VB_INFO, VB_WARNING };

/* What the reader found odd; the file was readable all the same. */
struct vb_note {
    enum vb_severity severity;
    uint32_t line;       /* from 1; 0: the whole file */
    struct vb_span span; /* the bytes meant */
    vb_str text;
};

/* One line of the header: "Lieu", "En ligne - Podcast Imaginaires". */
struct vb_meta {
    vb_str label, value;
    vb_str link; /* where it leads, when it is a link; else empty */
    struct vb_span span;
};

struct vb_speaker {
    vb_str name;  /* as shown and counted */
    vb_str alias; /* another name the page gives; else empty */
    vb_str role;  /* "à la régie"; else empty */
    vb_str guess; /* who it may be, when the label is short for somebody ("RMS"); else empty */
    bool listed;  /* named in the header */
    uint32_t turns; /* in how many turns it speaks */
    uint32_t words; /* how many spoken words stand in them */
};

/* A heading. Its time is VB_NO_TIME unless the heading states one. */
struct vb_section {
    vb_str title;
    uint32_t level;      /* 1 … 6; 2 where the page does not tell */
    uint32_t first_word; /* the word that follows; the word count at the end */
    vb_time time;
    struct vb_span span;
};

/* A time written in the page. A time in a heading makes a section and a marker. */
struct vb_marker {
    vb_time time;
    vb_str text; /* as written: "16’ 20" */
    uint32_t first_word;
    bool usable; /* false: out of order, doubled or beyond the end; reported, no anchor */
    struct vb_span span;
};

enum vb_paragraph_kind {
    VB_SPEECH,
    VB_STAGE, /* a stage direction that stands alone: shown, not spoken */
};

struct vb_paragraph {
    enum vb_paragraph_kind kind;
    uint32_t turn; /* VB_NONE: before the first turn */
    uint32_t first_word, word_count;
    vb_time start, end; /* as the file states them */
    struct vb_span span;
    bool runs_on; /* a cue said without a pause after the one before: the text goes on */
};

struct vb_turn {
    uint32_t first_speaker,
        speaker_count; /* into vb_turn_speaker(); 0 speakers: nobody named */
    uint32_t first_word, word_count;
    uint32_t first_paragraph, paragraph_count;
    vb_str label; /* as written */
    struct vb_span span;
};

enum vb_mark {
    VB_EMPHASIS = 1,  /* set in italics */
    VB_UNSPOKEN = 2,  /* shown, not said: a stage direction, a gloss of the transcriber */
    VB_GLUED = 4,     /* no space before it: an overlong run cut in pieces */
    VB_NEW_LINE = 8,  /* begins a line inside its paragraph */
    VB_FOOTNOTE = 16, /* a note hangs on this word */
    VB_TIED = 32,     /* no line break before it: a no-break space stands there */
};

struct vb_word {
    vb_str text;         /* as shown, with its punctuation */
    struct vb_span span; /* where it stands in the file; len 0: nowhere */
    vb_time start, end;  /* what the file states, or VB_NO_TIME */
    uint32_t turn;       /* VB_NONE: in none */
    uint32_t paragraph;
    uint16_t marks; /* of enum vb_mark */
};

struct vb_footnote {
    uint32_t word; /* the word it hangs on */
    vb_str text;
};

/* What a file says beside the words, and other formats have no place for: as it stands there.
 */
enum vb_aside_kind {
    VB_ASIDE_ID,       /* of the paragraph: what its cue is called */
    VB_ASIDE_SETTINGS, /* of the paragraph: where on the screen its cue is shown */
    VB_ASIDE_BLOCK,    /* before the paragraph: a remark, a style, a region */
};
struct vb_aside {
    uint32_t paragraph; /* the paragraph count: behind the last */
    enum vb_aside_kind kind;
    vb_str text;
};

/* "X :" that could be a speaker's label, or text: the reader had to guess, or was told. */
struct vb_doubtful_label {
    vb_str label;
    uint32_t line;       /* from 1, of the first time it is seen */
    struct vb_span span; /* the label there */
    bool is_speaker;     /* what it was taken for */
    bool is_told;        /* by a person: see vb_judgement */
};

/* What a person says of a label, for this page. */
struct vb_judgement {
    vb_str label; /* compared as names are: case, kinds of space and composition don't count */
    bool is_speaker;
};

/* What stands on the page, in reading order. */
enum vb_block_kind { VB_BLOCK_SECTION, VB_BLOCK_MARKER, VB_BLOCK_PARAGRAPH };
struct vb_block {
    enum vb_block_kind kind;
    uint32_t index; /* of the section, marker or paragraph */
};

VB_API struct vb_transcript *vb_transcript_ref(const struct vb_transcript *t);
VB_API void vb_transcript_unref(const struct vb_transcript *t); /* NULL is allowed */

VB_API uint32_t vb_word_count(const struct vb_transcript *t);
VB_API struct vb_word vb_word(const struct vb_transcript *t, uint32_t word);
/* The text alone, for loops over all words. */
VB_API vb_str vb_word_text(const struct vb_transcript *t, uint32_t word);
VB_API uint16_t vb_word_marks(const struct vb_transcript *t, uint32_t word);
/* The spoken words: without stage directions and glosses. */
VB_API uint32_t vb_spoken_count(const struct vb_transcript *t);

VB_API uint32_t vb_turn_count(const struct vb_transcript *t);
VB_API const struct vb_turn *vb_turn(const struct vb_transcript *t, uint32_t turn);
/* The turn a word stands in: binary search. VB_NONE: in none. */
VB_API uint32_t vb_turn_of_word(const struct vb_transcript *t, uint32_t word);
/* The i-th speaker of a turn. */
VB_API uint32_t vb_turn_speaker(const struct vb_transcript *t, uint32_t turn, uint32_t i);
/* Who is heard in a turn, as text: "Anne, Karim"; empty when nobody is named. */
VB_API vb_str vb_turn_speakers(const struct vb_transcript *t, uint32_t turn);

VB_API uint32_t vb_paragraph_count(const struct vb_transcript *t);
VB_API const struct vb_paragraph *vb_paragraph(const struct vb_transcript *t,
                                               uint32_t paragraph);
VB_API uint32_t vb_paragraph_of_word(const struct vb_transcript *t, uint32_t word);

VB_API uint32_t vb_speaker_count(const struct vb_transcript *t);
VB_API const struct vb_speaker *vb_speaker(const struct vb_transcript *t, uint32_t speaker);
VB_API uint32_t vb_section_count(const struct vb_transcript *t);
VB_API const struct vb_section *vb_section(const struct vb_transcript *t, uint32_t section);
VB_API uint32_t vb_marker_count(const struct vb_transcript *t);
VB_API const struct vb_marker *vb_marker(const struct vb_transcript *t, uint32_t marker);
VB_API uint32_t vb_block_count(const struct vb_transcript *t);
VB_API struct vb_block vb_block(const struct vb_transcript *t, uint32_t block);
VB_API const struct vb_meta *vb_metadata(const struct vb_transcript *t, size_t *count);
VB_API const struct vb_note *vb_notes(const struct vb_transcript *t, size_t *count);
VB_API const struct vb_footnote *vb_footnotes(const struct vb_transcript *t, size_t *count);
/* In the order of the paragraphs. */
VB_API const struct vb_aside *vb_asides(const struct vb_transcript *t, size_t *count);
/* How often the file says how words look (bold, colour, place), which nobody keeps. */
VB_API uint32_t vb_styles(const struct vb_transcript *t);

/* Each label once, in the order of the page. */
VB_API const struct vb_doubtful_label *vb_doubtful_labels(const struct vb_transcript *t, size_t *count);

VB_API vb_str vb_title(const struct vb_transcript *t);            /* empty: none given */
VB_API vb_time vb_duration_stated(const struct vb_transcript *t); /* or VB_NO_TIME */
VB_API vb_str vb_variant(const struct vb_transcript *t); /* "wikitext", "rendered", "html" */

/* Files beside the one that is read: the texts of a SMIL file, the chapters of a publication. */
struct vb_companions {
    /* Hands the bytes of `name`, as the file gives it, to `put`; false: there is no such file. */
    bool (*fetch)(void *context, vb_str name, bool (*put)(void *to, vb_str bytes), void *to);
    void *context;
};
