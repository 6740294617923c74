/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of text: cut, compare, walk by character. Nothing here allocates. */
#pragma once

#include "verbatim/types.h"

vb_str str_of(const char *text); /* of a NUL-terminated string; NULL gives the empty view */
bool str_is(vb_str a, vb_str b);
bool str_eq(vb_str a, const char *b);
bool str_starts(vb_str text, const char *with);
bool str_ends(vb_str text, const char *with);
vb_str str_from(vb_str text, size_t at);                /* from `at` to the end; clamped */
vb_str str_cut(vb_str text, size_t from, size_t until); /* clamped */
#define STR_NOT_FOUND SIZE_MAX
size_t str_find(vb_str text, vb_str what); /* STR_NOT_FOUND */
size_t str_find_char(vb_str text, char c); /* ASCII */

/* A character of valid or invalid UTF-8 at `*at`, which it moves on by at least one byte.
 * U+FFFD for bytes that are none. Past the end: 0. */
uint32_t str_next_wide(vb_str text, size_t *at); /* not at the end, not ASCII */
static inline uint32_t str_next(vb_str text, size_t *at)
{
    if (*at >= text.len)
        return 0;
    unsigned char byte = (unsigned char)text.data[*at];
    if (byte >= 0x80)
        return str_next_wide(text, at);
    ++*at;
    return byte;
}
uint32_t str_before(vb_str text,
                    size_t at); /* the character that ends at `at`; 0 at the start */
/* For a text that snprintf() may have cut short in `room` bytes: takes off a character of which
 * not all is there. */
void str_end_whole(char *text, size_t room);
size_t utf8_put(char out[4], uint32_t character); /* bytes written */

/* White space of any width, no-break spaces included; U+200B and line ends are, too. */
bool is_wide_space(uint32_t character); /* beyond ASCII */
static inline bool is_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : is_wide_space(c);
}
bool is_letter_or_digit(uint32_t character); /* also combining marks of letters */
static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
vb_str str_trim(vb_str text); /* white space as above, off both ends */

/* The next line, without its end (LF, CRLF, CR); `*at` moves behind it. False at the end. */
bool str_line(vb_str text, size_t *at, vb_str *line);
