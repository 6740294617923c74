/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a sound file: sniffed, their tags read, decoded, jumped about in. */
#include <stddef.h>
#include <stdint.h>

#include "audio/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libsndfile forgets what libvorbis allocated when a header is broken. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libvorbis\nleak:libsndfile\n";
}

/* Tags of the first frame are read from bytes that no chain of frames vouches for. */
static void read_first_frame(const uint8_t *data, size_t size)
{
    struct mp3_header header;
    if (size >= 4 && mp3_header_parse(data, &header))
        mp3_tag_read(data, size, &header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { PART = 512, PARTS = 200 };
    float frames[PART * 2];
    struct vb_error error;
    read_first_frame(data, size);
    struct source *s =
        source_of((vb_str){(const char *)data, size}, (struct source_news){NULL, NULL}, &error);
    if (!s)
        return 0;
    for (int i = 0; i < PARTS && source_read(s, frames, PART) == PART; i++)
        ;
    bool exact;
    uint64_t length = source_length(s, &exact);
    source_seek(s, length == SOURCE_UNKNOWN ? 4000 : length / 2);
    source_read(s, frames, PART);
    source_seek(s, size * 7);
    source_read(s, frames, PART);
    struct vb_sound_info info;
    source_describe(s, &info);
    source_close(s);
    return 0;
}
