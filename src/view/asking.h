/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user is asked, brought together with what the window shows. */
#pragma once

#include "view/screen.h"

/* Once a frame, before it is drawn: opens and closes fields and boxes. */
void asking_update(struct screen *on);
/* A key, before the action table. True: taken. */
bool asking_key(struct screen *on, const struct key_press *press);
/* Where the reader is now: closing the search leads back there. */
void asking_remember_place(struct screen *on);
