/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds text in a transcript as people type it: capitals, accents, ligatures (œ), the form of
 * apostrophes, quotes and dashes, the kind of space, and the points of "intervenant·e·s" make
 * no difference.
 *
 * "casilli: travail" looks only where a speaker whose name holds "casilli" speaks, and
 * "casilli:" finds the beginnings of that voice's turns.  A colon behind anything that is no
 * name is text like any other.  One thread at a time may use a finder. */
#pragma once

#include "verbatim/transcript.h"

struct vb_find;

/* From byte `from` of the first word to byte `until` of the last; or, when `section` is not
 * VB_NONE, from and until those bytes of that heading's title, and `first` and `last` are the
 * word behind it. */
struct vb_match {
    uint32_t first, last;
    uint16_t from, until;
    uint32_t section;
};

/* Folds the whole text once (a tenth of a second for a million words); holds a reference. */
VB_API struct vb_find *vb_find_new(const struct vb_transcript *t);
VB_API void vb_find_free(struct vb_find *f); /* NULL is allowed */
/* Finds all places, in reading order; they replace those of the query before. Returns how many.
 */
VB_API size_t vb_find_all(struct vb_find *f, vb_str query);
/* Leaves those alone that are written as `query` is: for replacing. Returns how many. */
VB_API size_t vb_find_keep_exact(struct vb_find *f, vb_str query);
VB_API size_t vb_find_count(const struct vb_find *f);
VB_API struct vb_match vb_find_match(const struct vb_find *f, size_t i);
/* The first match that does not end before the word; the count: there is none. */
VB_API size_t vb_find_from(const struct vb_find *f, uint32_t word);
/* Does `text` hold `part`, as a search would see it? For lists of names. */
VB_API bool vb_find_holds(vb_str text, vb_str part);
