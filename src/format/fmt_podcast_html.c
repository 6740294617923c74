/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTML of Podcasting 2.0: <cite>Name:</cite><time>1:02</time><p>…</p>, again and again. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/rows.h"
#include "format/timecode.h"
#include "format/tree.h"
#include "format/xml.h"

struct page {
    struct tree tree;
    struct cues cues;
    struct pieces pieces;
    struct buf name, scratch;
    vb_time start;
    bool turns;
    struct vb_error *error;
};

/* No page around it: it begins with what a transcript is made of. */
static bool is_fragment(vb_str text)
{
    static const char *const starts[] = {"<cite>", "<time>", "<p>",  "<h1>", "<h2>",
                                         "<h3>",   "<h4>",   "<h5>", "<h6>"};
    text = str_trim(text);
    for (size_t i = 0; i < COUNT(starts); i++)
        if (str_starts(text, starts[i]))
            return true;
    return false;
}

/* Where nobody is named, and no time is known, paragraphs are left; bold in them is a name. */
static int probe(vb_str text)
{
    text = str_cut(text, 0, 64 * 1024);
    bool bold = str_find(text, VB_STR("<b>")) != STR_NOT_FOUND ||
                str_find(text, VB_STR("<strong>")) != STR_NOT_FOUND;
    bool cite = str_find(text, VB_STR("<cite")) != STR_NOT_FOUND;
    bool time = str_find(text, VB_STR("<time")) != STR_NOT_FOUND;
    bool paragraph = str_find(text, VB_STR("<p")) != STR_NOT_FOUND;
    if (!paragraph || !(cite || is_fragment(text)))
        return 0;
    return cite && time ? 91 : time ? 88 : cite || !bold ? 40 : 0;
}

/* "Travis:", "Alban :". */
static void take_name(struct page *r, uint32_t cite)
{
    buf_clear(&r->scratch);
    node_text(&r->tree, cite, &r->scratch);
    vb_str name = str_trim(buf_str(&r->scratch));
    if (str_ends(name, ":"))
        name = str_trim(str_cut(name, 0, name.len - 1));
    buf_clear(&r->name);
    buf_add(&r->name, name);
    r->turns = true;
}

static void take_time(struct page *r, uint32_t node)
{
    buf_clear(&r->scratch);
    node_text(&r->tree, node, &r->scratch);
    if (time_from_user(str_trim(buf_str(&r->scratch)), &r->start))
        return;
    r->start = VB_NO_TIME;
    builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, node)->span,
                 _("a time mark holds no time: “%.*s”"),
                 (int)(r->scratch.len < 40 ? r->scratch.len : 40),
                 r->scratch.len ? r->scratch.data : "");
}

/* A time belongs to the first paragraph behind it. */
static bool add_cue(struct page *r, struct vb_span span)
{
    vb_str name = buf_str(&r->name);
    struct cue cue = {
        .start = r->start,
        .end = VB_NO_TIME,
        .span = span,
        .speakers = &name,
        .speaker_count = name.len > 0,
        .label = name,
        .turns = r->turns,
        .apart = true,
        .pieces = r->pieces.items,
        .piece_count = r->pieces.count,
    };
    r->turns = false;
    r->start = VB_NO_TIME;
    bool added = cues_add(&r->cues, &cue, r->error);
    r->pieces.count = 0;
    return added;
}

static const struct piece untimed = {.start = VB_NO_TIME, .end = VB_NO_TIME};

static bool take_paragraph(struct page *r, uint32_t node)
{
    node_pieces(&r->tree, node, untimed, &r->pieces);
    return add_cue(r, tree_node(&r->tree, node)->span);
}

/* Text that stands in no paragraph is one, up to the next element that is none of its own. */
static void take_loose(struct page *r, uint32_t text)
{
    struct piece piece = untimed;
    piece.text = tree_node(&r->tree, text)->text;
    piece.span = tree_node(&r->tree, text)->span;
    if (r->pieces.count || str_trim(piece.text).len)
        vec_push(&r->pieces, piece);
}

static bool end_loose(struct page *r)
{
    return !r->pieces.count || add_cue(r, r->pieces.items[0].span);
}

/* Emphasis and links go on with the text around them. */
static bool is_inline(const struct tree *tree, uint32_t node)
{
    static const char *const names[] = {"i", "em", "b", "strong", "a", "span", "u", "small"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (node_is(tree, node, names[i]))
            return true;
    return !tree_node(tree, node)->name.len;
}

static void take_heading(struct page *r, uint32_t node)
{
    buf_clear(&r->scratch);
    node_text(&r->tree, node, &r->scratch);
    if (str_trim(buf_str(&r->scratch)).len)
        builder_section(r->cues.b, str_trim(buf_str(&r->scratch)),
                        (uint32_t)(tree_node(&r->tree, node)->name.data[1] - '0'), VB_NO_TIME,
                        tree_node(&r->tree, node)->span);
}

static bool is_heading(const struct tree *tree, uint32_t node)
{
    vb_str name = tree_node(tree, node)->name;
    return name.len == 2 && name.data[0] == 'h' && name.data[1] >= '1' && name.data[1] <= '6';
}

static bool take_page(struct page *r)
{
    for (uint32_t n = tree_walk(&r->tree, 0, 0); n != NODE_NONE;) {
        bool whole = true;
        if (!is_inline(&r->tree, n) && !end_loose(r))
            return false;
        if (node_is(&r->tree, n, "cite"))
            take_name(r, n);
        else if (node_is(&r->tree, n, "time"))
            take_time(r, n);
        else if (is_heading(&r->tree, n))
            take_heading(r, n);
        else if (node_is(&r->tree, n, "title"))
            builder_title(r->cues.b, node_string(&r->tree, n));
        else if (node_is(&r->tree, n, "p"))
            whole = true;
        else
            whole = node_is(&r->tree, n, "script") || node_is(&r->tree, n, "style");
        if (tree_node(&r->tree, n)->text.len)
            take_loose(r, n);
        if (node_is(&r->tree, n, "p") && !take_paragraph(r, n))
            return false;
        n = whole ? tree_walk_past(&r->tree, 0, n) : tree_walk(&r->tree, 0, n);
    }
    return end_loose(r);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct page r = {.cues.b = into, .start = VB_NO_TIME, .error = error};
    bool done = tree_read_html(&r.tree, text, into, error) && take_page(&r);
    cues_end(&r.cues);
    free(r.pieces.items);
    buf_free(&r.name);
    buf_free(&r.scratch);
    tree_free(&r.tree);
    return done;
}

/* ---- writing ---- */

/* Hours only where there are some; fractions only where there are some. */
static void put_time_of(vb_time time, struct buf *out)
{
    time_put(out, time);
    if (time % VB_SECOND)
        buf_printf(out, ".%03d", (int)(time % VB_SECOND / 1000));
}

static void put_row(const struct rows *rows, size_t i, struct buf *text, struct buf *out)
{
    const struct row *row = &rows->items[i];
    bool named = !i || row->turn != rows->items[i - 1].turn;
    vb_str name = row_speakers(rows, row);
    if (named && name.len) {
        buf_puts(out, "<cite>");
        xml_put(out, name);
        buf_puts(out, ":</cite>\n");
    }
    if (row->start != VB_NO_TIME) {
        buf_puts(out, "<time>");
        put_time_of(row->start, out);
        buf_puts(out, "</time>\n");
    }
    vb_str line;
    buf_clear(text);
    row_text(rows, row, text);
    buf_puts(out, "<p>");
    for (size_t at = 0, first = 1; str_line(buf_str(text), &at, &line); first = 0) {
        buf_puts(out, first ? "" : "<br>");
        xml_put(out, line);
    }
    buf_puts(out, "</p>\n");
}

static void put_headings(const struct rows *rows, uint32_t *section, uint32_t until_word,
                         struct buf *out)
{
    while (*section < vb_section_count(rows->t) &&
           vb_section(rows->t, *section)->first_word <= until_word) {
        const struct vb_section *s = vb_section(rows->t, (*section)++);
        unsigned level = s->level >= 1 && s->level <= 6 ? s->level : 2;
        buf_printf(out, "<h%u>", level);
        xml_put(out, s->title);
        buf_printf(out, "</h%u>\n", level);
    }
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct rows rows;
    struct buf text = {0};
    uint32_t section = 0;
    (void)error;
    rows_make(&rows, t, times, options);
    for (size_t i = 0; i < rows.count; i++) {
        put_headings(&rows, &section, rows.items[i].first_word, out);
        put_row(&rows, i, &text, out);
    }
    buf_free(&text);
    rows_free(&rows);
    return true;
}

const struct vb_format fmt_podcast_html = {
    .name = "podcast-html",
    .extensions = "html",
    .summary = N_("Podcasting 2.0 transcript, HTML"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_NOBODY | VB_LOSES_WORD_TIMES | VB_LOSES_ENDS | VB_LOSES_CONFIDENCE |
              VB_LOSES_MARKERS | VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_STAGE |
              VB_LOSES_METADATA | VB_LOSES_JOINT,
};
