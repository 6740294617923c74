/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as people write them: in April's headings, in a page's header, on the command line. */
#pragma once

#include "base/buf.h"

/* How a time is written; a page's lines are believed only in some of them. */
enum time_form {
    TIME_SIGN,  /* 16’ 20   16 min 20   1 h 02’ 16 */
    TIME_HOUR,  /* 1 h   1 h 10 */
    TIME_COLON, /* 16:20   1:02:16,5 */
};

/* The whole of `text` is one time. `form` may be NULL. */
bool time_from_mark(vb_str text, vb_time *time, enum time_form *form);

/* "Présentation 4’05": a title and the time behind it. */
struct titled_time {
    vb_str title; /* empty: the heading is the time alone */
    vb_str text;  /* the time as written */
    vb_time time;
    enum time_form form;
    bool precise; /* signs, or seconds: not "5 min" */
};
bool time_from_heading(vb_str heading, struct titled_time *found);

/* "1 h 02 min 16", "11 mn 58 s". False for a form that nobody filled in, "XX min YY". */
bool time_from_duration(vb_str text, vb_time *duration);

/* What a user may type: all of the above, "1h02", "16m20s", "980", "980.5". */
bool time_from_user(vb_str text, vb_time *time);

/* "980", "980.5", "980,5": seconds alone. */
bool time_from_seconds(vb_str text, vb_time *time);

/* "16:20", "1:02:16": whole seconds, for people. Nothing for VB_NO_TIME. */
void time_put(struct buf *out, vb_time time);
/* "980", "980.5", "0.000001": seconds with up to six decimals, for JSON. */
void time_put_seconds(struct buf *out, vb_time time);
