/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of an unknown encoding to UTF-8.
 *
 * libc's iconv does not know windows-1252's five holes and stops at a half surrogate; both are
 * ordinary in saved pages, so the small decoders are here, each a function that takes one
 * character: decoding walks with it, and so does the way back to the file. */
#include "base/encoding.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/mem.h"
#include "base/str.h"

/* 0x80 … 0x9F of windows-1252; 0: not assigned. */
static const uint16_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static const struct {
    enum encoding encoding;
    const char *name, *bom;
    size_t bom_len;
} encodings[] = {
    {ENC_UTF8,         "UTF-8",        "\xEF\xBB\xBF", 3},
    {ENC_UTF16LE,      "UTF-16LE",     "\xFF\xFE",     2},
    {ENC_UTF16BE,      "UTF-16BE",     "\xFE\xFF",     2},
    {ENC_WINDOWS_1252, "windows-1252", "",             0},
};

const char *encoding_name(enum encoding encoding)
{
    for (size_t i = 0; i < COUNT(encodings); i++)
        if (encodings[i].encoding == encoding)
            return encodings[i].name;
    return "UTF-8";
}

/* More than 30 % NULs on one parity, few on the other: UTF-16 without a mark. */
static bool looks_like_utf16(vb_str bytes, enum encoding *which)
{
    size_t nul[2] = {0, 0}, pairs = bytes.len / 2 < 32768 ? bytes.len / 2 : 32768;
    for (size_t i = 0; i < pairs * 2; i++)
        nul[i & 1] += bytes.data[i] == 0;
    if (pairs < 4)
        return false;
    size_t many = pairs * 3 / 10, few = pairs / 20;
    *which = nul[1] > many ? ENC_UTF16LE : ENC_UTF16BE;
    return (nul[1] > many && nul[0] <= few) || (nul[0] > many && nul[1] <= few);
}

/* In a text that is mostly UTF-8 a broken byte is an accident: a page cut in the middle of a
 * character, one line pasted from elsewhere.  In windows-1252 whole sequences are the accident.
 */
static bool is_mostly_utf8(vb_str bytes)
{
    size_t whole = 0, broken = 0;
    const uint8_t *at = (const uint8_t *)bytes.data, *end = at + bytes.len;
    while (at < end) {
        ucs4_t character;
        int len = *at < 0x80 ? 1 : u8_mbtoucr(&character, at, (size_t)(end - at));
        whole += len > 1;
        broken += len < 0;
        at += len > 0 ? len : 1;
    }
    return broken == 0 || whole / 2 >= broken;
}

enum encoding encoding_guess(vb_str bytes, size_t *bom)
{
    for (size_t i = 0; i < COUNT(encodings); i++) {
        size_t len = encodings[i].bom_len;
        if (len && bytes.len >= len && memcmp(bytes.data, encodings[i].bom, len) == 0) {
            *bom = len;
            return encodings[i].encoding;
        }
    }
    *bom = 0;
    enum encoding utf16;
    if (looks_like_utf16(bytes, &utf16))
        return utf16;
    return bytes.len == 0 || is_mostly_utf8(bytes) ? ENC_UTF8 : ENC_WINDOWS_1252;
}

/* ---- one character at a time: how many bytes of the file it takes ---- */

static size_t take_utf8(vb_str bytes, size_t at, uint32_t *character)
{
    int len = u8_mbtoucr(character, (const uint8_t *)bytes.data + at, bytes.len - at);
    if (len > 0)
        return (size_t)len;
    *character = 0xFFFD;
    return 1;
}

static size_t take_1252(vb_str bytes, size_t at, uint32_t *character)
{
    uint8_t byte = (uint8_t)bytes.data[at];
    uint32_t c = byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80] : byte;
    *character = c || byte < 0x80 ? c : 0xFFFD;
    return 1;
}

static uint32_t unit16(vb_str bytes, size_t at, bool little)
{
    uint8_t a = (uint8_t)bytes.data[at], b = (uint8_t)bytes.data[at + 1];
    return little ? a | (uint32_t)b << 8 : b | (uint32_t)a << 8;
}

static size_t take_utf16(vb_str bytes, size_t at, bool little, uint32_t *character)
{
    *character = 0xFFFD;
    if (at + 1 >= bytes.len)
        return 1; /* half a unit at the end */
    uint32_t c = unit16(bytes, at, little);
    if (c < 0xD800 || c >= 0xE000) {
        *character = c;
        return 2;
    }
    uint32_t low = c < 0xDC00 && at + 3 < bytes.len ? unit16(bytes, at + 2, little) : 0;
    if (low < 0xDC00 || low >= 0xE000)
        return 2; /* half a pair */
    *character = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    return 4;
}

static size_t take(vb_str bytes, size_t at, enum encoding encoding, uint32_t *character)
{
    if (encoding == ENC_UTF8)
        return take_utf8(bytes, at, character);
    if (encoding == ENC_WINDOWS_1252)
        return take_1252(bytes, at, character);
    return take_utf16(bytes, at, encoding == ENC_UTF16LE, character);
}

/* ---- whole texts ---- */

/* Valid stretches at once. */
static void decode_utf8(vb_str bytes, struct buf *into)
{
    while (bytes.len) {
        const uint8_t *start = (const uint8_t *)bytes.data;
        const uint8_t *bad = u8_check(start, bytes.len);
        size_t good = bad ? (size_t)(bad - start) : bytes.len;
        buf_add(into, str_cut(bytes, 0, good));
        if (!bad)
            return;
        buf_char(into, 0xFFFD);
        bytes = str_from(bytes, good + 1);
    }
}

void encoding_decode(vb_str bytes, size_t bom, enum encoding encoding, struct buf *into)
{
    if (encoding == ENC_UTF8) {
        decode_utf8(str_from(bytes, bom), into);
        return;
    }
    uint32_t character;
    for (size_t at = bom; at < bytes.len;) {
        at += take(bytes, at, encoding, &character);
        buf_char(into, character);
    }
}

/* ---- one character to its bytes ---- */

static bool put_1252(uint32_t character, struct buf *into)
{
    for (uint32_t i = 0; character && i < COUNT(cp1252); i++)
        if (cp1252[i] == character)
            return buf_putc(into, (char)(0x80 + i)), true;
    if (character >= 0x100 || (character >= 0x80 && character < 0xA0))
        return false;
    buf_putc(into, (char)character);
    return true;
}

static void put_unit16(uint32_t unit, bool little, struct buf *into)
{
    buf_putc(into, (char)(little ? unit : unit >> 8));
    buf_putc(into, (char)(little ? unit >> 8 : unit));
}

static void put_utf16(uint32_t character, bool little, struct buf *into)
{
    if (character < 0x10000) {
        put_unit16(character, little, into);
        return;
    }
    put_unit16(0xD800 + ((character - 0x10000) >> 10), little, into);
    put_unit16(0xDC00 + ((character - 0x10000) & 0x3FF), little, into);
}

uint32_t encoding_encode(vb_str text, enum encoding encoding, struct buf *into)
{
    if (encoding == ENC_UTF8)
        buf_add(into, text);
    for (size_t at = 0; encoding != ENC_UTF8 && at < text.len;) {
        uint32_t character = str_next(text, &at);
        if (encoding != ENC_WINDOWS_1252)
            put_utf16(character, encoding == ENC_UTF16LE, into);
        else if (!put_1252(character, into))
            return character;
    }
    return 0;
}

/* ---- back to the file ---- */

enum { STEP = 32 * 1024 }; /* decoded bytes between two marks */

void encoding_map_make(struct encoding_map *map, vb_str bytes, size_t bom,
                       enum encoding encoding)
{
    *map = (struct encoding_map){.bytes = bytes, .encoding = encoding};
    struct encoding_mark here = {0, (uint32_t)bom};
    while (here.file < bytes.len) {
        if (here.decoded >= map->marks.count * STEP)
            vec_push(&map->marks, here);
        uint32_t character;
        char utf8[4];
        here.file += (uint32_t)take(bytes, here.file, encoding, &character);
        here.decoded += (uint32_t)utf8_put(utf8, character);
    }
    vec_push(&map->marks, here);
}

void encoding_map_free(struct encoding_map *map)
{
    free(map->marks.items);
    *map = (struct encoding_map){0};
}

/* Where the character at `decoded` stands; from the last mark before it on foot. */
static uint32_t file_offset(const struct encoding_map *map, uint32_t decoded)
{
    size_t i = decoded / STEP;
    i = i < map->marks.count ? i : map->marks.count - 1;
    while (i > 0 && map->marks.items[i].decoded > decoded)
        i--;
    struct encoding_mark here = map->marks.items[i];
    while (here.decoded < decoded && here.file < map->bytes.len) {
        uint32_t character;
        char utf8[4];
        here.file += (uint32_t)take(map->bytes, here.file, map->encoding, &character);
        here.decoded += (uint32_t)utf8_put(utf8, character);
    }
    return here.file;
}

struct vb_span encoding_file_span(const struct encoding_map *map, struct vb_span span)
{
    uint32_t from = file_offset(map, span.at), until = file_offset(map, span.at + span.len);
    return (struct vb_span){from, until - from};
}
