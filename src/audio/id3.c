/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ID3v2.2 to 2.4, as far as a player needs it.  See id3.org's id3v2.3.0 and id3v2.4.0. */
#include "audio/id3.h"

#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/mem.h"
#include "base/str.h"

enum { ID3_HEADER = 10, UNSYNCHRONISED = 0x80, EXTENDED = 0x40, FOOTER = 0x10 };

/* 7 bits a byte, so that no byte looks like the start of a frame. */
static uint32_t synchsafe(const uint8_t b[4])
{
    return (uint32_t)(b[0] & 127) << 21 | (uint32_t)(b[1] & 127) << 14 |
           (uint32_t)(b[2] & 127) << 7 | (b[3] & 127);
}

static uint32_t big_endian(const uint8_t *b, int count)
{
    uint32_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | b[i];
    return value;
}

int64_t id3_size(struct reader *reader, int64_t at)
{
    const uint8_t *b = reader_peek(reader, at, ID3_HEADER);
    if (!b || memcmp(b, "ID3", 3) != 0 || b[3] == 0xFF || b[4] == 0xFF)
        return 0;
    int64_t size = ID3_HEADER + (int64_t)synchsafe(b + 6) + (b[5] & FOOTER ? ID3_HEADER : 0);
    return at + size <= reader->from.size ? size : ID3_HEADER;
}

static void keep(char *into, size_t room, const struct buf *text)
{
    /* Several values are parted by NUL (2.4): the first is enough. */
    vb_str value = str_trim(str_of(text->data));
    if (value.len >= room) {
        value.len = room - 1;
        while (value.len && ((unsigned char)value.data[value.len] & 0xC0) == 0x80)
            value.len--; /* not in half a character */
    }
    memcpy(into, value.data, value.len);
    into[value.len] = '\0';
}

static enum encoding encoding_of(uint8_t mark, vb_str *text)
{
    bool swapped = text->len >= 2 && (uint8_t)text->data[0] == 0xFE;
    bool marked = swapped || (text->len >= 2 && (uint8_t)text->data[0] == 0xFF);
    switch (mark) {
    case 1:
        *text = str_from(*text, marked ? 2 : 0);
        return swapped ? ENC_UTF16BE : ENC_UTF16LE;
    case 2:
        return ENC_UTF16BE;
    case 3:
        return ENC_UTF8;
    default:
        /* Latin-1 by the letter; in practice whatever the writer's machine used. */
        return encoding_guess(*text, &(size_t){0}) == ENC_UTF8 ? ENC_UTF8 : ENC_WINDOWS_1252;
    }
}

static void read_text(vb_str frame, char *into, size_t room)
{
    if (into[0] || frame.len < 2)
        return;
    vb_str text = str_from(frame, 1);
    enum encoding encoding = encoding_of((uint8_t)frame.data[0], &text);
    struct buf utf8 = {0};
    encoding_decode(text, 0, encoding, &utf8);
    if (utf8.data)
        keep(into, room, &utf8);
    buf_free(&utf8);
}

static void take_frame(const uint8_t *id, vb_str content, struct sound_tags *tags)
{
    if (memcmp(id, "TIT2", 4) == 0 || memcmp(id, "TT2", 3) == 0)
        read_text(content, tags->title, sizeof tags->title);
    if (memcmp(id, "TPE1", 4) == 0 || memcmp(id, "TP1", 3) == 0)
        read_text(content, tags->artist, sizeof tags->artist);
}

/* Takes out the zero that was put behind each 0xFF.  Returns the new length. */
static size_t resynchronise(uint8_t *data, size_t len)
{
    size_t kept = 0;
    for (size_t i = 0; i < len; i++) {
        data[kept++] = data[i];
        if (data[i] == 0xFF && i + 1 < len && data[i + 1] == 0)
            i++;
    }
    return kept;
}

static void read_frames(const uint8_t *data, size_t len, int version, struct sound_tags *tags)
{
    size_t header = version == 2 ? 6 : 10;
    size_t at = 0;
    while (at + header <= len && data[at] >= 'A' && data[at] <= 'Z') {
        const uint8_t *id = data + at;
        size_t size = version == 2   ? big_endian(id + 3, 3)
                      : version == 4 ? synchsafe(id + 4)
                                     : big_endian(id + 4, 4);
        at += header;
        if (size > len - at)
            return;
        take_frame(id, (vb_str){(const char *)data + at, size}, tags);
        at += size;
    }
}

void id3_read(struct reader *reader, int64_t at, struct sound_tags *tags)
{
    uint8_t header[ID3_HEADER];
    if (reader_read(reader, at, header, sizeof header) < sizeof header)
        return;
    /* Text stands at the front by custom; a cover of megabytes behind it is not needed. */
    size_t room = synchsafe(header + 6);
    room = room < 256 * 1024 ? room : 256 * 1024;
    uint8_t *data = mem_new(room + 1);
    size_t len = reader_read(reader, at + ID3_HEADER, data, room);
    if (header[5] & UNSYNCHRONISED && header[3] < 4)
        len = resynchronise(data, len);
    size_t skip = 0;
    if (header[5] & EXTENDED && len >= 4)
        skip = header[3] == 4 ? synchsafe(data) : (size_t)big_endian(data, 4) + 4;
    if (skip < len)
        read_frames(data + skip, len - skip, header[3], tags);
    free(data);
}
