/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes on in the background: a thin line, and how long it will take. */
#pragma once

#include "view/screen.h"

/* Along the lower edge of `bar`; its words end at `right`. Returns the width that they take. */
int progress_draw(struct screen *on, struct rect bar, int right);
