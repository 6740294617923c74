/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few values that every part of Verbatim speaks in: strings, times, byte ranges. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VB_API __attribute__((visibility("default")))

/* A view of UTF-8 text. Owns nothing, need not end in NUL; lives as long as what it looks into.
 */
typedef struct {
    const char *data;
    size_t len;
} vb_str;

#define VB_STR(literal) ((vb_str){literal, sizeof(literal) - 1})

/* Microseconds of media. 0 is the first sample that ffmpeg puts out for the file. */
typedef int64_t vb_time;

#define VB_NO_TIME INT64_MIN
#define VB_SECOND  ((vb_time)1000000)

/* A stretch of sound, from `start` up to `end`. */
struct vb_stretch {
    vb_time start, end;
};

/* An index (word, turn, speaker …) that stands for "none". */
#define VB_NONE UINT32_MAX

/* Bytes of the text that was read, from 0. len 0: stands nowhere. */
struct vb_span {
    uint32_t at, len;
};
