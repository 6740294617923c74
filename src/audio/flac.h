/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The true length of a FLAC file: its header may say none, or that of what was cut off. */
#pragma once

#include "audio/reader.h"

enum { FLAC_TOTAL_AT = 21, FLAC_TOTAL_BYTES = 5 }; /* half a byte, and four */

struct flac_length {
    uint64_t promised; /* by the header; 0: not said */
    uint64_t last;     /* samples up to the end of the last frame; 0: no frame was found */
    uint64_t before;   /* … up to its start: it may be cut */
};

/* `start`: where "fLaC" stands. */
struct flac_length flac_read_length(struct reader *reader, int64_t start);
/* Writes a total into the bytes at FLAC_TOTAL_AT. */
void flac_put_total(uint8_t bytes[FLAC_TOTAL_BYTES], uint64_t total);
