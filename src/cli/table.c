/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text in columns and lines, counted in the cells of a terminal. */
#include "cli/table.h"

#include <uniwidth.h>

#include "base/str.h"

enum { PAGE = 80 };

/* C0 and C1 controls: an escape sequence in a title must not reach the terminal. */
static bool is_control(uint32_t character)
{
    return (character < 0x20 && character != '\n' && character != '\t') ||
           (character >= 0x7F && character < 0xA0);
}

static size_t char_width(uint32_t character)
{
    if (is_control(character))
        return 1; /* shown as U+FFFD */
    int width = uc_width(character, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

size_t text_width(vb_str text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.len;)
        width += char_width(str_next(text, &at));
    return width;
}

/* A place to break: white space, but no no-break space. */
static bool is_gap(uint32_t character)
{
    return is_space(character) && character != 0xA0 && character != 0x202F;
}

static size_t skip_gap(vb_str text, size_t at)
{
    for (size_t next = at; next < text.len; at = next)
        if (!is_gap(str_next(text, &next)))
            break;
    return at;
}

bool wrap_next(vb_str text, size_t width, size_t *at, vb_str *line)
{
    size_t start = *at = skip_gap(text, *at);
    if (start >= text.len)
        return false;
    size_t used = 0, end = start, gap = start; /* `gap`: the last place to break */
    while (end < text.len) {
        size_t next = end;
        uint32_t character = str_next(text, &next);
        if (is_gap(character))
            gap = end;
        used += char_width(character);
        if (used > width && end > start)
            break;
        end = next;
    }
    if (end < text.len && gap > start)
        end = gap;
    *line = str_trim(str_cut(text, start, end));
    *at = skip_gap(text, end);
    return true;
}

static void put_spaces(struct buf *out, size_t count)
{
    while (count--)
        buf_putc(out, ' ');
}

void put_row(struct buf *out, size_t column, const char *left, const char *right)
{
    vb_str text = str_of(right), line;
    size_t used = 2 + text_width(str_of(left));
    buf_printf(out, "  %s", left);
    if (used + 2 > column && text.len) {
        buf_putc(out, '\n');
        used = 0;
    }
    for (size_t at = 0; wrap_next(text, PAGE - column, &at, &line); used = 0) {
        put_spaces(out, column - used);
        buf_add(out, line);
        buf_putc(out, '\n');
    }
    if (!text.len)
        buf_putc(out, '\n');
}

void put_paragraph(struct buf *out, const char *text)
{
    vb_str line;
    for (size_t at = 0; wrap_next(str_of(text), PAGE, &at, &line);) {
        buf_add(out, line);
        buf_putc(out, '\n');
    }
}

static void put_char(struct buf *out, uint32_t character)
{
    buf_char(out, is_control(character) ? 0xFFFD : character);
}

void put_safe(struct buf *out, vb_str text)
{
    for (size_t at = 0; at < text.len;)
        put_char(out, str_next(text, &at));
}

void put_fitted(struct buf *out, vb_str text, size_t width)
{
    bool cut = text_width(text) > width;
    size_t used = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t character = str_next(text, &at);
        used += char_width(character);
        if (used + cut > width)
            break;
        put_char(out, character);
    }
    buf_puts(out, cut && width ? "…" : "");
}
