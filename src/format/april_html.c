/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved page to lines, by libxml2's HTML parser.
 *
 * Its events are taken as they come; no tree is built, so depth and size cost nothing but the
 * stack of open elements, which is bounded.  Byte ranges come from where the parser stands in
 * the text: exact for plain text, the whole reference for &nbsp;. */
#include "format/april.h"

#include <limits.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "format/april_tags.h"
#include "format/xml_library.h"

/* No page that a wiki made is this deep; the parser's time grows with depth. */
enum { DEPTH_MAX = 256 };

enum element_is {
    ELEMENT_PLAIN,
    ELEMENT_BOLD,
    ELEMENT_ITALIC,
    ELEMENT_BLOCK,   /* its end ends the paragraph */
    ELEMENT_SKIPPED, /* and all in it */
    ELEMENT_CONTENT, /* the page's own text */
    ELEMENT_NOTE,    /* "[1]" in the text */
    ELEMENT_NOTES,   /* the list of notes */
    ELEMENT_NOTE_TEXT,
    ELEMENT_TITLE, /* the page's title, outside the content */
    ELEMENTS
};

struct html {
    struct page *page;
    htmlParserCtxtPtr parser;
    uint8_t open[DEPTH_MAX];    /* of enum element_is */
    int depth, count[ELEMENTS]; /* how many of a kind are open */
    bool has_content;           /* only what stands in ELEMENT_CONTENT is the page */
    size_t at;                  /* up to where the source was shown or passed over */
    struct buf scrap;           /* a note's number, or its text; the title */
};

/* ---- what an element means ---- */

static vb_str attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], name) == 0)
            return str_of((const char *)attributes[1]);
    return VB_STR("");
}

static bool has_word(vb_str list, vb_str word)
{
    for (size_t at = 0; at < list.len;) {
        size_t space = str_find_char(str_from(list, at), ' ');
        size_t end = space == STR_NOT_FOUND ? list.len : at + space;
        if (str_is(str_cut(list, at, end), word))
            return true;
        at = end + 1;
    }
    return false;
}

/* What MediaWiki's classes and ids mean, whatever the element. */
static const struct {
    const char *word;
    enum element_is is;
} known_words[] = {
    {"mw-parser-output",   ELEMENT_CONTENT},
    {"firstHeading",       ELEMENT_TITLE  },
    {"mw-editsection",     ELEMENT_SKIPPED},
    {"mw-cite-backlink",   ELEMENT_SKIPPED},
    {"mw-navigation",      ELEMENT_SKIPPED},
    {"mw-revision",        ELEMENT_SKIPPED},
    {"contentSub",         ELEMENT_SKIPPED},
    {"siteSub",            ELEMENT_SKIPPED},
    {"jump-to-nav",        ELEMENT_SKIPPED},
    {"printfooter",        ELEMENT_SKIPPED},
    {"catlinks",           ELEMENT_SKIPPED},
    {"footer",             ELEMENT_SKIPPED},
    {"toc",                ELEMENT_SKIPPED},
    {"noprint",            ELEMENT_SKIPPED},
    {"reference",          ELEMENT_NOTE   },
    {"spip_note_ref",      ELEMENT_NOTE   },
    {"references",         ELEMENT_NOTES  },
    {"mw-references-wrap", ELEMENT_PLAIN  },
};

static enum element_is by_words(const xmlChar **attributes)
{
    vb_str class = attribute(attributes, "class"), id = attribute(attributes, "id");
    for (size_t i = 0; (class.len || id.len) && i < COUNT(known_words); i++) {
        vb_str word = str_of(known_words[i].word);
        if (has_word(class, word) || str_is(id, word))
            return known_words[i].is;
    }
    return ELEMENTS;
}

static enum element_is by_tag(enum tag_is tag)
{
    switch (tag) {
    case TAG_BOLD:
        return ELEMENT_BOLD;
    case TAG_ITALIC:
        return ELEMENT_ITALIC;
    case TAG_BLOCK:
    case TAG_ITEM:
    case TAG_HEADING:
        return ELEMENT_BLOCK;
    case TAG_OPAQUE:
        return ELEMENT_SKIPPED;
    default:
        return ELEMENT_PLAIN;
    }
}

/* A comparison of two revisions is one big table. */
static bool is_diff_table(vb_str name, const xmlChar **attributes)
{
    return str_eq(name, "table") && has_word(attribute(attributes, "class"), VB_STR("diff"));
}

/* ---- where the parser stands ---- */

static size_t position(const struct html *h)
{
    const xmlParserInput *input = h->parser->input;
    size_t at = (size_t)(input->cur - input->base) + input->consumed;
    return at < h->page->source.len ? at : h->page->source.len;
}

static bool is_shown(const struct html *h)
{
    return !h->count[ELEMENT_SKIPPED] && (!h->has_content || h->count[ELEMENT_CONTENT]);
}

static uint8_t style_of(const struct html *h)
{
    return (uint8_t)((h->count[ELEMENT_BOLD] ? RUN_BOLD : 0) |
                     (h->count[ELEMENT_ITALIC] ? RUN_ITALIC : 0));
}

/* ---- events ---- */

static void begin_block(struct html *h, vb_str name, enum tag_is tag)
{
    enum line_kind kind = tag == TAG_HEADING ? LINE_HEADING
                          : tag == TAG_ITEM  ? LINE_ITEM
                                             : LINE_TEXT;
    page_break_block(h->page, kind, tag == TAG_HEADING ? (uint8_t)(name.data[1] - '0') : 0);
}

static void open_link(struct html *h, vb_str target)
{
    page_touch(h->page, (struct vb_span){(uint32_t)position(h), 0});
    page_link(h->page, target);
}

static void start(void *context, const xmlChar *xml_name, const xmlChar **attributes)
{
    struct html *h = context;
    vb_str name = str_of((const char *)xml_name);
    if (h->depth >= DEPTH_MAX) {
        h->page->broken = _("its markup is nested deeper than any wiki page's; save the page "
                            "again, or copy its text");
        xml.xmlStopParser(h->parser);
        return;
    }
    enum tag_is tag = tag_named(name);
    enum element_is is = by_words(attributes);
    if (is == ELEMENTS)
        is = h->count[ELEMENT_NOTES] && tag == TAG_ITEM ? ELEMENT_NOTE_TEXT : by_tag(tag);
    h->page->is_diff = h->page->is_diff || is_diff_table(name, attributes);
    h->open[h->depth++] = (uint8_t)is;
    h->count[is]++;
    h->at = position(h);
    if (is == ELEMENT_NOTE || is == ELEMENT_NOTE_TEXT || is == ELEMENT_TITLE)
        buf_clear(&h->scrap);
    if (!is_shown(h))
        return;
    if (by_tag(tag) == ELEMENT_BLOCK)
        begin_block(h, name, tag);
    else if (tag == TAG_BREAK)
        page_break_line(h->page);
    else if (str_eq(name, "a") && !h->count[ELEMENT_NOTE] && !h->count[ELEMENT_NOTES])
        open_link(h, attribute(attributes, "href"));
}

/* "[1]" gives 1. */
static uint32_t number_in(vb_str text)
{
    uint32_t number = 0;
    for (size_t i = 0; i < text.len; i++)
        if (is_digit(text.data[i]) && number < 100000)
            number = number * 10 + (uint32_t)(text.data[i] - '0');
    return number;
}

static void close_element(struct html *h, enum element_is is)
{
    vb_str scrap = str_trim(buf_str(&h->scrap));
    if (is == ELEMENT_NOTE && number_in(scrap))
        page_footnote(h->page, number_in(scrap), VB_STR(""));
    else if (is == ELEMENT_NOTE_TEXT)
        vec_push(&h->page->notes, arena_str(&h->page->arena, scrap));
    else if (is == ELEMENT_TITLE)
        h->page->title = arena_str(&h->page->arena, scrap);
}

static void end(void *context, const xmlChar *xml_name)
{
    struct html *h = context;
    if (h->depth == 0)
        return;
    enum element_is is = (enum element_is)h->open[--h->depth];
    h->count[is]--;
    close_element(h, is);
    if (by_tag(tag_named(str_of((const char *)xml_name))) == ELEMENT_BLOCK && is_shown(h))
        page_break_block(h->page, LINE_TEXT, 0);
    h->at = position(h);
}

/* The bytes of a reference end where the parser stands. */
static struct vb_span span_of_reference(const struct html *h)
{
    size_t until = position(h);
    vb_str source = h->page->source;
    size_t from = h->at < until ? h->at : until;
    const char *reference = memrchr(source.data + from, '&', until - from);
    if (!reference)
        return (struct vb_span){(uint32_t)until, 0};
    from = (size_t)(reference - source.data);
    return (struct vb_span){(uint32_t)from, (uint32_t)(until - from)};
}

/* Text that stands so in the source, right before where the parser is.  For a NUL byte it gives
 * a space; we show that something was there. */
static bool put_exact(struct html *h, vb_str text)
{
    size_t until = position(h), from = until - text.len;
    if (until < text.len)
        return false;
    const char *source = h->page->source.data + from;
    for (size_t i = 0; i < text.len; i++)
        if (source[i] != text.data[i] && source[i])
            return false;
    for (size_t i = 0, n; i < text.len; i += n) {
        n = strnlen(source + i, text.len - i);
        struct vb_span span = {(uint32_t)(from + i), n ? (uint32_t)n : 1};
        page_put(h->page, n ? str_cut(text, i, i + n) : VB_STR("\uFFFD"), span, style_of(h));
        n += !n;
    }
    return true;
}

static void characters(void *context, const xmlChar *data, int len)
{
    struct html *h = context;
    vb_str text = {(const char *)data, (size_t)len};
    bool in_scrap =
        h->count[ELEMENT_NOTE] || h->count[ELEMENT_NOTE_TEXT] || h->count[ELEMENT_TITLE];
    if (in_scrap && !h->count[ELEMENT_SKIPPED])
        buf_add(&h->scrap, text);
    else if (is_shown(h) && !h->count[ELEMENT_NOTES] && !put_exact(h, text))
        page_put(h->page, text, span_of_reference(h), style_of(h));
    h->at = position(h);
}

static void parse(struct html *h, xmlSAXHandler *events)
{
    vb_str source = h->page->source;
    h->parser = xml.htmlCreateMemoryParserCtxt(source.data, (int)source.len);
    if (!h->parser)
        return;
    xmlSAXHandlerPtr own = h->parser->sax;
    h->parser->sax = events;
    h->parser->userData = h;
    xml.htmlCtxtUseOptions(h->parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                          HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER |
                                          HTML_PARSE_IGNORE_ENC);
    xml.xmlSwitchEncoding(h->parser, XML_CHAR_ENCODING_UTF8);
    xml.htmlParseDocument(h->parser);
    h->parser->sax = own;
    if (h->parser->myDoc)
        xml.xmlFreeDoc(h->parser->myDoc);
    xml.htmlFreeParserCtxt(h->parser);
}

void april_read_html(struct page *page)
{
    struct html h = {.page = page};
    xmlSAXHandler events = {
        .startElement = start,
        .endElement = end,
        .characters = characters,
        .ignorableWhitespace = characters,
    };
    h.has_content = str_find(page->source, VB_STR("mw-parser-output")) != STR_NOT_FOUND;
    page_break_block(page, LINE_TEXT, 0);
    if (!xml_library_there(NULL)) {
        page->broken = _("the library libxml2 is needed to read this; install it");
        return;
    }
    if (page->source.len && page->source.len < INT_MAX)
        parse(&h, &events);
    if (h.has_content && !page->lines.count && !page->broken) {
        h.has_content = false; /* the words only stood somewhere in it */
        parse(&h, &events);
    }
    page_end(page);
    buf_free(&h.scrap);
}
