/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of files as people and programs give them. */
#include "app/paths.h"

#include <stdlib.h>

#include "base/str.h"

static int hex_digit(char c)
{
    return is_digit(c)                          ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

/* "a%20talk"; there is no NUL in a name. */
static void put_unescaped(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        int high = i + 2 < text.len ? hex_digit(text.data[i + 1]) : -1;
        int low = i + 2 < text.len ? hex_digit(text.data[i + 2]) : -1;
        if (text.data[i] != '%' || high < 0 || low < 0 || !(high | low)) {
            buf_putc(out, text.data[i]);
            continue;
        }
        buf_putc(out, (char)(high * 16 + low));
        i += 2;
    }
}

void path_from_word(vb_str word, struct buf *out)
{
    const char *home = getenv("HOME");
    if (str_starts(word, "file:///") || str_starts(word, "file://localhost/")) {
        vb_str after = str_from(word, sizeof "file://" - 1);
        put_unescaped(str_from(after, str_find_char(after, '/')), out);
        return;
    }
    if (str_starts(word, "~/") && home) {
        buf_puts(out, home);
        word = str_from(word, 1);
    }
    buf_add(out, word);
}

void path_from_line(vb_str line, struct buf *out)
{
    line = str_trim(line);
    bool quoted = line.len > 1 && (line.data[0] == '\'' || line.data[0] == '"') &&
                  line.data[line.len - 1] == line.data[0];
    path_from_word(quoted ? str_cut(line, 1, line.len - 1) : line, out);
}
