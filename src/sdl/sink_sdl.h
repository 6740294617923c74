/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound card, by SDL. */
#pragma once

#include "verbatim/player.h"

extern const struct vb_sink sink_sdl;
