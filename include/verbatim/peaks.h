/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole of a sound at a glance: how loud it is in every fiftieth of a second, and where
 * nobody speaks.
 *
 * One thread fills, any other may look at what is there so far; nobody waits. */
#pragma once

#include "verbatim/error.h"
#include "verbatim/task.h"

struct vb_peak { /* of a stretch of sound; full scale is 1 */
    float low, high;
    float rms;
};

struct vb_peaks;

VB_API struct vb_peaks *vb_peaks_new(void);
VB_API void vb_peaks_free(struct vb_peaks *peaks); /* nobody fills or looks any more */

/* Reads the whole file; once for one struct vb_peaks. False: cancelled (VB_CANCELLED), or it is
 * no sound. What was read until then stays. */
VB_API bool vb_peaks_fill(struct vb_peaks *peaks, const char *sound_path,
                          const struct vb_task *task, struct vb_error *error);

/* How far it is known; the length of the sound when all is. */
VB_API vb_time vb_peaks_known(const struct vb_peaks *peaks);
/* From the bucket that `from` lies in to the one before `to`, at least one. False: not known
 * yet. Takes no longer for an hour than for a minute. */
VB_API bool vb_peaks_over(const struct vb_peaks *peaks, vb_time from, vb_time to,
                          struct vb_peak *peak);
/* The first stretch of at least `shortest` that begins at or after `from` and in which nobody
 * speaks: much quieter than the rest. False: there is none, as far as is known. */
VB_API bool vb_peaks_next_silence(const struct vb_peaks *peaks, vb_time from, vb_time shortest,
                                  vb_time *start, vb_time *end);
/* Where somebody speaks, and does not only play music: in order, as far as is known. free() it.
 * Some 0.02 s for an hour. */
VB_API struct vb_stretch *vb_peaks_speech(const struct vb_peaks *peaks, size_t *count);
