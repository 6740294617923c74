/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One walk from left to right.  What closes a sign is looked for once and remembered: a million
 * brackets that are never closed, or closed by one, cost one search. */
#include "format/markdown.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "format/april.h"
#include "format/entities.h"

struct walk {
    struct markdown *m;
    vb_str text; /* up to the block's end */
    size_t at, plain;
    uint16_t marks;
    size_t emphasis;       /* where the '*' or '_' that closes it stands; 0: none is open */
    size_t link, link_end; /* "](…)" stands there; 0: no link is open */
    size_t unspoken;       /* up to here: inside a bracket that is not said */
    bool line_waits;
    size_t star, line, bracket; /* the next of them, as it was found last; 0: not looked for */
};

static bool is_punctuation(char c)
{
    return c && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) != NULL;
}

static void add(struct walk *w, vb_str text, struct vb_span span)
{
    if (!text.len)
        return;
    uint16_t marks =
        w->marks | (w->emphasis ? VB_EMPHASIS : 0) | (span.at < w->unspoken ? VB_UNSPOKEN : 0);
    if (w->line_waits)
        marks |= VB_NEW_LINE;
    w->line_waits = false;
    vec_push(&w->m->pieces, (struct piece){text, span, marks, VB_NO_TIME, VB_NO_TIME});
}

static void flush(struct walk *w)
{
    add(w, str_cut(w->text, w->plain, w->at),
        (struct vb_span){(uint32_t)w->plain, (uint32_t)(w->at - w->plain)});
    w->plain = w->at;
}

static bool skip(struct walk *w, size_t until)
{
    flush(w);
    w->at = w->plain = until;
    return true;
}

/* The next `c` at or behind `from`; STR_NOT_FOUND: none. Each is looked for once: who asks,
 * asks further and further to the right. */
static size_t find(struct walk *w, size_t from, char c, size_t *next)
{
    if (!*next || *next < from) {
        size_t found = str_find_char(str_from(w->text, from), c);
        *next = found == STR_NOT_FOUND ? found : from + found;
    }
    return *next;
}

static bool is_gap(const struct walk *w, size_t at)
{
    return at >= w->text.len || strchr(" \t\n\r", w->text.data[at]) != NULL;
}

/* "**bold**", "*italic*", "_italic_": bold is dropped, italics are kept. */
static bool take_emphasis(struct walk *w, char c)
{
    size_t run = 1;
    while (w->at + run < w->text.len && w->text.data[w->at + run] == c)
        run++;
    bool inside_word = c == '_' && w->at && is_letter_or_digit(str_before(w->text, w->at)) &&
                       !is_gap(w, w->at + run) && !is_punctuation(w->text.data[w->at + run]);
    if (inside_word || run > 3)
        return w->at += run, true;
    if (w->emphasis && w->at <= w->emphasis && w->emphasis < w->at + run) {
        skip(w, w->at + run);
        w->emphasis = 0;
        return true;
    }
    size_t closer = find(w, w->at + run, c, c == '*' ? &w->star : &w->line);
    if (is_gap(w, w->at + run) && (w->at == 0 || is_gap(w, w->at - 1)))
        return false; /* a sign of its own: 3 * 4 */
    if (run == 2)
        return closer != STR_NOT_FOUND || w->at == w->plain || !is_gap(w, w->at - 1)
                   ? skip(w, w->at + run)
                   : false;
    if (closer == STR_NOT_FOUND || is_gap(w, w->at + run) || is_gap(w, closer - 1))
        return false;
    skip(w, w->at + run);
    w->emphasis = closer;
    return true;
}

/* [text](address): the text remains. */
static bool take_link(struct walk *w)
{
    enum { LONGEST = 2000 };
    size_t closer = find(w, w->at, ']', &w->bracket);
    if (closer == STR_NOT_FOUND || closer + 1 >= w->text.len ||
        w->text.data[closer + 1] != '(' || w->link)
        return false;
    size_t end = str_find_char(str_cut(w->text, closer, closer + LONGEST), ')');
    if (end == STR_NOT_FOUND)
        return false;
    bool image = w->at > w->plain && w->text.data[w->at - 1] == '!';
    w->at -= image;
    skip(w, w->at + 1 + image);
    w->link = closer;
    w->link_end = closer + end + 1;
    return true;
}

/* Brackets that are shown and not said: "[laughter]", "[unintelligible 00:09:34]". */
static bool is_unspoken(vb_str inside)
{
    bool time = false;
    for (size_t i = 0; i + 2 < inside.len && !time; i++)
        time = is_digit(inside.data[i]) && inside.data[i + 1] == ':' &&
               is_digit(inside.data[i + 2]);
    return time || bracket_kind(inside) != BRACKET_TEXT;
}

enum { LONGEST_BRACKET = 120 };

static void begin_bracket(struct walk *w, size_t from, const char *closer)
{
    vb_str inside = str_cut(w->text, from, from + LONGEST_BRACKET);
    size_t end = str_find(inside, str_of(closer));
    if (end == STR_NOT_FOUND || !is_unspoken(str_cut(inside, 0, end)))
        return;
    flush(w);
    w->unspoken = from + end + strlen(closer);
}

static bool take_escape(struct walk *w)
{
    if (w->at + 1 >= w->text.len || !is_punctuation(w->text.data[w->at + 1]))
        return false;
    if (w->text.data[w->at + 1] == '[' && w->at >= w->unspoken)
        begin_bracket(w, w->at + 2, "\\]");
    flush(w);
    add(w, str_cut(w->text, w->at + 1, w->at + 2), (struct vb_span){(uint32_t)w->at, 2});
    w->at = w->plain = w->at + 2;
    return true;
}

/* A line's end is a space; two spaces or a backslash before it end the line. "> " and "- " at a
 * line's start are no text. */
static bool take_line_end(struct walk *w)
{
    bool hard = w->at >= 2 && w->text.data[w->at - 1] == ' ' && w->text.data[w->at - 2] == ' ';
    bool both = w->text.data[w->at] == '\r' && w->at + 1 < w->text.len &&
                w->text.data[w->at + 1] == '\n';
    w->at += both ? 2 : 1;
    flush(w);
    size_t at = w->at;
    while (at < w->text.len && strchr(" \t>", w->text.data[at]))
        at++;
    bool item =
        at + 1 < w->text.len && strchr("-+*", w->text.data[at]) && w->text.data[at + 1] == ' ';
    w->line_waits = hard || item;
    w->at = w->plain = item ? at + 2 : at;
    return true;
}

static bool take_reference(struct walk *w)
{
    uint32_t character;
    size_t len = entity_at(w->text, w->at, &character);
    if (!len)
        return false;
    flush(w);
    /* All references of interest stand for one character that the source can't lend. */
    vb_str shown = character == '&'    ? VB_STR("&")
                   : character == '<'  ? VB_STR("<")
                   : character == '>'  ? VB_STR(">")
                   : character == '"'  ? VB_STR("\"")
                   : character == 0xA0 ? VB_STR("\u00A0")
                                       : str_cut(w->text, w->at, w->at + len);
    add(w, shown, (struct vb_span){(uint32_t)w->at, (uint32_t)len});
    w->at = w->plain = w->at + len;
    return true;
}

static bool take_special(struct walk *w)
{
    char c = w->text.data[w->at];
    if (w->link && w->at == w->link) {
        skip(w, w->link_end);
        w->link = 0;
        return true;
    }
    switch (c) {
    case '\\':
        return take_escape(w);
    case '*':
    case '_':
        return take_emphasis(w, c);
    case '`':
        return skip(w, w->at + 1);
    case '&':
        return take_reference(w);
    case '\n':
    case '\r':
        return take_line_end(w);
    case '[':
        if (take_link(w))
            return true;
        if (w->at >= w->unspoken)
            begin_bracket(w, w->at + 1, "]");
        return false;
    default:
        return false;
    }
}

static void skip_prefix(struct walk *w)
{
    size_t at = w->at;
    while (at < w->text.len && strchr(" \t>", w->text.data[at]) && w->text.data[at])
        at++;
    if (at + 1 < w->text.len && strchr("-+*", w->text.data[at]) && w->text.data[at + 1] == ' ')
        at += 2;
    w->at = w->plain = at;
}

void markdown_read(struct markdown *m, vb_str source, size_t from, size_t until, bool stage)
{
    struct walk w = {.m = m,
                     .text = str_cut(source, 0, until),
                     .at = from,
                     .plain = from,
                     .marks = stage ? VB_UNSPOKEN : 0};
    m->pieces.count = 0;
    skip_prefix(&w);
    while (w.at < w.text.len) {
        if (w.unspoken && w.at >= w.unspoken) {
            flush(&w);
            w.unspoken = 0;
        }
        if (!take_special(&w))
            w.at++;
    }
    w.at = w.text.len;
    flush(&w);
}

void markdown_free(struct markdown *m)
{
    free(m->pieces.items);
}

bool markdown_is_stage(vb_str block)
{
    block = str_trim(block);
    vb_str inside =
        str_starts(block, "\\[") && str_ends(block, "\\]") ? str_cut(block, 2, block.len - 2)
        : str_starts(block, "[") && str_ends(block, "]")   ? str_cut(block, 1, block.len - 1)
                                                           : VB_STR("");
    return inside.len && inside.len < LONGEST_BRACKET && bracket_kind(inside) == BRACKET_STAGE;
}

void markdown_plain(vb_str text, struct buf *into)
{
    struct markdown m = {0};
    buf_clear(into);
    markdown_read(&m, text, 0, text.len, false);
    for (size_t i = 0; i < m.pieces.count; i++)
        buf_add(into, m.pieces.items[i].text);
    markdown_free(&m);
}

void markdown_quote(vb_str text, struct buf *out)
{
    uint32_t character;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool starts_line = i == 0 && (c == '#' || c == '>' || c == '-' || c == '+');
        if ((c && strchr("\\*_[]`<", c)) || starts_line ||
            (c == '&' && entity_at(text, i, &character)))
            buf_putc(out, '\\');
        buf_putc(out, c);
    }
}
