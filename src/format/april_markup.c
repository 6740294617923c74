/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wikitext inside a line: quotes, links, tags, entities, comments, templates. */
#include "format/april_wiki.h"

#include <string.h>

#include "base/str.h"
#include "format/april_tags.h"
#include "format/entities.h"

static uint8_t style_of(const struct wiki *w)
{
    return (uint8_t)((w->bold_tags > 0 || w->bold_quotes ? RUN_BOLD : 0) |
                     (w->italic_tags > 0 || w->italic_quotes ? RUN_ITALIC : 0));
}

static void put_styled(struct wiki *w, size_t until, uint8_t style)
{
    page_put(w->page, str_cut(w->text, w->at, until), span_between(w->at, until), style);
    w->after_break = false;
    w->at = until;
}

void put_plain(struct wiki *w, size_t until)
{
    put_styled(w, until, style_of(w));
}

static bool at_text(const struct wiki *w, const char *text)
{
    return str_starts(str_from(w->text, w->at), text);
}

/* ---- quotes and entities ---- */

/* '' and ''' switch; longer rows are those two, with the rest shown. */
static void take_quotes(struct wiki *w)
{
    size_t count = 0;
    while (w->at + count < w->text.len && w->text.data[w->at + count] == '\'')
        count++;
    size_t quotes = count >= 5 ? 5 : count == 4 ? 3 : count == 1 ? 0 : count;
    if (count > quotes)
        put_plain(w, w->at + count - quotes);
    if (!quotes)
        return;
    page_touch(w->page, span_between(w->at, w->at + quotes));
    w->at += quotes;
    w->bold_quotes ^= quotes != 2;
    w->italic_quotes ^= quotes != 3;
}

static void take_entity(struct wiki *w)
{
    uint32_t character;
    size_t len = entity_at(w->text, w->at, &character);
    if (!len) {
        put_plain(w, w->at + 1);
        return;
    }
    char bytes[4];
    vb_str shown = {bytes, utf8_put(bytes, character)};
    page_put(w->page, shown, span_between(w->at, w->at + len), style_of(w) | RUN_LITERAL);
    w->after_break = false;
    w->at += len;
}

/* ---- links ---- */

static bool starts_with_any(vb_str text, const char *const *beginnings)
{
    for (; *beginnings; beginnings++)
        if (str_starts(text, *beginnings))
            return true;
    return false;
}

static const char *const schemes[] = {"http://", "https://", "//", "ftp://", "mailto:", NULL};
/* A category or a picture is about the page, not in it. */
static const char *const about_the_page[] = {
    "Catégorie:", "catégorie:", "Category:", "category:", "Fichier:",
    "File:",      "Image:",     "Média:",    NULL};

/* The link goes up to `end`; its target is known, its text is walked on as any other. */
static void enter_link(struct wiki *w, size_t target, size_t text, size_t end, size_t signs)
{
    page_touch(w->page, span_between(w->at, end));
    page_link(w->page, str_trim(str_cut(w->text, target, text)));
    w->link_end = end;
    w->link_signs = signs;
    w->at = text;
}

/* [[page|text]]: the text, else the page. */
static bool take_page_link(struct wiki *w)
{
    size_t end = find_closer(w, PAGE_LINK_END, w->at + 2);
    if (end >= find_closer(w, LINE_END, w->at))
        return false;
    vb_str inside = str_cut(w->text, w->at + 2, end);
    if (starts_with_any(inside, about_the_page)) {
        w->at = end + 2;
        return true;
    }
    size_t bar = str_find_char(inside, '|'), from = w->at + 2;
    enter_link(w, from, bar == STR_NOT_FOUND ? end : from + bar, end, 2);
    w->at = bar == STR_NOT_FOUND ? from : from + bar + 1;
    return true;
}

/* [URL text]; without a URL, or without its end, a bracket is a bracket. */
static bool take_link(struct wiki *w)
{
    if (w->at < w->link_end)
        return false;
    if (at_text(w, "[["))
        return take_page_link(w);
    if (!starts_with_any(str_from(w->text, w->at + 1), schemes))
        return false;
    size_t end = find_closer(w, LINK_END, w->at);
    if (end >= find_closer(w, LINE_END, w->at))
        return false;
    vb_str inside = str_cut(w->text, w->at + 1, end);
    size_t space = str_find_char(inside, ' ');
    size_t behind_target = space == STR_NOT_FOUND ? inside.len : space;
    enter_link(w, w->at + 1, w->at + 1 + behind_target, end, 1);
    w->at += space != STR_NOT_FOUND;
    return true;
}

static void take_bracket(struct wiki *w)
{
    if (!take_link(w))
        put_plain(w, w->at + 1);
}

static void take_closing_bracket(struct wiki *w)
{
    if (!w->link_signs || w->at != w->link_end) {
        put_plain(w, w->at + 1);
        return;
    }
    page_touch(w->page, span_between(w->at, w->at + w->link_signs));
    w->at += w->link_signs;
    w->link_signs = 0;
}

/* ---- what is not shown ---- */

/* Not closed: the sign is text, and that is noted. */
static void put_unclosed(struct wiki *w, size_t signs)
{
    if (!w->page->unclosed.len)
        w->page->unclosed = span_between(w->at, w->at + signs);
    put_plain(w, w->at + signs);
}

static void take_comment(struct wiki *w)
{
    size_t end = find_closer(w, COMMENT_END, w->at + 4);
    if (end >= w->text.len)
        put_unclosed(w, 4);
    else
        w->at = end + 3;
}

/* The end of the template that begins at `at`, those inside it counted. */
static size_t end_of_template(const struct wiki *w)
{
    size_t depth = 0;
    for (size_t at = w->at; at + 1 < w->text.len; at++) {
        bool opens = w->text.data[at] == '{' && w->text.data[at + 1] == '{';
        bool closes = w->text.data[at] == '}' && w->text.data[at + 1] == '}';
        depth += opens;
        depth -= closes;
        at += opens || closes;
        if (closes && !depth)
            return at + 1;
    }
    return w->text.len + 1;
}

static void take_template(struct wiki *w)
{
    size_t end =
        w->flat_templates ? find_closer(w, TEMPLATE_END, w->at) + 2 : end_of_template(w);
    if (end > w->text.len) {
        w->flat_templates = true;
        put_unclosed(w, 2);
        return;
    }
    page_opaque(w->page, span_between(w->at, end));
    w->at = end;
}

/* ---- tags ---- */

struct tag_here {
    enum tag_is is;
    vb_str name;
    bool closes, empty; /* </b>, <br/> */
    size_t end;         /* behind it */
};

/* Attributes may be long, but a '<' in prose is not looked after further than this. */
enum { TAG_MAX = 2000 };

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
}

static bool find_tag(struct wiki *w, struct tag_here *tag)
{
    size_t from = w->at + 1;
    tag->closes = from < w->text.len && w->text.data[from] == '/';
    from += tag->closes;
    size_t at = from;
    while (at < w->text.len && at - from < 20 && is_name_character(w->text.data[at]))
        at++;
    tag->name = str_cut(w->text, from, at);
    tag->is = tag_named(tag->name);
    size_t end = find_closer(w, TAG_END, w->at);
    if (tag->is == TAG_UNKNOWN || end >= w->text.len || end - w->at > TAG_MAX)
        return false;
    if (end != at && !strchr(" \t\r\n/", w->text.data[at]))
        return false;
    tag->empty = w->text.data[end - 1] == '/';
    tag->end = end + 1;
    return true;
}

static void break_block(struct wiki *w, const struct tag_here *tag)
{
    enum line_kind kind = tag->closes              ? LINE_TEXT
                          : tag->is == TAG_HEADING ? LINE_HEADING
                          : tag->is == TAG_ITEM    ? LINE_ITEM
                                                   : LINE_TEXT;
    uint8_t level = kind == LINE_HEADING ? (uint8_t)(tag->name.data[1] - '0') : 0;
    page_break_block(w->page, kind, level);
    w->at = tag->end;
}

static void take_break(struct wiki *w, const struct tag_here *tag)
{
    page_break_line(w->page);
    w->at = tag->end;
    w->after_break = true;
}

static void switch_style(struct wiki *w, const struct tag_here *tag, int *open)
{
    page_touch(w->page, span_between(w->at, tag->end));
    *open += tag->empty ? 0 : tag->closes ? -(*open > 0) : 1;
    w->at = tag->end;
}

/* <nowiki> and <pre>: entities count, nothing else does. */
static void take_verbatim(struct wiki *w, const struct tag_here *tag)
{
    if (tag->empty || tag->closes) {
        w->at = tag->end;
        return;
    }
    bool pre = tag->name.len == 3;
    size_t end = find_closer(w, pre ? PRE_END : NOWIKI_END, tag->end);
    if (end >= w->text.len) {
        put_unclosed(w, 1);
        return;
    }
    page_touch(w->page, span_between(w->at, tag->end));
    w->at = tag->end;
    while (w->at < end) {
        size_t stop = str_find_char(str_cut(w->text, w->at, end), '&');
        if (stop == 0)
            take_entity(w);
        else
            put_styled(w, stop == STR_NOT_FOUND ? end : w->at + stop,
                       style_of(w) | RUN_LITERAL);
    }
    w->at = end + (pre ? 6 : 9);
}

/* name="…" of a note that is used several times. */
static vb_str name_of_note(vb_str tag)
{
    size_t at = str_find(tag, VB_STR("name"));
    if (at == STR_NOT_FOUND)
        return VB_STR("");
    vb_str name = str_trim(str_from(tag, at + 4));
    if (!str_starts(name, "="))
        return VB_STR("");
    name = str_trim(str_from(name, 1));
    while (name.len && strchr("\"'/ ", name.data[0]))
        name = str_from(name, 1);
    while (name.len && strchr("\"'/ ", name.data[name.len - 1]))
        name.len--;
    return name;
}

/* <ref>text</ref>, or <ref name="x"/> for one that stands elsewhere. */
static void take_note(struct wiki *w, const struct tag_here *tag)
{
    if (tag->closes) {
        w->at = tag->end;
        return;
    }
    vb_str name = name_of_note(str_cut(w->text, w->at + 4, tag->end - 1));
    if (tag->empty) {
        page_footnote(w->page, 0, page_named_note(w->page, name));
        w->at = tag->end;
        return;
    }
    size_t end = find_closer(w, REF_END, tag->end);
    if (w->in_note || end >= w->text.len) {
        put_unclosed(w, 1);
        return;
    }
    vb_str text = april_plain_wikitext(w->page, span_between(tag->end, end));
    page_name_note(w->page, name, text);
    page_footnote(w->page, 0, text);
    page_touch(w->page, span_between(w->at, end + 6));
    w->at = end + 6;
}

/* A formula, a gallery: kept in the file, not shown. */
static void take_opaque(struct wiki *w, const struct tag_here *tag)
{
    size_t end = tag->end;
    if (!tag->closes && !tag->empty && !w->no_opaque) {
        struct buf closer = {0};
        buf_puts(&closer, "</");
        buf_add(&closer, tag->name);
        size_t found = str_find(str_from(w->text, tag->end), buf_str(&closer));
        buf_free(&closer);
        w->no_opaque = found == STR_NOT_FOUND;
        size_t close = w->no_opaque ? tag->end : tag->end + found;
        end = w->no_opaque ? tag->end : find_closer(w, TAG_END, close) + 1;
        end = end < w->text.len ? end : w->text.len;
        page_opaque(w->page, span_between(w->at, end));
    }
    w->at = end;
}

static void take_tag(struct wiki *w)
{
    struct tag_here tag;
    if (at_text(w, "<!--")) {
        take_comment(w);
        return;
    }
    if (!find_tag(w, &tag)) {
        put_plain(w, w->at + 1);
        return;
    }
    switch (tag.is) {
    case TAG_BREAK:
        take_break(w, &tag);
        break;
    case TAG_BOLD:
        switch_style(w, &tag, &w->bold_tags);
        break;
    case TAG_ITALIC:
        switch_style(w, &tag, &w->italic_tags);
        break;
    case TAG_BLOCK:
    case TAG_ITEM:
    case TAG_HEADING:
        break_block(w, &tag);
        break;
    case TAG_VERBATIM:
        take_verbatim(w, &tag);
        break;
    case TAG_NOTE:
        take_note(w, &tag);
        break;
    case TAG_OPAQUE:
        take_opaque(w, &tag);
        break;
    case TAG_INLINE:
    case TAG_UNKNOWN:
        w->at = tag.end;
    }
}

/* ---- the walk ---- */

static bool is_markup(char c)
{
    return c == '\'' || c == '<' || c == '[' || c == ']' || c == '&' || c == '{';
}

static size_t end_of_plain(const struct wiki *w, size_t until)
{
    size_t at = w->at + 1;
    while (at < until && !is_markup(w->text.data[at]))
        at++;
    return at;
}

static void take_token(struct wiki *w, size_t until)
{
    switch (w->text.data[w->at]) {
    case '\'':
        take_quotes(w);
        break;
    case '<':
        take_tag(w);
        break;
    case '[':
        take_bracket(w);
        break;
    case ']':
        take_closing_bracket(w);
        break;
    case '&':
        take_entity(w);
        break;
    case '{':
        if (at_text(w, "{{")) {
            take_template(w);
            break;
        } /* fall through */
    default:
        put_plain(w, end_of_plain(w, until));
    }
}

void walk_inline(struct wiki *w, size_t until)
{
    while (w->at < until && !w->page->broken) {
        bool space = w->text.data[w->at] == ' ' || w->text.data[w->at] == '\t';
        if (w->after_break && space)
            w->at++;
        else
            take_token(w, until);
    }
}
