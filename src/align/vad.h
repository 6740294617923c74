/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which frames are loud enough to be a voice. */
#pragma once

#include "align/features.h"

/* Fills f->is_voice from raw cepstra. */
void vad_mark(struct features *f);
