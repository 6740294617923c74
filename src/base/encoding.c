/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of an unknown encoding to UTF-8.
 *
 * libc's iconv does not know windows-1252's five holes and stops at a half surrogate; both are
 * ordinary in saved pages, so the two small decoders are here. */
#include "base/encoding.h"

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
    bool valid = !bytes.len || u8_check((const uint8_t *)bytes.data, bytes.len) == NULL;
    return valid ? ENC_UTF8 : ENC_WINDOWS_1252;
}

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

static void decode_1252(vb_str bytes, struct buf *into)
{
    for (size_t i = 0; i < bytes.len; i++) {
        uint8_t byte = (uint8_t)bytes.data[i];
        uint32_t c = byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80] : byte;
        buf_char(into, c || byte < 0x80 ? c : 0xFFFD);
    }
}

static uint32_t unit16(vb_str bytes, size_t at, bool little)
{
    uint8_t a = (uint8_t)bytes.data[at], b = (uint8_t)bytes.data[at + 1];
    return little ? a | (uint32_t)b << 8 : b | (uint32_t)a << 8;
}

static void decode_utf16(vb_str bytes, bool little, struct buf *into)
{
    for (size_t i = 0; i + 1 < bytes.len; i += 2) {
        uint32_t c = unit16(bytes, i, little);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.len) {
            uint32_t low = unit16(bytes, i + 2, little);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        buf_char(into, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    }
    if (bytes.len & 1)
        buf_char(into, 0xFFFD);
}

void encoding_decode(vb_str bytes, size_t bom, enum encoding encoding, struct buf *into)
{
    vb_str rest = str_from(bytes, bom);
    if (encoding == ENC_UTF8)
        decode_utf8(rest, into);
    else if (encoding == ENC_WINDOWS_1252)
        decode_1252(rest, into);
    else
        decode_utf16(rest, encoding == ENC_UTF16LE, into);
}

/* How many bytes of the file the first `len` bytes of decoded text take. */
static size_t file_bytes(enum encoding encoding, vb_str decoded, size_t len)
{
    if (encoding == ENC_UTF8)
        return len;
    size_t at = 0, bytes = 0;
    while (at < len && at < decoded.len) {
        uint32_t c = str_next(decoded, &at);
        bytes += encoding == ENC_WINDOWS_1252 ? 1 : c >= 0x10000 ? 4 : 2;
    }
    return bytes;
}

struct vb_span encoding_file_span(enum encoding encoding, size_t bom, vb_str decoded,
                                  struct vb_span span)
{
    size_t from = file_bytes(encoding, decoded, span.at);
    size_t len = file_bytes(encoding, str_from(decoded, span.at), span.len);
    return (struct vb_span){(uint32_t)(bom + from), (uint32_t)len};
}
