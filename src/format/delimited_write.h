/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables are written with a heading, and with a column for speakers where there are any: tsv in
 * whole milliseconds as Whisper has it, csv in seconds. */
#pragma once

#include "format/format.h"

bool delimited_write_tsv(const struct vb_transcript *t, const struct vb_timeline *times,
                         struct vb_write_options options, struct buf *out,
                         struct vb_error *error);
bool delimited_write_csv(const struct vb_transcript *t, const struct vb_timeline *times,
                         struct vb_write_options options, struct buf *out,
                         struct vb_error *error);
