/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headings: sections, and the time markers among them.
 *
 * Wikitext and HTML say what a heading is.  In copied text it is a line like any other, given
 * away by the skin's decoration or by a time; running text is never searched for times. */
#include "format/april.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"

bool april_undecorate(vb_str *heading)
{
    static const char *const decorations[] = {"§",
                                              "¶",
                                              "[modifier]",
                                              "[edit]",
                                              "[modifier | modifier le code]",
                                              "[modifier le wikicode]"};
    bool found = false;
    vb_str text = str_trim(*heading);
    for (size_t i = 0; i < COUNT(decorations); i++)
        if (str_ends(text, decorations[i])) {
            text = str_trim(str_cut(text, 0, text.len - strlen(decorations[i])));
            found = true;
            i = (size_t)-1; /* there may be two */
        }
    *heading = text;
    return found;
}

bool line_is_alone(const struct page *page, size_t line)
{
    return page->lines.items[line].opens_block && line_ends_block(page, line);
}

static bool is_within(vb_time time, vb_time duration)
{
    return duration == VB_NO_TIME || time <= duration + duration / 10;
}

/* The heading's time; a title with a time that can't be is all title. */
static bool heading_time(vb_str text, vb_time duration, struct titled_time *found)
{
    return time_from_heading(text, found) &&
           (!found->title.len || is_within(found->time, duration));
}

enum { HEADING_MAX = 120 }; /* characters, in copied text */

static size_t count_characters(vb_str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len; count++)
        str_next(text, &at);
    return count;
}

/* A line that is only a time, in signs or colons; or that ends in one, written with care. */
static bool is_timed_line(vb_str text, vb_time duration)
{
    struct titled_time found;
    if (count_characters(text) > HEADING_MAX || !heading_time(text, duration, &found))
        return false;
    return found.title.len ? found.precise : found.form != TIME_HOUR;
}

void april_mark_headings(struct page *page, struct region body, vb_time duration)
{
    if (page->layer != LAYER_RENDERED)
        return;
    for (size_t i = body.from; i < body.until; i++) {
        struct line *line = &page->lines.items[i];
        vb_str text = line_text(page, line);
        if (line->kind == LINE_GONE || text.len > 4 * HEADING_MAX)
            continue;
        bool decorated = april_undecorate(&text) && text.len;
        if (decorated || (line_is_alone(page, i) && is_timed_line(text, duration)))
            line->kind = LINE_HEADING;
        page->has_decoration = page->has_decoration || decorated;
    }
}

/* Sentences end in a sign; titles do not. */
static bool reads_like_a_title(vb_str text)
{
    uint32_t last = str_before(text, text.len);
    size_t at = 0;
    uint32_t first = str_next(text, &at);
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++)
        words += text.data[i] == ' ';
    return text.len <= 4 * 80 && count_characters(text) <= 80 && words <= 12 &&
           is_letter_or_digit(last) && is_letter_or_digit(first) && !label_starts(text);
}

bool line_reads_like_a_title(const struct page *page, size_t line)
{
    return page->lines.items[line].kind == LINE_TEXT && line_is_alone(page, line) &&
           reads_like_a_title(line_text(page, &page->lines.items[line]));
}

static bool has_label(const struct page *page, size_t line, struct region body)
{
    return line < body.until && page->lines.items[line].label_len;
}

void april_guess_headings(struct page *page, struct region body, struct builder *b)
{
    if (page->layer != LAYER_RENDERED || page->has_decoration || !page->has_header)
        return;
    for (size_t i = body.from; i < body.until; i++) {
        struct line *line = &page->lines.items[i];
        vb_str text = line_text(page, line);
        if (line->label_len || line->skip || !has_label(page, i + 1, body) ||
            !line_reads_like_a_title(page, i))
            continue;
        line->kind = LINE_HEADING;
        builder_note(b, VB_INFO, line->span, _("“%.*s” is taken for a heading"), (int)text.len,
                     text.data);
    }
}

void april_put_heading(const struct page *page, const struct line *line, vb_time duration,
                       struct builder *b)
{
    vb_str text = line_text(page, line), whole = text;
    april_undecorate(&text);
    struct titled_time found;
    bool timed = heading_time(text, duration, &found);
    vb_str title = timed ? found.title : text;
    if (title.len)
        builder_section(b, title, line->level ? line->level : 2,
                        timed ? found.time : VB_NO_TIME, line->span);
    if (!timed)
        return;
    size_t from = (size_t)(found.text.data - whole.data);
    builder_marker(b, found.time, found.text,
                   line_part_span(page, line, from, from + found.text.len));
}
