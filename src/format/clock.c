/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and clock values to microseconds.
 *
 * Decimals are read here, not by strtod(): its decimal sign is the locale's, and it needs a
 * NUL. A double holds a million seconds in microseconds with four digits to spare. */
#include "format/clock.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* No recording lasts longer: what is beyond is no time. */
static const double longest = 1e6 * 1e6;

/* The digits of a decimal number at `*at`, without sign; false: none stands there. */
static bool take_decimal(vb_str text, size_t *at, double *value)
{
    size_t i = *at, digits = 0;
    double number = 0, scale = 1;
    for (; i < text.len && is_digit(text.data[i]); i++, digits++)
        number = number * 10 + (text.data[i] - '0');
    if (i < text.len && text.data[i] == '.') {
        for (i++; i < text.len && is_digit(text.data[i]); i++, digits++)
            if (scale < 1e15) {
                scale *= 10;
                number = number * 10 + (text.data[i] - '0');
            }
    }
    *value = number / scale;
    *at = i;
    return digits > 0;
}

/* "e-3" at `*at`, if it stands there. */
static bool take_exponent(vb_str text, size_t *at, double *value)
{
    size_t i = *at;
    if (i >= text.len || (text.data[i] != 'e' && text.data[i] != 'E'))
        return true;
    i++;
    bool minus = i < text.len && text.data[i] == '-';
    i += i < text.len && (text.data[i] == '-' || text.data[i] == '+');
    int exponent = 0;
    size_t from = i;
    for (; i < text.len && is_digit(text.data[i]); i++)
        exponent = exponent < 400 ? exponent * 10 + (text.data[i] - '0') : exponent;
    *value *= pow(10, minus ? -exponent : exponent);
    *at = i;
    return i > from;
}

static bool in_microseconds(double seconds, double unit, vb_time *time)
{
    double value = seconds * unit;
    if (!(fabs(value) <= longest))
        return false;
    *time = (vb_time)llround(value);
    return true;
}

bool clock_number(vb_str text, vb_time unit, vb_time *time)
{
    double value;
    size_t at = 0;
    text = str_trim(text);
    bool minus = str_starts(text, "-");
    at = minus || str_starts(text, "+");
    if (!take_decimal(text, &at, &value) || !take_exponent(text, &at, &value) || at != text.len)
        return false;
    return in_microseconds(minus ? -value : value, (double)unit, time);
}

/* "s", "ms" … : how many seconds; 0: no such unit, or the file does not say what it is. */
static double seconds_in(vb_str unit, const struct clock_rates *rates)
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = {
        {"",    1   },
        {"s",   1   },
        {"ms",  1e-3},
        {"m",   60  },
        {"min", 60  },
        {"h",   3600}
    };
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_eq(unit, units[i].name))
            return units[i].seconds;
    if (rates && str_eq(unit, "f") && rates->frames > 0)
        return 1 / rates->frames;
    if (rates && str_eq(unit, "t") && rates->ticks > 0)
        return 1 / rates->ticks;
    return 0;
}

/* hh:mm:ss.f, mm:ss.f, hh:mm:ss:frames. */
static bool sum_parts(const double *parts, size_t count, const struct clock_rates *rates,
                      double *seconds)
{
    double frames = 0;
    if (count == 4) {
        if (!rates || !(rates->frames > 0))
            return false;
        frames = parts[--count] / rates->frames;
    }
    *seconds = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && parts[i] >= 60)
            return false;
        *seconds = *seconds * 60 + parts[i];
    }
    *seconds += frames;
    return true;
}

bool clock_value(vb_str text, const struct clock_rates *rates, vb_time *time)
{
    double parts[4], seconds;
    size_t count = 0, at = 0;
    text = str_trim(text);
    if (str_starts(text, "npt="))
        text = str_from(text, 4);
    while (count < 4 && take_decimal(text, &at, &parts[count])) {
        count++;
        if (at >= text.len || text.data[at] != ':')
            break;
        at++;
    }
    if (!count || (at && text.data[at - 1] == ':'))
        return false;
    double unit = seconds_in(str_from(text, at), count == 1 ? rates : NULL);
    if (unit == 0 || (count > 1 && at != text.len))
        return false;
    return sum_parts(parts, count, rates, &seconds) &&
           in_microseconds(seconds * unit, 1e6, time);
}

bool clock_stamp(vb_str text, vb_time *time)
{
    char dotted[32];
    if (text.len >= sizeof dotted)
        return false;
    memcpy(dotted, text.data, text.len);
    for (size_t i = 0; i < text.len; i++)
        dotted[i] = dotted[i] == ',' ? '.' : dotted[i];
    return clock_value((vb_str){dotted, text.len}, NULL, time);
}
