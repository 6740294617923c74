/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as XML has it. */
#include "format/xml.h"

#include "base/str.h"

static const char *reference_for(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_no_character(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0xFFFE || c == 0xFFFF;
}

void xml_put(struct buf *out, vb_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        const char *reference = reference_for(c);
        if (reference)
            buf_puts(out, reference);
        else
            buf_char(out, is_no_character(c) ? 0xFFFD : c);
    }
}

void xml_attribute(struct buf *out, const char *name, vb_str text)
{
    if (!text.len)
        return;
    buf_printf(out, " %s=\"", name);
    xml_put(out, text);
    buf_putc(out, '"');
}
