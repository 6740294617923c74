/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/support_shot.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "sdl/paint.h"

struct shot shot_take(struct screen *on, struct fonts *fonts, int width, int height)
{
    struct shot shot = {width, height, mem_new((size_t)width * (size_t)height * 3)};
    uint32_t *pixels = mem_new((size_t)width * (size_t)height * sizeof *pixels);
    struct canvas canvas = {(uint8_t *)pixels, width * 4, width, height, 16, 8, 0};
    struct rect painted[PAINT_RECTS_MAX];
    struct paint *paint = paint_new(fonts);
    screen_draw(on, width, height); /* what it finds out, the second drawing knows */
    paint_frame(paint, screen_draw(on, width, height), &canvas, true, painted);
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++)
        for (int channel = 0; channel < 3; channel++)
            shot.rgb[3 * i + (size_t)channel] = (uint8_t)(pixels[i] >> (16 - 8 * channel));
    paint_free(paint);
    free(pixels);
    return shot;
}

void shot_free(struct shot *shot)
{
    free(shot->rgb);
    *shot = (struct shot){0};
}

/* FNV-1a over 64 bits. */
uint64_t shot_hash(const struct shot *shot, struct rect at)
{
    uint64_t hash = 0xCBF29CE484222325u;
    at = rect_cut(at, (struct rect){0, 0, shot->width, shot->height});
    for (int y = at.y; y < at.y + at.h; y++) {
        const uint8_t *row = shot->rgb + ((size_t)y * (size_t)shot->width + (size_t)at.x) * 3;
        for (int i = 0; i < at.w * 3; i++)
            hash = (hash ^ row[i]) * 0x100000001B3u;
    }
    return hash;
}

/* ---- PNG ---- */

static void put_number(struct buf *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_putc(out, (char)(number >> shift));
}

static uint32_t crc_of(vb_str bytes)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= (uint8_t)bytes.data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static void put_chunk(struct buf *out, const char *name, vb_str bytes)
{
    struct buf chunk = {0};
    buf_puts(&chunk, name);
    buf_add(&chunk, bytes);
    put_number(out, (uint32_t)bytes.len);
    buf_add(out, buf_str(&chunk));
    put_number(out, crc_of(buf_str(&chunk)));
    buf_free(&chunk);
}

/* Stored blocks of zlib: each row with a filter byte before it. */
static void put_rows(struct buf *out, const struct shot *shot)
{
    uint32_t a = 1, b = 0;
    uint16_t len = (uint16_t)(shot->width * 3 + 1);
    buf_putc(out, 0x78);
    buf_putc(out, 0x01);
    for (int y = 0; y < shot->height; y++) {
        const uint8_t *row = shot->rgb + (size_t)y * (size_t)shot->width * 3;
        char head[6] = {y + 1 == shot->height, (char)len, (char)(len >> 8), (char)~len,
                        (char)(~len >> 8),     0};
        buf_add(out, (vb_str){head, sizeof head});
        buf_add(out, (vb_str){(const char *)row, len - 1u});
        b = (b + a) % 65521; /* the filter byte */
        for (int i = 0; i < len - 1; i++) {
            a = (a + row[i]) % 65521;
            b = (b + a) % 65521;
        }
    }
    put_number(out, b << 16 | a);
}

void shot_write(const struct shot *shot, const char *path)
{
    struct buf file = {0}, part = {0};
    buf_add(&file, (vb_str){"\x89PNG\r\n\x1a\n", 8});
    put_number(&part, (uint32_t)shot->width);
    put_number(&part, (uint32_t)shot->height);
    buf_add(&part, (vb_str){"\x08\x02\0\0\0", 5});
    put_chunk(&file, "IHDR", buf_str(&part));
    buf_clear(&part);
    put_rows(&part, shot);
    put_chunk(&file, "IDAT", buf_str(&part));
    put_chunk(&file, "IEND", (vb_str){"", 0});
    file_write(path, buf_str(&file), NULL);
    buf_free(&part);
    buf_free(&file);
}
