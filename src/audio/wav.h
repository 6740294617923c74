/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a RIFF or RF64 WAVE file, read before a library allocates for what it claims.
 */
#pragma once

#include "audio/reader.h"

enum { WAV_MP3 = 0x55, WAV_EXTENSIBLE = 0xFFFE };

struct wav {
    int format; /* 1 PCM, 3 float, 6 A-law, 7 µ-law, WAV_MP3 …; extensible is looked through */
    uint32_t rate, channels, bits;
    int64_t data_at;
    uint64_t data_size; /* as claimed */
};

/* False: no usable header. */
bool wav_read(struct reader *reader, int64_t at, struct wav *wav);
