/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ID3v2.2 to 2.4, as far as a player needs it.  See id3.org's id3v2.3.0 and id3v2.4.0. */
#include "audio/id3.h"

#include <stdlib.h>
#include <string.h>

#include "audio/tag_text.h"
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

/* Part of a tag, as bytes of a reader. */
struct piece {
    struct reader *reader;
    int64_t at, end;
    int version; /* 2, 3 or 4 */
};

struct frame {
    char id[5];
    struct piece content;
    bool is_plain; /* neither packed nor locked */
};

/* Takes the frame at the start of the piece off it. False: there is none (any more). */
static bool next_frame(struct piece *piece, struct frame *frame)
{
    int64_t head = piece->version == 2 ? 6 : 10;
    const uint8_t *b = reader_peek(piece->reader, piece->at, (size_t)head);
    if (!b || piece->at + head > piece->end || b[0] < 'A' || b[0] > 'Z')
        return false;
    *frame = (struct frame){.content = *piece, .is_plain = true};
    memcpy(frame->id, b, piece->version == 2 ? 3 : 4);
    int64_t size = piece->version == 2   ? big_endian(b + 3, 3)
                   : piece->version == 4 ? synchsafe(b + 4)
                                         : big_endian(b + 4, 4);
    if (piece->version == 3)
        frame->is_plain = !(b[9] & 0xC0);
    if (piece->version == 4)
        frame->is_plain = !(b[9] & 0x0F);
    frame->content.at = piece->at + head;
    frame->content.end = frame->content.at + size;
    piece->at = frame->content.end;
    return piece->at <= piece->end;
}

static void read_text(const struct piece *content, char *into, size_t room)
{
    char bytes[1024];
    size_t size = (size_t)(content->end - content->at);
    size = size < sizeof bytes ? size : sizeof bytes;
    size = reader_read(content->reader, content->at, bytes, size);
    if (into[0] || size < 2)
        return;
    vb_str text = {bytes + 1, size - 1};
    enum encoding encoding = encoding_of((uint8_t)bytes[0], &text);
    struct buf utf8 = {0};
    encoding_decode(text, 0, encoding, &utf8);
    if (utf8.data)
        tag_keep(str_of(utf8.data), into,
                 room); /* of several values, parted by NUL, the first */
    buf_free(&utf8);
}

/* A name that ends in NUL, four numbers, and frames of its own (id3v2-chapters-1.0). */
static void read_chapter(struct piece content, struct sound_tags *tags)
{
    const uint8_t *b;
    while ((b = reader_peek(content.reader, content.at, 1)) && *b && content.at < content.end)
        content.at++;
    b = reader_peek(content.reader, content.at, 17);
    if (!b || content.at + 17 > content.end || tags->chapter_count == COUNT(tags->chapters))
        return;
    struct vb_sound_chapter *chapter = &tags->chapters[tags->chapter_count++];
    *chapter = (struct vb_sound_chapter){.start = (vb_time)big_endian(b + 1, 4) * 1000,
                                         .end = (vb_time)big_endian(b + 5, 4) * 1000};
    content.at += 17;
    struct frame frame;
    while (next_frame(&content, &frame))
        if (strcmp(frame.id, "TIT2") == 0 && frame.is_plain)
            read_text(&frame.content, chapter->title, sizeof chapter->title);
}

static int by_start(const void *a, const void *b)
{
    const struct vb_sound_chapter *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static void read_frames(struct piece piece, struct sound_tags *tags)
{
    const struct {
        const char *old, *id;
        char *into;
        size_t room;
    } texts[] = {
        {"TT2", "TIT2", tags->title,  sizeof tags->title },
        {"TP1", "TPE1", tags->artist, sizeof tags->artist},
    };
    struct frame frame;
    while (next_frame(&piece, &frame)) {
        if (!frame.is_plain)
            continue;
        for (size_t i = 0; i < COUNT(texts); i++)
            if (strcmp(frame.id, piece.version == 2 ? texts[i].old : texts[i].id) == 0)
                read_text(&frame.content, texts[i].into, texts[i].room);
        if (strcmp(frame.id, "CHAP") == 0)
            read_chapter(frame.content, tags);
    }
    qsort(tags->chapters, tags->chapter_count, sizeof *tags->chapters, by_start);
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

static void skip_extended_header(struct piece *piece, uint8_t flags)
{
    const uint8_t *b = reader_peek(piece->reader, piece->at, 4);
    if (b && flags & EXTENDED && piece->version > 2)
        piece->at += piece->version == 4 ? synchsafe(b) : (int64_t)big_endian(b, 4) + 4;
}

/* A tag of which bytes were changed for old decoders is read from a copy that is put right;
 * text stands at its front by custom, and a cover of megabytes behind it is not needed. */
static void read_changed(struct piece piece, uint8_t flags, struct sound_tags *tags)
{
    enum { MOST = 256 * 1024 };
    size_t size = (size_t)(piece.end - piece.at);
    size = size < MOST ? size : MOST;
    uint8_t *data = mem_new(size);
    size_t len = resynchronise(data, reader_read(piece.reader, piece.at, data, size));
    struct reader *copy = mem_new(sizeof *copy);
    reader_init(copy, bytes_of((vb_str){(const char *)data, len}));
    piece = (struct piece){copy, 0, (int64_t)len, piece.version};
    skip_extended_header(&piece, flags);
    read_frames(piece, tags);
    reader_free(copy);
    free(copy);
    free(data);
}

void id3_read(struct reader *reader, int64_t at, struct sound_tags *tags)
{
    const uint8_t *b = reader_peek(reader, at, ID3_HEADER);
    if (!b || b[3] < 2 || b[3] > 4)
        return;
    uint8_t flags = b[5];
    struct piece piece = {reader, at + ID3_HEADER, at + ID3_HEADER + (int64_t)synchsafe(b + 6),
                          b[3]};
    if (piece.end > reader->from.size)
        piece.end = reader->from.size;
    if (flags & UNSYNCHRONISED && piece.version < 4) {
        read_changed(piece, flags, tags);
        return;
    }
    skip_extended_header(&piece, flags);
    read_frames(piece, tags);
}
