/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as people write them.
 *
 * One small scanner walks over numbers and units; each grammar is a function that says in which
 * order they may come and which values make sense.  White space may stand between any two
 * tokens. */
#include "format/timecode.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* No recording lasts longer: what is beyond is no time. */
#define LONGEST (1000000 * VB_SECOND)

struct scanner {
    vb_str text;
    size_t at;
};

static void skip_space(struct scanner *s)
{
    for (size_t next = s->at; next < s->text.len; s->at = next)
        if (!is_space(str_next(s->text, &next)))
            return;
}

static bool at_end(struct scanner *s)
{
    skip_space(s);
    return s->at >= s->text.len;
}

/* 1 … `most` digits, and no digit behind them. */
static bool take_number(struct scanner *s, int most, int64_t *number)
{
    skip_space(s);
    size_t at = s->at;
    int64_t value = 0;
    while (at < s->text.len && is_digit(s->text.data[at]) && at - s->at < (size_t)most)
        value = value * 10 + (s->text.data[at++] - '0');
    if (at == s->at || (at < s->text.len && is_digit(s->text.data[at])))
        return false;
    s->at = at;
    *number = value;
    return true;
}

static bool take(struct scanner *s, const char *token)
{
    skip_space(s);
    if (!str_starts(str_from(s->text, s->at), token))
        return false;
    s->at += strlen(token);
    return true;
}

static bool take_any(struct scanner *s, const char *const *tokens)
{
    for (; *tokens; tokens++)
        if (take(s, *tokens))
            return true;
    return false;
}

/* Longer words stand before their beginnings. */
static const char *const apostrophes[] = {"’", "'", "‘", "′", "ʼ", "´", "`", NULL};
static const char *const hours[] = {"heures", "heure", "h", "H", NULL};
static const char *const minutes[] = {"minutes", "minute", "min.", "min", "mn", NULL};
static const char *const seconds[] = {"secondes", "seconde", "sec.", "sec", "s.",
                                      "s",        "″",       "\"",   "”",   NULL};

static bool take_seconds_sign(struct scanner *s)
{
    if (take_any(s, seconds))
        return true;
    struct scanner before = *s;
    if (take_any(s, apostrophes) && take_any(s, apostrophes))
        return true;
    *s = before;
    return false;
}

static vb_time hms(int64_t h, int64_t m, int64_t s)
{
    return (h * 3600 + m * 60 + s) * VB_SECOND;
}

/* A number with one of the units; when they do not stand there, nothing is taken. */
static bool take_counted(struct scanner *s, int digits, const char *const *units,
                         int64_t *number)
{
    struct scanner before = *s;
    int64_t value;
    if (take_number(s, digits, &value) && take_any(s, units)) {
        *number = value;
        return true;
    }
    *s = before;
    return false;
}

static const char *const hour_letter[] = {"h", NULL};

/* [1 h] 02’ 16: with minute signs. */
static bool scan_signs(vb_str text, vb_time *time, bool *precise)
{
    struct scanner s = {text, 0};
    int64_t h = 0, m, sec = 0;
    bool has_hour = take_counted(&s, 2, hour_letter, &h);
    if (!take_number(&s, 3, &m))
        return false;
    bool apostrophe = take_any(&s, apostrophes);
    if (!apostrophe && !take_any(&s, minutes))
        return false;
    bool has_seconds = take_number(&s, 2, &sec);
    if (has_seconds)
        take_seconds_sign(&s);
    if (!at_end(&s) || sec > 59 || (has_hour && m > 59))
        return false;
    *precise = apostrophe || has_seconds;
    *time = hms(h, m, sec);
    return true;
}

/* 1 h, 1 h 10. */
static bool scan_hour(vb_str text, vb_time *time)
{
    struct scanner s = {text, 0};
    int64_t h, m = 0;
    if (!take_counted(&s, 2, hour_letter, &h))
        return false;
    skip_space(&s);
    size_t from = s.at;
    if (!at_end(&s) && (!take_number(&s, 2, &m) || s.at - from != 2))
        return false;
    *time = hms(h, m, 0);
    return at_end(&s) && m <= 59;
}

/* .5 is half a second, .05 a twentieth. */
static bool take_fraction(struct scanner *s, int most, vb_time *fraction)
{
    *fraction = 0;
    if (!take(s, ".") && !take(s, ","))
        return true;
    vb_time unit = VB_SECOND / 10;
    size_t from = s->at;
    while (s->at < s->text.len && is_digit(s->text.data[s->at]) &&
           s->at - from < (size_t)most) {
        *fraction += unit * (s->text.data[s->at++] - '0');
        unit /= 10;
    }
    return s->at > from;
}

/* 16:20, 1:02:16, 16:20.5. */
static bool scan_colons(vb_str text, vb_time *time)
{
    struct scanner s = {text, 0};
    int64_t part[3];
    int count = 0;
    do {
        skip_space(&s);
        size_t from = s.at;
        if (count == 3 || !take_number(&s, 3, &part[count]))
            return false;
        if (count++ && s.at - from != 2)
            return false;
    } while (take(&s, ":"));
    vb_time fraction;
    if (count < 2 || !take_fraction(&s, 3, &fraction) || !at_end(&s))
        return false;
    if (part[count - 1] > 59 || (count == 3 && part[1] > 59) || (count == 3 && part[0] > 99))
        return false;
    *time = fraction + (count == 3 ? hms(part[0], part[1], part[2]) : hms(0, part[0], part[1]));
    return true;
}

static bool scan_mark(vb_str text, struct titled_time *found)
{
    found->precise = true;
    found->form = TIME_SIGN;
    if (scan_signs(text, &found->time, &found->precise))
        return true;
    found->form = TIME_COLON;
    if (scan_colons(text, &found->time))
        return true;
    found->form = TIME_HOUR;
    return scan_hour(text, &found->time);
}

bool time_from_mark(vb_str text, vb_time *time, enum time_form *form)
{
    struct titled_time found;
    if (!scan_mark(text, &found))
        return false;
    *time = found.time;
    if (form)
        *form = found.form;
    return true;
}

/* ---- a title, then a time ---- */

/* After these words a number of minutes is something that is said: "Les 5 minutes". */
static bool ends_like_a_sentence(vb_str title)
{
    static const char *const words[] = {
        "h",     "à",    "À",    "vers", "Vers", "dès",  "Dès",    "de",    "De",    "le",
        "Le",    "la",   "La",   "les",  "Les",  "en",   "En",     "après", "Après", "avant",
        "Avant", "dans", "Dans", "sur",  "pour", "Pour", "depuis", "Depuis"};
    size_t from = 0;
    for (size_t at = 0; at < title.len;)
        if (is_space(str_next(title, &at)))
            from = at;
    vb_str last = str_from(title, from);
    if (last.len && is_digit(last.data[last.len - 1]))
        return true;
    if (last.len > 1 && last.data[last.len - 1] == 'h' && is_digit(last.data[last.len - 2]))
        return true;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(last, words[i]))
            return true;
    return false;
}

/* A dash, a colon or a comma between title and time belongs to neither. */
static vb_str without_joint(vb_str title)
{
    static const char *const joints[] = {"-", "–", "—", ":", ","};
    title = str_trim(title);
    for (size_t i = 0; i < COUNT(joints); i++)
        if (title.len > strlen(joints[i]) && str_ends(title, joints[i]))
            return str_trim(str_cut(title, 0, title.len - strlen(joints[i])));
    return title;
}

/* The longest time that a title may end in: "1 h 02 minutes 16 secondes", spaces and all. */
enum { TIME_LENGTH_MAX = 48 };

bool time_from_heading(vb_str heading, struct titled_time *found)
{
    heading = str_trim(heading);
    *found = (struct titled_time){.title = str_cut(heading, 0, 0), .text = heading};
    if (heading.len <= TIME_LENGTH_MAX && scan_mark(heading, found))
        return true;
    size_t at = heading.len > TIME_LENGTH_MAX ? heading.len - TIME_LENGTH_MAX : 0;
    while (at < heading.len) {
        size_t gap = at;
        if (!is_space(str_next(heading, &at)) || at >= heading.len ||
            !is_digit(heading.data[at]))
            continue;
        /* From the left, so that the longest time is found: "1 h 02’ 16", not "02’ 16". */
        vb_str text = str_from(heading, at);
        if (!scan_signs(text, &found->time, &found->precise))
            continue;
        found->form = TIME_SIGN;
        found->text = text;
        found->title = without_joint(str_cut(heading, 0, gap));
        return found->title.len && !ends_like_a_sentence(found->title);
    }
    return false;
}

/* ---- durations, and what a user types ---- */

/* What stands behind in brackets is a remark: "1 h 30 min (environ)". */
static bool at_end_or_remark(struct scanner *s)
{
    return at_end(s) || s->text.data[s->at] == '(';
}

/* Hours, minutes, seconds, each with its unit and each once; the last may go without one. */
static bool scan_units(vb_str text, vb_time *time)
{
    static const char *const minute_units[] = {"minutes", "minute", "min.", "min", "mn",
                                               "’",       "'",      "′",    "m",   NULL};
    const char *const *const units[] = {hours, minute_units, seconds};
    struct scanner s = {text, 0};
    int64_t part[3] = {0, 0, 0}, number;
    size_t next = 0;
    while (take_number(&s, 6, &number)) {
        size_t unit = next;
        while (unit < 3 && !take_any(&s, units[unit]))
            unit++;
        if (unit == 3 && (next == 0 || !at_end_or_remark(&s)))
            return false;
        unit = unit == 3 ? next : unit;
        if (unit == 3)
            return false;
        part[unit] = number;
        next = unit + 1;
    }
    take(&s, ".");
    *time = hms(part[0], part[1], part[2]);
    return next > 0 && at_end_or_remark(&s) && *time <= LONGEST;
}

bool time_from_duration(vb_str text, vb_time *duration)
{
    struct scanner s = {text, 0};
    if (!take(&s, "environ "))
        take(&s, "Environ ");
    text = str_from(text, s.at);
    return scan_units(text, duration) || scan_colons(text, duration);
}

bool time_from_seconds(vb_str text, vb_time *time)
{
    struct scanner s = {text, 0};
    int64_t whole;
    vb_time fraction;
    if (!take_number(&s, 7, &whole) || !take_fraction(&s, 6, &fraction) || !at_end(&s))
        return false;
    *time = whole * VB_SECOND + fraction;
    return *time <= LONGEST;
}

bool time_from_user(vb_str text, vb_time *time)
{
    bool precise;
    return time_from_seconds(text, time) || scan_colons(text, time) ||
           scan_signs(text, time, &precise) || scan_units(text, time);
}

/* ---- printing ---- */

void time_put(struct buf *out, vb_time time)
{
    if (time == VB_NO_TIME)
        return;
    if (time < 0)
        buf_putc(out, '-');
    int64_t all = (time < 0 ? -time : time) / VB_SECOND;
    int h = (int)(all / 3600), m = (int)(all / 60 % 60), s = (int)(all % 60);
    if (h)
        buf_printf(out, "%d:%02d:%02d", h, m, s);
    else
        buf_printf(out, "%d:%02d", m, s);
}

void time_put_seconds(struct buf *out, vb_time time)
{
    if (time < 0)
        buf_putc(out, '-');
    uint64_t all = time < 0 ? -(uint64_t)time : (uint64_t)time;
    buf_printf(out, "%llu", (unsigned long long)(all / VB_SECOND));
    uint64_t rest = all % VB_SECOND;
    if (!rest)
        return;
    int digits = 6;
    for (; rest % 10 == 0; rest /= 10)
        digits--;
    buf_printf(out, ".%0*llu", digits, (unsigned long long)rest);
}
