/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands read, and what they must not write over. */
#pragma once

#include "verbatim/document.h"

/* The transcript at `path`; "-": from the standard input. NULL: `error` says why. */
struct vb_document *input_transcript(const char *path, struct vb_error *error);
/* Are the two the same file, whatever its names? */
bool same_file(const char *a, const char *b);
