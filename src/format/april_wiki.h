/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk over wikitext, shared by its two halves: lines (april_wiki.c) and what stands inside
 * them (april_markup.c). */
#pragma once

#include "format/april.h"

enum closer {
    LINE_END,
    LINK_END,
    PAGE_LINK_END,
    TAG_END,
    COMMENT_END,
    TEMPLATE_END,
    TABLE_END,
    REF_END,
    NOWIKI_END,
    PRE_END,
    CLOSERS
};

struct wiki {
    struct page *page;
    vb_str text; /* the source, up to where this walk ends */
    size_t at;
    size_t found[CLOSERS];           /* the last answers of find_closer() */
    int bold_tags, italic_tags;      /* open <b>, <i> */
    bool bold_quotes, italic_quotes; /* ''' and '': until the line ends */
    size_t link_end, link_signs;     /* the bracket that closes the link we are in */
    bool after_break;                /* <br/> was the last thing seen */
    bool in_note;                    /* inside <ref>: no note in a note */
    bool flat_templates;             /* one was never closed: the next "}}" ends the others */
    bool no_opaque;                  /* the same for <math> and its like */
};

/* The next place of a closing sign; the text's length: there is none. */
size_t find_closer(struct wiki *w, enum closer which, size_t from);
struct vb_span span_between(size_t from, size_t until);
/* Shows the bytes as they stand, up to `until`. */
void put_plain(struct wiki *w, size_t until);
/* Walks over what stands inside lines until `until` (or a little further: a note may span
 * lines). */
void walk_inline(struct wiki *w, size_t until);
