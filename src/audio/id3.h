/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tags that stand before the sound of an MP3: skipped, with title, artist and chapters
 * read.
 */
#pragma once

#include "audio/reader.h"
#include "verbatim/sound.h"

struct sound_tags {
    char title[256], artist[256]; /* UTF-8; empty: not said */
    struct vb_sound_chapter chapters[VB_CHAPTERS_MOST];
    size_t chapter_count;
};

/* Bytes that the ID3v2 tag at `at` takes; 0: none stands there.  A tag that claims to be longer
 * than the file counts as its 10 bytes of header, so that the sound behind it is found. */
int64_t id3_size(struct reader *reader, int64_t at);
/* Reads the tag at `at` into what is still empty in `tags`. */
void id3_read(struct reader *reader, int64_t at, struct sound_tags *tags);
