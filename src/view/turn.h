/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who speaks: the card behind the turn being heard, and each turn's name and time. */
#pragma once

#include "view/screen.h"

void turn_draw_card(struct screen *on);
/* For all turns in the window; also what a turn is marked with, at its right. */
void turn_draw_labels(struct screen *on);
