/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caret in the window: the passage that is open is drawn as it stands in the file, keys and
 * hand are text and not commands (app/caret.h). */
#pragma once

#include "view/screen.h"

/* Do letters go to the caret now? */
bool editor_types(const struct screen *on);
/* Begins with the caret at that place of the window. False: there is no text near. */
bool editor_begin_at(struct screen *on, int x, int y);
/* A key, before the action table. True: taken. */
bool editor_key(struct screen *on, const struct key_press *press);
/* What was typed or composed. */
void editor_input(struct screen *on, const struct input *in);
/* For the window that an input method opens. */
struct rect editor_caret_rect(struct screen *on);

/* ---- for the words' view ---- */

/* Before the text is placed: makes room for what is typed. */
void editor_update(struct screen *on);
/* The page is about to be laid out anew: what is typed at stays where it is in the window. */
void editor_keep_place(struct screen *on);
void editor_draw(struct screen *on);
/* What is selected in passages that are not open, below their words. */
void editor_draw_ground(struct screen *on, const struct layout_placed *words, size_t count,
                        int y, int height);
/* The hand on the text, while there is a caret. */
void editor_press(struct screen *on, const struct input *in);
void editor_drag(struct screen *on, const struct input *in);
