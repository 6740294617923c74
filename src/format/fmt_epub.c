/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A publication, by its package file: the chapters in the order of its spine, with the times of
 * their media overlays where they have one. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/companions.h"
#include "format/format.h"
#include "format/smil.h"

struct epub {
    struct smil smil;
    struct tree package;
    struct ids items; /* of the manifest, to their nodes */
    size_t parts;     /* that were read */
    struct vb_error *error;
};

static int probe(vb_str text)
{
    text = str_cut(text, 0, 4096);
    return str_find(text, VB_STR("http://www.idpf.org/2007/opf")) != STR_NOT_FOUND &&
                   str_find(text, VB_STR("package")) != STR_NOT_FOUND
               ? 95
               : 0;
}

static void list_items(struct epub *r)
{
    for (uint32_t n = tree_walk(&r->package, 0, 0); n != NODE_NONE;
         n = tree_walk(&r->package, 0, n)) {
        if (node_is(&r->package, n, "item"))
            ids_add(&r->items, node_attribute(&r->package, n, "id"), n);
        else if (node_is(&r->package, n, "title"))
            builder_title(r->smil.cues.b, node_string(&r->package, n));
    }
}

static bool read_overlay(struct epub *r, vb_str href)
{
    struct smil_text *file = smil_fetch(&r->smil, href);
    if (!file)
        return true;
    r->parts++;
    return smil_read(&r->smil, &file->tree, path_folder(buf_str(&file->name)), r->error);
}

static bool is_block(const struct tree *tree, uint32_t node)
{
    static const char *const blocks[] = {"p",  "h1", "h2", "h3", "h4",         "h5",
                                         "h6", "li", "dd", "dt", "blockquote", "figcaption"};
    for (size_t i = 0; i < COUNT(blocks); i++)
        if (node_is(tree, node, blocks[i]))
            return true;
    return false;
}

/* A chapter without an overlay: its blocks, without times. */
static bool read_chapter(struct epub *r, vb_str href)
{
    struct smil_text *file = smil_fetch(&r->smil, href);
    if (!file)
        return true;
    const struct tree *tree = &file->tree;
    r->parts++;
    for (uint32_t n = tree_walk(tree, 0, 0); n != NODE_NONE;) {
        bool block = is_block(tree, n);
        struct cue cue = {.start = VB_NO_TIME, .end = VB_NO_TIME, .apart = true};
        r->smil.pieces.count = 0;
        if (block)
            node_pieces(tree, n, (struct piece){.start = VB_NO_TIME, .end = VB_NO_TIME},
                        &r->smil.pieces);
        for (size_t i = 0; i < r->smil.pieces.count; i++)
            r->smil.pieces.items[i].span = (struct vb_span){0};
        cue.pieces = r->smil.pieces.items;
        cue.piece_count = r->smil.pieces.count;
        if (block && cue.piece_count && !cues_add(&r->smil.cues, &cue, r->error))
            return false;
        n = block ? tree_walk_past(tree, 0, n) : tree_walk(tree, 0, n);
    }
    return true;
}

static bool read_item(struct epub *r, uint32_t item)
{
    struct buf path = {0};
    vb_str properties = node_attribute(&r->package, item, "properties");
    if (str_find(properties, VB_STR("nav")) != STR_NOT_FOUND)
        return true;
    uint32_t overlay = ids_find(&r->items, node_attribute(&r->package, item, "media-overlay"));
    bool timed = overlay != VB_NONE;
    path_resolve(VB_STR(""), node_attribute(&r->package, timed ? overlay : item, "href"),
                 &path);
    bool done = timed ? read_overlay(r, buf_str(&path)) : read_chapter(r, buf_str(&path));
    buf_free(&path);
    return done;
}

static bool read_spine(struct epub *r)
{
    for (uint32_t n = tree_walk(&r->package, 0, 0); n != NODE_NONE;
         n = tree_walk(&r->package, 0, n)) {
        if (!node_is(&r->package, n, "itemref"))
            continue;
        uint32_t item = ids_find(&r->items, node_attribute(&r->package, n, "idref"));
        if (item != VB_NONE && !read_item(r, item))
            return false;
    }
    if (!r->parts)
        return err_set(r->error, VB_NOT_FOUND,
                       _("none of the publication's parts is here; open the .epub, or the .opf "
                         "where it was unpacked"));
    return true;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct epub r = {.smil.cues.b = into, .error = error};
    bool done = tree_read_xml(&r.package, text, into, error);
    if (done) {
        list_items(&r);
        done = read_spine(&r);
    }
    smil_end(&r.smil);
    ids_free(&r.items);
    tree_free(&r.package);
    return done;
}

const struct vb_format fmt_epub = {
    .name = "epub",
    .extensions = "epub opf",
    .summary = N_("EPUB with media overlays"),
    .probe = probe,
    .read = read,
};
