/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word processor's document (docx): its paragraphs as text, read as any other text is.
 *
 * What was deleted while changes were tracked is not read; headings, bold and italics are kept
 * as wikitext has them, so that labels in bold are found. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/line_label.h"
#include "format/tree.h"

static int probe(vb_str text)
{
    text = str_cut(text, 0, 8192);
    return str_find(text, VB_STR("<w:document")) != STR_NOT_FOUND ? 95 : 0;
}

/* Inside <w:del> or <w:moveFrom>: not there any more. */
static bool is_gone(const struct tree *tree, uint32_t node, uint32_t paragraph)
{
    for (uint32_t n = node; n != paragraph; n = tree_node(tree, n)->parent)
        if (node_is(tree, n, "del") || node_is(tree, n, "moveFrom"))
            return true;
    return false;
}

static void add_text(struct tree *tree, uint32_t paragraph, struct pieces *pieces)
{
    bool new_line = false;
    struct piece piece = {.start = VB_NO_TIME, .end = VB_NO_TIME};
    for (uint32_t n = tree_walk(tree, paragraph, paragraph); n != NODE_NONE;
         n = tree_walk(tree, paragraph, n)) {
        const struct node *node = tree_node(tree, n);
        bool tab = node_is(tree, n, "tab");
        if (node_is(tree, n, "br") || node_is(tree, n, "cr"))
            new_line = true;
        if ((!tab && !(node->text.len && node_is(tree, node->parent, "t"))) ||
            is_gone(tree, n, paragraph))
            continue;
        piece.text = tab ? VB_STR(" ") : node->text;
        piece.span = tab ? (struct vb_span){0} : node->span;
        piece.marks = new_line ? VB_NEW_LINE : 0;
        new_line = new_line && tab;
        vec_push(pieces, piece);
    }
}

static bool is_bold(const struct tree *tree, uint32_t text)
{
    uint32_t run = tree_node(tree, text)->parent;
    uint32_t properties = tree_find(tree, run, "rPr");
    uint32_t bold = properties == NODE_NONE ? NODE_NONE : tree_find(tree, properties, "b");
    return bold != NODE_NONE && !str_eq(node_attribute(tree, bold, "val"), "0") &&
           !str_eq(node_attribute(tree, bold, "val"), "false");
}

struct docx {
    struct tree tree;
    struct builder *b;
    struct pieces pieces;
    struct buf text;
    size_t labels; /* paragraphs that begin with one */
    bool in_turn;
};

static uint32_t first_text(const struct tree *tree, uint32_t paragraph)
{
    for (uint32_t n = tree_walk(tree, paragraph, paragraph); n != NODE_NONE;
         n = tree_walk(tree, paragraph, n))
        if (node_is(tree, n, "t"))
            return n;
    return NODE_NONE;
}

static uint32_t heading_level(const struct tree *tree, uint32_t paragraph)
{
    uint32_t style = tree_find(tree, paragraph, "pStyle");
    vb_str name = style == NODE_NONE ? VB_STR("") : node_attribute(tree, style, "val");
    bool heading = str_starts(name, "Heading") || str_starts(name, "Titre");
    char last = name.len ? name.data[name.len - 1] : 'x';
    return heading && last >= '1' && last <= '6' ? (uint32_t)(last - '0') : 0;
}

static void flatten(struct docx *r)
{
    buf_clear(&r->text);
    pieces_flatten(&r->pieces, &r->text);
}

static void count_labels(struct docx *r)
{
    for (uint32_t n = tree_walk(&r->tree, 0, 0); n != NODE_NONE;
         n = tree_walk(&r->tree, 0, n)) {
        if (!node_is(&r->tree, n, "p"))
            continue;
        r->pieces.count = 0;
        add_text(&r->tree, n, &r->pieces);
        flatten(r);
        r->labels += line_label(buf_str(&r->text)) > 0;
    }
}

/* One label alone is a colon in prose, unless it is bold. */
static void take_paragraph(struct docx *r, uint32_t paragraph)
{
    r->pieces.count = 0;
    add_text(&r->tree, paragraph, &r->pieces);
    flatten(r);
    vb_str text = buf_str(&r->text);
    struct vb_span span = tree_node(&r->tree, paragraph)->span;
    uint32_t level = heading_level(&r->tree, paragraph),
             first = first_text(&r->tree, paragraph);
    if (!str_trim(text).len)
        return;
    if (level) {
        builder_section(r->b, str_trim(text), level, VB_NO_TIME, span);
        return;
    }
    size_t label = line_label(text);
    if (label && (r->labels > 1 || (first != NODE_NONE && is_bold(&r->tree, first)))) {
        vb_str name = str_trim(str_cut(text, 0, label - 1));
        uint32_t speaker = builder_speaker(r->b, name);
        builder_turn(r->b, &speaker, 1, name, span);
        pieces_drop_front(&r->pieces, label);
    } else if (!r->in_turn) {
        builder_turn(r->b, NULL, 0, VB_STR(""), span);
    }
    r->in_turn = true;
    builder_paragraph(r->b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, span);
    builder_text(r->b, r->pieces.items, r->pieces.count);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct docx r = {.b = into};
    bool done = tree_read_xml(&r.tree, text, into, error);
    if (done) {
        count_labels(&r);
        for (uint32_t n = tree_walk(&r.tree, 0, 0); n != NODE_NONE;
             n = tree_walk(&r.tree, 0, n))
            if (node_is(&r.tree, n, "p"))
                take_paragraph(&r, n);
    }
    free(r.pieces.items);
    buf_free(&r.text);
    tree_free(&r.tree);
    return done;
}

const struct vb_format fmt_docx = {
    .name = "docx",
    .extensions = "docx",
    .summary = N_("document of a word processor"),
    .probe = probe,
    .read = read,
};
