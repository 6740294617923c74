/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passages of a page that a caret can be in: paragraphs, headings, markers, each with the
 * bytes of the file that hold its text and no more: no label, no number and no time of a cue.
 */
#pragma once

#include "base/buf.h"
#include "verbatim/transcript.h"

struct session;

/* Of the block; false: nothing of it can be typed in. */
bool passage_of_block(const struct session *s, uint32_t block, struct vb_span *span);
/* The passage that holds the place, or the nearest one; on a blank line an empty one there.
 * False: the page has none. */
bool passage_at(const struct session *s, uint32_t place, struct vb_span *span);
/* The next one, or the one before; false: there is none. */
bool passage_beside(const struct session *s, struct vb_span from, int by, struct vb_span *span);
/* The blocks whose text begins in the span: [first, until). */
void passage_blocks(const struct session *s, struct vb_span span, uint32_t *first,
                    uint32_t *until);
/* The page is made of cues with times of their own, not of paragraphs. */
bool passages_are_cues(const struct session *s);
/* What stands between two paragraphs here, near that place: line ends. */
void passage_divider(const struct session *s, uint32_t place, struct buf *into);
/* The word whose bytes hold the place, or the nearest before it; VB_NONE. */
uint32_t passage_word(const struct session *s, uint32_t place);
