/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that are answered with a line of text: a table, one row a question. */
#pragma once

#include "app/session.h"

struct question {
    const char *title, *hint, *button; /* N_() */
    /* What the line holds at first. */
    void (*offer)(const struct session *s, struct buf *out);
    /* False: `why` holds a sentence and the question stays. */
    bool (*answer)(struct session *s, vb_str text, struct buf *why);
    /* What that answer would do, in place of the hint; NULL: the hint stays. */
    void (*preview)(const struct session *s, vb_str text, struct buf *out);
    enum { FILE_NONE, FILE_THERE, FILE_NEW } file; /* that it asks for */
};

/* NULL: it is none that a line of text answers. */
const struct question *question_of(enum ask what);
/* Asks; for a file by the desktop's own dialog where there is one. */
void ask_user(struct session *s, enum ask what);
/* The file that was chosen there, where it was also asked whether it may be replaced. */
void ask_chosen(struct session *s, enum ask what, const char *path);
