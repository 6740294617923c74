/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes as copied text has them: "[1]" behind a word, or a digit glued to it, and perhaps a
 * list at the page's end.
 *
 * "[n]" is a note where the numbers rise from 1.  A glued digit is one only where the list has
 * that number; "April1" may be a name otherwise. */
#include "format/april.h"

#include "base/str.h"

enum { NOTE_NUMBER_MAX = 9999 };

/* "12" at `at`: its value, and the place behind it. 0: none. */
static uint32_t number_at(vb_str text, size_t *at)
{
    uint32_t number = 0;
    size_t next = *at;
    while (next < text.len && is_digit(text.data[next]) && next - *at < 4)
        number = number * 10 + (uint32_t)(text.data[next++] - '0');
    if (next < text.len && is_digit(text.data[next]))
        return 0;
    *at = next;
    return number;
}

/* ---- the list ---- */

/* "[1] text", "1. text", "1 text", "↑ text". False: no line of a list of notes. */
static bool split_note(vb_str line, uint32_t *number, vb_str *text)
{
    size_t at = 0;
    *number = 0;
    if (str_starts(line, "↑")) {
        *text = str_trim(str_from(line, 3));
        return text->len > 0;
    }
    bool bracket = str_starts(line, "[");
    at += bracket;
    *number = number_at(line, &at);
    if (!*number || (bracket && !str_starts(str_from(line, at), "]")))
        return false;
    at += bracket;
    at += str_starts(str_from(line, at), ".");
    size_t behind = at;
    if (at >= line.len || !is_space(str_next(line, &behind)))
        return false;
    *text = str_trim(str_from(line, at));
    if (str_starts(*text, "↑"))
        *text = str_trim(str_from(*text, 3));
    return text->len > 0;
}

static bool is_heading_of_notes(vb_str text)
{
    static const char *const titles[] = {"notes", "références", "notes et références", "note"};
    struct buf key = {0};
    april_undecorate(&text);
    label_key(text, &key);
    bool is = false;
    for (size_t i = 0; i < COUNT(titles) && !is; i++)
        is = str_eq(buf_str(&key), titles[i]);
    buf_free(&key);
    return is;
}

/* The lines at the body's end that number 1, 2, 3 …; `from` == `until`: there is no list. */
static struct region find_list(const struct page *page, struct region body)
{
    struct region list = {body.until, body.until};
    uint32_t number, next = 0;
    vb_str text;
    for (; list.from > body.from && next != 1; list.from--) {
        const struct line *line = &page->lines.items[list.from - 1];
        if (line->kind == LINE_GONE)
            continue;
        if (!split_note(line_text(page, line), &number, &text) || (next && number != next - 1))
            break;
        next = number;
    }
    bool starts = list.from < list.until &&
                  split_note(line_text(page, &page->lines.items[list.from]), &number, &text) &&
                  number <= 1;
    return starts ? list : (struct region){body.until, body.until};
}

static void take_list(struct page *page, struct region list)
{
    uint32_t number;
    vb_str text;
    for (size_t i = list.from; i < list.until; i++) {
        struct line *line = &page->lines.items[i];
        if (line->kind != LINE_GONE && split_note(line_text(page, line), &number, &text))
            vec_push(&page->notes, text);
        line->kind = LINE_GONE;
    }
}

/* ---- the marks ---- */

struct marks {
    struct page *page;
    uint32_t next; /* the number that would rise */
    bool listed;   /* only numbers of the list count, glued ones too */
};

static void mark(struct marks *m, size_t at, size_t end, uint32_t number)
{
    struct footnote_mark note = {
        .at = (uint32_t)at, .number = number, .shown_len = (uint32_t)(end - at)};
    vec_push(&m->page->footnotes, note);
    m->next = number >= m->next ? number + 1 : m->next;
}

/* "[1]" at `at`; the white space before it belongs to it. */
static size_t take_bracketed(struct marks *m, vb_str text, size_t at, size_t line_at)
{
    size_t end = at + 1;
    uint32_t number = number_at(text, &end);
    if (!number || number > m->next || !str_starts(str_from(text, end), "]") || at == 0)
        return at + 1;
    mark(m, line_at + at, line_at + end + 1, number);
    return end + 1;
}

/* "April1": a letter, the next number of the list, and no letter behind. */
static size_t take_glued(struct marks *m, vb_str text, size_t at, size_t line_at)
{
    size_t end = at;
    uint32_t number = number_at(text, &end), before = str_before(text, at);
    size_t behind = end;
    if (!number)
        return at + 1;
    bool word_ends = end >= text.len || !is_letter_or_digit(str_next(text, &behind));
    bool is_note = m->listed && number == m->next && number <= m->page->notes.count &&
                   is_letter_or_digit(before) && !(before < 0x80 && is_digit((char)before)) &&
                   word_ends;
    if (is_note)
        mark(m, line_at + at, line_at + end, number);
    return end;
}

static void find_marks(struct marks *m, const struct line *line)
{
    vb_str text = line_text(m->page, line);
    for (size_t at = 0; at < text.len;) {
        if (text.data[at] == '[')
            at = take_bracketed(m, text, at, line->text_at);
        else if (is_digit(text.data[at]))
            at = take_glued(m, text, at, line->text_at);
        else
            at++;
    }
}

void april_find_notes(struct page *page, struct region body)
{
    if (page->layer != LAYER_RENDERED)
        return;
    struct region list = find_list(page, body);
    uint32_t number;
    for (size_t i = list.from; i < list.until; i++) {
        vb_str text;
        if (split_note(line_text(page, &page->lines.items[i]), &number, &text))
            vec_push(&page->notes, text);
    }
    struct marks m = {.page = page, .next = 1, .listed = page->notes.count > 0};
    for (size_t i = body.from; i < list.from; i++)
        if (page->lines.items[i].kind != LINE_GONE)
            find_marks(&m, &page->lines.items[i]);
    page->notes.count = 0;
    /* A list that nothing in the text points to is something that is said. */
    if (!page->footnotes.count)
        return;
    take_list(page, list);
    if (list.from < list.until && list.from > body.from &&
        is_heading_of_notes(line_text(page, &page->lines.items[list.from - 1])))
        page->lines.items[list.from - 1].kind = LINE_GONE;
}
