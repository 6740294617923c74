/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a RIFF, RIFX or RF64 WAVE file, read before a library allocates for what it
 * claims.
 */
#pragma once

#include "audio/reader.h"

enum { WAV_MP3 = 0x55, WAV_EXTENSIBLE = 0xFFFE };
#define WAV_UNKNOWN 0x7FFF0000U /* bytes: writers into pipes claim as much, or more */

struct wav {
    int format; /* 1 PCM, 3 float, 6 A-law, 7 µ-law, WAV_MP3 …; extensible is looked through */
    uint32_t rate, channels, bits;
    uint32_t frame_size; /* bytes; of packed kinds, those of a packet */
    bool is_big_endian;
    int64_t data_at;
    uint64_t data_size; /* as claimed */
};

/* False: no usable header. */
bool wav_read(struct reader *reader, int64_t at, struct wav *wav);
