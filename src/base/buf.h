/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that grows. */
#pragma once

#include "verbatim/types.h"

/* {0} is an empty one. `data` always has a NUL behind `len` once anything was added. */
struct buf {
    char *data;
    size_t len, room;
};

void buf_add(struct buf *buf, vb_str text);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_char(struct buf *buf, uint32_t character); /* as UTF-8 */
void buf_reserve(struct buf *buf, size_t more);     /* room for that, and the NUL */
void buf_fit(struct buf *buf);                      /* gives back what is spare */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
vb_str buf_str(const struct buf *buf); /* a view: good until the next change */
void buf_clear(struct buf *buf);       /* empty, memory kept */
void buf_free(struct buf *buf);
