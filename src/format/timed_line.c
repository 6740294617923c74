/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/timed_line.h"

#include <string.h>

#include "base/str.h"
#include "format/cue_names.h"
#include "format/cue_time.h"

enum { START_OF_LINE = 300 };

static char closer_of(char opener)
{
    return opener == '[' ? ']' : opener == '(' ? ')' : opener == '#' ? '#' : '\0';
}

static char byte_at(vb_str line, size_t at)
{
    return at < line.len ? line.data[at] : '\0';
}

/* ---- one time ---- */

/* [h:]mm:ss with two digits of seconds, and no digit or colon behind it. */
static bool take_time(vb_str line, size_t *at, vb_time *time)
{
    size_t from = *at;
    enum cue_time_kind kind = cue_time_take(line, at, time);
    if (kind == CUE_TIME_NONE || *time == VB_NO_TIME || line.data[from] == '-')
        return false;
    size_t colon = str_find_char(str_cut(line, from, *at), ':');
    bool two = colon != STR_NOT_FOUND && from + colon + 2 < line.len &&
               is_digit(line.data[from + colon + 1]) && is_digit(line.data[from + colon + 2]);
    bool more =
        is_digit(byte_at(line, *at)) ||
        (byte_at(line, *at) == ':' && byte_at(line, *at + 1) != ' ' && *at + 1 < line.len);
    return two && !more;
}

/* "-3" behind the time of "#00:01:02-3#": its fraction. */
static void take_dashed_fraction(vb_str line, size_t *at, vb_time *time)
{
    vb_time unit = VB_SECOND / 10;
    size_t here = *at + 1;
    if (byte_at(line, *at) != '-' || !is_digit(byte_at(line, here)))
        return;
    for (; is_digit(byte_at(line, here)); here++, unit /= 10)
        *time += unit * (line.data[here] - '0');
    *at = here;
}

/* "- 0:05.2" behind a time: where it ends. */
static bool take_range(vb_str line, size_t *at, vb_time *end)
{
    size_t here = *at;
    cue_skip_blanks(line, &here);
    if (str_starts(str_from(line, here), "–"))
        here += strlen("–");
    else if (byte_at(line, here) == '-')
        here++;
    else
        return false;
    cue_skip_blanks(line, &here);
    if (!is_digit(byte_at(line, here)) || !take_time(line, &here, end))
        return false;
    *at = here;
    return true;
}

/* The time, its brackets and a second time behind an arrow or a dash. */
static bool take_stamp(vb_str line, size_t *at, struct timed_line *t)
{
    size_t here = *at;
    char closer = closer_of(byte_at(line, here));
    here += closer != '\0';
    t->brackets = closer != '\0';
    t->end = VB_NO_TIME;
    if (!is_digit(byte_at(line, here)) || !take_time(line, &here, &t->start))
        return false;
    if (closer == '#')
        take_dashed_fraction(line, &here, &t->start);
    size_t behind = here;
    t->arrow = cue_arrow_take(line, &behind) && take_time(line, &behind, &t->end);
    if (t->arrow)
        here = behind;
    else if (!take_range(line, &here, &t->end))
        t->end = VB_NO_TIME;
    if (closer && byte_at(line, here++) != closer)
        return false;
    *at = here;
    return true;
}

/* ---- a name before the time ---- */

/* "Anne Martin", "Anne:", "[Anne]" without what stands around the name. */
static vb_str bare_name(vb_str text)
{
    text = str_trim(text);
    if (str_starts(text, "[") && str_ends(text, "]"))
        return str_trim(str_cut(text, 1, text.len - 1));
    if (str_ends(text, ":"))
        text.len--;
    return str_trim(text);
}

static bool is_name(vb_str name)
{
    return name.len && name_reads_like_one(cue_name_alone(name));
}

/* "Anne Martin 00:12" and nothing behind it. */
static bool scan_named(vb_str line, struct timed_line *t)
{
    enum { LONGEST = 100 };
    vb_str trimmed = str_trim(line);
    if (trimmed.len > LONGEST || !trimmed.len)
        return false;
    size_t space = trimmed.len;
    while (space > 0 && trimmed.data[space - 1] != ' ' && trimmed.data[space - 1] != '\t')
        space--;
    size_t at = space;
    if (!space || !take_stamp(trimmed, &at, t))
        return false;
    if (byte_at(trimmed, at) == ':')
        at++;
    t->name = bare_name(str_cut(trimmed, 0, space));
    t->text_at = line.len;
    return at == trimmed.len && is_name(t->name);
}

/* "Anne: [00:00:12] text": between brackets, text may follow. */
static bool scan_named_before_text(vb_str line, struct timed_line *t)
{
    vb_str start = str_cut(line, 0, START_OF_LINE);
    size_t open = 0;
    while (open < start.len && start.data[open] != '[' && start.data[open] != '#')
        open++;
    if (open == 0 || open == start.len)
        return false;
    size_t at = open;
    t->name = bare_name(str_cut(start, 0, open));
    if (!is_name(t->name) || !take_stamp(start, &at, t))
        return false;
    if (byte_at(start, at) == ':')
        at++;
    cue_skip_blanks(start, &at);
    t->text_at = at;
    return true;
}

bool timed_line_scan(vb_str line, struct timed_line *t)
{
    vb_str start = str_cut(line, 0, START_OF_LINE);
    size_t at = 0;
    *t = (struct timed_line){.name = VB_STR("")};
    cue_skip_blanks(start, &at);
    if (!take_stamp(start, &at, t)) {
        t->name = VB_STR("");
        return scan_named(line, t) || scan_named_before_text(line, t);
    }
    size_t behind = at;
    cue_skip_blanks(start, &behind);
    /* "12:03 - text", "12:03: text" */
    if (!t->brackets && behind + 1 < start.len && strchr("-:", start.data[behind]) &&
        start.data[behind + 1] == ' ') {
        behind++;
        cue_skip_blanks(start, &behind);
    }
    t->text_at = behind;
    return true;
}

bool timed_line_could_be(vb_str line)
{
    line = str_trim(str_cut(line, 0, START_OF_LINE));
    return line.len && (is_digit(line.data[0]) ||
                        (closer_of(line.data[0]) && line.len > 1 && is_digit(line.data[1])));
}

/* ---- marks inside a line ---- */

bool time_mark_next(vb_str line, size_t from, struct time_mark *mark)
{
    struct timed_line t;
    for (size_t at = from; at + 1 < line.len; at++) {
        char c = line.data[at];
        if ((c != '[' && c != '#') || !is_digit(line.data[at + 1]))
            continue;
        size_t end = at;
        if (!take_stamp(line, &end, &t) || t.end != VB_NO_TIME)
            continue;
        *mark = (struct time_mark){at, end, t.start, c == '#'};
        return true;
    }
    return false;
}
