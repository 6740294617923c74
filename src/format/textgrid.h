/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two halves of Praat's format: fmt_textgrid.c reads, textgrid_write.c writes. */
#pragma once

#include "format/rows.h"

bool textgrid_write(const struct vb_transcript *t, const struct vb_timeline *times,
                    struct vb_write_options options, struct buf *out, struct vb_error *error);
