/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound card, by SDL. */
#pragma once

#include "verbatim/player.h"

extern const struct vb_sink sink_sdl;

/* Is it a device that the sink opened? (SDL tells of others, too.) */
bool sink_sdl_owns(uint32_t device);
/* When all cards are closed. */
void sink_sdl_end(void);
