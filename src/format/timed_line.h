/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in lines of text, in the ways people and transcription programs write them:
 *
 *     00:00:08 text           [00:12] text            [00:01.000 --> 00:02.000] text
 *     (12:03)                 #00:01:02-3# text       0:00.0 - 0:05.2
 *     Anne Martin 00:12       Anne: [00:00:12] text   Anne Martin (00:12):    [Anne] 10:05:12
 *
 * Whether they are times is for the whole file to decide: numbers like these stand in prose. */
#pragma once

#include "base/buf.h"

struct timed_line {
    vb_time start, end; /* end: VB_NO_TIME where one time stands alone */
    size_t text_at;     /* where what is said begins */
    bool arrow;         /* two times with an arrow between */
    bool brackets;      /* around the time: [ ], ( ) or # # */
    vb_str name;        /* who speaks, where it stands before the time; else empty */
};

/* Does the line begin with a time, or with a name and a time? */
bool timed_line_scan(vb_str line, struct timed_line *t);
/* Does it begin with what could be one, had its writer wished so? */
bool timed_line_could_be(vb_str line);

/* The next "[00:01:02]" or "#00:01:02-3#" at or behind `from`, anywhere in the line. */
struct time_mark {
    size_t at, end; /* in the line */
    vb_time time;
    bool hash;
};
bool time_mark_next(vb_str line, size_t from, struct time_mark *mark);
