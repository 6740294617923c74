/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the sound of a session is played, and by what. */
#pragma once

#include "app/session.h"

/* ---- the manner: each is a setting, and heard at once ---- */

void session_set_voice_up(struct session *s, bool on);
void session_set_skip_silences(struct session *s, bool on);
void session_set_sides(struct session *s, int sides);   /* enum vb_sides; others wrap around */
void session_set_rewind(struct session *s, int tenths); /* of a second, clamped to 0 … 100 */
void session_set_skip(struct session *s, int seconds);  /* of the arrow keys; 1 … 60 */
void session_mute(struct session *s);                   /* and back to the volume before */
/* All of it, for a sound just opened. */
void listening_apply(struct session *s);

/* ---- a text made on another copy ---- */

/* The text comes so much later in the sound than its times say; clamped to ten hours. */
void session_set_offset(struct session *s, vb_time offset);

/* ---- outputs ---- */

/* The default output may be another one by now, with a delay of its own. */
void session_look_at_output(struct session *s);
/* … every now and then: nobody tells when the user chooses another; a look is cheap. */
void session_look_at_output_again(struct session *s);
/* What is heard now comes out there; its own delay holds from now on. */
void session_output_is(struct session *s, const char *name);
void session_set_delay(struct session *s, int ms); /* of that output */
/* The output was taken away: pauses, and says so. */
void session_output_lost(struct session *s);
/* One is there that was not: the sound goes on with it when it has none. False: it has one, or
 * can't have this one. */
bool session_output_came(struct session *s);

/* ---- finding the delay by tapping along ---- */

void session_calibrate(struct session *s); /* begins, or begins again */
void session_tap(struct session *s);
void session_calibration_take(struct session *s); /* what was found */
void session_calibration_end(struct session *s);  /* and back to what was played */

/* ---- the seek bar's own window on the sound ---- */

/* The part of the sound that it shows. */
struct bar_part session_bar_part(const struct session *s);
/* `by` steps nearer, in or out below 0; what is at `around` stays where it is. */
void session_bar_zoom(struct session *s, int by, vb_time around);
void session_bar_move(struct session *s, vb_time by);
void session_bar_all(struct session *s);
/* What is heard comes into sight as it leaves the part. */
void session_bar_follow(struct session *s);

/* Chapters of the sound's own tags; as many as are known yet. */
const struct vb_sound_chapter *session_chapters(const struct session *s, size_t *count);
