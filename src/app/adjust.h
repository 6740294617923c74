/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings changed while the program runs. */
#pragma once

#include "app/session.h"

/* Takes them over, with all that depends on them: the sound's volume, the following, … */
void adjust_to(struct session *s, const struct settings *settings);
