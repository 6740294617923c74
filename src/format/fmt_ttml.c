/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TTML and DFXP: paragraphs, and words in spans, with times that nest.
 *
 * A time counts from the beginning of the element around it, as the standard has it; where that
 * would leave the element, and the time alone would not, it counts from the beginning of all
 * (Apple's files, and others). */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/ids.h"
#include "format/rows.h"
#include "format/tree.h"
#include "format/xml.h"

/* The tree is no deeper. */
enum { LEVELS_MAX = 260 };

struct times {
    vb_time start, end;
};

/* What an element hands down to those inside it. */
struct level {
    uint32_t node;
    struct times times;
    vb_time before; /* where the child before ended */
    bool in_row;    /* its children follow each other: timeContainer="seq" */
    bool stated;    /* inside a paragraph: a span says when */
    vb_str speaker;
};

struct ttml {
    struct tree tree;
    struct cues cues;
    struct ids agents; /* to their place in `names` */
    VEC(vb_str) names;
    struct level levels[LEVELS_MAX]; /* from the body down to what is read */
    int depth;
    struct clock_rates rates;
    struct pieces pieces;
    bool absolute, told;
    struct vb_error *error;
};

static int probe(vb_str text)
{
    vb_str start = str_cut(text, 0, 4096);
    bool tt = str_find(start, VB_STR("<tt ")) != STR_NOT_FOUND ||
              str_find(start, VB_STR("<tt>")) != STR_NOT_FOUND ||
              str_find(start, VB_STR("<tt:tt")) != STR_NOT_FOUND;
    return tt ? 95 : 0;
}

/* ---- times ---- */

/* In thousandths: ten million ticks a second are usual, and 29.97 frames. */
static double number_of(vb_str text, double otherwise)
{
    vb_time thousandths;
    return clock_number(text, 1000, &thousandths) && thousandths > 0
               ? (double)thousandths / 1000
               : otherwise;
}

/* frameRate, frameRateMultiplier "1000 1001", tickRate. */
static void take_rates(struct ttml *r, uint32_t root)
{
    vb_str frames = node_attribute(&r->tree, root, "frameRate");
    vb_str multiplier = node_attribute(&r->tree, root, "frameRateMultiplier");
    vb_str ticks = node_attribute(&r->tree, root, "tickRate");
    r->rates.frames = number_of(frames, 30);
    size_t space = str_find_char(multiplier, ' ');
    if (space != STR_NOT_FOUND)
        r->rates.frames *= number_of(str_cut(multiplier, 0, space), 1) /
                           number_of(str_from(multiplier, space + 1), 1);
    r->rates.ticks = number_of(ticks, frames.len ? r->rates.frames : 1);
}

static vb_time attribute_time(struct ttml *r, uint32_t node, const char *name)
{
    vb_time time;
    vb_str value = node_attribute(&r->tree, node, name);
    if (!value.len)
        return VB_NO_TIME;
    if (clock_value(value, &r->rates, &time))
        return time;
    builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, node)->span,
                 _("“%.*s” is no time; it is read as unknown"),
                 (int)(value.len < 40 ? value.len : 40), value.data);
    return VB_NO_TIME;
}

static vb_time plus(vb_time a, vb_time b)
{
    return a == VB_NO_TIME || b == VB_NO_TIME ? VB_NO_TIME : a + b;
}

/* Does a time that counts from the start of what is around it leave that, though the time alone
 * does not? */
static bool is_absolute(struct ttml *r, struct times around, struct times own, uint32_t node)
{
    vb_time last = own.end != VB_NO_TIME ? own.end : own.start;
    if (r->absolute || around.start == VB_NO_TIME || around.start == 0 || last == VB_NO_TIME)
        return r->absolute;
    bool fits_alone = own.start == VB_NO_TIME || own.start >= around.start;
    bool leaves = around.end != VB_NO_TIME && around.start + last > around.end + VB_SECOND / 10;
    if (!fits_alone || !leaves)
        return false;
    if (!r->told)
        builder_note(
            r->cues.b, VB_INFO, tree_node(&r->tree, node)->span,
            _("times here count from the beginning of all, not of the element around"));
    r->told = r->absolute = true;
    return true;
}

/* The times of an element, by those of the one around it. */
static struct times times_of(struct ttml *r, uint32_t node, const struct level *around)
{
    struct times own = {attribute_time(r, node, "begin"), attribute_time(r, node, "end")};
    vb_time length = attribute_time(r, node, "dur");
    bool in_row = around->in_row;
    vb_time origin =
        in_row && around->before != VB_NO_TIME ? around->before : around->times.start;
    if (is_absolute(r, around->times, own, node))
        origin = 0;
    origin = origin == VB_NO_TIME ? 0 : origin;
    bool timed = own.start != VB_NO_TIME || own.end != VB_NO_TIME || length != VB_NO_TIME;
    if (!timed && !in_row)
        return around->times;
    struct times found = {plus(origin, own.start == VB_NO_TIME ? 0 : own.start),
                          plus(origin, own.end)};
    if (length != VB_NO_TIME && (own.end == VB_NO_TIME || found.start + length < found.end))
        found.end = found.start + length;
    return found;
}

static vb_str name_of_agent(struct ttml *r, vb_str id)
{
    uint32_t name = ids_find(&r->agents, id);
    return name == VB_NONE || !r->names.items[name].len ? id : r->names.items[name];
}

/* "begin", or, in a row, "dur": the one before says when. */
static bool states_times(const struct ttml *r, uint32_t node, const struct level *around)
{
    return node_attribute(&r->tree, node, "begin").len > 0 ||
           (around->in_row && node_attribute(&r->tree, node, "dur").len > 0);
}

/* Down into the element; its agent speaks inside it. */
static struct level *enter(struct ttml *r, uint32_t node)
{
    struct level *around = &r->levels[r->depth];
    vb_str agent = str_trim(node_attribute(&r->tree, node, "agent"));
    struct level level = {
        .node = node,
        .times = times_of(r, node, around),
        .in_row = str_eq(node_attribute(&r->tree, node, "timeContainer"), "seq"),
        .stated = around->stated || states_times(r, node, around),
        .speaker = agent.len ? name_of_agent(r, agent) : around->speaker,
    };
    level.before = level.times.start;
    around->before = level.times.end;
    if (r->depth + 1 < LEVELS_MAX)
        r->levels[++r->depth] = level;
    return &r->levels[r->depth];
}

/* Up again, until what is around `node` is at hand. */
static void leave_for(struct ttml *r, uint32_t node)
{
    while (r->depth > 0 && r->levels[r->depth].node != tree_node(&r->tree, node)->parent)
        r->depth--;
}

/* ---- text ---- */

/* A text has the times of the spans it stands in, or none of its own. */
static struct piece piece_of(const struct ttml *r, const struct node *text, bool new_line)
{
    const struct level *in = &r->levels[r->depth];
    bool blank = !str_trim(text->text).len, timed = in->stated && !blank;
    return (struct piece){
        .text = text->text,
        .span = text->span,
        .marks = new_line && !blank ? VB_NEW_LINE : 0,
        .start = timed ? in->times.start : VB_NO_TIME,
        .end = timed ? in->times.end : VB_NO_TIME,
    };
}

/* What is inside the paragraph, whose level is at hand. */
static void take_text(struct ttml *r, uint32_t paragraph)
{
    bool new_line = false;
    int depth = r->depth;
    r->pieces.count = 0;
    r->levels[depth].stated = false;
    for (uint32_t n = tree_walk(&r->tree, paragraph, paragraph); n != NODE_NONE;
         n = tree_walk(&r->tree, paragraph, n)) {
        const struct node *node = tree_node(&r->tree, n);
        leave_for(r, n);
        new_line = new_line || node_is(&r->tree, n, "br");
        if (node->name.len)
            enter(r, n);
        if (!node->text.len)
            continue;
        struct piece piece = piece_of(r, node, new_line);
        new_line = new_line && !piece.marks;
        vec_push(&r->pieces, piece);
    }
    r->depth = depth;
}

static bool has_words(const struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (str_trim(pieces->items[i].text).len)
            return true;
    return false;
}

/* ---- the whole ---- */

static void list_agents(struct ttml *r, uint32_t root)
{
    uint32_t agent = NODE_NONE;
    for (uint32_t n = tree_walk(&r->tree, root, root);
         n != NODE_NONE && !node_is(&r->tree, n, "body"); n = tree_walk(&r->tree, root, n)) {
        if (node_is(&r->tree, n, "agent"))
            agent = n;
        else if (node_is(&r->tree, n, "title"))
            builder_title(r->cues.b, node_string(&r->tree, n));
        if (!node_is(&r->tree, n, "name") || agent == NODE_NONE)
            continue;
        ids_add(&r->agents, node_attribute(&r->tree, agent, "id"), (uint32_t)r->names.count);
        vec_push(&r->names, node_string(&r->tree, n));
    }
}

/* The paragraph whose level is at hand. */
static bool take_paragraph(struct ttml *r, uint32_t paragraph)
{
    const struct level *level = &r->levels[r->depth];
    take_text(r, paragraph);
    if (!has_words(&r->pieces))
        return true;
    struct cue cue = {
        .start = level->times.start,
        .end = level->times.end,
        .span = tree_node(&r->tree, paragraph)->span,
        .speakers = &level->speaker,
        .speaker_count = level->speaker.len > 0,
        .label = level->speaker,
        .pieces = r->pieces.items,
        .piece_count = r->pieces.count,
    };
    return cues_add(&r->cues, &cue, r->error);
}

/* body, div and p, each with the times and the speaker of what is around it. */
static bool take_body(struct ttml *r, uint32_t body)
{
    r->levels[0] = (struct level){
        .node = tree_node(&r->tree, body)->parent,
        .times = {VB_NO_TIME, VB_NO_TIME},
        .before = VB_NO_TIME,
        .speaker = VB_STR(""),
    };
    for (uint32_t n = body; n != NODE_NONE;) {
        bool paragraph = node_is(&r->tree, n, "p");
        leave_for(r, n);
        if (tree_node(&r->tree, n)->name.len)
            enter(r, n);
        if (paragraph && !take_paragraph(r, n))
            return false;
        n = paragraph ? tree_walk_past(&r->tree, body, n) : tree_walk(&r->tree, body, n);
    }
    return true;
}

static bool read_tree(struct ttml *r)
{
    uint32_t root = tree_find(&r->tree, 0, "tt");
    uint32_t body = root == NODE_NONE ? NODE_NONE : tree_find(&r->tree, root, "body");
    if (body == NODE_NONE)
        return err_set(r->error, VB_BAD_FORMAT, _("it has no element “%s”"), "body");
    take_rates(r, root);
    list_agents(r, root);
    r->absolute = node_attribute(&r->tree, root, "timing").len > 0; /* Apple's */
    return take_body(r, body);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct ttml r = {.cues.b = into, .error = error};
    bool done = tree_read_xml(&r.tree, text, into, error) && read_tree(&r);
    cues_end(&r.cues);
    ids_free(&r.agents);
    free(r.names.items);
    free(r.pieces.items);
    tree_free(&r.tree);
    return done;
}

/* ---- writing ---- */

static void put_lines(vb_str text, struct buf *out)
{
    vb_str line;
    bool first = true;
    for (size_t at = 0; str_line(text, &at, &line); first = false) {
        if (!first)
            buf_puts(out, "<br/>");
        xml_put(out, line);
    }
}

static void put_times(vb_time start, vb_time end, struct buf *out)
{
    if (start != VB_NO_TIME) {
        buf_puts(out, " begin=\"");
        clock_put(out, start);
        buf_putc(out, '"');
    }
    if (end != VB_NO_TIME) {
        buf_puts(out, " end=\"");
        clock_put(out, end);
        buf_putc(out, '"');
    }
}

/* In a paragraph a span's times count from the paragraph's. */
static void put_words(const struct rows *rows, const struct row *row, struct buf *out)
{
    for (uint32_t i = 0; i < row->word_count; i++) {
        uint32_t word = row->first_word + i;
        uint16_t marks = vb_word_marks(rows->t, word);
        vb_time start, end;
        if (i && !(marks & VB_GLUED))
            buf_puts(out, marks & VB_NEW_LINE ? "<br/>" : " ");
        bool timed = row_word_times(rows, word, &start, &end) && start >= row->start;
        if (timed) {
            buf_puts(out, "<span");
            put_times(start - row->start, end == VB_NO_TIME ? end : end - row->start, out);
            buf_putc(out, '>');
        }
        xml_put(out, vb_word_text(rows->t, word));
        buf_puts(out, timed ? "</span>" : "");
    }
}

static void put_agents(const struct vb_transcript *t, struct buf *out)
{
    buf_puts(out, "    <metadata>\n");
    if (vb_title(t).len) {
        buf_puts(out, "      <ttm:title>");
        xml_put(out, vb_title(t));
        buf_puts(out, "</ttm:title>\n");
    }
    for (uint32_t i = 0; i < vb_speaker_count(t); i++) {
        buf_printf(out,
                   "      <ttm:agent xml:id=\"s%u\" type=\"person\"><ttm:name type=\"full\">",
                   i + 1);
        xml_put(out, vb_speaker(t, i)->name);
        buf_puts(out, "</ttm:name></ttm:agent>\n");
    }
    buf_puts(out, "    </metadata>\n");
}

static void put_row(const struct rows *rows, const struct row *row, struct buf *text,
                    struct buf *out)
{
    buf_puts(out, "      <p");
    put_times(row->start, row->end, out);
    const struct vb_turn *turn = row->turn == VB_NONE ? NULL : vb_turn(rows->t, row->turn);
    if (turn && turn->speaker_count)
        buf_printf(out, " ttm:agent=\"s%u\"", vb_turn_speaker(rows->t, row->turn, 0) + 1);
    buf_putc(out, '>');
    if (rows->options.words) {
        put_words(rows, row, out);
    } else {
        buf_clear(text);
        row_text(rows, row, text);
        put_lines(buf_str(text), out);
    }
    buf_puts(out, "</p>\n");
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct rows rows;
    struct buf text = {0};
    rows_make(&rows, t, times, options);
    bool known = rows_all_start(&rows, error);
    if (known) {
        buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<tt xmlns=\"http://www.w3.org/ns/ttml\" "
                      "xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\" xml:lang=\"\">\n"
                      "  <head>\n");
        put_agents(t, out);
        buf_puts(out, "  </head>\n  <body>\n    <div>\n");
        for (size_t i = 0; i < rows.count; i++)
            put_row(&rows, &rows.items[i], &text, out);
        buf_puts(out, "    </div>\n  </body>\n</tt>\n");
    }
    buf_free(&text);
    rows_free(&rows);
    return known;
}

const struct vb_format fmt_ttml = {
    .name = "ttml",
    .extensions = "ttml dfxp",
    .summary = N_("TTML and DFXP, timed text of broadcasters"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_STAGE | VB_LOSES_METADATA |
              VB_LOSES_JOINT,
    .kept_with_words = VB_LOSES_WORD_TIMES,
    .keeps_title = true,
};
