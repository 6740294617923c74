/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of cues. */
#include "format/cue_time.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

void cue_skip_blanks(vb_str text, size_t *at)
{
    while (*at < text.len && (text.data[*at] == ' ' || text.data[*at] == '\t'))
        ++*at;
}

static bool take_byte(vb_str text, size_t *at, char c)
{
    if (*at >= text.len || text.data[*at] != c)
        return false;
    ++*at;
    return true;
}

static bool take_any(vb_str text, size_t *at, const char *const *tokens)
{
    for (; *tokens; tokens++)
        if (str_starts(str_from(text, *at), *tokens)) {
            *at += strlen(*tokens);
            return true;
        }
    return false;
}

/* Digits, any number of them; the value stops growing where nothing is a time any more. */
static size_t take_digits(vb_str text, size_t *at, int64_t *value)
{
    const int64_t enough = INT64_C(1000000000000);
    size_t from = *at;
    *value = 0;
    for (; *at < text.len && is_digit(text.data[*at]); ++*at)
        if (*value < enough)
            *value = *value * 10 + (text.data[*at] - '0');
    return *at - from;
}

/* Digits behind a point, as a part of a second: ",5" is half of one. */
static size_t take_fraction(vb_str text, size_t *at, vb_time *fraction)
{
    vb_time unit = VB_SECOND / 10;
    size_t from = *at;
    *fraction = 0;
    for (; *at < text.len && is_digit(text.data[*at]); ++*at, unit /= 10)
        *fraction += unit * (text.data[*at] - '0');
    return *at - from;
}

/* ---- tolerant ---- */

static const char *const colons[] = {":", "：", NULL};
static const char *const points[] = {",", ".", "，", "．", NULL};

struct parts {
    int64_t part[3]; /* hours, minutes, seconds; or the last two */
    size_t digits[3];
    size_t count;
};

static bool take_parts(vb_str text, size_t *at, struct parts *p)
{
    for (p->count = 0; p->count < 3;) {
        p->digits[p->count] = take_digits(text, at, &p->part[p->count]);
        if (!p->digits[p->count])
            return false;
        p->count++;
        size_t behind = *at;
        if (p->count == 3 || !take_any(text, &behind, colons) || behind >= text.len ||
            !is_digit(text.data[behind]))
            break;
        *at = behind;
    }
    return p->count >= 2;
}

enum cue_time_kind cue_time_take(vb_str text, size_t *at, vb_time *time)
{
    size_t here = *at, fraction_digits = 0;
    bool minus = take_byte(text, &here, '-');
    struct parts p;
    vb_time fraction = 0;
    if (!take_parts(text, &here, &p))
        return CUE_TIME_NONE;
    size_t behind = here;
    if (take_any(text, &behind, points) || (p.count == 3 && take_any(text, &behind, colons)))
        fraction_digits = take_fraction(text, &behind, &fraction);
    if (fraction_digits)
        here = behind;
    *at = here;
    int64_t h = p.count == 3 ? p.part[0] : 0, m = p.part[p.count - 2], s = p.part[p.count - 1];
    *time = VB_NO_TIME;
    if (h > 277 || m > 16666 || s > 1000000)
        return CUE_TIME_TOO_BIG;
    vb_time value = (h * 3600 + m * 60 + s) * VB_SECOND + fraction;
    if (value > CUE_TIME_MAX)
        return CUE_TIME_TOO_BIG;
    *time = minus ? -value : value;
    bool good = !minus && fraction_digits == 3 && p.count == 3 && p.digits[0] >= 2 &&
                p.digits[1] == 2 && p.digits[2] == 2 && m <= 59 && s <= 59;
    return good ? CUE_TIME_GOOD : CUE_TIME_ODD;
}

enum cue_time_kind cue_time_take_lrc(vb_str text, size_t *at, vb_time *time)
{
    size_t here = *at, digits;
    int64_t minutes, seconds;
    vb_time fraction = 0;
    if (!take_digits(text, &here, &minutes) || !take_byte(text, &here, ':'))
        return CUE_TIME_NONE;
    digits = take_digits(text, &here, &seconds);
    if (!digits || digits > 2)
        return CUE_TIME_NONE;
    size_t behind = here;
    if ((take_any(text, &behind, points) || take_any(text, &behind, colons)) &&
        take_fraction(text, &behind, &fraction))
        here = behind;
    *at = here;
    *time = VB_NO_TIME;
    if (minutes > 16666)
        return CUE_TIME_TOO_BIG;
    *time = (minutes * 60 + seconds) * VB_SECOND + fraction;
    return CUE_TIME_GOOD;
}

bool cue_arrow_take(vb_str text, size_t *at)
{
    static const char *const arrows[] = {"-->", "->", "→",    "--->", "—>",
                                         "–>",  "=>", "-- >", "- ->", NULL};
    size_t here = *at;
    cue_skip_blanks(text, &here);
    if (!take_any(text, &here, arrows))
        return false;
    cue_skip_blanks(text, &here);
    *at = here;
    return true;
}

bool cue_may_have_arrow(vb_str line)
{
    return line.len &&
           (memchr(line.data, '>', line.len) || str_find(line, VB_STR("→")) != STR_NOT_FOUND);
}

/* ---- strict ---- */

static bool take_two(vb_str text, size_t *at, int64_t *value)
{
    return take_digits(text, at, value) == 2;
}

bool cue_time_take_strict(vb_str text, size_t *at, vb_time *time)
{
    size_t here = *at;
    int64_t h, m, s;
    vb_time fraction;
    size_t digits = take_digits(text, &here, &h);
    bool hours = digits != 2 || h > 59;
    if (!digits || !take_byte(text, &here, ':') || !take_two(text, &here, &m))
        return false;
    if (hours || (here < text.len && text.data[here] == ':')) {
        if (!take_byte(text, &here, ':') || !take_two(text, &here, &s))
            return false;
    } else {
        s = m, m = h, h = 0;
    }
    if (!take_byte(text, &here, '.') || take_fraction(text, &here, &fraction) != 3 || m > 59 ||
        s > 59)
        return false;
    *at = here;
    vb_time value = h > 277 ? CUE_TIME_MAX + 1 : (h * 3600 + m * 60 + s) * VB_SECOND + fraction;
    *time = value > CUE_TIME_MAX ? VB_NO_TIME : value;
    return true;
}

/* ---- printing ---- */

vb_time cue_time_round(vb_time time, vb_time unit)
{
    return time < 0 ? 0 : (time + unit / 2) / unit * unit;
}

void cue_time_put(struct buf *out, vb_time time, char separator)
{
    int64_t all = cue_time_round(time, 1000) / 1000;
    buf_printf(out, "%02d:%02d:%02d%c%03d", (int)(all / 3600000), (int)(all / 60000 % 60),
               (int)(all / 1000 % 60), separator, (int)(all % 1000));
}

void cue_seconds_put(struct buf *out, vb_time time)
{
    time = cue_time_round(time, 1);
    buf_printf(out, "%lld.%06d", (long long)(time / VB_SECOND), (int)(time % VB_SECOND));
}
