/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the caret: what caret.c moves, caret_type.c changes. */
#pragma once

#include "app/caret.h"

/* The next change begins a step of undo. */
void caret_break_group(struct session *s);
/* Where a step inside the open passage leads. */
size_t caret_step_from(const struct session *s, enum caret_step step, size_t at);
