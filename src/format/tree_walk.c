/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to a tree. Nothing here recurses. */
#include <string.h>

#include "base/str.h"
#include "format/tree.h"

const struct node *tree_node(const struct tree *tree, uint32_t node)
{
    return &tree->nodes.items[node];
}

bool node_is(const struct tree *tree, uint32_t node, const char *name)
{
    return node != NODE_NONE && str_eq(tree_node(tree, node)->name, name);
}

vb_str node_attribute(const struct tree *tree, uint32_t node, const char *name)
{
    const struct node *n = tree_node(tree, node);
    for (uint32_t i = 0; i < n->attribute_count; i++)
        if (str_eq(tree->attributes.items[n->attribute + i].name, name))
            return tree->attributes.items[n->attribute + i].value;
    return VB_STR("");
}

uint32_t tree_walk(const struct tree *tree, uint32_t root, uint32_t node)
{
    uint32_t first = tree_node(tree, node)->first;
    return first != NODE_NONE ? first : tree_walk_past(tree, root, node);
}

uint32_t tree_walk_past(const struct tree *tree, uint32_t root, uint32_t node)
{
    while (node != root) {
        const struct node *n = tree_node(tree, node);
        if (n->next != NODE_NONE)
            return n->next;
        node = n->parent;
    }
    return NODE_NONE;
}

uint32_t tree_find(const struct tree *tree, uint32_t root, const char *name)
{
    for (uint32_t n = tree_walk(tree, root, root); n != NODE_NONE; n = tree_walk(tree, root, n))
        if (node_is(tree, n, name))
            return n;
    return NODE_NONE;
}

/* Programs and styles are no text. */
static uint32_t next_shown(const struct tree *tree, uint32_t root, uint32_t node)
{
    bool hidden = node_is(tree, node, "script") || node_is(tree, node, "style");
    return hidden ? tree_walk_past(tree, root, node) : tree_walk(tree, root, node);
}

void node_text(const struct tree *tree, uint32_t node, struct buf *out)
{
    for (uint32_t n = next_shown(tree, node, node); n != NODE_NONE;
         n = next_shown(tree, node, n))
        buf_add(out, tree_node(tree, n)->text);
}

vb_str node_string(struct tree *tree, uint32_t node)
{
    uint32_t first = tree_node(tree, node)->first;
    if (first == NODE_NONE)
        return VB_STR("");
    const struct node *only = tree_node(tree, first);
    if (only->text.len && only->next == NODE_NONE)
        return str_trim(only->text);
    struct buf text = {0};
    node_text(tree, node, &text);
    vb_str kept = arena_str(&tree->arena, str_trim(buf_str(&text)));
    buf_free(&text);
    return kept;
}

void node_pieces(const struct tree *tree, uint32_t node, struct piece like, struct pieces *into)
{
    bool new_line = false;
    for (uint32_t n = next_shown(tree, node, node); n != NODE_NONE;
         n = next_shown(tree, node, n)) {
        const struct node *at = tree_node(tree, n);
        new_line = new_line || node_is(tree, n, "br");
        if (!at->text.len)
            continue;
        struct piece piece = like;
        piece.text = at->text;
        piece.span = at->span;
        if (new_line && str_trim(at->text).len) {
            piece.marks |= VB_NEW_LINE;
            new_line = false;
        }
        vec_push(into, piece);
    }
}
