/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last pages of an Ogg file (RFC 3533). */
#include "audio/ogg.h"

#include <string.h>

enum { TAIL = 256 * 1024, PAGE_HEAD = 27, FIRST_PACKET = 28 };

static uint64_t little_endian(const uint8_t *b, int count)
{
    uint64_t value = 0;
    while (count--)
        value = value << 8 | b[count];
    return value;
}

struct ogg_tail ogg_read_tail(struct reader *reader, int64_t start)
{
    struct ogg_tail tail = {0};
    int64_t size = reader->from.size, from = size - start > TAIL ? size - TAIL : start;
    for (int64_t at = from; at + PAGE_HEAD <= size; at++) {
        const uint8_t *b = reader_peek(reader, at, PAGE_HEAD);
        if (!b || memcmp(b, "OggS", 5) != 0)
            continue;
        uint64_t end = little_endian(b + 6, 8); /* all ones: no packet ends in this page */
        if (end == UINT64_MAX || end <= tail.last)
            continue;
        tail.before = tail.last;
        tail.last = end;
    }
    return tail;
}

/* The first page at `at` or a little behind. NULL: none is near. */
static const uint8_t *next_page(struct reader *reader, int64_t at)
{
    enum { LONGEST_PAGE = 65307 };
    const uint8_t *b;
    for (int64_t until = at + LONGEST_PAGE; at < until; at++)
        if ((b = reader_peek(reader, at, PAGE_HEAD)) && memcmp(b, "OggS", 5) == 0)
            return b;
    return NULL;
}

bool ogg_looks_chained(struct reader *reader, int64_t start)
{
    enum { SERIAL_AT = 14, SEQUENCE_AT = 18, PLACES = 16 };
    const uint8_t *b = next_page(reader, start);
    uint64_t serial = b ? little_endian(b + SERIAL_AT, 4) : 0, last = 0;
    int64_t size = reader->from.size - start;
    for (int i = 1; b && i <= PLACES; i++) {
        bool is_end = i == PLACES;
        int64_t at = is_end ? size - (size < TAIL / 4 ? size : TAIL / 4) : size / PLACES * i;
        b = next_page(reader, start + at);
        if (!b)
            return false;
        uint64_t sequence = little_endian(b + SEQUENCE_AT, 4);
        if (little_endian(b + SERIAL_AT, 4) != serial || sequence < last)
            return true;
        last = is_end ? last : sequence;
    }
    return false;
}

bool ogg_is_chained(struct reader *reader, int64_t start)
{
    enum { BEGINS_STREAM = 2 };
    int64_t at = start;
    const uint8_t *b;
    while ((b = reader_peek(reader, at, PAGE_HEAD))) {
        if (memcmp(b, "OggS", 5) != 0) {
            at++; /* rubbish: look for the next page */
            continue;
        }
        if (at > start && b[5] & BEGINS_STREAM)
            return true;
        size_t segments = b[26];
        if (!(b = reader_peek(reader, at, PAGE_HEAD + segments)))
            return false;
        at += PAGE_HEAD + (int64_t)segments;
        for (size_t i = 0; i < segments; i++)
            at += b[PAGE_HEAD + i];
    }
    return false;
}

uint32_t opus_skip(struct reader *reader, int64_t start)
{
    const uint8_t *b = reader_peek(reader, start + FIRST_PACKET + 10, 2);
    return b ? (uint32_t)little_endian(b, 2) : 0;
}
