/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a WAVE file. */
#include "audio/wav.h"

#include <string.h>

static uint32_t number(const struct wav *wav, const uint8_t *b, int count)
{
    uint32_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | b[wav->is_big_endian ? i : count - 1 - i];
    return value;
}

static void read_format(const uint8_t *chunk, uint32_t size, struct wav *wav)
{
    wav->format = (int)number(wav, chunk, 2);
    wav->channels = number(wav, chunk + 2, 2);
    wav->rate = number(wav, chunk + 4, 4);
    wav->frame_size = number(wav, chunk + 12, 2);
    wav->bits = number(wav, chunk + 14, 2);
    if (wav->format == WAV_EXTENSIBLE && size >= 26)
        wav->format = (int)number(wav, chunk + 24, 2);
}

bool wav_read(struct reader *reader, int64_t at, struct wav *wav)
{
    *wav = (struct wav){0};
    bool has_format = false;
    const uint8_t *form = reader_peek(reader, at, 4);
    wav->is_big_endian = form && memcmp(form, "RIFX", 4) == 0;
    at += 12;
    for (int chunk = 0; chunk < 64; chunk++) {
        const uint8_t *head = reader_peek(reader, at, 8);
        if (!head)
            return false;
        uint32_t size = number(wav, head + 4, 4);
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
