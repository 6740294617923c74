/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the last path says of each word. */
#pragma once

#include "align/passes.h"

/* One entry a word of the transcript; free() it. Fills in the report's counts and edges. */
struct vb_heard *outcome_of(const struct aligner *a, struct vb_align_report *report);
/* Do text and sound belong together? False: `error` says what was seen. */
bool outcome_is_sound(const struct aligner *a, const struct vb_align_report *report,
                      struct vb_error *error);
