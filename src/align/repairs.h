/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that are said twice. */
#pragma once

#include "align/passes.h"

/* Moves words whose like is heard again, right before the word that follows, to that second
 * time. Changes the path of the last pass; `scorer` is that pass's. */
void repairs_take_later(struct aligner *a, const struct scorer *scorer, float delta);
