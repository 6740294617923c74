/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that a caret takes in a text: by grapheme ("é" typed as two characters is one), and
 * by word. Places are bytes of UTF-8. */
#pragma once

#include "base/buf.h"

size_t step_grapheme_before(vb_str text, size_t at);
size_t step_grapheme_after(vb_str text, size_t at);
/* To the word's beginning, or that of the one before. */
size_t step_word_before(vb_str text, size_t at);
/* Past the word's end, or that of the next. */
size_t step_word_after(vb_str text, size_t at);
/* The word that holds or touches the place; where none does, the single character. */
void step_word_around(vb_str text, size_t at, size_t *from, size_t *until);
