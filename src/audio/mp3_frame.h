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

#define MP3_FRAME_MAX 4608 /* bytes; free format may not have larger ones either */

bool mp3_header_parse(const uint8_t bytes[4], struct mp3_header *header);
/* May the one follow the other in the same stream? */
bool mp3_same_stream(const struct mp3_header *a, const struct mp3_header *b);

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
