/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frames of an MP3: what four bytes of header say, and what an encoder left in the first
 * frame (the Xing, Info, LAME and VBRI tags). */
#pragma once

#include "audio/reader.h"

enum mp3_version { MPEG_1, MPEG_2, MPEG_2_5 };

struct mp3_header {
    enum mp3_version version;
    int layer; /* 1 … 3 */
    int rate, channels;
    int samples;   /* a frame, each channel */
    bool free;     /* free format: only the next frame tells where this one ends */
    uint32_t size; /* of the frame in bytes; free format: 0 until found out */
    int padding;   /* bytes that this frame has more than others */
};

#define MP3_FRAME_MIN 16   /* bytes, and fewer than any frame has */
#define MP3_FRAME_MAX 4608 /* bytes; free format may not have larger ones either */

bool mp3_header_parse(const uint8_t bytes[4], struct mp3_header *header);
/* May the one follow the other in the same stream? */
bool mp3_same_stream(const struct mp3_header *a, const struct mp3_header *b);

#define MP3_SAME 0xFFFE0C00U /* sync, version, layer, sampling rate */
#define MP3_MONO 0x000000C0U

/* The headers that may follow in the same stream, and how large their frames are: a walk from
 * frame to frame looks here instead of reading each header in full. */
struct mp3_stride {
    uint32_t same;      /* the bits of a header that stay, as big-endian number */
    bool is_mono;       /* … and the one that may only change among two channels */
    uint32_t sizes[32]; /* by bit rate and padding; 0: none such */
};

void mp3_stride_of(const uint8_t first[4], const struct mp3_header *like,
                   struct mp3_stride *stride);
/* The size of the frame whose header this is; 0: it is of another stream, or no header. */
static inline uint32_t mp3_stride(const struct mp3_stride *stride, const uint8_t b[4])
{
    uint32_t header = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    bool is_mono = (header & MP3_MONO) == MP3_MONO, is_reserved = (header & 3) == 2;
    if ((header & MP3_SAME) != stride->same || is_mono != stride->is_mono || is_reserved)
        return 0;
    return stride->sizes[(b[2] >> 4) * 2 + (b[2] >> 1 & 1)];
}

/* How many frames stand in a row from `at` on, up to `wanted`.  0: none, or fewer than wanted
 * although the file, which ends at `end`, goes on.  Fills in the first, its size too. */
int mp3_chain(struct reader *reader, int64_t at, int64_t end, int wanted,
              struct mp3_header *first);

struct mp3_tag {
    bool skip;          /* the first frame holds nothing but this tag: it is not played */
    uint32_t frames;    /* as promised; 0: not said */
    int delay, padding; /* samples before and behind the sound; -1: not said */
};

/* Reads the tag in the first frame, `frame`, as ffmpeg does, so that both count time alike. */
struct mp3_tag mp3_tag_read(const uint8_t *frame, size_t size, const struct mp3_header *header);
