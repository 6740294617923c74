/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replacing what a search finds: this place and on to the next, or all of them as one step of
 * undo. Places with markup inside are left alone, and counted. */
#pragma once

#include "base/buf.h"
#include "verbatim/types.h"

struct session;

struct replacing {
    bool shown;   /* beside the search */
    bool inexact; /* capitals and accents make no difference, as in a search */
    struct buf with;
};

/* Opens the search with it; says why when the page can't be corrected in place. */
void replacing_begin(struct session *s);
bool replacing_shown(const struct session *s);
void replacing_set_exact(struct session *s, bool exact);
/* The match gone to; then the next one is gone to. */
void replacing_this(struct session *s);
void replacing_all(struct session *s);
/* The text around the match gone to, before and after: "II a écrit → Il a écrit". False: there
 * is no match, or markup stands in it. */
bool replacing_preview(const struct session *s, struct buf *before, struct buf *after);
void replacing_free(struct session *s);
