/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The buckets of struct vb_peaks one by one, for what keeps them in a file. */
#pragma once

#include "verbatim/peaks.h"

enum { PEAKS_BUCKET_BYTES = 3 };

size_t peaks_count(const struct vb_peaks *peaks); /* buckets that are final */
void peaks_export(const struct vb_peaks *peaks, size_t i, uint8_t bytes[PEAKS_BUCKET_BYTES]);
/* Adds one at the end. False: these bytes are no bucket, or there is no room for more. */
bool peaks_import(struct vb_peaks *peaks, const uint8_t bytes[PEAKS_BUCKET_BYTES]);
/* No bucket follows: the sound is so long. */
void peaks_finish(struct vb_peaks *peaks, vb_time length);
