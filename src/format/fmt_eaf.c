/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ELAN's .eaf: tiers of annotations between time slots, and annotations of annotations.
 *
 * A tier that hangs on no other is what somebody says (or does): its annotations are cues, put
 * in the order of their times over all tiers.  What hangs on an annotation (translation, gloss,
 * parts of speech) is shown behind it, a paragraph for each tier, and not spoken; except words
 * that state their times, which give these to the words of the annotation itself. */
#include "format/eaf.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/cues.h"
#include "format/format.h"

enum { CHAIN_MAX = 64, TIERS_MAX = 2000 };

struct annotation {
    uint32_t value; /* node of its text, or NODE_NONE */
    uint32_t element, tier;
    uint32_t parent, first, last, next; /* annotations; VB_NONE */
    vb_time start, end, order;          /* order: where it stands among those without a time */
};

struct eaf {
    struct tree tree;
    struct cues cues;
    struct ids slots, names; /* TIME_SLOT to its node, annotation to its index */
    VEC(struct annotation) list;
    VEC(uint32_t) roots;
    struct pieces pieces, cut;
    VEC(struct timed_word) words;
    VEC(uint32_t) below; /* all that hangs on one annotation */
    uint32_t tiers;
    bool one_tier; /* that hangs on no other: its name tells nobody apart */
    struct vb_error *error;
};

static int probe(vb_str text)
{
    text = str_cut(text, 0, 4096);
    return str_find(text, VB_STR("<ANNOTATION_DOCUMENT")) != STR_NOT_FOUND ? 95 : 0;
}

/* ---- times ---- */

static vb_time time_of_slot(struct eaf *r, vb_str id, uint32_t element)
{
    vb_time time;
    uint32_t slot = ids_find(&r->slots, id);
    if (slot == VB_NONE) {
        builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, element)->span,
                     _("there is no time slot “%.*s”"), (int)(id.len < 40 ? id.len : 40),
                     id.data);
        return VB_NO_TIME;
    }
    vb_str value = node_attribute(&r->tree, slot, "TIME_VALUE");
    if (!value.len)
        return VB_NO_TIME;
    if (clock_number(value, VB_SECOND / 1000, &time) && time >= 0)
        return time;
    builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, slot)->span,
                 _("“%.*s” is no time; it is read as unknown"),
                 (int)(value.len < 40 ? value.len : 40), value.data);
    return VB_NO_TIME;
}

/* ---- collecting ---- */

static void add_annotation(struct eaf *r, uint32_t element, uint32_t tier)
{
    struct annotation a = {
        .element = element,
        .tier = tier,
        .value = tree_find(&r->tree, element, "ANNOTATION_VALUE"),
        .parent = VB_NONE,
        .first = VB_NONE,
        .last = VB_NONE,
        .next = VB_NONE,
        .start = VB_NO_TIME,
        .end = VB_NO_TIME,
    };
    if (node_is(&r->tree, element, "ALIGNABLE_ANNOTATION")) {
        a.start = time_of_slot(r, node_attribute(&r->tree, element, "TIME_SLOT_REF1"), element);
        a.end = time_of_slot(r, node_attribute(&r->tree, element, "TIME_SLOT_REF2"), element);
    }
    ids_add(&r->names, node_attribute(&r->tree, element, "ANNOTATION_ID"),
            (uint32_t)r->list.count);
    vec_push(&r->list, a);
}

static bool collect(struct eaf *r, uint32_t root)
{
    uint32_t tops = 0;
    uint32_t tier = NODE_NONE;
    for (uint32_t n = tree_walk(&r->tree, root, root); n != NODE_NONE;
         n = tree_walk(&r->tree, root, n))
        if (node_is(&r->tree, n, "TIME_SLOT"))
            ids_add(&r->slots, node_attribute(&r->tree, n, "TIME_SLOT_ID"), n);
    for (uint32_t n = tree_walk(&r->tree, root, root); n != NODE_NONE;
         n = tree_walk(&r->tree, root, n)) {
        if (node_is(&r->tree, n, "TIER")) {
            tier = n;
            tops += !node_attribute(&r->tree, n, "PARENT_REF").len;
            r->tiers++;
        } else if (tier != NODE_NONE && (node_is(&r->tree, n, "ALIGNABLE_ANNOTATION") ||
                                         node_is(&r->tree, n, "REF_ANNOTATION")))
            add_annotation(r, n, tier);
    }
    r->one_tier = tops == 1;
    if (r->tiers > TIERS_MAX)
        return err_set(r->error, VB_UNSUPPORTED, _("more than %d tiers; split the file"),
                       TIERS_MAX);
    return true;
}

/* ---- what hangs on what ---- */

/* An annotation with times in a tier of another hangs on the one it lies in. */
static uint32_t enclosing(const struct eaf *r, const struct annotation *a, vb_str parent_tier,
                          uint32_t *cursor)
{
    for (uint32_t i = *cursor; i < r->list.count; i++) {
        const struct annotation *p = &r->list.items[i];
        if (!str_is(node_attribute(&r->tree, p->tier, "TIER_ID"), parent_tier))
            continue;
        if (p->end != VB_NO_TIME && a->start != VB_NO_TIME && p->end <= a->start)
            continue;
        *cursor = i;
        bool inside = p->start != VB_NO_TIME && a->start != VB_NO_TIME && p->start <= a->start;
        return inside || a->start == VB_NO_TIME ? i : VB_NONE;
    }
    return VB_NONE;
}

static void hang(struct eaf *r, uint32_t index, uint32_t parent)
{
    struct annotation *p = &r->list.items[parent];
    r->list.items[index].parent = parent;
    if (p->last == VB_NONE)
        p->first = index;
    else
        r->list.items[p->last].next = index;
    p->last = index;
}

/* Would hanging `index` on `parent` close a circle? */
static bool makes_circle(const struct eaf *r, uint32_t index, uint32_t parent)
{
    for (int steps = 0; parent != VB_NONE; parent = r->list.items[parent].parent)
        if (parent == index || ++steps > CHAIN_MAX)
            return true;
    return false;
}

static void find_parent(struct eaf *r, uint32_t index, uint32_t *cursor)
{
    const struct annotation *a = &r->list.items[index];
    vb_str above = node_attribute(&r->tree, a->element, "ANNOTATION_REF");
    vb_str tier = node_attribute(&r->tree, a->tier, "PARENT_REF");
    uint32_t parent = above.len  ? ids_find(&r->names, above)
                      : tier.len ? enclosing(r, a, tier, cursor)
                                 : VB_NONE;
    if (above.len && parent == VB_NONE)
        builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, a->element)->span,
                     _("there is no annotation “%.*s”"), (int)(above.len < 40 ? above.len : 40),
                     above.data);
    if (parent == VB_NONE)
        return;
    if (!makes_circle(r, index, parent))
        hang(r, index, parent);
    else
        builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, a->element)->span,
                     _("this annotation refers to itself in a circle"));
}

static void find_parents(struct eaf *r)
{
    uint32_t tier = NODE_NONE, cursor = 0;
    for (uint32_t i = 0; i < r->list.count; i++) {
        if (r->list.items[i].tier != tier)
            cursor = 0;
        tier = r->list.items[i].tier;
        find_parent(r, i, &cursor);
    }
}

static const struct eaf *sorted; /* qsort() hands nothing through */

static int by_time(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    vb_time l = sorted->list.items[left].order, r = sorted->list.items[right].order;
    return l != r ? (l > r) - (l < r) : (left > right) - (left < right);
}

/* One without a time stays behind the one that stands before it in its tier. */
static void sort_roots(struct eaf *r)
{
    vb_time last = 0;
    uint32_t tier = NODE_NONE;
    for (uint32_t i = 0; i < r->list.count; i++) {
        struct annotation *a = &r->list.items[i];
        if (a->tier != tier)
            last = 0;
        tier = a->tier;
        a->order = last = a->start != VB_NO_TIME ? a->start : last;
        if (a->parent == VB_NONE)
            vec_push(&r->roots, i);
    }
    sorted = r;
    if (r->roots.count)
        qsort(r->roots.items, r->roots.count, sizeof *r->roots.items, by_time);
}

/* ---- one annotation and what hangs on it ---- */

static void take_value(struct eaf *r, const struct annotation *a, struct piece like)
{
    if (a->value != NODE_NONE)
        node_pieces(&r->tree, a->value, like, &r->pieces);
}

static vb_str text_of(struct eaf *r, const struct annotation *a)
{
    return a->value == NODE_NONE ? VB_STR("") : node_string(&r->tree, a->value);
}

static void list_below(struct eaf *r, uint32_t root)
{
    r->below.count = 0;
    for (uint32_t i = r->list.items[root].first; i != VB_NONE;) {
        const struct annotation *a = &r->list.items[i];
        vec_push(&r->below, i);
        if (a->first != VB_NONE) {
            i = a->first;
            continue;
        }
        while (a->next == VB_NONE && a->parent != root)
            a = &r->list.items[a->parent];
        i = a->next;
    }
}

static bool is_word_of(const struct eaf *r, uint32_t root, uint32_t index, uint32_t tier)
{
    const struct annotation *a = &r->list.items[index];
    return a->parent == root && a->tier == tier && a->start != VB_NO_TIME &&
           a->end != VB_NO_TIME;
}

/* The annotations right below that have times and stand, all of them, in the text: the tier
 * they are in. NODE_NONE: there is no such tier. */
static uint32_t take_words(struct eaf *r, uint32_t root)
{
    r->words.count = 0;
    r->cut.count = 0;
    uint32_t tier = NODE_NONE;
    for (size_t i = 0; i < r->below.count && tier == NODE_NONE; i++) {
        uint32_t index = r->below.items[i];
        if (is_word_of(r, root, index, r->list.items[index].tier))
            tier = r->list.items[index].tier;
    }
    for (size_t i = 0; i < r->below.count && tier != NODE_NONE; i++) {
        const struct annotation *a = &r->list.items[r->below.items[i]];
        if (a->tier != tier)
            continue;
        if (!is_word_of(r, root, r->below.items[i], tier))
            tier = NODE_NONE;
        else
            vec_push(&r->words, (struct timed_word){text_of(r, a), a->start, a->end, 0});
    }
    if (tier != NODE_NONE &&
        words_cut(&r->pieces, r->words.items, r->words.count, &r->cut) == 0)
        return tier;
    r->cut.count = 0;
    (void)words_cut(&r->pieces, NULL, 0, &r->cut);
    return NODE_NONE;
}

/* Whose tier it is; a single tier without a participant, or ELAN's "default", is nobody's. */
static vb_str name_of_tier(const struct eaf *r, uint32_t tier)
{
    vb_str name = str_trim(node_attribute(&r->tree, tier, "PARTICIPANT"));
    if (name.len)
        return name;
    name = str_trim(node_attribute(&r->tree, tier, "TIER_ID"));
    return r->one_tier || str_eq(name, "default") ? VB_STR("") : name;
}

static bool add_cue(struct eaf *r, const struct annotation *root, const struct pieces *pieces)
{
    vb_str name = name_of_tier(r, root->tier);
    struct cue cue = {
        .start = root->start,
        .end = root->end,
        .span = tree_node(&r->tree, root->element)->span,
        .speakers = &name,
        .speaker_count = name.len > 0,
        .label = name,
        .apart = pieces == &r->pieces,
        .pieces = pieces->items,
        .piece_count = pieces->count,
    };
    return cues_add(&r->cues, &cue, r->error);
}

static const struct piece plain_piece = {.start = VB_NO_TIME, .end = VB_NO_TIME};
static const struct piece gloss_piece = {
    .start = VB_NO_TIME, .end = VB_NO_TIME, .marks = VB_UNSPOKEN};

/* All of one tier that hangs on the annotation, in one paragraph: "gloss: the dog sleeps". */
static bool add_gloss(struct eaf *r, const struct annotation *root, uint32_t tier)
{
    struct piece between = gloss_piece;
    cues_new_clock(&r->cues);
    r->pieces.count = 0;
    between.text = node_attribute(&r->tree, tier, "TIER_ID");
    vec_push(&r->pieces, between);
    between.text = VB_STR(": ");
    for (size_t i = 0; i < r->below.count; i++) {
        const struct annotation *a = &r->list.items[r->below.items[i]];
        if (a->tier != tier)
            continue;
        vec_push(&r->pieces, between);
        between.text = VB_STR(" ");
        struct piece like = gloss_piece;
        like.start = a->start;
        like.end = a->end;
        take_value(r, a, like);
    }
    return add_cue(r, root, &r->pieces);
}

static bool is_first_of_tier(const struct eaf *r, size_t below)
{
    uint32_t tier = r->list.items[r->below.items[below]].tier;
    for (size_t i = 0; i < below; i++)
        if (r->list.items[r->below.items[i]].tier == tier)
            return false;
    return true;
}

/* More tiers than this on one annotation are one after the other, not each its own paragraph.
 */
enum { BELOW_MAX = 5000 };

static bool add_annotation_cues(struct eaf *r, uint32_t root)
{
    const struct annotation *a = &r->list.items[root];
    r->pieces.count = 0;
    take_value(r, a, plain_piece);
    list_below(r, root);
    uint32_t words = take_words(r, root);
    bool silent = !str_trim(text_of(r, a)).len && !r->below.count;
    if (silent)
        return true;
    if (!add_cue(r, a, &r->cut))
        return false;
    if (r->below.count > BELOW_MAX) {
        builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, a->element)->span,
                     _("more than %d annotations hang on this one; they are not shown"),
                     BELOW_MAX);
        return true;
    }
    for (size_t i = 0; i < r->below.count; i++) {
        uint32_t tier = r->list.items[r->below.items[i]].tier;
        if (tier != words && is_first_of_tier(r, i) && !add_gloss(r, a, tier))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

static void take_media(struct eaf *r, uint32_t root)
{
    uint32_t media = tree_find(&r->tree, root, "MEDIA_DESCRIPTOR");
    if (media == NODE_NONE)
        return;
    builder_meta(r->cues.b, VB_STR("media"), node_attribute(&r->tree, media, "MEDIA_URL"),
                 VB_STR(""), tree_node(&r->tree, media)->span);
}

static bool read_tree(struct eaf *r)
{
    uint32_t root = tree_find(&r->tree, 0, "ANNOTATION_DOCUMENT");
    if (root == NODE_NONE)
        return err_set(r->error, VB_BAD_FORMAT, _("it has no element “%s”"),
                       "ANNOTATION_DOCUMENT");
    take_media(r, root);
    if (!collect(r, root))
        return false;
    find_parents(r);
    sort_roots(r);
    for (size_t i = 0; i < r->roots.count; i++)
        if (!add_annotation_cues(r, r->roots.items[i]))
            return false;
    return true;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct eaf r = {.cues.b = into, .error = error};
    bool done = tree_read_xml(&r.tree, text, into, error) && read_tree(&r);
    cues_end(&r.cues);
    ids_free(&r.slots);
    ids_free(&r.names);
    free(r.list.items);
    free(r.roots.items);
    free(r.pieces.items);
    free(r.cut.items);
    free(r.words.items);
    free(r.below.items);
    tree_free(&r.tree);
    return done;
}

const struct vb_format fmt_eaf = {
    .name = "eaf",
    .extensions = "eaf",
    .summary = N_("ELAN"),
    .probe = probe,
    .read = read,
    .write = eaf_write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_STAGE | VB_LOSES_METADATA |
              VB_LOSES_LINES,
    .kept_with_words = VB_LOSES_WORD_TIMES,
};
