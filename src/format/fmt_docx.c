/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word processor's document (docx): paragraphs, with the headings, names, times and notes
 * that they hold.
 *
 * "Name :" opens a turn where it is bold or comes more than once.  Times at the start of
 * paragraphs are believed by the rule of plain text: where most that could begin with one do,
 * and they rise.  What was deleted while changes were tracked is not read. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/april.h"
#include "format/cue_names.h"
#include "format/format.h"
#include "format/ids.h"
#include "format/line_label.h"
#include "format/timed_line.h"
#include "format/tree.h"

static int probe(vb_str text)
{
    text = str_cut(text, 0, 8192);
    return str_find(text, VB_STR("<w:document")) != STR_NOT_FOUND ? 95 : 0;
}

/* ---- notes, which stand in a file beside the document ---- */

struct docx_notes {
    struct buf bytes;
    struct tree tree;
    struct ids ids; /* to their place in `texts` */
    VEC(vb_str) texts;
    bool missing; /* said once */
};

/* Places in it are those of another file: what is odd there, nobody can be told. */
static void read_notes(struct docx_notes *notes, struct builder *b, const char *name)
{
    struct vb_error ignored;
    if (!builder_fetch(b, str_of(name), &notes->bytes))
        return;
    struct builder *scrap = builder_new(buf_str(&notes->bytes));
    bool read = tree_read_xml(&notes->tree, buf_str(&notes->bytes), scrap, &ignored);
    builder_free(scrap);
    for (uint32_t n = 0; read && n < notes->tree.nodes.count; n++)
        if (node_is(&notes->tree, n, "footnote") || node_is(&notes->tree, n, "endnote")) {
            ids_add(&notes->ids, node_attribute(&notes->tree, n, "id"),
                    (uint32_t)notes->texts.count);
            vec_push(&notes->texts, node_string(&notes->tree, n));
        }
}

static void put_note(struct docx_notes *notes, vb_str id, struct builder *b,
                     struct vb_span span)
{
    uint32_t note = ids_find(&notes->ids, id);
    if (note != VB_NONE) {
        builder_footnote(b, notes->texts.items[note]);
        return;
    }
    if (!notes->missing)
        builder_note(b, VB_WARNING, span, _("the text of this note is not here"));
    notes->missing = true;
}

static void free_notes(struct docx_notes *notes)
{
    buf_free(&notes->bytes);
    tree_free(&notes->tree);
    ids_free(&notes->ids);
    free(notes->texts.items);
}

/* ---- one paragraph ---- */

/* A note hangs behind so many pieces. */
struct docx_mark {
    size_t piece;
    uint32_t node;
};

struct docx {
    struct tree tree;
    struct builder *b;
    struct docx_notes footnotes, endnotes;
    struct pieces pieces, cut;
    VEC(struct docx_mark) marks;
    struct buf text;
    size_t labels;    /* paragraphs that begin with one */
    bool timed;       /* the document has times */
    bool named_times; /* … each with a name and nothing else behind it */
    bool in_turn;
    vb_time start, end; /* of what follows a time that stands alone */
};

/* Deleted, moved elsewhere, or what older programs show instead of something; a text box holds
 * paragraphs of its own. */
static bool is_elsewhere(const struct tree *tree, uint32_t node)
{
    return node_is(tree, node, "del") || node_is(tree, node, "moveFrom") ||
           node_is(tree, node, "Fallback") || node_is(tree, node, "p");
}

static bool is_note(const struct tree *tree, uint32_t node)
{
    return node_is(tree, node, "footnoteReference") || node_is(tree, node, "endnoteReference");
}

static void add_piece(struct docx *r, uint32_t node, bool *new_line)
{
    const struct node *n = tree_node(&r->tree, node);
    bool tab = node_is(&r->tree, node, "tab");
    if (!tab && !(n->text.len && node_is(&r->tree, n->parent, "t")))
        return;
    struct piece piece = {.text = tab ? VB_STR(" ") : n->text,
                          .span = tab ? (struct vb_span){0} : n->span,
                          .marks = *new_line ? VB_NEW_LINE : 0,
                          .start = VB_NO_TIME,
                          .end = VB_NO_TIME};
    *new_line = *new_line && tab;
    vec_push(&r->pieces, piece);
}

static void flatten(struct docx *r)
{
    buf_clear(&r->text);
    pieces_flatten(&r->pieces, &r->text);
}

/* Its text, in pieces and flat. */
static void take_text(struct docx *r, uint32_t paragraph)
{
    bool new_line = false;
    r->pieces.count = r->marks.count = 0;
    for (uint32_t n = tree_walk(&r->tree, paragraph, paragraph); n != NODE_NONE;) {
        bool gone = is_elsewhere(&r->tree, n);
        new_line = new_line || node_is(&r->tree, n, "br") || node_is(&r->tree, n, "cr");
        if (!gone)
            add_piece(r, n, &new_line);
        if (is_note(&r->tree, n))
            vec_push(&r->marks, (struct docx_mark){r->pieces.count, n});
        n = gone ? tree_walk_past(&r->tree, paragraph, n) : tree_walk(&r->tree, paragraph, n);
    }
    flatten(r);
}

/* The child of that name; NODE_NONE. */
static uint32_t child(const struct tree *tree, uint32_t node, const char *name)
{
    uint32_t n = node == NODE_NONE ? NODE_NONE : tree_node(tree, node)->first;
    while (n != NODE_NONE && !node_is(tree, n, name))
        n = tree_node(tree, n)->next;
    return n;
}

static bool is_bold(const struct tree *tree, uint32_t text)
{
    uint32_t bold = child(tree, child(tree, tree_node(tree, text)->parent, "rPr"), "b");
    return bold != NODE_NONE && !str_eq(node_attribute(tree, bold, "val"), "0") &&
           !str_eq(node_attribute(tree, bold, "val"), "false");
}

static bool begins_bold(const struct tree *tree, uint32_t paragraph)
{
    for (uint32_t n = tree_walk(tree, paragraph, paragraph); n != NODE_NONE;) {
        if (node_is(tree, n, "t"))
            return is_bold(tree, n);
        n = is_elsewhere(tree, n) ? tree_walk_past(tree, paragraph, n)
                                  : tree_walk(tree, paragraph, n);
    }
    return false;
}

static vb_str style_of(const struct tree *tree, uint32_t paragraph)
{
    uint32_t style = child(tree, child(tree, paragraph, "pPr"), "pStyle");
    return style == NODE_NONE ? VB_STR("") : node_attribute(tree, style, "val");
}

/* 0: no heading. */
static uint32_t heading_level(vb_str style)
{
    bool heading = str_starts(style, "Heading") || str_starts(style, "Titre");
    char last = style.len ? style.data[style.len - 1] : 'x';
    return heading && last >= '1' && last <= '6' ? (uint32_t)(last - '0') : 0;
}

/* ---- does it have times? ---- */

static bool is_name(vb_str text)
{
    text = str_trim(text);
    return text.len && name_reads_like_one(cue_name_alone(text));
}

static void survey(struct docx *r)
{
    size_t candidates = 0, timed = 0, rising = 0, names = 0;
    vb_time last = 0;
    for (uint32_t n = tree_walk(&r->tree, 0, 0); n != NODE_NONE;
         n = tree_walk(&r->tree, 0, n)) {
        struct timed_line t;
        if (!node_is(&r->tree, n, "p"))
            continue;
        take_text(r, n);
        vb_str text = buf_str(&r->text);
        bool has_time = timed_line_scan(text, &t);
        candidates += has_time || timed_line_could_be(text);
        r->labels += line_label(has_time ? str_from(text, t.text_at) : text) > 0;
        if (!has_time)
            continue;
        timed++;
        names += is_name(str_from(text, t.text_at));
        rising += t.start >= last;
        last = t.start;
    }
    r->timed = timed >= 2 && timed * 10 >= candidates * 6 && rising * 10 >= timed * 8;
    r->named_times = r->timed && names == timed;
}

/* ---- into the builder ---- */

static void open_turn(struct docx *r, vb_str name, struct vb_span span)
{
    uint32_t speaker = name.len ? builder_speaker(r->b, name) : VB_NONE;
    builder_turn(r->b, &speaker, name.len > 0, name, span);
    r->in_turn = true;
}

static void drop_front(struct docx *r, size_t bytes)
{
    pieces_drop_front(&r->pieces, bytes);
    flatten(r);
}

/* "00:00:05 Speaker 2", "[00:05] Anne: Bonjour", "Anne (00:05)". */
static void take_time(struct docx *r, struct vb_span span)
{
    struct timed_line t;
    vb_str text = buf_str(&r->text);
    if (!r->timed || !timed_line_scan(text, &t))
        return;
    r->start = t.start;
    r->end = t.end;
    vb_str name = t.name.len       ? t.name
                  : r->named_times ? str_trim(str_from(text, t.text_at))
                                   : VB_STR("");
    if (name.len)
        open_turn(r, name, span);
    drop_front(r, t.name.len || !name.len ? t.text_at : text.len);
}

/* One label alone is a colon in prose, unless it is bold. */
static void take_label(struct docx *r, uint32_t paragraph, struct vb_span span)
{
    vb_str text = buf_str(&r->text);
    size_t label = line_label(text);
    if (!label || (r->labels < 2 && !begins_bold(&r->tree, paragraph)))
        return;
    open_turn(r, str_trim(str_cut(text, 0, label - 1)), span);
    drop_front(r, label);
}

/* Pieces from … until, and the rest of the word that a note behind them stands in. */
static void put_pieces(struct docx *r, size_t from, size_t until)
{
    r->cut.count = 0;
    for (size_t i = from; i < until; i++)
        vec_push(&r->cut, r->pieces.items[i]);
    if (until > from && until < r->pieces.count) {
        struct piece *next = &r->pieces.items[until], rest = *next;
        size_t len = next->marks & VB_NEW_LINE ? 0 : end_of_word_in(next->text, 0);
        bool exact = next->text.len == next->span.len;
        rest.text.len = len;
        rest.span.len = exact ? (uint32_t)len : rest.span.len;
        if (len)
            vec_push(&r->cut, rest);
        next->text = str_from(next->text, len);
        if (exact)
            next->span =
                (struct vb_span){next->span.at + (uint32_t)len, next->span.len - (uint32_t)len};
    }
    builder_text(r->b, r->cut.items, r->cut.count);
}

static void put_speech(struct docx *r, struct vb_span span)
{
    size_t at = 0;
    if (!r->in_turn)
        open_turn(r, VB_STR(""), span);
    builder_paragraph(r->b, VB_SPEECH, r->start, r->end, span);
    r->start = r->end = VB_NO_TIME;
    for (size_t i = 0; i < r->marks.count; i++) {
        const struct docx_mark *m = &r->marks.items[i];
        put_pieces(r, at, m->piece);
        at = m->piece;
        bool end = node_is(&r->tree, m->node, "endnoteReference");
        put_note(end ? &r->endnotes : &r->footnotes, node_attribute(&r->tree, m->node, "id"),
                 r->b, tree_node(&r->tree, m->node)->span);
    }
    put_pieces(r, at, r->pieces.count);
}

static void take_paragraph(struct docx *r, uint32_t paragraph)
{
    struct vb_span span = tree_node(&r->tree, paragraph)->span;
    vb_str style = style_of(&r->tree, paragraph);
    uint32_t level = heading_level(style);
    take_text(r, paragraph);
    if (!str_trim(buf_str(&r->text)).len)
        return;
    if (str_eq(style, "Title") || str_eq(style, "Titre")) {
        builder_title(r->b, str_trim(buf_str(&r->text)));
        return;
    }
    if (level) {
        builder_section(r->b, str_trim(buf_str(&r->text)), level, VB_NO_TIME, span);
        return;
    }
    take_time(r, span);
    take_label(r, paragraph, span);
    if (str_trim(buf_str(&r->text)).len)
        put_speech(r, span);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct docx r = {.b = into, .start = VB_NO_TIME, .end = VB_NO_TIME};
    bool done = tree_read_xml(&r.tree, text, into, error);
    if (done) {
        read_notes(&r.footnotes, into, "footnotes.xml");
        read_notes(&r.endnotes, into, "endnotes.xml");
        survey(&r);
        for (uint32_t n = tree_walk(&r.tree, 0, 0); n != NODE_NONE;) {
            bool gone = is_elsewhere(&r.tree, n) && !node_is(&r.tree, n, "p");
            if (node_is(&r.tree, n, "p"))
                take_paragraph(&r, n);
            n = gone ? tree_walk_past(&r.tree, 0, n) : tree_walk(&r.tree, 0, n);
        }
    }
    free(r.pieces.items);
    free(r.cut.items);
    free(r.marks.items);
    buf_free(&r.text);
    free_notes(&r.footnotes);
    free_notes(&r.endnotes);
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
