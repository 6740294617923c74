/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two sides of a comparison. */
#pragma once

#include "verbatim/compare.h"

const struct vb_transcript *compared_text(const struct vb_comparison *c);
const struct vb_transcript *compared_other(const struct vb_comparison *c);
