/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's content for tests: a measure in which every character is half an em wide, and
 * transcripts written as lines:
 *
 *   # A heading          = 1:30           (a marker)
 *   Anne: a turn's words - and a further paragraph of it
 */
#pragma once

#include "view/screen.h"

/* Half an em a character, a quarter of an em a space. */
extern const struct measure fixed_measure;

struct vb_transcript *transcript_of(const char *lines);
