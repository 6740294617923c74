/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words joined again to text, as shown. */
#pragma once

#include "base/buf.h"
#include "verbatim/transcript.h"

/* Adds `count` words: a space between them (a no-break one where the page has one), a line end
 * where a line begins inside the paragraph. */
void text_of_words(const struct vb_transcript *t, uint32_t first, uint32_t count,
                   struct buf *out);
/* May no line end before that word? It is bound to the one before by a no-break space, or by
 * none at all in a script that sets spaces. */
bool text_is_tied(const struct vb_transcript *t, uint32_t word);
