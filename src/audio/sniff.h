/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file holds, by its content: names lie, and decoders will "play" anything. */
#pragma once

#include "audio/id3.h"
#include "audio/mp3_frame.h"

enum sound_kind {
    SOUND_NONE,
    SOUND_MP3,
    SOUND_WAV,
    SOUND_FLAC,
    SOUND_VORBIS,
    SOUND_OPUS,
    SOUND_OTHER, /* none of these: `name` says what */
};

struct sniffed {
    enum sound_kind kind;
    int64_t start;    /* the first byte of sound: behind tags and rubbish */
    int64_t junk;     /* bytes of rubbish before it */
    const char *name; /* SOUND_OTHER: what it is, for a person */
    bool is_unknown;  /* SOUND_NONE: nothing here knows what it is */
    bool is_chained;  /* Ogg: other recordings follow the first */
    struct sound_tags tags;
    struct mp3_header mp3; /* of the first frame */
};

#define SNIFF_LIMIT (256 * 1024) /* bytes behind the tags in which an MP3 must begin */

/* False: nothing that could be played, `error` says what it is instead. */
bool sniff(struct reader *reader, struct sniffed *found, struct vb_error *error);
