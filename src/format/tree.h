/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML and HTML as a tree of compact nodes, read by libxml2.
 *
 * No entity is expanded but characters, nothing is fetched, no DTD is loaded; depth, attributes
 * and nodes are bounded.  Names are without their namespace's prefix.  What is no good XML is
 * read as far as it makes sense, and reported to the builder. */
#pragma once

#include "format/timed_words.h"

struct node {
    uint32_t parent, first, next; /* NODE_NONE: none; the root's parent is itself */
    vb_str name;                  /* of an element; empty: this is text */
    vb_str text;                  /* of a text node, decoded */
    uint32_t attribute, attribute_count;
    struct vb_span span; /* text: its bytes; element: from its tag to its end */
};
#define NODE_NONE UINT32_MAX

struct attribute {
    vb_str name, value;
};

struct tree {
    vb_str source;
    struct builder *builder;
    VEC(struct node) nodes; /* in reading order; 0 is a root above the document's element */
    VEC(struct attribute) attributes;
    struct arena arena;
};

/* False: not readable at all, or beyond a bound; `error` says which. tree_free() in any case.
 */
bool tree_read_xml(struct tree *tree, vb_str text, struct builder *b, struct vb_error *error);
bool tree_read_html(struct tree *tree, vb_str text, struct builder *b, struct vb_error *error);
void tree_free(struct tree *tree);

const struct node *tree_node(const struct tree *tree, uint32_t node);
bool node_is(const struct tree *tree, uint32_t node, const char *name);
/* Empty: it has no such attribute. */
vb_str node_attribute(const struct tree *tree, uint32_t node, const char *name);
/* The node that follows in reading order, inside `root`; NODE_NONE: no more. For loops over all
 * nodes: for (n = tree_walk(t, root, root); n != NODE_NONE; n = tree_walk(t, root, n)) */
uint32_t tree_walk(const struct tree *tree, uint32_t root, uint32_t node);
/* The same, passing over what is inside `node`. */
uint32_t tree_walk_past(const struct tree *tree, uint32_t root, uint32_t node);
/* The first element of that name inside `root`; NODE_NONE. */
uint32_t tree_find(const struct tree *tree, uint32_t root, const char *name);
/* All text inside, as it stands, added to `out`. */
void node_text(const struct tree *tree, uint32_t node, struct buf *out);
/* The same as one string, white space off both ends; lives as long as the tree. */
vb_str node_string(struct tree *tree, uint32_t node);
/* The text nodes inside as pieces; <br/> begins a line. */
void node_pieces(const struct tree *tree, uint32_t node, struct piece like,
                 struct pieces *into);
