/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the session comes to know when each word is heard.
 *
 * At once by an estimate; then, in the background, by listening (app/aligning.h): each better
 * answer replaces the timeline whole, and the last one is stored, so that the next opening has
 * it at once.  Pins (app/pins.h) have the last word.  When the text is corrected, words that
 * stayed keep their times, and the others alone are listened for. */
#pragma once

#include "app/session.h"

/* The best timeline for what is open; the caller owns it. */
struct vb_timeline *times_timeline(struct session *s);

struct times_progress {
    float done;   /* 0 … 1 */
    vb_time left; /* VB_NO_TIME: not known yet */
};
/* False: nobody listens now. */
bool times_progress(const struct session *s, struct times_progress *progress);

/* By hand: listens, whatever is known already; or stops listening. Says why it can't. */
void times_align(struct session *s);
/* These words are to be listened for again: their times are doubted. */
void times_doubt(struct session *s, uint32_t first, uint32_t count);

/* ---- parts of opening, and of the session's frame ---- */

void times_opened(struct session *s);
void times_update(struct session *s);
/* In µs of the clock; VB_NO_TIME: nothing will change by itself. */
vb_time times_next(const struct session *s);
void times_leave(struct session *s);
