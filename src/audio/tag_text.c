/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A title or a name as a file has it: in UTF-8, or in whatever the writer's machine used. */
#include "audio/tag_text.h"

#include <string.h>

#include "base/encoding.h"
#include "base/str.h"

void tag_keep(vb_str text, char *into, size_t room)
{
    vb_str value = str_trim(text);
    if (value.len >= room) {
        value.len = room - 1;
        while (value.len && ((unsigned char)value.data[value.len] & 0xC0) == 0x80)
            value.len--; /* not in half a character */
    }
    if (value.len)
        memcpy(into, value.data, value.len);
    into[value.len] = '\0';
}

void tag_take(const char *text, char *into, size_t room)
{
    if (into[0] || !text || !*text)
        return;
    vb_str bytes = str_of(text);
    bool is_utf8 = encoding_guess(bytes, &(size_t){0}) == ENC_UTF8;
    struct buf utf8 = {0};
    encoding_decode(bytes, 0, is_utf8 ? ENC_UTF8 : ENC_WINDOWS_1252, &utf8);
    tag_keep(buf_str(&utf8), into, room);
    buf_free(&utf8);
}
