/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word as it is compared with others. */
#include "transcript/bare.h"

#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>

#include "base/buf.h"
#include "base/str.h"

/* From the first letter or digit to the last. */
vb_str word_bare(vb_str word)
{
    size_t from = 0, until = word.len;
    for (size_t at = 0; at < word.len; from = at)
        if (is_letter_or_digit(str_next(word, &at)))
            break;
    while (until > from && !is_letter_or_digit(str_before(word, until))) {
        do
            until--;
        while (until > from && ((unsigned char)word.data[until] & 0xC0) == 0x80);
    }
    return str_cut(word, from, until);
}

/* Case and composition folded; ’ is '. Plain letters need no library. */
vb_str word_folded(struct arena *arena, vb_str word)
{
    bool plain = true;
    for (size_t i = 0; i < word.len; i++)
        plain &= (unsigned char)word.data[i] < 0x80;
    if (plain) {
        char *copy = (char *)arena_str(arena, word).data;
        for (size_t i = 0; i < word.len; i++)
            copy[i] = (char)(copy[i] >= 'A' && copy[i] <= 'Z' ? copy[i] | 0x20 : copy[i]);
        return (vb_str){copy, word.len};
    }
    size_t len = 0;
    uint8_t *lower =
        u8_tolower((const uint8_t *)word.data, word.len, NULL, UNINORM_NFC, NULL, &len);
    struct buf out = {0};
    for (size_t at = 0; lower && at < len;) {
        uint32_t c = str_next((vb_str){(char *)lower, len}, &at);
        buf_char(&out, c == 0x2019 || c == 0x2BC ? '\'' : c);
    }
    free(lower);
    vb_str folded = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return folded;
}
