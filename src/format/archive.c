/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The zip format: a header before each file, a directory of all at the end. */
#include "format/archive.h"

#include <assert.h>
#include <string.h>

/* The polynomial of ISO 3309, reflected, bit by bit: a hundred megabytes a second will do. */
static uint32_t crc32_of(vb_str bytes)
{
    static uint32_t table[256];
    if (!table[1])
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t c = i;
            for (int bit = 0; bit < 8; bit++)
                c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
            table[i] = c;
        }
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < bytes.len; i++)
        crc = table[(crc ^ (uint8_t)bytes.data[i]) & 0xFF] ^ (crc >> 8);
    return crc ^ 0xFFFFFFFFu;
}

static void put16(struct buf *out, uint32_t number)
{
    buf_putc(out, (char)(number & 0xFF));
    buf_putc(out, (char)(number >> 8 & 0xFF));
}

static void put32(struct buf *out, uint32_t number)
{
    put16(out, number & 0xFFFF);
    put16(out, number >> 16);
}

/* What a file's header and its line of the directory have in common. 1 January 1980. */
static void put_facts(struct buf *out, uint32_t crc, uint32_t size, uint32_t name)
{
    put16(out, 20);     /* version needed */
    put16(out, 0x0800); /* the name is UTF-8 */
    put16(out, 0);      /* stored */
    put16(out, 0);
    put16(out, 0x21);
    put32(out, crc);
    put32(out, size);
    put32(out, size);
    put16(out, name);
    put16(out, 0);
}

void archive_add(struct archive *archive, const char *name, vb_str bytes)
{
    uint32_t at = (uint32_t)archive->out->len, len = (uint32_t)strlen(name);
    uint32_t crc = crc32_of(bytes), size = (uint32_t)bytes.len;
    assert(archive->files < 0xFFFF && archive->out->len + bytes.len < 0xFFFF0000u);
    put32(archive->out, 0x04034B50);
    put_facts(archive->out, crc, size, len);
    buf_puts(archive->out, name);
    buf_add(archive->out, bytes);
    put32(&archive->directory, 0x02014B50);
    put16(&archive->directory, 20);
    put_facts(&archive->directory, crc, size, len);
    put16(&archive->directory, 0); /* comment */
    put16(&archive->directory, 0); /* disk */
    put16(&archive->directory, 0);
    put32(&archive->directory, 0);
    put32(&archive->directory, at);
    buf_puts(&archive->directory, name);
    archive->files++;
}

void archive_end(struct archive *archive)
{
    uint32_t at = (uint32_t)archive->out->len;
    buf_add(archive->out, (vb_str){archive->directory.data, archive->directory.len});
    put32(archive->out, 0x06054B50);
    put16(archive->out, 0);
    put16(archive->out, 0);
    put16(archive->out, archive->files);
    put16(archive->out, archive->files);
    put32(archive->out, (uint32_t)archive->directory.len);
    put32(archive->out, at);
    put16(archive->out, 0);
    buf_free(&archive->directory);
}
