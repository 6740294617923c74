/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The true length of a FLAC file (RFC 9639): every frame says which sample it begins with. */
#include "audio/flac.h"

#include <string.h>

enum { TAIL = 1024 * 1024, FRAME_HEAD_MAX = 16 };

static uint8_t crc8(const uint8_t *bytes, size_t count)
{
    unsigned crc = 0;
    while (count--) {
        crc ^= *bytes++;
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 0x80 ? crc << 1 ^ 0x107 : crc << 1;
    }
    return (uint8_t)crc;
}

/* The number of a frame or sample, coded as UTF-8 is, up to 7 bytes. Returns its bytes; 0:
 * none. */
static size_t read_number(const uint8_t *b, uint64_t *number)
{
    size_t more = 0;
    while (more < 7 && b[0] & 0x80 >> more)
        more++;
    if (more == 0) {
        *number = b[0];
        return 1;
    }
    if (more == 1)
        return 0;
    *number = b[0] & (0x7F >> more);
    for (size_t i = 1; i < more; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0;
        *number = *number << 6 | (b[i] & 0x3F);
    }
    return more;
}

static uint32_t block_size(unsigned code, const uint8_t *behind, size_t *bytes)
{
    *bytes = code == 6 ? 1 : code == 7 ? 2 : 0;
    switch (code) {
    case 0:
        return 0;
    case 1:
        return 192;
    case 6:
        return behind[0] + 1U;
    case 7:
        return ((uint32_t)behind[0] << 8 | behind[1]) + 1U;
    default:
        return code < 6 ? 576U << (code - 2) : 256U << (code - 8);
    }
}

/* A frame head with a right checksum: what it begins with, and how long it is. */
static bool read_head(const uint8_t *b, uint32_t fixed_block, uint64_t *begin, uint32_t *block)
{
    static const size_t rate_bytes[16] = {[12] = 1, [13] = 2, [14] = 2};
    if (b[0] != 0xFF || (b[1] & 0xFE) != 0xF8 || b[2] >> 4 == 0 || (b[2] & 15) == 15 ||
        b[3] & 1)
        return false;
    size_t number_bytes = read_number(b + 4, begin), block_bytes;
    if (!number_bytes)
        return false;
    *block = block_size(b[2] >> 4, b + 4 + number_bytes, &block_bytes);
    size_t count = 4 + number_bytes + block_bytes + rate_bytes[b[2] & 15];
    if (count >= FRAME_HEAD_MAX || crc8(b, count) != b[count])
        return false;
    if (!(b[1] & 1))
        *begin *= fixed_block;
    return true;
}

struct span { /* of a frame, in samples */
    uint64_t begin, end;
};

/* Pictures and rubbish hold heads with a right checksum now and then, by chance: one is believed
 * when the frame before it ends where it begins. */
static void take_frame(struct flac_length *length, struct span *before, struct span frame)
{
    bool goes_on = frame.begin == length->last;
    bool begins_anew = frame.begin == before->end && frame.begin > length->last;
    if (goes_on || begins_anew) {
        length->before = frame.begin;
        length->last = frame.end;
    }
    *before = frame;
}

struct flac_length flac_read_length(struct reader *reader, int64_t start)
{
    struct flac_length length = {0};
    uint8_t head[FLAC_TOTAL_AT + FLAC_TOTAL_BYTES];
    if (reader_read(reader, start, head, sizeof head) < sizeof head)
        return length;
    uint32_t fixed_block = (uint32_t)head[10] << 8 | head[11];
    for (int i = 0; i < FLAC_TOTAL_BYTES; i++)
        length.promised =
            length.promised << 8 | (i ? head[FLAC_TOTAL_AT + i] : head[FLAC_TOTAL_AT] & 15U);
    int64_t size = reader->from.size, from = size - start > TAIL ? size - TAIL : start;
    struct span before = {0};
    for (int64_t at = from; at + FRAME_HEAD_MAX <= size; at++) {
        const uint8_t *b = reader_peek(reader, at, FRAME_HEAD_MAX);
        uint64_t begin;
        uint32_t block;
        if (b && read_head(b, fixed_block, &begin, &block))
            take_frame(&length, &before, (struct span){begin, begin + block});
    }
    return length;
}

void flac_put_total(uint8_t bytes[FLAC_TOTAL_BYTES], uint64_t total)
{
    bytes[0] = (uint8_t)((bytes[0] & 0xF0) | (total >> 32 & 15));
    for (int i = 1; i < FLAC_TOTAL_BYTES; i++)
        bytes[i] = (uint8_t)(total >> (32 - 8 * i));
}
