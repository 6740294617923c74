/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check looks at, and how it tells what it found. */
#pragma once

#include "base/buf.h"
#include "base/distance.h"
#include "base/vec.h"
#include "verbatim/check.h"

struct page {
    const struct vb_transcript *t;
    vb_str text;
    const struct vb_timeline *times;
    vb_time duration;
    const char *language;
    bool french;

    /* one a word: without punctuation around it, as written and folded (case and composition;
     * accents stay) */
    uint32_t count;
    const vb_str *bare, *folded;
    struct arena *arena;

    const struct check *running;
    struct vb_findings *found;
};

struct check {
    const char *name, *summary; /* N_() */
    enum vb_level level;
    float rank;
    void (*run)(struct page *page);
};

/* The words from `first` on; `instead` NULL: not known. */
void found_words(struct page *page, uint32_t first, uint32_t count, const char *instead,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));
/* A place in the text, or the page as a whole (len 0); with the words that stand there. */
void found_at(struct page *page, struct vb_span span, const char *instead, const char *format,
              ...) __attribute__((format(printf, 4, 5)));

/* Fills in `count`, `bare` and `folded`. */
void page_words(struct page *page);

/* ---- questions about words ---- */

bool word_is(const struct page *page, uint32_t word,
             const char *list); /* "le la les", folded */
bool is_spoken(const struct page *page, uint32_t word);
bool begins_sentence(const struct page *page, uint32_t word);
/* The sign behind the word or before it: 0 for none. */
bool ends_with_sign(const struct page *page, uint32_t word);
bool begins_lower(vb_str word);
bool begins_upper(vb_str word);
/* The text of the source between the two words is only blank: nothing was left out. Words of
 * scripts without spaces are none: there to say one twice is grammar. */
bool are_neighbours(const struct page *page, uint32_t word);
/* Does the folded word stand anywhere on the page, but for `except`? */
uint32_t times_on_page(const struct page *page, vb_str folded);

/* ---- spelling.c ---- */

struct speller;
struct speller *speller_open(const char *language); /* NULL: no dictionary here */
bool speller_knows(struct speller *s, vb_str word);
/* The nearest word that it knows; false: none is near. */
bool speller_suggest(struct speller *s, vb_str word, struct buf *into);
void speller_close(struct speller *s);

/* ---- the checks ---- */

void check_markers(struct page *page), check_marker_rate(struct page *page),
    check_duration(struct page *page), check_header(struct page *page),
    check_speaker_names(struct page *page), check_unnamed_turns(struct page *page),
    check_doubled_words(struct page *page), check_repeated_sentences(struct page *page),
    check_split_words(struct page *page), check_roman_il(struct page *page),
    check_pairs(struct page *page), check_apostrophes(struct page *page),
    check_spaces(struct page *page), check_unfilled(struct page *page),
    check_spelling(struct page *page), check_pace(struct page *page);
