/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transcripts of April's volunteers: a page of wiki.april.org as wikitext, as text copied
 * from a browser, or as saved HTML; and any text with "Name : text" lines.
 *
 * april.h tells the way from bytes to turns. */
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/april.h"
#include "format/april_marker.h"
#include "format/april_write.h"
#include "format/format.h"
#include "format/refuse.h"

static const char *const variants[] = {
    [LAYER_WIKITEXT] = "wikitext",
    [LAYER_RENDERED] = "rendered",
    [LAYER_HTML] = "html",
};

/* What a page is shows in its first part. */
enum { LOOK_AT = 64 * 1024 };

/* ---- which layer, and is it a transcript at all ---- */

static const struct {
    const char *start; /* of a line */
    enum layer layer;
    int points;
} signs[] = {
    {"De April MediaWiki",          LAYER_RENDERED, 60},
    {"Aller à la navigation",      LAYER_RENDERED, 40},
    {"Révision datée du ",        LAYER_RENDERED, 20},
    {"Titre :",                     LAYER_RENDERED, 40},
    {"Titre\u00A0:",                LAYER_RENDERED, 40},
    {"Intervenant",                 LAYER_RENDERED, 20},
    {"Durée :",                    LAYER_RENDERED, 10},
    {"Durée\u00A0:",               LAYER_RENDERED, 10},
    {"Licence de la transcription", LAYER_RENDERED, 20},
    {"Transcription",               LAYER_RENDERED, 10},
    {"[[Catégorie:",               LAYER_WIKITEXT, 50},
    {"'''Titre",                    LAYER_WIKITEXT, 60},
    {"'''Intervenant",              LAYER_WIKITEXT, 30},
    {"'''",                         LAYER_WIKITEXT, 10},
    {"==",                          LAYER_WIKITEXT, 10},
    {"<b>",                         LAYER_WIKITEXT, 10},
    {"<strong>",                    LAYER_WIKITEXT, 10},
    {"{{",                          LAYER_WIKITEXT, 5 },
    {"Publié [http",               LAYER_WIKITEXT, 30},
};

/* Points of each layer, line by line; a sign that comes often counts often. */
static void weigh(vb_str text, int points[2])
{
    vb_str line;
    points[LAYER_WIKITEXT] = points[LAYER_RENDERED] = 0;
    for (size_t at = 0; str_line(text, &at, &line);) {
        line = str_trim(line);
        for (size_t i = 0; line.len && i < COUNT(signs); i++)
            if (str_starts(line, signs[i].start))
                points[signs[i].layer] += signs[i].points;
    }
}

static bool starts_like_html(vb_str text)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body",
                                         "<div class=\"mw-parser-output\""};
    text = str_trim(text);
    for (size_t i = 0; i < COUNT(starts); i++)
        if (text.len >= strlen(starts[i]) &&
            strncasecmp(text.data, starts[i], strlen(starts[i])) == 0)
            return true;
    return str_find(str_cut(text, 0, 2048), VB_STR("<html")) != STR_NOT_FOUND;
}

enum layer april_layer(vb_str text)
{
    int points[2];
    if (starts_like_html(str_cut(text, 0, LOOK_AT)))
        return LAYER_HTML;
    weigh(str_cut(text, 0, LOOK_AT), points);
    return points[LAYER_WIKITEXT] > points[LAYER_RENDERED] ? LAYER_WIKITEXT : LAYER_RENDERED;
}

static int probe_html(vb_str text)
{
    bool wiki = str_find(text, VB_STR("mw-parser-output")) != STR_NOT_FOUND ||
                str_find(text, VB_STR("MediaWiki")) != STR_NOT_FOUND;
    bool bold = str_find(text, VB_STR("<b>")) != STR_NOT_FOUND ||
                str_find(text, VB_STR("<strong>")) != STR_NOT_FOUND;
    return wiki ? 90 : bold ? 10 : 0;
}

/* Lines that begin like "Name : text", as prose does once in a while only. */
static int probe_labels(vb_str text)
{
    vb_str line;
    size_t labels = 0;
    for (size_t at = 0; str_line(text, &at, &line) && labels < 10;)
        labels += label_reads_like_a_name(str_trim(line));
    return labels < 2 ? 0 : 5 + (int)labels;
}

static int probe(vb_str text)
{
    int points[2];
    vb_str start = str_cut(text, 0, LOOK_AT);
    if (starts_like_html(start))
        return probe_html(text);
    weigh(start, points);
    int most = points[0] > points[1] ? points[0] : points[1];
    if (most < 20)
        return probe_labels(start);
    return most < 95 ? most : 95;
}

/* ---- reading ---- */

static void read_layer(struct page *page)
{
    page->layer = april_layer(page->source);
    page->is_diff = page->layer != LAYER_HTML && april_is_comparison(page->source);
    if (page->is_diff)
        return;
    if (page->layer == LAYER_HTML)
        april_read_html(page);
    else if (page->layer == LAYER_WIKITEXT)
        april_read_wikitext(page);
    else
        april_read_rendered(page);
    if (page->layer == LAYER_RENDERED && !page->broken)
        april_drop_chrome(page);
}

static void tell_what_was_odd(const struct page *page, struct builder *b)
{
    if (page->unclosed.len)
        builder_note(b, VB_WARNING, page->unclosed,
                     _("“%.*s” is never closed; it is shown as text"), (int)page->unclosed.len,
                     page->source.data + page->unclosed.at);
    if (page->opaque_count)
        builder_note(b, VB_INFO, page->opaque,
                     P_("%u template, table or formula is not shown",
                        "%u templates, tables or formulas are not shown", page->opaque_count),
                     (unsigned)page->opaque_count);
}

static void tell_of_others(const struct page *page, const struct page_regions *found,
                           struct builder *b)
{
    if (found->transcripts < 2)
        return;
    uint32_t at = found->body.until < page->lines.count
                      ? page->lines.items[found->body.until].span.at
                      : 0;
    builder_note(b, VB_WARNING, (struct vb_span){at, 1},
                 _("this page holds %zu transcripts; the first one, which ends here, is read"),
                 found->transcripts);
}

static bool has_speech(const struct page *page, struct region body)
{
    for (size_t i = body.from; i < body.until; i++)
        if (page->lines.items[i].kind == LINE_TEXT || page->lines.items[i].kind == LINE_ITEM)
            return true;
    return false;
}

static bool read_page(struct page *page, struct names *names, struct builder *b,
                      struct vb_error *error)
{
    read_layer(page);
    if (page->broken)
        return err_set(error, VB_BAD_FORMAT, "%s", page->broken);
    if (page->is_diff)
        return err_set(error, VB_BAD_FORMAT,
                       _("this is a comparison of two revisions, which has every changed line "
                         "twice; open the revision itself"));
    vb_time duration = VB_NO_TIME;
    if (page->title.len)
        builder_title(b, page->title);
    struct page_regions found = april_read_header(page, names, b, &duration);
    april_find_notes(page, found.body);
    april_mark_headings(page, found.body, duration);
    size_t labels = april_find_labels(page, found.body, names, b);
    if (!labels && !(found.has_start && has_speech(page, found.body)))
        return refuse_text(page->source, error);
    if (!found.has_start)
        april_read_rest_of_header(page, found.body, b);
    april_guess_headings(page, found.body, b);
    builder_variant(b, variants[page->layer]);
    april_put_body(page, found.body, names, labels > 0, duration, b);
    tell_what_was_odd(page, b);
    tell_of_others(page, &found, b);
    return true;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct page page = {.source = text, .title = VB_STR("")};
    struct names *names = names_new();
    bool done = read_page(&page, names, into, error);
    names_free(names);
    page_free(&page);
    return done;
}

const struct vb_format fmt_april = {
    .name = "april",
    .extensions = "txt wiki mediawiki html htm",
    .summary = N_("April's wiki pages: wikitext, copied text, saved HTML"),
    .probe = probe,
    .read = read,
    .write = april_write,
    .losses = VB_LOSES_NOBODY | VB_LOSES_ENDS | VB_LOSES_FRACTIONS | VB_LOSES_WORD_TIMES |
              VB_LOSES_CONFIDENCE | VB_LOSES_OVERLAP,
    .quote = april_quote,
    .marker = april_marker,
    .edits = true,
};
