/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal player prints. */
#include "cli/paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
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

void paper_init(struct paper *paper, bool draws, const struct vb_transcript *transcript)
{
    const char *no_colour = getenv("NO_COLOR");
    *paper = (struct paper){.draws = draws,
                            .colours = draws && !(no_colour && *no_colour),
                            .columns = WIDEST,
                            .rows = 24,
                            .transcript = transcript,
                            .paragraph = VB_NONE};
}

void paper_free(struct paper *paper)
{
    free(paper->lines.items);
    buf_free(&paper->status);
    buf_free(&paper->record);
    buf_free(&paper->live);
}

/* ---- a paragraph in lines ---- */

/* Cells for text in a line; 0: as many as it takes. */
static size_t line_width(const struct paper *paper)
{
    if (!paper->draws)
        return 0;
    int width = (paper->columns < WIDEST ? paper->columns : WIDEST) - MARGIN - 1;
    return (size_t)(width > NARROWEST ? width : NARROWEST);
}

/* Words tied to each other stay together: the last line gives up those from `bond` on. */
static void move_to_new_line(struct paper *paper, uint32_t bond, uint32_t word)
{
    struct paper_line *last = &paper->lines.items[paper->lines.count - 1];
    if (bond > last->first)
        last->count = bond - last->first;
    else
        bond = word; /* the whole line is one chain: it has to break somewhere */
    vec_push(&paper->lines, (struct paper_line){.first = bond});
    paper->lines.items[paper->lines.count - 1].count = word - bond;
}

static size_t gap_before(const struct paper *paper, uint32_t word)
{
    return vb_word_marks(paper->transcript, word) & VB_GLUED ? 0 : 1;
}

static size_t cells_of(const struct paper *paper, const struct paper_line *line)
{
    size_t cells = 0;
    for (uint32_t i = 0; i < line->count; i++)
        cells += text_width(vb_word_text(paper->transcript, line->first + i)) +
                 (i > 0 ? gap_before(paper, line->first + i) : 0);
    return cells;
}

static void break_lines(struct paper *paper)
{
    paper->lines.count = 0;
    if (paper->paragraph == VB_NONE)
        return;
    const struct vb_paragraph *paragraph = vb_paragraph(paper->transcript, paper->paragraph);
    const size_t width = line_width(paper);
    size_t used = 0;
    uint32_t bond = paragraph->first_word; /* where the chain of tied words began */
    for (uint32_t i = 0; i < paragraph->word_count; i++) {
        uint32_t word = paragraph->first_word + i;
        uint16_t marks = vb_word_marks(paper->transcript, word);
        size_t cells = text_width(vb_word_text(paper->transcript, word));
        size_t gap = gap_before(paper, word);
        bond = i && text_is_tied(paper->transcript, word) ? bond : word;
        if (i == 0 || marks & VB_NEW_LINE) {
            vec_push(&paper->lines, (struct paper_line){.first = word});
            used = 0;
        } else if (width && used + gap + cells > width) {
            move_to_new_line(paper, bond, word);
            used = cells_of(paper, &paper->lines.items[paper->lines.count - 1]);
        }
        used += cells + (used > 0 ? gap : 0);
        paper->lines.items[paper->lines.count - 1].count++;
    }
}

static void put_line_text(const struct paper *paper, size_t line, struct buf *out)
{
    struct buf text = {0};
    text_of_words(paper->transcript, paper->lines.items[line].first,
                  paper->lines.items[line].count, &text);
    if (paper->draws)
        put_fitted(out, buf_str(&text), line_width(paper));
    else
        put_safe(out, buf_str(&text));
    buf_free(&text);
}

/* ---- the record ---- */

static void put_style(struct paper *paper, enum paper_style style, uint32_t hue)
{
    if (style == STYLE_PLAIN)
        return;
    buf_puts(&paper->record, style == STYLE_QUIET ? DIM : BOLD);
    if (style == STYLE_SPEAKER && paper->colours)
        buf_puts(&paper->record, hues[hue % COUNT(hues)]);
}

void paper_say(struct paper *paper, enum paper_style style, uint32_t hue, vb_str text)
{
    vb_str line;
    size_t width = line_width(paper) + MARGIN;
    if (!paper->draws) {
        put_safe(&paper->record, text);
        buf_putc(&paper->record, '\n');
        return;
    }
    for (size_t at = 0; wrap_next(text, width, &at, &line);) {
        put_style(paper, style, hue);
        put_safe(&paper->record, line);
        buf_puts(&paper->record, style == STYLE_PLAIN ? "\n" : RESET "\n");
    }
}

void paper_gap(struct paper *paper)
{
    buf_putc(&paper->record, '\n');
}

static void put_record_line(struct paper *paper, size_t line)
{
    buf_puts(&paper->record, paper->draws ? "  " : "");
    put_line_text(paper, line, &paper->record);
    buf_putc(&paper->record, '\n');
}

/* What is left of the paragraph becomes record. */
static void settle(struct paper *paper)
{
    for (size_t line = paper->told; line < paper->lines.count; line++)
        put_record_line(paper, line);
    paper->told = paper->lines.count;
}

void paper_begin(struct paper *paper, uint32_t paragraph)
{
    settle(paper);
    paper->paragraph = paragraph;
    paper->current = paper->told = 0;
    break_lines(paper);
}

void paper_leave(struct paper *paper)
{
    if (!paper->draws)
        paper->told = paper->lines.count;
}

void paper_tell(struct paper *paper, uint32_t paragraph)
{
    paper_begin(paper, paragraph);
    paper_begin(paper, VB_NONE);
}

void paper_mark(struct paper *paper, uint32_t word)
{
    size_t line = 0;
    while (line + 1 < paper->lines.count && paper->lines.items[line + 1].first <= word)
        line++;
    paper->current = line;
    if (paper->draws)
        return;
    for (; paper->told <= line && paper->told < paper->lines.count; paper->told++)
        put_record_line(paper, paper->told);
}

void paper_status(struct paper *paper, vb_str text)
{
    buf_clear(&paper->status);
    put_fitted(&paper->status, text, paper->columns > 1 ? (size_t)paper->columns - 1 : 1);
}

/* ---- what is drawn in place ---- */

static void put_live_line(const struct paper *paper, size_t line, struct buf *out)
{
    bool marked = line == paper->current;
    buf_puts(out, marked ? BOLD "▸ " : "  ");
    put_line_text(paper, line, out);
    buf_puts(out, marked ? RESET "\n" : "\n");
}

/* As many lines around the marked one as the screen can hold; the status line closes it. */
static void compose(const struct paper *paper, struct buf *out)
{
    size_t room = paper->rows > 4 ? (size_t)paper->rows - 3 : 1;
    size_t first = 0, last = paper->lines.count;
    if (last > room) {
        first = paper->current > room / 2 ? paper->current - room / 2 : 0;
        first = first + room > last ? last - room : first;
        last = first + room;
    }
    for (size_t line = first; line < last; line++)
        put_live_line(paper, line, out);
    buf_puts(out, INVERSE);
    buf_add(out, buf_str(&paper->status));
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
static void put_erase(const struct paper *paper, struct buf *out)
{
    int rows = rows_of(&paper->live, paper->columns);
    if (rows > 1)
        buf_printf(out, "\033[%dA", rows - 1);
    if (rows)
        buf_puts(out, ERASE_BELOW);
}

void paper_resize(struct paper *paper, int columns, int rows)
{
    paper->columns = columns;
    paper->rows = rows;
    uint32_t word = paper->lines.count ? paper->lines.items[paper->current].first : 0;
    break_lines(paper);
    paper_mark(paper, word);
}

static bool write_and_forget(struct paper *paper, struct buf *out)
{
    bool written = !out->len || print_out(buf_str(out));
    buf_free(out);
    buf_clear(&paper->record);
    return written;
}

bool paper_show(struct paper *paper)
{
    struct buf out = {0}, live = {0};
    if (paper->draws)
        compose(paper, &live);
    bool same = str_is(buf_str(&live), buf_str(&paper->live));
    if (same && !paper->record.len) {
        buf_free(&live);
        return true;
    }
    put_erase(paper, &out);
    buf_add(&out, buf_str(&paper->record));
    buf_add(&out, buf_str(&live));
    buf_free(&paper->live);
    paper->live = live;
    return write_and_forget(paper, &out);
}

bool paper_end(struct paper *paper)
{
    struct buf out = {0};
    paper_begin(paper, VB_NONE);
    put_erase(paper, &out);
    buf_add(&out, buf_str(&paper->record));
    buf_clear(&paper->live);
    return write_and_forget(paper, &out);
}
