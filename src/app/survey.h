/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a worker finds out about a whole sound while it is already being heard: its chapters,
 * and how loud it is from beginning to end.
 *
 * One thread of low priority. What it finds appears as it grows; the loudness is kept in the
 * cache (by the sound's content) and is there at once the next time. */
#pragma once

#include "verbatim/peaks.h"
#include "verbatim/sound.h"

struct survey;

/* `sound_key`: its content_key_of_sound(), where that was worked out; NULL or "": it wasn't.
 * `notify` is called on the worker, now and then, when there is something new to look at. NULL:
 * there are no more threads; then there is no survey. */
struct survey *survey_start(const char *sound_path, const char *sound_key,
                            void (*notify)(void *ctx), void *ctx);
void survey_stop(struct survey *survey); /* NULL is allowed */

const struct vb_peaks *survey_peaks(const struct survey *survey);
bool survey_is_done(const struct survey *survey); /* nothing will be added */
/* What the file says of itself; NULL: not read yet, or it can't be. */
const struct vb_sound_info *survey_info(const struct survey *survey);
/* Takes what is kept of this sound out of the cache; NULL: of all sounds. */
void survey_forget(const char *sound_path);
