/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right side of the player: volume, how the sound is played, speed, following. */
#pragma once

#include "view/screen.h"

/* In `room`, from its right end on; what does not fit is left to the keys and the panel. */
void player_side_draw(struct screen *on, struct rect room, int middle);
/* True: the slider or the speed was meant. */
bool player_side_input(struct screen *on, const struct input *in);
