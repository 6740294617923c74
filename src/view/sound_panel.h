/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the panel over the player (view_sound.c) that are more than rows. */
#pragma once

#include "view/widgets.h"

/* "0.5 s", "+1.2 s" in the language's form. */
vb_str sound_panel_seconds(struct screen *on, long tenths, bool with_sign);

/* How much later the text comes: a number to be typed or stepped. `at`: below the title. */
int offset_panel_height(struct screen *on, int width); /* of the whole panel */
void offset_panel_draw(struct screen *on, struct rect at);
bool offset_panel_key(struct screen *on, const struct key_press *press);

/* Tapping along with clicks. */
int taps_panel_height(struct screen *on, int width);
void taps_panel_draw(struct screen *on, struct rect at);
bool taps_panel_key(struct screen *on, const struct key_press *press);
