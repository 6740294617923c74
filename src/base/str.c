/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of text. */
#include "base/str.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

vb_str str_of(const char *text)
{
    return text ? (vb_str){text, strlen(text)} : (vb_str){"", 0};
}

bool str_is(vb_str a, vb_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool str_eq(vb_str a, const char *b)
{
    return str_is(a, str_of(b));
}

bool str_starts(vb_str text, const char *with)
{
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.data, with, len) == 0;
}

bool str_ends(vb_str text, const char *with)
{
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.data + text.len - len, with, len) == 0;
}

vb_str str_from(vb_str text, size_t at)
{
    return str_cut(text, at, text.len);
}

vb_str str_cut(vb_str text, size_t from, size_t until)
{
    if (until > text.len)
        until = text.len;
    if (from > until)
        from = until;
    return (vb_str){from ? text.data + from : text.data, until - from};
}

size_t str_find(vb_str text, vb_str what)
{
    if (!text.len || !what.len)
        return what.len ? STR_NOT_FOUND : 0;
    const char *at = memmem(text.data, text.len, what.data, what.len);
    return at ? (size_t)(at - text.data) : STR_NOT_FOUND;
}

size_t str_find_char(vb_str text, char c)
{
    const char *at = text.len ? memchr(text.data, c, text.len) : NULL;
    return at ? (size_t)(at - text.data) : STR_NOT_FOUND;
}

void str_end_whole(char *text, size_t room)
{
    size_t len = strlen(text), start = len;
    if (len + 1 < room || len == 0)
        return;
    do
        start--;
    while (start > 0 && ((uint8_t)text[start] & 0xC0) == 0x80);
    if (u8_check((const uint8_t *)text + start, len - start))
        text[start] = '\0';
}

uint32_t str_next_wide(vb_str text, size_t *at)
{
    const uint8_t *bytes = (const uint8_t *)text.data + *at;
    ucs4_t character;
    int len = u8_mbtouc(&character, bytes, text.len - *at);
    *at += len > 0 ? (size_t)len : 1;
    return character;
}

uint32_t str_before(vb_str text, size_t at)
{
    if (at == 0)
        return 0;
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((uint8_t)text.data[start] & 0xC0) == 0x80)
        start--;
    size_t end = start;
    uint32_t character = str_next(str_cut(text, 0, at), &end);
    return end == at ? character : 0xFFFD;
}

size_t utf8_put(char out[4], uint32_t character)
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xC0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    int len = u8_uctomb((uint8_t *)out, character, 4);
    return len > 0 ? (size_t)len : utf8_put(out, 0xFFFD);
}

bool is_wide_space(uint32_t c)
{
    return c == 0xA0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
           c == 0xFEFF;
}

bool is_letter_or_digit(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF))
        return false; /* these only choose how the sign before them looks */
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
                                                   UC_CATEGORY_MASK_M);
}

vb_str str_trim(vb_str text)
{
    size_t from = 0, next = 0;
    while (next < text.len && is_space(str_next(text, &next)))
        from = next;
    size_t until = text.len;
    while (until > from) {
        uint32_t last = str_before(text, until);
        if (!is_space(last))
            break;
        char bytes[4];
        until -= utf8_put(bytes, last);
    }
    return str_cut(text, from, until);
}

/* Up to the first line end of either kind, which may be of one kind only in the whole file. */
static size_t line_length(const char *from, size_t left)
{
    enum { STRETCH = 256 };
    for (size_t len = 0; len < left; len += STRETCH) {
        size_t part = left - len < STRETCH ? left - len : STRETCH;
        const char *lf = memchr(from + len, '\n', part);
        const char *cr = memchr(from + len, '\r', lf ? (size_t)(lf - from) - len : part);
        if (cr || lf)
            return (size_t)((cr ? cr : lf) - from);
    }
    return left;
}

bool str_line(vb_str text, size_t *at, vb_str *line)
{
    if (*at >= text.len)
        return false;
    const char *from = text.data + *at;
    size_t left = text.len - *at, len = line_length(from, left);
    *line = (vb_str){from, len};
    if (len < left && from[len] == '\r' && len + 1 < left && from[len + 1] == '\n')
        len++;
    *at += len < left ? len + 1 : len;
    return true;
}
