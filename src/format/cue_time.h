/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of cues: 00:01:02,345 --> 00:01:04,000 and its relatives.  timecode.h has those that
 * people type. */
#pragma once

#include "base/buf.h"

/* No recording is longer: 10^6 seconds.  What is beyond is no time, but keeps its cue. */
#define CUE_TIME_MAX (1000000 * VB_SECOND)

enum cue_time_kind {
    CUE_TIME_NONE,    /* no time stands here; nothing was taken */
    CUE_TIME_GOOD,    /* as the format wants it */
    CUE_TIME_ODD,     /* readable, but another would stumble: one digit behind the comma … */
    CUE_TIME_TOO_BIG, /* a time, but beyond CUE_TIME_MAX: VB_NO_TIME */
};

/* Takes a time at `*at` as tolerantly as it can be told from text: [h:]mm:ss with an optional
 * fraction behind '.', ',', ':' or their full-width forms; a minus is taken. */
enum cue_time_kind cue_time_take(vb_str text, size_t *at, vb_time *time);
/* mm:ss, mm:ss.xx or mm:ss:xx: two parts are minutes and seconds, a third behind ':'
 * hundredths. */
enum cue_time_kind cue_time_take_lrc(vb_str text, size_t *at, vb_time *time);
/* As the specification of WebVTT says, no byte more: [h…h:]mm:ss.fff. */
bool cue_time_take_strict(vb_str text, size_t *at, vb_time *time);
/* Takes "-->", "->", "→" and what else stands between two times. */
bool cue_arrow_take(vb_str text, size_t *at);
/* Could a line with an arrow begin here?  Quick; for lines of any length. */
bool cue_may_have_arrow(vb_str line);
/* Spaces and tabs. */
void cue_skip_blanks(vb_str text, size_t *at);

/* "00:01:02,345" with `separator` ',' or '.'; times below 0 become 0. */
void cue_time_put(struct buf *out, vb_time time, char separator);
/* "62.345000": seconds, to the microsecond. */
void cue_seconds_put(struct buf *out, vb_time time);
/* Rounded to the nearest `unit` (1000: a millisecond). */
vb_time cue_time_round(vb_time time, vb_time unit);
