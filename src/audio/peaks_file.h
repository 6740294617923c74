/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peaks in a file: what took minutes of decoding is there at once the next time. */
#pragma once

#include "verbatim/peaks.h"

/* Writes all that is known, whole or not at all. */
bool peaks_save(const struct vb_peaks *peaks, const char *path, struct vb_error *error);
/* Fills fresh peaks. False: there is no such file, or it is damaged or of another version;
 * `peaks` are as they were. */
bool peaks_load(struct vb_peaks *peaks, const char *path, struct vb_error *error);
