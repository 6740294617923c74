/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sound file is, without playing it. */
#pragma once

#include "verbatim/error.h"

struct vb_sound_note {
    char text[200]; /* what was odd: "starts with 65536 bytes that are no sound" */
    bool is_loss;   /* a part of the sound is missing, or is not played */
};

#define VB_CHAPTERS_MOST 256 /* those of a book; more are left out */

struct vb_sound_chapter {
    vb_time start, end;
    char title[128];
};

struct vb_sound_info {
    char codec[24]; /* "mp3", "wav", "flac", "vorbis", "opus" */
    int rate, channels;
    vb_time duration;             /* exact: every frame counted; VB_NO_TIME: not known */
    char title[256], artist[256]; /* from its tags; empty when there are none */
    struct vb_sound_chapter chapters[VB_CHAPTERS_MOST]; /* from its tags, by time */
    size_t chapter_count;
    struct vb_sound_note notes[8];
    size_t note_count;
};

/* Does the content look like sound that we may know? Looks at no more than the first 256 KiB.
 */
VB_API bool vb_is_sound(const char *path);
/* False: not sound, or broken beyond use; `error` says what was found. */
VB_API bool vb_sound_read_info(const char *path, struct vb_sound_info *info,
                               struct vb_error *error);
