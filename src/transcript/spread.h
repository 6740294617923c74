/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long what is said takes: the estimate behind times that no file states. */
#pragma once

#include "verbatim/transcript.h"

/* The natural length of one spoken word, in whole milliseconds, and of the pause after it; at
 * an ordinary pace. */
struct natural {
    uint32_t speech_us, pause_us;
};

struct natural spread_natural(vb_str word);
/* The pauses that signs stand for: none, or one of these. */
enum { SPREAD_COMMA_US = 240000, SPREAD_STOP_US = 500000 };
/* What a paragraph's or a turn's end adds to the pause. */
enum { SPREAD_PARAGRAPH_PAUSE_US = 500000, SPREAD_TURN_PAUSE_US = 250000 };
