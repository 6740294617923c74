/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text whose times stand behind what was said, as f4, MAXQDA and typists of interviews set them
 * when they end a paragraph:
 *
 *     I: How did it begin? #00:00:12-1#
 *     B: In 1998. [00:01:02]
 *
 * What stands before a mark ends there, and what follows begins there.  The first stretch has
 * no beginning that anybody states. */
#pragma once

#include "format/cue_feed.h"

/* Do most lines end in a mark, none begin with one, and do the times rise? */
bool time_marks_end_lines(vb_str text);
/* The stretches between the marks; a blank line ends one that has no mark. */
void time_marks_read(vb_str text, struct raw_cues *cues);
