/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WebVTT is written with a voice for each speaker, with the times of words where they are asked
 * for, and with what was laid aside when a WebVTT file was read: ids and settings of cues,
 * remarks, styles and regions, each where it stood. */
#pragma once

#include "format/format.h"

bool vtt_write(const struct vb_transcript *t, const struct vb_timeline *times,
               struct vb_write_options options, struct buf *out, struct vb_error *error);
