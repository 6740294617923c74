/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of April's wiki on its way from bytes to turns.
 *
 * It comes in three layers: the wikitext, the text copied from a browser, the saved HTML.  Each
 * has a reader that turns it into one and the same stream of lines; everything after that
 * (header, labels, markers, turns) knows only lines. */
#pragma once

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "format/timecode.h"
#include "transcript/builder.h"

enum layer { LAYER_WIKITEXT, LAYER_RENDERED, LAYER_HTML };

enum run_style {
    RUN_BOLD = 1,
    RUN_ITALIC = 2,
    RUN_LITERAL = 4, /* from <nowiki>: a bracket in it is only a bracket */
};

/* A stretch of shown text in one style, and the bytes it comes from. */
struct run {
    uint32_t at, len; /* in the page's text */
    struct vb_span span;
    uint8_t style;
};

enum line_kind {
    LINE_TEXT,
    LINE_ITEM, /* of a list */
    LINE_HEADING,
    LINE_GONE, /* the wiki's own furniture, a list of notes: kept in the file, not shown */
};

/* What stands between two line breaks. */
struct line {
    uint8_t kind;
    uint8_t level;              /* of a heading; 0: the layer does not tell */
    bool opens_block;           /* a blank line, or the edge of a paragraph, before it */
    bool known_label;           /* the label names somebody the page lists */
    uint32_t text_at, text_len; /* in the page's text; no white space at the ends */
    uint32_t first_run;         /* the runs up to the next line's first are its own */
    struct vb_span span;        /* with its markup */
    uint32_t bold_len;          /* of the text that begins it in bold */
    uint32_t label_len;         /* a speaker's label begins it: length of the name */
    uint32_t skip;              /* so much of the text is label, colon, bullet */
    uint32_t link;              /* index of its first link + 1; 0: none */
};

/* A note hangs in the text at `at`. */
struct footnote_mark {
    uint32_t at;
    uint32_t number;    /* into the list of notes, from 1; 0: `text` is at hand */
    uint32_t shown_len; /* of the mark itself in the text: "[1]" */
    vb_str text;
};

struct named_note {
    vb_str name, text;
};

struct page {
    vb_str source, text; /* the bytes read; what is shown of them */
    enum layer layer;
    struct buf shown; /* becomes `text`, where that is not the source itself */
    struct arena arena;
    VEC(struct run) runs;
    VEC(struct line) lines;
    VEC(struct footnote_mark) footnotes;
    VEC(vb_str) notes; /* texts of the list of notes at the end, the first has number 1 */
    VEC(struct named_note) named_notes; /* <ref name="…"> */
    VEC(vb_str) links;
    vb_str title;            /* of the page itself, where its header gives none */
    bool is_diff;            /* a comparison of two revisions */
    bool has_decoration;     /* copied headings carry the skin's "§" */
    bool has_header;         /* a "Titre :" or its like was seen */
    struct vb_span unclosed; /* the first markup that is never closed; len 0: none */
    struct vb_span opaque;   /* the first template, table or formula */
    uint32_t opaque_count;
    const char *broken; /* translated: why it can't be read at all; NULL: it can */

    /* the line being written */
    struct line open;
    bool is_open;
    enum line_kind next_kind;
    uint8_t next_level;
    bool next_opens_block;
};

/* Lines are 40 bytes each; a page has some hundreds. */
enum { PAGE_LINES_MAX = 2000000 };

/* ---- april_lines.c: the stream of lines, written and read ---- */
void page_free(struct page *page);
/* Adds text to the open line. `span`: where it comes from. */
void page_put(struct page *page, vb_str text, struct vb_span span, uint8_t style);
/* Markup that belongs to the open line, or begins one. */
void page_touch(struct page *page, struct vb_span span);
void page_link(struct page *page, vb_str target);
void page_footnote(struct page *page, uint32_t number, vb_str text);
/* A note that other places name; its text, when it was given before. */
void page_name_note(struct page *page, vb_str name, vb_str text);
vb_str page_named_note(const struct page *page, vb_str name);
/* A template, a table: stays in the file, is not shown, and that is told. */
void page_opaque(struct page *page, struct vb_span span);
void page_break_line(struct page *page);
/* Ends the paragraph; what follows is of this kind. */
void page_break_block(struct page *page, enum line_kind kind, uint8_t level);
void page_end(struct page *page);

vb_str line_text(const struct page *page, const struct line *line);
/* The bytes of a part of the line's text. */
struct vb_span line_part_span(const struct page *page, const struct line *line, size_t from,
                              size_t until);
uint32_t line_runs_end(const struct page *page, const struct line *line);
/* The first run of the line that ends behind `at` (in the page's text). */
uint32_t line_run_at(const struct page *page, const struct line *line, size_t at);
/* A blank line, a heading, or the end follows it. */
bool line_ends_block(const struct page *page, size_t line);
vb_str line_link(const struct page *page, const struct line *line);

/* ---- one reader a layer ---- */
enum layer april_layer(vb_str text);
void april_read_wikitext(struct page *page);
void april_read_rendered(struct page *page);
void april_read_html(struct page *page);
/* What wikitext shows, without lines, links and notes: for the inside of a note. */
vb_str april_plain_wikitext(struct page *page, struct vb_span span);

/* ---- april_chrome.c: the wiki's own furniture in copied text ---- */
void april_drop_chrome(struct page *page);
/* A comparison of two revisions, copied: it has every changed line twice. */
bool april_is_comparison(vb_str source);

/* ---- april_names.c: who may speak ---- */
enum name_is {
    NAME_NEW,    /* nobody knows it */
    NAME_LISTED, /* a name or alias of the header */
    NAME_SHORT,  /* initials, first or last name of one listed person */
    NAME_ROLE,   /* Public, Voix off, Journaliste … */
};

struct person {
    vb_str name, alias, role;
};

struct names;
struct names *names_new(void);
void names_free(struct names *names);
void names_add_person(struct names *names, struct person person);
size_t names_listed(const struct names *names);
const struct person *names_person(const struct names *names, size_t i);
/* `person` (may be NULL): who is meant by a listed or a short name. */
enum name_is names_find(const struct names *names, vb_str name, const struct person **person);
/* Every part of a joint name is known. */
bool names_all_known(const struct names *names, vb_str joint);
/* Counts how often a name was met; names_count() tells. */
void names_meet(struct names *names, vb_str name);
uint32_t names_count(const struct names *names, vb_str name);
/* True the first time it is asked about a name: for notes that are given once. */
bool names_first_time(struct names *names, vb_str name);

/* How labels are compared: folded, without the signs of inclusive writing. */
void label_key(vb_str label, struct buf *into);

/* ---- april_people.c: how names are written ---- */
/* White space runs become one plain space. */
void names_tidy(vb_str name, struct buf *into);
bool name_starts_upper(vb_str name);
/* Is it one of the words in `list`, which spaces separate? */
bool is_word_of(vb_str word, const char *list);
/* Public, Voix off, Journaliste …; by its label_key(). */
bool name_is_role(vb_str key);
/* The value of "Intervenants :". */
void names_list(struct names *names, vb_str value);
/* "A et B", "A, B", "A & B", "A / B": cut in two at the first joint. False: one name. */
bool names_cut_joint(vb_str *name, vb_str *rest);
/* "Lionel et Luc", though nobody knows them: capitals on both sides. */
bool names_look_joint(vb_str label);

/* ---- april_header.c ---- */
enum header_label {
    NO_LABEL,
    LABEL_TITLE,
    LABEL_SPEAKERS,
    LABEL_DURATION,
    LABEL_STATUS,
    LABEL_OTHER
};
struct region {
    size_t from, until; /* lines */
};
struct page_regions {
    struct region header, body;
    size_t transcripts; /* how many the page holds; this is the first */
    bool has_start;     /* a heading "Transcription" stands between */
};
/* Reads the header into the builder and the names; tells where the text is. */
struct page_regions april_read_header(struct page *page, struct names *names, struct builder *b,
                                      vb_time *duration);

/* Without a heading "Transcription", what stands between the last label and the first turn: the
 * rest of the header; on a page without any header, perhaps its title. */
void april_read_rest_of_header(struct page *page, struct region body, struct builder *b);

/* ---- april_headings.c ---- */
/* Takes a skin's decoration, "§" or "[modifier]", off a heading. True: there was some. */
bool april_undecorate(vb_str *heading);
/* A line alone between two blank ones. */
bool line_is_alone(const struct page *page, size_t line);
/* In copied text headings are lines: those that a decoration or a time gives away. */
void april_mark_headings(struct page *page, struct region body, vb_time duration);
bool line_reads_like_a_title(const struct page *page, size_t line);
/* … and, where no heading is decorated, those that stand alone before a speaker's label. */
void april_guess_headings(struct page *page, struct region body, struct builder *b);
/* Puts the line as a section, a marker, or both. */
void april_put_heading(const struct page *page, const struct line *line, vb_time duration,
                       struct builder *b);

/* ---- april_labels.c ---- */
struct label_shape {
    size_t name_at;  /* behind a bracket that it stands in */
    size_t name_len; /* without the white space before the colon */
    size_t text_at;  /* behind the colon and its space */
};
/* "X : y" at the line's start, by its shape alone. */
bool label_shape(vb_str text, struct label_shape *shape);
bool label_starts(vb_str text);
/* … and the words before the colon could name somebody. */
bool label_reads_like_a_name(vb_str text);
bool name_reads_like_one(vb_str name);
/* Finds who speaks where: fills in label_len and skip of the lines. The number of labels. */
size_t april_find_labels(struct page *page, struct region body, struct names *names,
                         struct builder *b);

/* ---- april_notes.c: notes as copied text has them, "[1]" and "April1" ---- */
void april_find_notes(struct page *page, struct region body);

/* ---- april_words.c: a line's text, piece by piece, into the builder ---- */
enum bracket { BRACKET_TEXT, BRACKET_STAGE, BRACKET_GLOSS };
enum bracket bracket_kind(vb_str inside);
/* Where the word ends that a note at `at` stands in, with the signs that join it. */
size_t end_of_word_in(vb_str text, size_t at);
/* The text from `from` to `until` (of the line's text) into the open paragraph. */
void april_put_words(const struct page *page, const struct line *line, size_t from,
                     size_t until, uint16_t marks, struct builder *b);

/* ---- april_page.c: the grammar ---- */
void april_put_body(struct page *page, struct region body, struct names *names, bool has_labels,
                    vb_time duration, struct builder *b);
