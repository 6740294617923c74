/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two halves of ELAN's format: fmt_eaf.c reads, eaf_write.c writes. */
#pragma once

#include "format/ids.h"
#include "format/rows.h"
#include "format/tree.h"
#include "format/xml.h"

bool eaf_write(const struct vb_transcript *t, const struct vb_timeline *times,
               struct vb_write_options options, struct buf *out, struct vb_error *error);
