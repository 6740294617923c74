/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people write and read them. */
#include "app/numbers.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/str.h"

/* Written by hand: strtod() minds the locale, and knows "inf", "nan" and "0x". */
bool number_from_user(vb_str text, double *number)
{
    text = str_trim(text);
    bool minus = str_starts(text, "-") || str_starts(text, "−");
    if (str_starts(text, "−"))
        text = str_from(text, sizeof "−" - 1);
    else if (minus || str_starts(text, "+"))
        text = str_from(text, 1);
    double value = 0, place = 1;
    size_t digits = 0;
    bool fraction = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if ((c == '.' || c == ',') && !fraction) {
            fraction = true;
            continue;
        }
        if (!is_digit(c) || ++digits > 12)
            return false;
        place /= fraction ? 10 : 1;
        value = fraction ? value + (c - '0') * place : value * 10 + (c - '0');
    }
    *number = minus ? -value : value;
    return digits > 0;
}

void number_put_tenths(struct buf *out, long tenths, bool signs)
{
    long size = labs(tenths);
    if (tenths < 0)
        buf_puts(out, "−");
    else if (signs && tenths > 0)
        buf_putc(out, '+');
    buf_printf(out, _("%ld.%ld"), size / 10, size % 10);
}
