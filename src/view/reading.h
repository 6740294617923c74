/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping the text in its place: wrapped for the window, scrolled to what is heard. */
#pragma once

#include "view/screen.h"

/* Once a frame: lays out what changed, keeps the reader's word where it was, grants the
 * session's scroll wish, follows the voice. */
void reading_update(struct screen *on, struct rect at);
/* From the text's own coordinates to the window's. */
static inline int reading_y(const struct screen *on, int y)
{
    return on->text_at.y + y - on->scroll.top;
}
/* The word at that place of the window; VB_NONE: none within `reach` of it. */
uint32_t reading_word_at(struct screen *on, int x, int y, int reach);
/* The hand has scrolled: another word is the reader's now. */
void reading_moved(struct screen *on);
/* Does the text say a word is estimated, so that only its line can be marked? */
bool reading_is_known(const struct screen *on, uint32_t word);
/* The voice is behind the text's last word. */
bool reading_is_beyond(const struct screen *on);
/* Where the text's end may be followed by a note; in the text's own coordinates. */
int reading_end_y(const struct screen *on);
/* Text size in pixels of the window. */
int reading_size(const struct screen *on);
