/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of lines, and pieces without them. */
#include "format/line_label.h"

#include "base/str.h"

static bool is_sign(uint32_t c)
{
    return c == '.' || c == '?' || c == '!' || c == ';' || c == '"' || c == 0xAB;
}

size_t line_label(vb_str line)
{
    size_t colon = str_find_char(str_cut(line, 0, 60), ':'), words = 1, at = 0;
    if (colon == STR_NOT_FOUND)
        return 0;
    vb_str name = str_trim(str_cut(line, 0, colon));
    if (!name.len || is_digit(name.data[0]))
        return 0;
    while (at < name.len) {
        uint32_t c = str_next(name, &at);
        words += is_space(c);
        if (is_sign(c))
            return 0;
    }
    at = colon + 1;
    return words <= 5 && (at >= line.len || is_space(str_next(line, &at))) ? colon + 1 : 0;
}

void pieces_drop_front(struct pieces *pieces, size_t bytes)
{
    for (size_t i = 0; i < pieces->count && bytes; i++) {
        struct piece *p = &pieces->items[i];
        size_t cut = bytes < p->text.len ? bytes : p->text.len;
        bool exact = p->text.len == p->span.len;
        p->text = str_from(p->text, cut);
        if (exact)
            p->span = (struct vb_span){p->span.at + (uint32_t)cut, p->span.len - (uint32_t)cut};
        bytes -= cut;
    }
}

void pieces_flatten(const struct pieces *pieces, struct buf *into)
{
    for (size_t i = 0; i < pieces->count; i++)
        buf_add(into, pieces->items[i].text);
}
