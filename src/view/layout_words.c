/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building a layout: how wide each word is, and how it joins the word before it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/spaceless.h"
#include "base/str.h"
#include "transcript/patch.h"
#include "view/bidi.h"
#include "view/layout.h"
#include "view/layout_breaks.h"

/* ---- the width of each distinct word ---- */

/* A slot of a hash table with open addressing: 46 bits of the word's hash, its width and what
 * its letters decide.  The word itself is not kept, nor compared: that would cost a second miss
 * of the cache for each word of the text, and two words of one hash (once in 10^9 documents)
 * would only stand a little wrong. */
typedef uint64_t slot; /* 0: empty */

enum { WIDTH_BITS = 16, TRAIT_BITS = 2, BREAKS_BIT = 1 << 16, RIGHT_TO_LEFT_BIT = 1 << 17 };
#define HASH_PART (~(uint64_t)0 << (WIDTH_BITS + TRAIT_BITS))

struct widths {
    const struct measure *measure;
    slot *slots;
    uint32_t mask, used;
};

static uint64_t hash_of(vb_str text, enum face face)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ (uint64_t)face << 40 ^ text.len;
    size_t at = 0;
    for (; at + 8 <= text.len; at += 8) {
        uint64_t eight;
        memcpy(&eight, text.data + at, 8);
        hash = (hash ^ eight) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    uint64_t rest = 0;
    for (size_t i = text.len; i > at; i--) /* few: cheaper than a call */
        rest = rest << 8 | (unsigned char)text.data[i - 1];
    hash = (hash ^ rest) * 0xD6E8FEB86659FD93u;
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 29;
}

/* The place in the table is made of the part that is kept, so that it can be found anew. */
static uint32_t place_of(const struct widths *w, uint64_t hash)
{
    return (uint32_t)(hash >> (WIDTH_BITS + TRAIT_BITS)) & w->mask;
}

static void grow(struct widths *w)
{
    slot *old = w->slots;
    uint32_t old_count = old ? w->mask + 1 : 0;
    w->mask = old ? w->mask * 4 + 3 : 4095;
    w->slots = mem_new((w->mask + 1) * sizeof *w->slots);
    for (uint32_t i = 0; i < old_count; i++) {
        if (!old[i])
            continue;
        uint32_t at = place_of(w, old[i]);
        while (w->slots[at])
            at = (at + 1) & w->mask;
        w->slots[at] = old[i];
    }
    free(old);
}

/* What its letters alone decide, as bits of a slot. */
static uint64_t traits_of(vb_str text)
{
    bool plain = true;
    for (size_t i = 0; i < text.len; i++)
        plain = plain && (unsigned char)text.data[i] < 0xD6;
    if (plain)
        return 0;
    return (has_ideographs(text) ? BREAKS_BIT : 0) |
           (bidi_is_needed(text) ? RIGHT_TO_LEFT_BIT : 0);
}

static slot add_word(struct widths *w, vb_str text, enum face face, uint64_t hash)
{
    uint32_t width = w->measure->width(w->measure->ctx, face, text);
    if (width > UINT16_MAX)
        width = UINT16_MAX; /* wider than any column: it is cut, and measured by parts */
    w->used++;
    return (hash & HASH_PART) | traits_of(text) | width;
}

static slot slot_of(struct widths *w, vb_str text, enum face face)
{
    if (w->used * 2 >= w->mask)
        grow(w);
    uint64_t hash = hash_of(text, face) | (uint64_t)1 << 63; /* never an empty slot */
    uint32_t at = place_of(w, hash);
    while (w->slots[at] && (w->slots[at] ^ hash) & HASH_PART)
        at = (at + 1) & w->mask;
    if (!w->slots[at])
        w->slots[at] = add_word(w, text, face, hash);
    return w->slots[at];
}

/* As joins that every such word has. */
static uint8_t traits_in(slot s)
{
    return (s & BREAKS_BIT ? JOIN_BREAKS : 0) |
           (s & RIGHT_TO_LEFT_BIT ? JOIN_RIGHT_TO_LEFT : 0);
}

/* ---- how words join ---- */

static bool ends_in_digit(vb_str text)
{
    return text.len && is_digit(text.data[text.len - 1]);
}

/* Three digits and no more: "000" of "800 000". */
static bool is_digit_group(vb_str text)
{
    return text.len >= 3 && is_digit(text.data[0]) && is_digit(text.data[1]) &&
           is_digit(text.data[2]) &&
           (text.len == 3 || !is_letter_or_digit((uint8_t)text.data[3]));
}

static bool ends_in_opening_quote(vb_str text)
{
    return text.len >= 2 && text.data[text.len - 1] == '\xAB' &&
           text.data[text.len - 2] == '\xC2'; /* « */
}

/* A sign that French sets a space before, alone or with others behind it. */
static bool is_lone_sign(vb_str text)
{
    static const uint32_t signs[] = {';', ':', '?', '!', '%', 0x20AC, 0xBB, 0x2026, 0xB0};
    size_t at = 0;
    uint32_t c = str_next(text, &at);
    if (at < text.len && is_letter_or_digit(str_next(text, &at)))
        return false;
    for (size_t i = 0; i < COUNT(signs); i++)
        if (c == signs[i])
            return true;
    return false;
}

/* French signs never begin a line, nor does an opening quote end one, even where the page has
 * plain spaces; groups of digits stay together. The space between them is a narrow one where
 * French sets that. */
uint8_t layout_join_of_signs(vb_str before, vb_str text)
{
    if (!before.len || !text.len)
        return 0;
    if ((text.data[0] | 32) >= 'a' && (text.data[0] | 32) <= 'z') /* as most do */
        return ends_in_opening_quote(before) ? JOIN_TIED : 0;
    if (is_digit(text.data[0]))
        return is_digit_group(text) && ends_in_digit(before) ? JOIN_TIED | JOIN_NARROW : 0;
    if (is_lone_sign(text)) {
        bool narrow = text.data[0] == ';' || text.data[0] == '?' || text.data[0] == '!';
        return narrow ? JOIN_TIED | JOIN_NARROW : JOIN_TIED;
    }
    return ends_in_opening_quote(before) ? JOIN_TIED : 0;
}

static uint8_t join_of(uint16_t marks, bool italic, vb_str before, vb_str text)
{
    uint8_t join = layout_join_of_signs(before, text);
    if (marks & VB_GLUED)
        join |= JOIN_GLUED | (line_breaks_between(before, text) ? 0 : JOIN_TIED);
    if (marks & VB_NEW_LINE)
        join |= JOIN_LINE;
    if (marks & VB_TIED)
        join |= JOIN_TIED;
    if (marks & VB_FOOTNOTE)
        join |= JOIN_SIGN;
    return italic ? join | JOIN_ITALIC : join;
}

size_t layout_footnote_of(const struct layout *l, uint32_t word)
{
    size_t count;
    const struct vb_footnote *notes = vb_footnotes(l->transcript, &count);
    for (size_t i = 0; i < count; i++) /* few */
        if (notes[i].word == word)
            return i + 1;
    return 0;
}

static uint16_t sign_width(struct layout *l, uint32_t word)
{
    char number[16];
    int len = snprintf(number, sizeof number, "%zu", layout_footnote_of(l, word));
    uint32_t em = l->measure->width(l->measure->ctx, FACE_UI, (vb_str){number, (size_t)len});
    return (uint16_t)(em * 5 / 8 + EM / 16);
}

/* Returns the joins that any of its words has. */
static uint8_t measure_paragraph(struct layout *l, struct widths *w, uint32_t paragraph)
{
    const struct vb_transcript *t = l->transcript;
    const struct vb_paragraph *p = vb_paragraph(t, paragraph);
    vb_str before = VB_STR("");
    uint8_t any = 0;
    for (uint32_t word = p->first_word; word < p->first_word + p->word_count; word++) {
        uint16_t marks = vb_word_marks(t, word);
        vb_str text = vb_word_text(t, word);
        bool italic = p->kind == VB_STAGE || marks & (VB_EMPHASIS | VB_UNSPOKEN);
        slot found = slot_of(w, text, italic ? FACE_TEXT_ITALIC : FACE_TEXT);
        l->joins[word] = join_of(marks, italic, before, text) | traits_in(found);
        any |= l->joins[word];
        uint32_t width = found & UINT16_MAX;
        if (marks & VB_FOOTNOTE)
            width += sign_width(l, word);
        l->widths[word] = width < UINT16_MAX ? (uint16_t)width : UINT16_MAX;
        before = text;
    }
    return any;
}

/* The direction of a paragraph is that of its first letter with one. */
static bool paragraph_is_right_to_left(const struct layout *l, uint32_t paragraph)
{
    const struct vb_paragraph *p = vb_paragraph(l->transcript, paragraph);
    for (uint32_t i = 0; i < p->word_count; i++) {
        enum direction d = bidi_direction_of(vb_word_text(l->transcript, p->first_word + i));
        if (d != DIRECTION_AUTO)
            return d == DIRECTION_RIGHT_TO_LEFT;
    }
    return false;
}

static void measure_paragraphs(struct layout *l, uint32_t first, uint32_t until)
{
    struct widths w = {.measure = l->measure};
    for (uint32_t p = first; p < until; p++) {
        struct layout_block *b = &l->blocks[l->paragraph_blocks[p]];
        b->is_mixed = measure_paragraph(l, &w, p) & JOIN_RIGHT_TO_LEFT;
        b->right_to_left = b->is_mixed && paragraph_is_right_to_left(l, p);
    }
    free(w.slots);
}

/* ---- blocks and headings ---- */

static void add_head_word(struct layout *l, vb_str text, bool glued)
{
    uint32_t width = l->measure->width(l->measure->ctx, FACE_TEXT_BOLD, text);
    vec_push(
        &l->head_words,
        (struct head_word){text, width < UINT16_MAX ? (uint16_t)width : UINT16_MAX, glued});
}

/* A word of a heading: whole, or in parts that lines may break between. */
static void add_head_parts(struct layout *l, vb_str text)
{
    for (size_t at = 0, next; at < text.len; at = next) {
        next = head_part_end(text, at);
        add_head_word(l, str_cut(text, at, next), at > 0);
    }
}

static void measure_heading(struct layout *l, struct layout_block *b)
{
    vb_str title = vb_section(l->transcript, b->index)->title, before = VB_STR("");
    l->head_first[b->index] = (uint32_t)l->head_words.count;
    for (size_t at = 0; at < title.len;) {
        size_t from = at;
        while (at < title.len && title.data[at] != ' ' && title.data[at] != '\n')
            at++;
        vb_str text = str_cut(title, from, at++);
        if (!text.len)
            continue;
        if (l->head_words.count > l->head_first[b->index] &&
            layout_join_of_signs(before, text)) {
            struct head_word *last = &l->head_words.items[--l->head_words.count];
            size_t len = (size_t)(text.data - last->text.data) + text.len;
            add_head_word(l, (vb_str){last->text.data, len}, last->glued);
        } else {
            add_head_parts(l, text);
        }
        before = text;
    }
    l->head_first[b->index + 1] = (uint32_t)l->head_words.count;
    b->is_mixed = bidi_is_needed(title);
    b->right_to_left = b->is_mixed && bidi_direction_of(title) == DIRECTION_RIGHT_TO_LEFT;
}

static void list_blocks(struct layout *l)
{
    const struct vb_transcript *t = l->transcript;
    for (uint32_t i = 0; i < l->block_count; i++) {
        struct vb_block block = vb_block(t, i);
        struct layout_block *b = &l->blocks[i];
        *b = (struct layout_block){.kind = (uint8_t)block.kind, .index = block.index};
        if (block.kind == VB_BLOCK_SECTION)
            measure_heading(l, b);
        if (block.kind != VB_BLOCK_PARAGRAPH)
            continue;
        l->paragraph_blocks[block.index] = i;
        uint32_t turn = vb_paragraph(t, block.index)->turn;
        b->begins_turn = turn != VB_NONE && vb_turn(t, turn)->first_paragraph == block.index;
    }
}

static const enum face spaced_faces[] = {FACE_TEXT, FACE_TEXT_ITALIC, FACE_TEXT_BOLD};

/* The space before a word: none, narrow, or that of the face it is set in. */
static void find_gaps(struct layout *l)
{
    const struct measure *m = l->measure;
    uint32_t narrow = m->width(m->ctx, FACE_TEXT, VB_STR("\u202F"));
    for (size_t i = 0; i < COUNT(spaced_faces); i++)
        l->spaces[spaced_faces[i]] = m->width(m->ctx, spaced_faces[i], VB_STR(" "));
    for (int join = 0; join < 256; join++)
        l->gaps[join] = (uint16_t)(join & JOIN_GLUED    ? 0
                                   : join & JOIN_NARROW ? narrow
                                                        : l->spaces[FACE_TEXT]);
}

static uint32_t with_some_to_spare(uint32_t words)
{
    return words + words / 32;
}

struct layout *layout_new(const struct vb_transcript *t, const struct measure *measure)
{
    struct layout *l = mem_new(sizeof *l);
    l->transcript = vb_transcript_ref(t);
    l->measure = measure;
    l->block_count = vb_block_count(t);
    l->word_room = with_some_to_spare(vb_word_count(t));
    l->widths = mem_new(l->word_room * sizeof *l->widths + 1);
    l->joins = mem_new(l->word_room + 1);
    l->blocks = mem_new(l->block_count * sizeof *l->blocks + 1);
    l->paragraph_blocks = mem_new(vb_paragraph_count(t) * sizeof *l->paragraph_blocks + 1);
    l->head_first = mem_new((vb_section_count(t) + 1) * sizeof *l->head_first);
    l->levels.block = VB_NONE;
    find_gaps(l);
    list_blocks(l);
    measure_paragraphs(l, 0, vb_paragraph_count(t));
    return l;
}

/* What is kept of each word of `before` for those of `now`, of which `tail` at the end stay. */
static void move_tail(void *column, size_t size, uint32_t before, uint32_t now, uint32_t tail)
{
    char *bytes = column;
    memmove(bytes + (now - tail) * size, bytes + (before - tail) * size, tail * size);
}

static void make_room(struct layout *l, uint32_t words)
{
    if (words <= l->word_room)
        return;
    l->word_room = with_some_to_spare(words);
    l->widths = mem_grow(l->widths, l->word_room * sizeof *l->widths + 1);
    l->joins = mem_grow(l->joins, l->word_room + 1);
}

bool layout_correct(struct layout *l, const struct vb_transcript *t)
{
    struct vb_kept kept;
    if (!transcript_is_patched(l->transcript, t, &kept))
        return false;
    uint32_t before = vb_word_count(l->transcript), now = vb_word_count(t);
    make_room(l, now);
    move_tail(l->widths, sizeof *l->widths, before, now, kept.tail);
    move_tail(l->joins, sizeof *l->joins, before, now, kept.tail);
    vb_transcript_unref(l->transcript);
    l->transcript = vb_transcript_ref(t);
    uint32_t paragraph = vb_paragraph_of_word(t, kept.head);
    measure_paragraphs(l, paragraph, paragraph + 1);
    l->levels.block = VB_NONE;
    l->placed.count = l->pieces.count = 0;
    layout_make_room(l, 0, 0, 0);
    if (l->lines.count)
        layout_wrap_anew(l, l->paragraph_blocks[paragraph], now - before);
    return true;
}

void layout_free(struct layout *l)
{
    if (!l)
        return;
    vb_transcript_unref(l->transcript);
    void *const owned[] = {l->widths,
                           l->joins,
                           l->blocks,
                           l->paragraph_blocks,
                           l->head_first,
                           l->head_words.items,
                           l->lines.items,
                           l->placed.items,
                           l->pieces.items,
                           l->order.items,
                           l->piece_levels.items,
                           l->levels.levels.items,
                           l->levels.starts.items,
                           l->levels.text.data};
    for (size_t i = 0; i < COUNT(owned); i++)
        free(owned[i]);
    free(l);
}
