/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each column of the seek bar says. */
#pragma once

#include "view/screen.h"

enum { COLUMN_STEP = 4 }; /* logical pixels from one to the next */

/* Makes on->columns for a bar of that width, where they are not so already. */
void bar_columns_keep(struct screen *on, int width);
