/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captions that roll, as live subtitling and YouTube's automatic captions have them: each cue
 * shows the last line of the one before again, and a new one below.
 *
 *     00:01 --> 00:03   hello and welcome
 *     00:03 --> 00:05   hello and welcome / to the show
 *     00:05 --> 00:07   to the show / today we talk
 *
 * They are read as they stand, for so they are shown; that they roll is a note, and whoever
 * wants each line once asks for it. */
#pragma once

#include "format/cue_feed.h"

/* Notes it where most cues repeat whole lines of the one before. */
void rolling_tell(struct builder *b, vb_str source, const struct raw_cues *cues);

/* The same with each line once: a cue keeps its new lines, one that only repeats makes the cue
 * before it last longer. NULL: no cue repeats a line. */
struct vb_transcript *rolling_unrolled(const struct vb_transcript *t);
