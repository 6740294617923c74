/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names on a line of their own at the top of every cue, as Teams and Happy Scribe write them:
 *
 *     0:0:0.0 --> 0:0:3.200
 *     Anne Martin
 *     Hello everyone.
 *
 * They are believed where every cue has one, and somebody speaks again. */
#pragma once

#include "format/cue_feed.h"

/* Moves such lines out of the texts of the cues, into their names. */
void take_name_lines(vb_str source, struct raw_cues *cues);
