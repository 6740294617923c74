/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time marker as the page at hand writes its own: the line of another marker serves as the
 * pattern, else the habit of April's wiki. */
#include "format/april_marker.h"
#include "base/str.h"

/* What stands between the numbers of the pattern, and how it ends: "’ " and "" in "16’ 20". */
struct signs {
    vb_str between, after;
};

static bool is_number(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_numbers(vb_str text, size_t at, bool numbers)
{
    while (at < text.len && is_number(text.data[at]) == numbers)
        at++;
    return at;
}

/* Of a pattern with two numbers; else the usual signs. */
static struct signs signs_of(vb_str pattern)
{
    size_t first = skip_numbers(pattern, 0, true), second = skip_numbers(pattern, first, false);
    size_t end = skip_numbers(pattern, second, true);
    bool plain = first > 0 && second > first && end > second &&
                 skip_numbers(pattern, end, false) == pattern.len;
    if (!plain)
        return (struct signs){VB_STR("’ "), VB_STR("")};
    return (struct signs){str_cut(pattern, first, second), str_from(pattern, end)};
}

static void put_time(vb_time time, struct signs signs, struct buf *out)
{
    int64_t seconds = (time + VB_SECOND / 2) / VB_SECOND;
    if (seconds >= 3600)
        buf_printf(out, "%d h ", (int)(seconds / 3600));
    buf_printf(out, "%02d", (int)(seconds / 60 % 60));
    buf_add(out, signs.between);
    buf_printf(out, "%02d", (int)(seconds % 60));
    buf_add(out, signs.after);
}

/* The line of the page around a span. */
static vb_str line_around(vb_str page, struct vb_span span, size_t *before)
{
    size_t from = span.at, until = span.at + span.len;
    while (from > 0 && page.data[from - 1] != '\n')
        from--;
    while (until < page.len && page.data[until] != '\n' && page.data[until] != '\r')
        until++;
    *before = span.at - from;
    return str_cut(page, from, until);
}

/* A marker's line without a title: signs alone stand around the time. */
static bool is_pattern(vb_str line, size_t before, size_t len)
{
    for (size_t at = 0; at < line.len;) {
        bool inside = at >= before && at < before + len;
        if (is_letter_or_digit(str_next(line, &at)) && !inside)
            return false;
    }
    return true;
}

void april_marker(const struct vb_transcript *t, vb_str page, vb_time time, struct buf *out)
{
    for (uint32_t i = 0; i < vb_marker_count(t); i++) {
        const struct vb_marker *marker = vb_marker(t, i);
        size_t before;
        if (!marker->span.len || marker->span.at + (size_t)marker->span.len > page.len)
            continue;
        vb_str line = line_around(page, marker->span, &before);
        if (!is_pattern(line, before, marker->span.len))
            continue;
        buf_add(out, str_cut(line, 0, before));
        put_time(time, signs_of(marker->text), out);
        buf_add(out, str_from(line, before + marker->span.len));
        return;
    }
    bool wiki = str_eq(vb_variant(t), "wikitext");
    buf_puts(out, wiki ? "==" : "");
    put_time(time, signs_of(VB_STR("")), out);
    buf_puts(out, wiki ? "==" : "");
}
