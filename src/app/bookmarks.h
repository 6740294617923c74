/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookmarks with notes, of this recording with this text; kept by the store. */
#pragma once

#include "library/store.h"

struct session;

struct bookmarks {
    struct store_pair pair; /* that the list is of */
    struct store_marks list;
    bool loaded;
    int64_t asked; /* the id whose note is being asked for; 0: none */
    uint32_t marked_revision;
    bool marked; /* they stand on the seek bar */
};

void bookmarks_free(struct session *s);
/* In reading order. */
const struct store_mark *bookmarks_list(const struct session *s, size_t *count);
/* When it is heard: of its word as it is known now, else as it was noted. */
vb_time bookmarks_time(const struct session *s, const struct store_mark *mark);
/* Sets one where the menu is, what is selected begins, or the reader is, and asks for a note;
 * one that is there already has its note asked for again. */
void bookmarks_set(struct session *s);
/* Takes away the one that is there. */
void bookmarks_drop(struct session *s);
/* To the next one behind what is heard (1), or before it (-1). */
void bookmarks_step(struct session *s, int by);
/* For the question after a note. */
void bookmarks_offer(const struct session *s, struct buf *out);
bool bookmarks_answer(struct session *s, vb_str note, struct buf *why);
/* Once a frame: reads the list of what is open, and puts it on the seek bar. */
void bookmarks_update(struct session *s);
