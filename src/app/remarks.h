/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program has to say about the pair that is open, each thing once. */
#pragma once

#include "app/session.h"

void remarks_make(struct session *s);
void remarks_no_sound(struct session *s);
/* After a transcript was opened: what its reader found odd. */
void remarks_on_page(struct session *s);
