/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a text is no transcript, in a sentence that says what to do. */
#pragma once

#include "verbatim/error.h"

/* What the text looks like: JSON, subtitles, a page that only points elsewhere, prose …
 * Always false. */
bool refuse_text(vb_str text, struct vb_error *error);
/* Nothing speaks against it: the text is none of what refuse_text() names. */
bool refuse_is_prose(vb_str text);
