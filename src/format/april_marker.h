/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time marker as the page at hand writes its own. */
#pragma once

#include "base/buf.h"
#include "verbatim/transcript.h"

/* Adds the line of a marker, without its end. `page`: what `t` was read from. */
void april_marker(const struct vb_transcript *t, vb_str page, vb_time time, struct buf *out);
