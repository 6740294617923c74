/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selecting words with the hand: dragging, two clicks for a word, three for a paragraph, four
 * for a turn; Shift extends. */
#pragma once

#include "view/screen.h"

/* The button went down on the text. */
void selecting_press(struct screen *on, const struct input *in);
void selecting_drag(struct screen *on, const struct input *in);
/* True: the button's way was a selection; false: it was a click. */
bool selecting_release(struct screen *on);
/* The other button: the menu for the word there, or for what is selected around it. */
void selecting_menu(struct screen *on, const struct input *in);
/* Once a frame: scrolls on while a selection is dragged past an edge; moves the selection's
 * head by the lines that keys asked for. */
void selecting_update(struct screen *on, struct rect at);
bool selecting_scrolls(const struct screen *on);
