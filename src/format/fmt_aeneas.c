/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps of the aligner aeneas: fragments of a text with their times, as JSON or XML.  The kind
 * without words (rbse) has only the names of the fragments, which are shown, not spoken. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/json_read.h"
#include "format/tree.h"

struct map {
    struct json_tree json;
    struct tree tree;
    struct cues cues;
    struct pieces pieces;
    struct vb_error *error;
};

static int probe(vb_str text)
{
    vb_str start = str_cut(text, 0, 2048);
    if (json_looks_like(text))
        return json_has_key(text, "smil_data") ||
                       (json_has_key(text, "fragments") && json_has_key(text, "begin"))
                   ? 90
                   : 0;
    return str_find(start, VB_STR("<map")) != STR_NOT_FOUND &&
                   str_find(start, VB_STR("<fragment ")) != STR_NOT_FOUND
               ? 90
               : 0;
}

static bool add_cue(struct map *r, vb_time start, vb_time end, struct vb_span span)
{
    struct cue cue = {.start = start,
                      .end = end,
                      .span = span,
                      .pieces = r->pieces.items,
                      .piece_count = r->pieces.count};
    return cues_add(&r->cues, &cue, r->error);
}

/* ---- JSON ---- */

static bool read_fragments(struct map *r, json_ref list)
{
    struct json_tree *json = &r->json;
    struct piece plain = {.start = VB_NO_TIME, .end = VB_NO_TIME}, name = plain;
    name.marks = VB_UNSPOKEN;
    for (json_ref f = json_first(json, list); f != JSON_NONE; f = json_next(json, list, f)) {
        json_ref lines = json_get(json, f, "lines");
        r->pieces.count = 0;
        for (json_ref l = json_first(json, lines); l != JSON_NONE;
             l = json_next(json, lines, l)) {
            plain.marks = r->pieces.count ? VB_NEW_LINE : 0;
            json_add_pieces(json, l, plain, &r->pieces);
        }
        if (lines == JSON_NONE)
            json_add_pieces(json, json_get(json, f, "id"), name, &r->pieces);
        if (!add_cue(r, json_time_in(json, json_get(json, f, "begin"), VB_SECOND),
                     json_time_in(json, json_get(json, f, "end"), VB_SECOND),
                     json_span(json, f)))
            return false;
    }
    return true;
}

static bool read_json(struct map *r, vb_str text)
{
    if (!json_parse_all(&r->json, text, r->error))
        return false;
    json_ref list = json_find(&r->json, 0, "fragments|smil_data");
    if (json_get(&r->json, 0, "smil_data") != JSON_NONE)
        builder_note(r->cues.b, VB_WARNING, json_span(&r->json, list),
                     _("this map has no words, only the names of its fragments"));
    return read_fragments(r, list);
}

/* ---- XML ---- */

static vb_time attribute_time(struct map *r, uint32_t node, const char *name)
{
    vb_time time;
    vb_str value = node_attribute(&r->tree, node, name);
    if (clock_number(value, VB_SECOND, &time) && time >= 0)
        return time;
    if (value.len)
        builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, node)->span,
                     _("“%.*s” is no time; it is read as unknown"),
                     (int)(value.len < 40 ? value.len : 40), value.data);
    return VB_NO_TIME;
}

/* The lines right below the fragment: children are fragments of their own. */
static bool read_fragment(struct map *r, uint32_t fragment)
{
    struct piece plain = {.start = VB_NO_TIME, .end = VB_NO_TIME};
    r->pieces.count = 0;
    for (uint32_t n = tree_node(&r->tree, fragment)->first; n != NODE_NONE;
         n = tree_node(&r->tree, n)->next) {
        if (!node_is(&r->tree, n, "line"))
            continue;
        plain.marks = r->pieces.count ? VB_NEW_LINE : 0;
        node_pieces(&r->tree, n, plain, &r->pieces);
    }
    return !r->pieces.count ||
           add_cue(r, attribute_time(r, fragment, "begin"), attribute_time(r, fragment, "end"),
                   tree_node(&r->tree, fragment)->span);
}

static bool read_xml(struct map *r, vb_str text)
{
    if (!tree_read_xml(&r->tree, text, r->cues.b, r->error))
        return false;
    for (uint32_t n = tree_walk(&r->tree, 0, 0); n != NODE_NONE; n = tree_walk(&r->tree, 0, n))
        if (node_is(&r->tree, n, "fragment") && !read_fragment(r, n))
            return false;
    return true;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct map r = {.json.builder = into, .cues.b = into, .error = error};
    bool done = json_looks_like(text) ? read_json(&r, text) : read_xml(&r, text);
    cues_end(&r.cues);
    free(r.pieces.items);
    json_tree_free(&r.json);
    tree_free(&r.tree);
    return done;
}

const struct vb_format fmt_aeneas = {
    .name = "aeneas",
    .extensions = "json xml rbse",
    .summary = N_("maps of the aligner aeneas, JSON and XML"),
    .probe = probe,
    .read = read,
};
