/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a WAVE file. */
#include "audio/wav.h"

#include <string.h>

static uint32_t little_endian(const uint8_t *b, int count)
{
    uint32_t value = 0;
    while (count--)
        value = value << 8 | b[count];
    return value;
}

static void read_format(const uint8_t *chunk, uint32_t size, struct wav *wav)
{
    wav->format = (int)little_endian(chunk, 2);
    wav->channels = little_endian(chunk + 2, 2);
    wav->rate = little_endian(chunk + 4, 4);
    wav->bits = little_endian(chunk + 14, 2);
    if (wav->format == WAV_EXTENSIBLE && size >= 26)
        wav->format = (int)little_endian(chunk + 24, 2);
}

bool wav_read(struct reader *reader, int64_t at, struct wav *wav)
{
    *wav = (struct wav){0};
    bool has_format = false;
    at += 12;
    for (int chunk = 0; chunk < 64; chunk++) {
        const uint8_t *head = reader_peek(reader, at, 8);
        if (!head)
            return false;
        uint32_t size = little_endian(head + 4, 4);
        bool is_format = memcmp(head, "fmt ", 4) == 0;
        if (memcmp(head, "data", 4) == 0) {
            wav->data_at = at + 8;
            wav->data_size = size;
            return has_format;
        }
        const uint8_t *body =
            is_format && size >= 16 ? reader_peek(reader, at + 8, size < 26 ? 16 : 26) : NULL;
        if (is_format && !body)
            return false;
        if (body)
            read_format(body, size, wav);
        has_format |= is_format;
        at += 8 + (int64_t)size + (size & 1);
    }
    return false;
}
