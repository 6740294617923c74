/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream of lines: written by the reader of a layer, read by everything behind it.
 *
 * The shown text of all lines is one string; a line is a range of it, and its runs tell which
 * bytes of the source each part comes from. */
#include "format/april.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/str.h"

void page_free(struct page *page)
{
    free(page->runs.items);
    free(page->lines.items);
    free(page->footnotes.items);
    free(page->notes.items);
    free(page->named_notes.items);
    free(page->links.items);
    buf_free(&page->shown);
    arena_free(&page->arena);
}

static void open_line(struct page *page, struct vb_span span)
{
    if (page->is_open)
        return;
    page->open = (struct line){
        .kind = (uint8_t)page->next_kind,
        .level = page->next_level,
        .opens_block = page->next_opens_block,
        .text_at = (uint32_t)page->shown.len,
        .first_run = (uint32_t)page->runs.count,
        .span = {span.at, 0},
    };
    page->is_open = true;
}

void page_touch(struct page *page, struct vb_span span)
{
    open_line(page, span);
    if (span.at + span.len > page->open.span.at + page->open.span.len)
        page->open.span.len = span.at + span.len - page->open.span.at;
}

/* Does the new text go on where the line's last run ends, byte for byte? */
static bool continues(const struct page *page, vb_str text, struct vb_span span, uint8_t style)
{
    if (page->runs.count <= page->open.first_run)
        return false;
    const struct run *last = &page->runs.items[page->runs.count - 1];
    return last->style == style && last->len == last->span.len && text.len == span.len &&
           last->span.at + last->span.len == span.at;
}

void page_put(struct page *page, vb_str text, struct vb_span span, uint8_t style)
{
    if (!text.len || page->broken)
        return;
    page_touch(page, span);
    if (continues(page, text, span, style)) {
        struct run *last = &page->runs.items[page->runs.count - 1];
        last->len += (uint32_t)text.len;
        last->span.len += span.len;
    } else {
        struct run run = {(uint32_t)page->shown.len, (uint32_t)text.len, span, style};
        vec_push(&page->runs, run);
    }
    buf_add(&page->shown, text);
}

void page_link(struct page *page, vb_str target)
{
    if (!page->is_open || page->open.link)
        return;
    vec_push(&page->links, arena_str(&page->arena, target));
    page->open.link = (uint32_t)page->links.count;
}

void page_footnote(struct page *page, uint32_t number, vb_str text)
{
    vec_push(&page->footnotes,
             (struct footnote_mark){(uint32_t)page->shown.len, number, 0, text});
}

void page_name_note(struct page *page, vb_str name, vb_str text)
{
    if (name.len)
        vec_push(&page->named_notes, (struct named_note){name, text});
}

/* Looks among the last few: a page has some dozens, only a made one has more. */
enum { NAMED_NOTES_MAX = 200 };

vb_str page_named_note(const struct page *page, vb_str name)
{
    size_t count = page->named_notes.count;
    size_t oldest = count > NAMED_NOTES_MAX ? count - NAMED_NOTES_MAX : 0;
    for (size_t i = count; name.len && i-- > oldest;)
        if (str_is(page->named_notes.items[i].name, name))
            return page->named_notes.items[i].text;
    return VB_STR("");
}

void page_opaque(struct page *page, struct vb_span span)
{
    if (!page->opaque_count++)
        page->opaque = span;
}

/* How much of the line's start is bold, white space before it left out. */
static uint32_t bold_start(const struct page *page, const struct line *line)
{
    uint32_t end = line->text_at;
    for (size_t i = line->first_run; i < page->runs.count; i++) {
        const struct run *run = &page->runs.items[i];
        if (run->at + run->len <= line->text_at)
            continue;
        if (!(run->style & RUN_BOLD))
            break;
        end = run->at + run->len;
    }
    uint32_t bold = end - line->text_at;
    return bold < line->text_len ? bold : line->text_len;
}

void page_break_line(struct page *page)
{
    if (!page->is_open)
        return;
    page->is_open = false;
    struct line line = page->open;
    vb_str raw = str_from(buf_str(&page->shown), line.text_at);
    vb_str text = str_trim(raw);
    if (!text.len) {
        page->runs.count = line.first_run;
        page->shown.len = line.text_at;
        return;
    }
    if (page->lines.count >= PAGE_LINES_MAX) {
        page->broken = _("the text has more lines than any transcript; is it the right file?");
        return;
    }
    line.text_at += (uint32_t)(text.data - raw.data);
    line.text_len = (uint32_t)text.len;
    line.bold_len = bold_start(page, &line);
    vec_push(&page->lines, line);
    page->next_opens_block = false;
}

void page_break_block(struct page *page, enum line_kind kind, uint8_t level)
{
    page_break_line(page);
    page->next_opens_block = true;
    page->next_kind = kind;
    page->next_level = level;
}

void page_end(struct page *page)
{
    page_break_line(page);
    page->text = buf_str(&page->shown);
}

/* ---- reading ---- */

vb_str line_text(const struct page *page, const struct line *line)
{
    return (vb_str){page->text.data + line->text_at, line->text_len};
}

uint32_t line_runs_end(const struct page *page, const struct line *line)
{
    bool last = line == &page->lines.items[page->lines.count - 1];
    return last ? (uint32_t)page->runs.count : line[1].first_run;
}

/* Runs stand in the order of the text: found by halves. */
uint32_t line_run_at(const struct page *page, const struct line *line, size_t at)
{
    uint32_t low = line->first_run, high = line_runs_end(page, line);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct run *run = &page->runs.items[middle];
        if (run->at + run->len <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct vb_span line_part_span(const struct page *page, const struct line *line, size_t from,
                              size_t until)
{
    size_t start = line->text_at + from, end = line->text_at + until;
    uint32_t at = UINT32_MAX, behind = 0;
    for (uint32_t i = line_run_at(page, line, start); i < line_runs_end(page, line); i++) {
        const struct run *run = &page->runs.items[i];
        if (run->at >= end)
            break;
        if (!run->span.len)
            continue;
        bool exact = run->len == run->span.len;
        size_t cut = exact && start > run->at ? start - run->at : 0;
        size_t rest = exact && end < run->at + run->len ? run->at + run->len - end : 0;
        if (at == UINT32_MAX)
            at = run->span.at + (uint32_t)cut;
        behind = run->span.at + run->span.len - (uint32_t)rest;
    }
    return at < behind ? (struct vb_span){at, behind - at} : (struct vb_span){line->span.at, 0};
}

bool line_ends_block(const struct page *page, size_t line)
{
    return line + 1 >= page->lines.count || page->lines.items[line + 1].opens_block;
}

vb_str line_link(const struct page *page, const struct line *line)
{
    return line->link ? page->links.items[line->link - 1] : VB_STR("");
}
