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
    vb_time start, end;
};

struct tier {
    vb_str id, speaker;  /* speaker: empty where it is nobody's */
    vb_str above;        /* the tier that it hangs on, as named; empty: none */
    uint32_t first, end; /* its annotations */
    uint32_t cursor;     /* of those, the first that may enclose what comes next */
    size_t asked;        /* the look at what hangs on an annotation that met it last */
};

/* An annotation that hangs on no other, and where it stands in the order of times. */
struct root {
    vb_time order;
    uint32_t annotation;
};

struct eaf {
    struct tree tree;
    struct cues cues;
    struct ids slots, names; /* TIME_SLOT to its node, annotation to its index */
    struct ids tier_ids;
    VEC(struct annotation) list; /* those of a tier in a row */
    VEC(struct tier) tiers;
    VEC(struct root) roots;
    struct pieces pieces, cut;
    VEC(struct timed_word) words;
    VEC(uint32_t) below;       /* all that hangs on one annotation */
    VEC(uint32_t) below_tiers; /* the tiers of it */
    size_t looks;              /* how often that was asked */
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

/* Whose tier it is; a single tier without a participant, or ELAN's "default", is nobody's. */
static vb_str speaker_of(const struct tree *tree, uint32_t tier, vb_str id, bool one_tier)
{
    vb_str name = str_trim(node_attribute(tree, tier, "PARTICIPANT"));
    if (name.len)
        return name;
    return one_tier || str_eq(id, "default") ? VB_STR("") : id;
}

static void begin_tier(struct eaf *r, uint32_t node, bool one_tier)
{
    struct tier tier = {
        .id = str_trim(node_attribute(&r->tree, node, "TIER_ID")),
        .above = node_attribute(&r->tree, node, "PARENT_REF"),
        .first = (uint32_t)r->list.count,
        .end = (uint32_t)r->list.count,
        .cursor = (uint32_t)r->list.count,
    };
    tier.speaker = speaker_of(&r->tree, node, tier.id, one_tier);
    ids_add(&r->tier_ids, tier.id, (uint32_t)r->tiers.count);
    vec_push(&r->tiers, tier);
}

/* Is there but one tier that hangs on no other? Its name tells nobody apart. */
static bool list_slots(struct eaf *r, uint32_t root)
{
    uint32_t tops = 0;
    for (uint32_t n = tree_walk(&r->tree, root, root); n != NODE_NONE;
         n = tree_walk(&r->tree, root, n))
        if (node_is(&r->tree, n, "TIME_SLOT"))
            ids_add(&r->slots, node_attribute(&r->tree, n, "TIME_SLOT_ID"), n);
        else if (node_is(&r->tree, n, "TIER"))
            tops += !node_attribute(&r->tree, n, "PARENT_REF").len;
    return tops == 1;
}

static bool collect(struct eaf *r, uint32_t root)
{
    bool one_tier = list_slots(r, root);
    for (uint32_t n = tree_walk(&r->tree, root, root); n != NODE_NONE;
         n = tree_walk(&r->tree, root, n)) {
        if (node_is(&r->tree, n, "TIER")) {
            begin_tier(r, n, one_tier);
        } else if (r->tiers.count && (node_is(&r->tree, n, "ALIGNABLE_ANNOTATION") ||
                                      node_is(&r->tree, n, "REF_ANNOTATION"))) {
            add_annotation(r, n, (uint32_t)r->tiers.count - 1);
            r->tiers.items[r->tiers.count - 1].end = (uint32_t)r->list.count;
        }
    }
    if (r->tiers.count > TIERS_MAX)
        return err_set(r->error, VB_UNSUPPORTED, _("more than %d tiers; split the file"),
                       TIERS_MAX);
    return true;
}

/* ---- what hangs on what ---- */

/* An annotation with times in a tier of another hangs on the one it lies in: both tiers rise.
 */
static uint32_t enclosing(struct eaf *r, const struct annotation *a, struct tier *above)
{
    for (; above->cursor < above->end; above->cursor++) {
        const struct annotation *p = &r->list.items[above->cursor];
        if (p->end != VB_NO_TIME && a->start != VB_NO_TIME && p->end <= a->start)
            continue;
        bool inside = p->start != VB_NO_TIME && a->start != VB_NO_TIME && p->start <= a->start;
        return inside || a->start == VB_NO_TIME ? above->cursor : VB_NONE;
    }
    return VB_NONE;
}

static uint32_t enclosing_in(struct eaf *r, const struct annotation *a, vb_str tier)
{
    uint32_t above = ids_find(&r->tier_ids, str_trim(tier));
    return above == VB_NONE ? VB_NONE : enclosing(r, a, &r->tiers.items[above]);
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

static void find_parent(struct eaf *r, uint32_t index)
{
    const struct annotation *a = &r->list.items[index];
    vb_str ref = node_attribute(&r->tree, a->element, "ANNOTATION_REF");
    vb_str tier = r->tiers.items[a->tier].above;
    uint32_t parent = ref.len    ? ids_find(&r->names, ref)
                      : tier.len ? enclosing_in(r, a, tier)
                                 : VB_NONE;
    if (ref.len && parent == VB_NONE)
        builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, a->element)->span,
                     _("there is no annotation “%.*s”"), (int)(ref.len < 40 ? ref.len : 40),
                     ref.data);
    if (parent == VB_NONE)
        return;
    if (!makes_circle(r, index, parent))
        hang(r, index, parent);
    else
        builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, a->element)->span,
                     _("this annotation refers to itself in a circle"));
}

/* A tier that two others hang on is looked through anew for each. */
static void find_parents(struct eaf *r)
{
    for (uint32_t t = 0; t < r->tiers.count; t++) {
        uint32_t above = ids_find(&r->tier_ids, str_trim(r->tiers.items[t].above));
        if (above != VB_NONE)
            r->tiers.items[above].cursor = r->tiers.items[above].first;
        for (uint32_t i = r->tiers.items[t].first; i < r->tiers.items[t].end; i++)
            find_parent(r, i);
    }
}

static int by_time(const void *a, const void *b)
{
    const struct root *left = a, *right = b;
    if (left->order != right->order)
        return (left->order > right->order) - (left->order < right->order);
    return (left->annotation > right->annotation) - (left->annotation < right->annotation);
}

/* One without a time stays behind the one that stands before it in its tier. */
static void sort_roots(struct eaf *r)
{
    vb_time last = 0;
    for (uint32_t i = 0; i < r->list.count; i++) {
        const struct annotation *a = &r->list.items[i];
        if (i == r->tiers.items[a->tier].first)
            last = 0;
        last = a->start != VB_NO_TIME ? a->start : last;
        if (a->parent == VB_NONE)
            vec_push(&r->roots, (struct root){last, i});
    }
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

static void meet_tier(struct eaf *r, uint32_t tier)
{
    if (r->tiers.items[tier].asked == r->looks)
        return;
    r->tiers.items[tier].asked = r->looks;
    vec_push(&r->below_tiers, tier);
}

static void list_below(struct eaf *r, uint32_t root)
{
    r->below.count = r->below_tiers.count = 0;
    r->looks++;
    for (uint32_t i = r->list.items[root].first; i != VB_NONE;) {
        const struct annotation *a = &r->list.items[i];
        vec_push(&r->below, i);
        meet_tier(r, a->tier);
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
 * they are in. VB_NONE: there is no such tier. */
static uint32_t take_words(struct eaf *r, uint32_t root)
{
    r->words.count = 0;
    r->cut.count = 0;
    uint32_t tier = VB_NONE;
    for (size_t i = 0; i < r->below.count && tier == VB_NONE; i++) {
        uint32_t index = r->below.items[i];
        if (is_word_of(r, root, index, r->list.items[index].tier))
            tier = r->list.items[index].tier;
    }
    for (size_t i = 0; i < r->below.count && tier != VB_NONE; i++) {
        const struct annotation *a = &r->list.items[r->below.items[i]];
        if (a->tier != tier)
            continue;
        if (!is_word_of(r, root, r->below.items[i], tier))
            tier = VB_NONE;
        else
            vec_push(&r->words, (struct timed_word){text_of(r, a), a->start, a->end, 0});
    }
    if (tier != VB_NONE && words_cut(&r->pieces, r->words.items, r->words.count, &r->cut) == 0)
        return tier;
    r->cut.count = 0;
    (void)words_cut(&r->pieces, NULL, 0, &r->cut);
    return VB_NONE;
}

static bool add_cue(struct eaf *r, const struct annotation *root, const struct pieces *pieces)
{
    vb_str name = r->tiers.items[root->tier].speaker;
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
    between.text = r->tiers.items[tier].id;
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
    for (size_t i = 0; i < r->below_tiers.count; i++) {
        uint32_t tier = r->below_tiers.items[i];
        if (tier != words && !add_gloss(r, a, tier))
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
        if (!add_annotation_cues(r, r->roots.items[i].annotation))
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
    ids_free(&r.tier_ids);
    free(r.tiers.items);
    free(r.below_tiers.items);
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
