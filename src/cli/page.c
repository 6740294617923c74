/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal player prints. */
#include "cli/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/report.h"
#include "cli/table.h"
#include "transcript/text.h"

#define RESET       "\033[0m"
#define BOLD        "\033[1m"
#define DIM         "\033[2m"
#define INVERSE     "\033[7m"
#define ERASE_BELOW "\r\033[J"

enum {
    MARGIN = 2,  /* cells left of the text, for the mark */
    WIDEST = 80, /* longer lines are hard to follow */
    NARROWEST = 20,
};

static const char *const hues[] = {"\033[36m", "\033[35m", "\033[32m",
                                   "\033[33m", "\033[34m", "\033[31m"};

void page_init(struct page *page, bool draws, const struct vb_transcript *transcript)
{
    const char *no_colour = getenv("NO_COLOR");
    *page = (struct page){.draws = draws,
                          .colours = draws && !(no_colour && *no_colour),
                          .columns = WIDEST,
                          .rows = 24,
                          .transcript = transcript,
                          .paragraph = VB_NONE};
}

void page_free(struct page *page)
{
    free(page->lines);
    buf_free(&page->status);
    buf_free(&page->record);
    buf_free(&page->live);
}

/* ---- a paragraph in lines ---- */

/* Cells for text in a line; 0: as many as it takes. */
static size_t line_width(const struct page *page)
{
    if (!page->draws)
        return 0;
    int width = (page->columns < WIDEST ? page->columns : WIDEST) - MARGIN - 1;
    return (size_t)(width > NARROWEST ? width : NARROWEST);
}

static void add_line(struct page *page, uint32_t first)
{
    struct {
        struct page_line *items;
        size_t count, room;
    } lines = {page->lines, page->line_count, page->line_room};
    vec_push(&lines, (struct page_line){.first = first});
    page->lines = lines.items;
    page->line_count = lines.count;
    page->line_room = lines.room;
}

/* Words tied to each other stay together: the last line gives up those from `bond` on. */
static void move_to_new_line(struct page *page, uint32_t bond, uint32_t word)
{
    struct page_line *last = &page->lines[page->line_count - 1];
    if (bond > last->first)
        last->count = bond - last->first;
    else
        bond = word; /* the whole line is one chain: it has to break somewhere */
    add_line(page, bond);
    page->lines[page->line_count - 1].count = word - bond;
}

static size_t cells_of(const struct page *page, const struct page_line *line)
{
    size_t cells = 0;
    for (uint32_t i = 0; i < line->count; i++)
        cells += text_width(vb_word_text(page->transcript, line->first + i)) + (i > 0);
    return cells;
}

static void break_lines(struct page *page)
{
    page->line_count = 0;
    if (page->paragraph == VB_NONE)
        return;
    const struct vb_paragraph *paragraph = vb_paragraph(page->transcript, page->paragraph);
    const size_t width = line_width(page);
    size_t used = 0;
    uint32_t bond = paragraph->first_word; /* where the chain of tied words began */
    for (uint32_t i = 0; i < paragraph->word_count; i++) {
        uint32_t word = paragraph->first_word + i;
        uint16_t marks = vb_word_marks(page->transcript, word);
        size_t cells = text_width(vb_word_text(page->transcript, word));
        bond = marks & (VB_TIED | VB_GLUED) ? bond : word;
        if (i == 0 || marks & VB_NEW_LINE) {
            add_line(page, word);
            used = 0;
        } else if (width && used + 1 + cells > width) {
            move_to_new_line(page, bond, word);
            used = cells_of(page, &page->lines[page->line_count - 1]);
        }
        used += cells + (used > 0);
        page->lines[page->line_count - 1].count++;
    }
}

static void put_line_text(const struct page *page, size_t line, struct buf *out)
{
    struct buf text = {0};
    text_of_words(page->transcript, page->lines[line].first, page->lines[line].count, &text);
    if (page->draws)
        put_fitted(out, buf_str(&text), line_width(page));
    else
        put_safe(out, buf_str(&text));
    buf_free(&text);
}

/* ---- the record ---- */

static void put_style(struct page *page, enum page_style style, uint32_t hue)
{
    if (style == STYLE_PLAIN)
        return;
    buf_puts(&page->record, style == STYLE_QUIET ? DIM : BOLD);
    if (style == STYLE_SPEAKER && page->colours)
        buf_puts(&page->record, hues[hue % COUNT(hues)]);
}

void page_say(struct page *page, enum page_style style, uint32_t hue, vb_str text)
{
    vb_str line;
    size_t width = line_width(page) + MARGIN;
    if (!page->draws) {
        put_safe(&page->record, text);
        buf_putc(&page->record, '\n');
        return;
    }
    for (size_t at = 0; wrap_next(text, width, &at, &line);) {
        put_style(page, style, hue);
        put_safe(&page->record, line);
        buf_puts(&page->record, style == STYLE_PLAIN ? "\n" : RESET "\n");
    }
}

void page_gap(struct page *page)
{
    buf_putc(&page->record, '\n');
}

static void put_record_line(struct page *page, size_t line)
{
    buf_puts(&page->record, page->draws ? "  " : "");
    put_line_text(page, line, &page->record);
    buf_putc(&page->record, '\n');
}

/* What is left of the paragraph becomes record. */
static void settle(struct page *page)
{
    for (size_t line = page->told; line < page->line_count; line++)
        put_record_line(page, line);
    page->told = page->line_count;
}

void page_begin(struct page *page, uint32_t paragraph)
{
    settle(page);
    page->paragraph = paragraph;
    page->current = page->told = 0;
    break_lines(page);
}

void page_leave(struct page *page)
{
    if (!page->draws)
        page->told = page->line_count;
}

void page_tell(struct page *page, uint32_t paragraph)
{
    page_begin(page, paragraph);
    page_begin(page, VB_NONE);
}

void page_mark(struct page *page, uint32_t word)
{
    size_t line = 0;
    while (line + 1 < page->line_count && page->lines[line + 1].first <= word)
        line++;
    page->current = line;
    if (page->draws)
        return;
    for (; page->told <= line && page->told < page->line_count; page->told++)
        put_record_line(page, page->told);
}

void page_status(struct page *page, vb_str text)
{
    buf_clear(&page->status);
    put_fitted(&page->status, text, page->columns > 1 ? (size_t)page->columns - 1 : 1);
}

/* ---- what is drawn in place ---- */

static void put_live_line(const struct page *page, size_t line, struct buf *out)
{
    bool marked = line == page->current;
    buf_puts(out, marked ? BOLD "▸ " : "  ");
    put_line_text(page, line, out);
    buf_puts(out, marked ? RESET "\n" : "\n");
}

/* As many lines around the marked one as the screen can hold; the status line closes it. */
static void compose(const struct page *page, struct buf *out)
{
    size_t room = page->rows > 4 ? (size_t)page->rows - 3 : 1;
    size_t first = 0, last = page->line_count;
    if (last > room) {
        first = page->current > room / 2 ? page->current - room / 2 : 0;
        first = first + room > last ? last - room : first;
        last = first + room;
    }
    for (size_t line = first; line < last; line++)
        put_live_line(page, line, out);
    buf_puts(out, INVERSE);
    buf_add(out, buf_str(&page->status));
    buf_puts(out, RESET);
}

/* How wide a line with escape codes in it is. */
static size_t shown_width(vb_str line)
{
    size_t width = text_width(line);
    for (size_t at = 0; at < line.len; at++) {
        if (line.data[at] != '\033')
            continue;
        while (++at < line.len && line.data[at] != 'm')
            width--;
        width--; /* the m itself */
    }
    return width;
}

/* The rows that the live part takes on a screen of so many columns. */
static int rows_of(const struct buf *live, int columns)
{
    vb_str line, text = buf_str(live);
    int rows = 0;
    for (size_t at = 0; str_line(text, &at, &line);) {
        int width = (int)shown_width(line);
        rows += width > columns ? (width + columns - 1) / columns : 1;
    }
    return rows;
}

/* Back to where the live part begins, and nothing left below. */
static void put_erase(const struct page *page, struct buf *out)
{
    int rows = rows_of(&page->live, page->columns);
    if (rows > 1)
        buf_printf(out, "\033[%dA", rows - 1);
    if (rows)
        buf_puts(out, ERASE_BELOW);
}

void page_resize(struct page *page, int columns, int rows)
{
    page->columns = columns;
    page->rows = rows;
    uint32_t word = page->line_count ? page->lines[page->current].first : 0;
    break_lines(page);
    page_mark(page, word);
}

static bool write_and_forget(struct page *page, struct buf *out)
{
    bool written = !out->len || print_out(buf_str(out));
    buf_free(out);
    buf_clear(&page->record);
    return written;
}

bool page_show(struct page *page)
{
    struct buf out = {0}, live = {0};
    if (page->draws)
        compose(page, &live);
    bool same = str_is(buf_str(&live), buf_str(&page->live));
    if (same && !page->record.len) {
        buf_free(&live);
        return true;
    }
    put_erase(page, &out);
    buf_add(&out, buf_str(&page->record));
    buf_add(&out, buf_str(&live));
    buf_free(&page->live);
    page->live = live;
    return write_and_forget(page, &out);
}

bool page_end(struct page *page)
{
    struct buf out = {0};
    page_begin(page, VB_NONE);
    put_erase(page, &out);
    buf_add(&out, buf_str(&page->record));
    buf_clear(&page->live);
    return write_and_forget(page, &out);
}
