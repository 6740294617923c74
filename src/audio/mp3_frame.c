/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frames of an MP3 and the tag in the first one. */
#include "audio/mp3_frame.h"

#include <string.h>

/* ISO/IEC 11172-3 and 13818-3; kbit/s by [lower sampling rates][layer - 1][index]. */
static const uint16_t bitrates[2][3][15] = {
    {{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
     {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
     {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}},
    {{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
     {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
     {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}    },
};
static const int rates[3] = {44100, 48000, 32000};

static uint32_t size_of(const struct mp3_header *h, int kbits)
{
    if (kbits == 0)
        return 0;
    if (h->layer == 1)
        return (uint32_t)((12000 * kbits / h->rate + h->padding / 4) * 4);
    return (uint32_t)(h->samples / 8 * 1000 * kbits / h->rate + h->padding);
}

bool mp3_header_parse(const uint8_t b[4], struct mp3_header *h)
{
    static const int versions[4] = {MPEG_2_5, -1, MPEG_2, MPEG_1};
    int version = versions[b[1] >> 3 & 3], layer = 4 - (b[1] >> 1 & 3);
    int bitrate = b[2] >> 4, rate = b[2] >> 2 & 3;
    if (b[0] != 0xFF || (b[1] & 0xE0) != 0xE0 || version < 0 || layer == 4 || bitrate == 15 ||
        rate == 3 || (b[3] & 3) == 2)
        return false;
    bool low = version != MPEG_1;
    *h = (struct mp3_header){
        .version = (enum mp3_version)version,
        .layer = layer,
        .rate = rates[rate] >> version,
        .channels = b[3] >> 6 == 3 ? 1 : 2,
        .samples = layer == 1          ? 384
                   : layer == 3 && low ? 576
                                       : 1152,
        .free = bitrate == 0,
        .padding = (b[2] >> 1 & 1) * (layer == 1 ? 4 : 1),
    };
    h->size = size_of(h, bitrates[low][layer - 1][bitrate]);
    return true;
}

bool mp3_same_stream(const struct mp3_header *a, const struct mp3_header *b)
{
    return a->version == b->version && a->layer == b->layer && a->rate == b->rate &&
           a->channels == b->channels && a->free == b->free;
}

void mp3_stride_of(const uint8_t first[4], const struct mp3_header *like,
                   struct mp3_stride *stride)
{
    *stride = (struct mp3_stride){.is_mono = like->channels == 1};
    for (int i = 0; i < 4; i++)
        stride->same = stride->same << 8 | first[i];
    stride->same &= MP3_SAME;
    for (uint8_t i = 0; i < 32; i++) {
        struct mp3_header h;
        uint8_t rest = (uint8_t)((first[2] & 0x0C) | i >> 1 << 4 | (i & 1) << 1);
        const uint8_t bytes[4] = {first[0], first[1], rest, first[3]};
        if (mp3_header_parse(bytes, &h) && mp3_same_stream(&h, like))
            stride->sizes[i] =
                h.free ? like->size - (uint32_t)(like->padding - h.padding) : h.size;
    }
}

/* A free-format frame reaches to the next header like it.  0: there is none. */
static uint32_t free_size(struct reader *reader, int64_t at, const struct mp3_header *first)
{
    struct mp3_header next;
    for (uint32_t size = 24; size <= MP3_FRAME_MAX; size++) {
        const uint8_t *bytes = reader_peek(reader, at + size, 4);
        if (!bytes)
            return 0;
        if (mp3_header_parse(bytes, &next) && mp3_same_stream(first, &next))
            return size;
    }
    return 0;
}

int mp3_chain(struct reader *reader, int64_t at, int64_t end, int wanted,
              struct mp3_header *first)
{
    const uint8_t *bytes = reader_peek(reader, at, 4);
    if (!bytes || !mp3_header_parse(bytes, first))
        return 0;
    if (first->free && (first->size = free_size(reader, at, first)) == 0)
        return 0;
    uint32_t plain = first->size - (uint32_t)first->padding;
    at += first->size;
    int have = at <= end;
    while (have && have < wanted && at + 4 <= end) {
        struct mp3_header next;
        bytes = reader_peek(reader, at, 4);
        if (!bytes || !mp3_header_parse(bytes, &next) || !mp3_same_stream(first, &next))
            return 0;
        at += first->free ? plain + (uint32_t)next.padding : next.size;
        if (at > end)
            break; /* cut short by the end of the file */
        have++;
    }
    return have;
}

static uint32_t big_endian(const uint8_t *bytes, int count)
{
    uint32_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

static bool is_any_of(const uint8_t *bytes, const char *const *names)
{
    for (; *names; names++)
        if (memcmp(bytes, *names, 4) == 0)
            return true;
    return false;
}

/* Fraunhofer's tag always stands 32 bytes behind the header. */
static void read_vbri(const uint8_t *frame, size_t size, struct mp3_tag *tag)
{
    if (size < 36 + 18 || memcmp(frame + 36, "VBRI", 4) != 0 || big_endian(frame + 40, 2) != 1)
        return;
    tag->frames = big_endian(frame + 50, 4);
    tag->skip = tag->frames || big_endian(frame + 46, 4);
}

struct mp3_tag mp3_tag_read(const uint8_t *frame, size_t size, const struct mp3_header *header)
{
    static const char *const names[] = {"Xing", "Info", NULL};
    static const char *const encoders[] = {"LAME", "Lavf", "Lavc", NULL};
    enum { HAS_FRAMES = 1, HAS_BYTES = 2, HAS_TABLE = 4, HAS_QUALITY = 8 };
    static const size_t side_info[2][2] = {
        {32, 17},
        {17, 9 }
    };
    struct mp3_tag tag = {.delay = -1, .padding = -1};
    size_t at = 4 + side_info[header->version != MPEG_1][header->channels == 1];
    if (header->layer != 3 || size < at + 8 || !is_any_of(frame + at, names)) {
        read_vbri(frame, size, &tag);
        return tag;
    }
    uint32_t has = big_endian(frame + at + 4, 4), length = 0;
    at += 8;
    if (has & HAS_FRAMES && size >= at + 4)
        tag.frames = big_endian(frame + at, 4), at += 4;
    if (has & HAS_BYTES && size >= at + 4)
        length = big_endian(frame + at, 4), at += 4;
    at += (has & HAS_TABLE ? 100 : 0) + (has & HAS_QUALITY ? 4 : 0);
    tag.skip = tag.frames || length;
    /* 9 bytes of encoder, 12 of loudness and settings, then twice 12 bits. */
    if (size >= at + 24 && is_any_of(frame + at, encoders)) {
        uint32_t both = big_endian(frame + at + 21, 3);
        tag.delay = (int)(both >> 12);
        tag.padding = (int)(both & 0xFFF);
    }
    return tag;
}
