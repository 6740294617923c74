/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that grows. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { SMALLEST = 32 };

void buf_reserve(struct buf *buf, size_t more)
{
    size_t needed = buf->len + more + 1;
    if (needed <= buf->room)
        return;
    size_t room = buf->room ? buf->room * 2 : SMALLEST;
    buf->room = needed > room ? needed : room;
    buf->data = mem_grow(buf->data, buf->room);
}

void buf_fit(struct buf *buf)
{
    if (!buf->data)
        return;
    buf->room = buf->len + 1;
    buf->data = mem_grow(buf->data, buf->room);
}

void buf_add(struct buf *buf, vb_str text)
{
    buf_reserve(buf, text.len);
    if (text.len)
        memcpy(buf->data + buf->len, text.data, text.len);
    buf->len += text.len;
    buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, str_of(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_reserve(buf, 1);
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

void buf_char(struct buf *buf, uint32_t character)
{
    buf_reserve(buf, 4);
    buf->len += utf8_put(buf->data + buf->len, character);
    buf->data[buf->len] = '\0';
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len >= 0) {
        buf_reserve(buf, (size_t)len);
        buf->len += (size_t)vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    }
    va_end(again);
}

vb_str buf_str(const struct buf *buf)
{
    return (vb_str){buf->data ? buf->data : "", buf->len};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}
