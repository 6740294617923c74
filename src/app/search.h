/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search in the open transcript: what is looked for, and which match was gone to. */
#pragma once

#include "base/buf.h"
#include "verbatim/find.h"

struct session;

#define SEARCH_NOWHERE SIZE_MAX

struct search {
    struct vb_find *find;           /* of `of`; NULL: nothing was searched for yet */
    const struct vb_transcript *of; /* held by `find` */
    struct buf query;
    bool shown;          /* matches are marked */
    bool exact;          /* only what stands there as it was typed */
    size_t here;         /* the match gone to, or SEARCH_NOWHERE */
    uint32_t from;       /* the word that the reader was at: matches are gone to from there */
    uint32_t generation; /* grows when matches, or whether they are shown, change */
    uint32_t marked, marked_revision; /* the generation and session.revision on the seek bar */
    size_t marked_here;
};

void search_free(struct session *s);
/* Begins at a word of the text: the first match is the one that follows it. */
void search_begin(struct session *s, uint32_t word);
/* Looks for `query` and shows the first match behind the word that the search began at. */
void search_set(struct session *s, vb_str query);
/* Capitals, accents and signs make a difference from now on, or none. */
void search_only_exact(struct session *s, bool exact);
size_t search_count(const struct session *s); /* 0 while nothing is shown */
struct vb_match search_match(const struct session *s, size_t i);
/* To the next match (1) or the one before (-1), round the ends. Searches for the last query
 * again when it is no longer shown. */
void search_step(struct session *s, int by);
void search_go(struct session *s, size_t i);
/* Hears the match from its beginning. */
void search_play(struct session *s, size_t i);
/* Matches are no longer marked; the query is kept for search_step(). */
void search_end(struct session *s);
/* Once a frame: another transcript is searched anew. */
void search_keep(struct session *s);
