/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a sound file.  The first one chooses the door: what is sniffed and read of tags,
 * the first frame of an MP3, the index of its frames, or all of it, decoded and jumped about
 * in.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "audio/mp3_index.h"
#include "audio/source.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libsndfile forgets what libvorbis allocated when a header is broken. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libvorbis\nleak:libsndfile\n";
}

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void decode(vb_str data)
{
    enum { PART = 512, PARTS = 200 };
    float frames[PART * 2];
    struct vb_error error;
    struct source *s = source_of(data, (struct source_news){NULL, NULL}, &error);
    if (!s)
        return;
    for (int i = 0; i < PARTS && source_read(s, frames, PART) == PART; i++)
        ;
    bool exact;
    uint64_t length = source_length(s, &exact);
    source_seek(s, length == SOURCE_UNKNOWN ? 4000 : length / 2);
    source_read(s, frames, PART);
    source_seek(s, data.len * 7);
    source_read(s, frames, PART);
    struct vb_sound_info info;
    source_describe(s, &info);
    source_close(s);
}

static void sniff_tags(vb_str data)
{
    struct sniffed what;
    struct vb_error error = {0};
    bool known = source_sniff(bytes_of(data), &what, &error);
    must(known || error.text[0]);
    must(what.start >= 0 && what.tags.chapter_count <= COUNT(what.tags.chapters));
    for (size_t i = 1; i < what.tags.chapter_count; i++)
        must(what.tags.chapters[i - 1].start <= what.tags.chapters[i].start);
}

static void read_first_frame(vb_str data)
{
    const uint8_t *bytes = (const uint8_t *)data.data;
    struct mp3_header header;
    for (size_t at = 0; at + 4 <= data.len && at < 64; at++) {
        if (!mp3_header_parse(bytes + at, &header))
            continue;
        must(header.rate >= 8000 && header.samples >= 384);
        struct mp3_tag tag = mp3_tag_read(bytes + at, data.len - at, &header);
        must(tag.delay < 4096 && tag.padding < 4096);
    }
}

/* Each sample is in the run and behind the place that the index tells. */
static void look_up(struct mp3_index *index, uint64_t samples, uint64_t sample)
{
    struct mp3_place place, again;
    if (mp3_index_at(index, sample, &place) != MP3_FOUND) {
        must(sample + 5000 > samples);
        return;
    }
    must(place.indexed <= place.frame && place.run.first <= place.frame);
    must(place.frame < place.run.first + place.run.count);
    must(mp3_index_frame(index, place.frame, &again) && again.at == place.at);
}

static void index_frames(vb_str data)
{
    struct sniffed what;
    atomic_bool stop = false;
    if (!source_sniff(bytes_of(data), &what, NULL) || what.kind != SOUND_MP3)
        return;
    struct mp3_index *index = mp3_index_new(bytes_of(data), what.start, &what.mp3);
    mp3_index_scan(index, &stop);
    uint64_t samples = mp3_index_wait(index);
    for (uint64_t i = 0; i <= 64; i++)
        look_up(index, samples, samples * i / 64);
    mp3_index_free(index);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const doors[])(vb_str) = {decode, sniff_tags, read_first_frame, index_frames};
    if (size > 0)
        doors[data[0] % COUNT(doors)]((vb_str){(const char *)data + 1, size - 1});
    return 0;
}
