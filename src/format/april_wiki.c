/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wikitext to lines.
 *
 * One walk over the bytes.  Every search for a closing sign remembers its last answer, so a
 * page full of unclosed markup still takes time in proportion to its length.  What is not
 * closed, or not known, is text: nothing that was typed gets lost. */
#include "format/april_wiki.h"

#include <string.h>

#include "base/str.h"

static const char *const closers[CLOSERS] = {
    [LINK_END] = "]",      [PAGE_LINK_END] = "]]",     [TAG_END] = ">",
    [COMMENT_END] = "-->", [TEMPLATE_END] = "}}",      [TABLE_END] = "\n|}",
    [REF_END] = "</ref>",  [NOWIKI_END] = "</nowiki>", [PRE_END] = "</pre>",
};

static size_t find_line_end(vb_str text, size_t from)
{
    while (from < text.len && text.data[from] != '\n' && text.data[from] != '\r')
        from++;
    return from;
}

size_t find_closer(struct wiki *w, enum closer which, size_t from)
{
    if (w->found[which] && w->found[which] >= from)
        return w->found[which];
    if (which == LINE_END)
        return w->found[which] = find_line_end(w->text, from);
    size_t found = str_find(str_from(w->text, from), str_of(closers[which]));
    return w->found[which] = found == STR_NOT_FOUND ? w->text.len : from + found;
}

struct vb_span span_between(size_t from, size_t until)
{
    return (struct vb_span){(uint32_t)from, (uint32_t)(until - from)};
}

static bool at_text(const struct wiki *w, const char *text)
{
    return str_starts(str_from(w->text, w->at), text);
}

/* The next block stands alone: neither bold nor a quote lasts beyond it. <em> may. */
static void begin_block(struct wiki *w, enum line_kind kind, uint8_t level)
{
    page_break_block(w->page, kind, level);
    w->bold_tags = 0;
    w->bold_quotes = w->italic_quotes = w->after_break = false;
}

/* ---- line ends ---- */

/* Moves behind the line end at `at`. */
static size_t behind_line_end(vb_str text, size_t at)
{
    if (at + 1 < text.len && text.data[at] == '\r' && text.data[at + 1] == '\n')
        return at + 2;
    return at < text.len ? at + 1 : at;
}

static bool begins_block(const struct wiki *w)
{
    return at_text(w, "=") || at_text(w, "*") || at_text(w, "#") || at_text(w, ":") ||
           at_text(w, ";") || at_text(w, "{|") || at_text(w, "----");
}

/* Moves over lines that hold nothing; true when there was one. */
static bool skip_blank_lines(struct wiki *w)
{
    size_t at = w->at, from = w->at;
    while (at < w->text.len && strchr(" \t\r\n", w->text.data[at]) && w->text.data[at]) {
        bool line_ends = w->text.data[at] == '\n' || w->text.data[at] == '\r';
        at = line_ends ? behind_line_end(w->text, at) : at + 1;
        w->at = line_ends ? at : w->at;
    }
    return w->at > from || at >= w->text.len;
}

/* A single line end is a space, unless <br/> stands before it. */
static void take_line_end(struct wiki *w)
{
    size_t from = w->at;
    w->at = behind_line_end(w->text, from);
    w->bold_quotes = w->italic_quotes = false;
    if (skip_blank_lines(w) || begins_block(w))
        begin_block(w, LINE_TEXT, 0);
    else if (!w->after_break && w->page->is_open)
        page_put(w->page, VB_STR(" "), span_between(from, w->at), 0);
}

/* ---- line starts ---- */

/* Where the line's text ends, without white space and a comment behind it. */
static size_t end_of_heading(const struct wiki *w, size_t end)
{
    vb_str line = str_cut(w->text, w->at, end);
    for (;;) {
        while (line.len && strchr(" \t", line.data[line.len - 1]))
            line.len--;
        if (!str_ends(line, "-->"))
            return w->at + line.len;
        const char *comment = memrchr(line.data, '<', line.len);
        if (!comment || !str_starts(str_from(line, (size_t)(comment - line.data)), "<!--"))
            return w->at + line.len;
        line.len = (size_t)(comment - line.data);
    }
}

/* ==Title==: as many signs as stand on both sides, the rest is text. */
static bool take_heading(struct wiki *w)
{
    if (!at_text(w, "="))
        return false;
    size_t line_end = find_closer(w, LINE_END, w->at);
    size_t from = w->at, until = end_of_heading(w, line_end);
    size_t level = 0;
    while (level < 6 && until - from > 2 * level + 2 && w->text.data[from + level] == '=' &&
           w->text.data[until - level - 1] == '=')
        level++;
    if (!level)
        return false;
    begin_block(w, LINE_HEADING, (uint8_t)level);
    page_touch(w->page, span_between(from, until));
    w->at = from + level;
    walk_inline(w, until - level);
    begin_block(w, LINE_TEXT, 0);
    if (w->at < line_end)
        w->at = line_end;
    return true;
}

static bool take_item(struct wiki *w)
{
    size_t at = w->at;
    while (at < w->text.len && w->text.data[at] && strchr("*#:;", w->text.data[at]))
        at++;
    if (at == w->at)
        return false;
    begin_block(w, LINE_ITEM, 0);
    page_touch(w->page, span_between(w->at, at));
    w->at = at;
    walk_inline(w, find_closer(w, LINE_END, w->at));
    return true;
}

static bool take_table(struct wiki *w)
{
    if (!at_text(w, "{|"))
        return false;
    size_t end = find_closer(w, TABLE_END, w->at);
    if (end >= w->text.len)
        return false;
    page_opaque(w->page, span_between(w->at, end + 3));
    begin_block(w, LINE_TEXT, 0);
    w->at = end + 3;
    return true;
}

static bool take_rule(struct wiki *w)
{
    if (!at_text(w, "----"))
        return false;
    while (w->at < w->text.len && w->text.data[w->at] == '-')
        w->at++;
    begin_block(w, LINE_TEXT, 0);
    return true;
}

/* __NOTOC__ and its like. */
static bool take_switch(struct wiki *w)
{
    size_t end = find_closer(w, LINE_END, w->at);
    vb_str line = str_trim(str_cut(w->text, w->at, end));
    if (line.len < 5 || line.len > 24 || !str_starts(line, "__") || !str_ends(line, "__"))
        return false;
    w->at = end;
    return true;
}

static void take_line(struct wiki *w)
{
    bool starts = w->at == 0 || strchr("\n\r", w->text.data[w->at - 1]);
    bool taken = starts && (take_heading(w) || take_item(w) || take_table(w) || take_rule(w) ||
                            take_switch(w));
    if (!taken)
        walk_inline(w, find_closer(w, LINE_END, w->at));
    if (w->at < w->text.len && (w->text.data[w->at] == '\n' || w->text.data[w->at] == '\r'))
        take_line_end(w);
}

static void walk(struct wiki *w)
{
    skip_blank_lines(w);
    page_break_block(w->page, LINE_TEXT, 0);
    while (w->at < w->text.len && !w->page->broken)
        take_line(w);
    page_end(w->page);
}

void april_read_wikitext(struct page *page)
{
    struct wiki w = {.page = page, .text = page->source};
    walk(&w);
}

vb_str april_plain_wikitext(struct page *page, struct vb_span span)
{
    struct page inside = {.source = page->source};
    struct wiki w = {
        .page = &inside,
        .text = str_cut(page->source, 0, span.at + span.len),
        .at = span.at,
        .in_note = true,
    };
    walk(&w);
    struct buf plain = {0};
    for (size_t i = 0; i < inside.lines.count; i++) {
        if (i)
            buf_putc(&plain, ' ');
        buf_add(&plain, line_text(&inside, &inside.lines.items[i]));
    }
    vb_str kept = arena_str(&page->arena, buf_str(&plain));
    buf_free(&plain);
    page_free(&inside);
    return kept;
}
