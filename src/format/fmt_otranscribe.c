/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oTranscribe's .otr: JSON around a piece of HTML, in which spans of class "timestamp" stand
 * before what is said from then on.
 *
 * Each line of the page is a paragraph; "Name:" at its beginning, bold or not, opens a turn. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/april.h"
#include "format/clock.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/json.h"
#include "format/json_read.h"
#include "format/line_label.h"
#include "format/rows.h"
#include "format/timecode.h"
#include "format/tree.h"
#include "format/xml.h"

struct otr {
    struct json_tree json;
    struct tree tree;
    struct cues cues;
    struct pieces pieces;
    struct buf line, speaker;
    struct vb_span span; /* of the HTML in the JSON */
    vb_time start;
    bool turns;
    size_t bold;    /* names in bold: who sets them so does not do it otherwise */
    bool line_bold; /* the line begins in bold */
    struct vb_error *error;
};

static int probe(vb_str text)
{
    if (!json_looks_like(text) || !json_has_key(text, "text"))
        return 0;
    bool stamps = str_find(text, VB_STR("data-timestamp")) != STR_NOT_FOUND;
    return json_has_key(text, "media-time") || json_has_key(text, "media-source") ? 95
           : stamps                                                               ? 80
                                                                                  : 0;
}

/* ---- one line of the page ---- */

/* Bytes up to and with the colon behind a name; 0: none begins the line. */
static size_t label_of(const struct otr *r, vb_str line)
{
    size_t label = line_label(line);
    if (!label || r->line_bold || !r->bold)
        return label;
    return r->bold < 2 && name_reads_like_one(str_trim(str_cut(line, 0, label - 1))) ? label
                                                                                     : 0;
}

static bool end_line(struct otr *r)
{
    buf_clear(&r->line);
    pieces_flatten(&r->pieces, &r->line);
    if (!str_trim(buf_str(&r->line)).len) {
        r->pieces.count = 0;
        return true;
    }
    size_t label = label_of(r, buf_str(&r->line));
    if (label) {
        buf_clear(&r->speaker);
        buf_add(&r->speaker, str_trim(str_cut(buf_str(&r->line), 0, label - 1)));
        pieces_drop_front(&r->pieces, label);
        r->turns = true;
    }
    vb_str speaker = buf_str(&r->speaker);
    struct cue cue = {
        .start = r->start,
        .end = VB_NO_TIME,
        .span = r->span,
        .speakers = &speaker,
        .speaker_count = speaker.len > 0,
        .label = speaker,
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

/* ---- the page ---- */

static bool is_stamp(const struct tree *tree, uint32_t node)
{
    return node_is(tree, node, "span") && (str_find(node_attribute(tree, node, "class"),
                                                    VB_STR("timestamp")) != STR_NOT_FOUND ||
                                           node_attribute(tree, node, "data-timestamp").len);
}

/* Seconds, or "1:02:16" in older files; else what stands in the span. */
static vb_time time_of_stamp(struct otr *r, uint32_t node)
{
    vb_time time;
    vb_str data = node_attribute(&r->tree, node, "data-timestamp");
    if (data.len && clock_stamp(str_trim(data), &time))
        return time;
    buf_clear(&r->line);
    node_text(&r->tree, node, &r->line);
    if (time_from_user(str_trim(buf_str(&r->line)), &time))
        return time;
    builder_note(r->cues.b, VB_WARNING, r->span, _("a time mark holds no time: “%.*s”"),
                 (int)(r->line.len < 40 ? r->line.len : 40), r->line.len ? r->line.data : "");
    return VB_NO_TIME;
}

static bool ends_line(const struct tree *tree, uint32_t node)
{
    static const char *const names[] = {"p", "br", "div", "li", "h1", "h2", "h3"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (node_is(tree, node, names[i]))
            return true;
    return false;
}

static bool is_within(const struct tree *tree, uint32_t node, const char *one,
                      const char *other)
{
    for (uint32_t n = tree_node(tree, node)->parent; n != 0; n = tree_node(tree, n)->parent)
        if (node_is(tree, n, one) || node_is(tree, n, other))
            return true;
    return false;
}

/* "<b>Anne:</b>" or "<b>Anne</b>:" */
static bool is_name_in_bold(struct otr *r, uint32_t bold, uint32_t next)
{
    buf_clear(&r->line);
    node_text(&r->tree, bold, &r->line);
    return str_ends(str_trim(buf_str(&r->line)), ":") ||
           (next != NODE_NONE && str_starts(str_trim(tree_node(&r->tree, next)->text), ":"));
}

/* Bold inside bold is not looked at again: each text is gone through once. */
static size_t names_in_bold(struct otr *r)
{
    size_t names = 0;
    for (uint32_t n = tree_walk(&r->tree, 0, 0), next; n != NODE_NONE; n = next) {
        bool bold = node_is(&r->tree, n, "b") || node_is(&r->tree, n, "strong");
        next = bold ? tree_walk_past(&r->tree, 0, n) : tree_walk(&r->tree, 0, n);
        names += bold && is_name_in_bold(r, n, next);
    }
    return names;
}

/* A line's end in the HTML of a .otr is a space, as in any HTML. */
static bool take_page(struct otr *r)
{
    for (uint32_t n = tree_walk(&r->tree, 0, 0); n != NODE_NONE;) {
        const struct node *node = tree_node(&r->tree, n);
        if (is_stamp(&r->tree, n)) {
            vb_time time = time_of_stamp(r, n);
            if (!end_line(r))
                return false;
            r->start = time;
            n = tree_walk_past(&r->tree, 0, n);
            continue;
        }
        if (ends_line(&r->tree, n) && !end_line(r))
            return false;
        if (!r->pieces.count && str_trim(node->text).len)
            r->line_bold = is_within(&r->tree, n, "b", "strong");
        if (node->text.len && (r->pieces.count || str_trim(node->text).len))
            vec_push(
                &r->pieces,
                (struct piece){.text = node->text,
                               .marks = is_within(&r->tree, n, "i", "em") ? VB_EMPHASIS : 0,
                               .start = VB_NO_TIME,
                               .end = VB_NO_TIME});
        n = tree_walk(&r->tree, 0, n);
    }
    return end_line(r);
}

static bool read_json(struct otr *r)
{
    json_ref text = json_get(&r->json, 0, "text"), media = json_get(&r->json, 0, "media");
    r->span = json_span(&r->json, text);
    r->start = VB_NO_TIME;
    if (json_text(&r->json, media).len)
        builder_meta(r->cues.b, VB_STR("media"), json_text(&r->json, media), VB_STR(""),
                     json_span(&r->json, media));
    if (json_kind(&r->json, text) != JSON_STRING)
        return err_set(r->error, VB_BAD_FORMAT,
                       _("the text of this .otr file is no text; it is damaged, look for a "
                         "backup in oTranscribe's history"));
    vb_str html = json_text(&r->json, text);
    if (!str_trim(html).len) {
        builder_note(r->cues.b, VB_INFO, r->span, _("the text is empty"));
        return true;
    }
    if (!tree_read_html(&r->tree, html, r->cues.b, r->error))
        return false;
    r->bold = names_in_bold(r);
    return take_page(r);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct otr r = {.json.builder = into, .cues.b = into, .error = error};
    bool done = json_parse_all(&r.json, text, error) && read_json(&r);
    cues_end(&r.cues);
    free(r.pieces.items);
    buf_free(&r.line);
    buf_free(&r.speaker);
    tree_free(&r.tree);
    json_tree_free(&r.json);
    return done;
}

/* ---- writing ---- */

static void put_stamp(vb_time time, struct buf *html)
{
    if (time == VB_NO_TIME)
        return;
    buf_puts(html, "<span class=\"timestamp\" data-timestamp=\"");
    time_put_seconds(html, time);
    buf_puts(html, "\">");
    time_put(html, time);
    buf_puts(html, "</span> ");
}

static void put_row(const struct rows *rows, const struct row *row, bool labelled,
                    struct buf *text, struct buf *html)
{
    buf_clear(text);
    row_text(rows, row, text);
    buf_puts(html, "<p>");
    put_stamp(row->start, html);
    vb_str speaker = labelled ? name_without_colon(row_speakers(rows, row)) : VB_STR("");
    if (speaker.len) {
        buf_puts(html, "<b>");
        xml_put(html, speaker);
        buf_puts(html, ":</b> ");
    }
    for (size_t i = 0; i < text->len; i++)
        text->data[i] = text->data[i] == '\n' ? ' ' : text->data[i];
    xml_put(html, buf_str(text));
    buf_puts(html, "</p>");
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct rows rows;
    struct buf text = {0}, html = {0};
    struct json json = {.out = out};
    (void)error;
    rows_make(&rows, t, times, options);
    for (size_t i = 0; i < rows.count; i++)
        put_row(&rows, &rows.items[i], !i || rows.items[i].turn != rows.items[i - 1].turn,
                &text, &html);
    json_object(&json);
    json_key(&json, "text"), json_str(&json, buf_str(&html));
    json_key(&json, "media"), json_str(&json, VB_STR(""));
    json_key(&json, "media-time"), json_number(&json, 0);
    json_end_object(&json);
    json_line_end(&json);
    rows_free(&rows);
    buf_free(&text);
    buf_free(&html);
    return true;
}

const struct vb_format fmt_otranscribe = {
    .name = "otranscribe",
    .extensions = "otr",
    .summary = N_("oTranscribe"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_NOBODY | VB_LOSES_WORD_TIMES | VB_LOSES_ENDS | VB_LOSES_CONFIDENCE |
              VB_LOSES_SECTIONS | VB_LOSES_MARKERS | VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS |
              VB_LOSES_STAGE | VB_LOSES_METADATA | VB_LOSES_LINES | VB_LOSES_JOINT,
};
