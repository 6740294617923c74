/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a layout: which word is here, where is that word. */
#include <stdlib.h>

#include "base/str.h"
#include "view/layout.h"

uint32_t layout_line_count(const struct layout *l, uint32_t block)
{
    uint32_t end =
        block + 1 < l->block_count ? l->blocks[block + 1].first_line : (uint32_t)l->lines.count;
    return end - l->blocks[block].first_line;
}

static int line_height(const struct layout *l, uint32_t block)
{
    return l->blocks[block].kind == VB_BLOCK_SECTION ? l->style.head_line : l->style.line;
}

int layout_block_bottom(const struct layout *l, uint32_t block)
{
    const struct layout_block *b = &l->blocks[block];
    if (b->kind == VB_BLOCK_MARKER)
        return b->y + l->style.mark_height;
    return b->y + (int)layout_line_count(l, block) * line_height(l, block);
}

uint32_t layout_block_at(const struct layout *l, int y)
{
    uint32_t low = 0, high = l->block_count; /* the first whose bottom is below y */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (layout_block_bottom(l, middle) <= y)
            low = middle + 1;
        else
            high = middle;
    }
    if (!l->block_count)
        return VB_NONE;
    return low < l->block_count ? low : l->block_count - 1;
}

uint32_t layout_block_of_word(const struct layout *l, uint32_t word)
{
    return l->paragraph_blocks[vb_paragraph_of_word(l->transcript, word)];
}

uint32_t layout_line_of_word(const struct layout *l, uint32_t word)
{
    uint32_t block = layout_block_of_word(l, word);
    const struct layout_line *lines = &l->lines.items[l->blocks[block].first_line];
    uint32_t low = 0, high = layout_line_count(l, block);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (lines[middle].word < word || (lines[middle].word == word && !lines[middle].at))
            low = middle;
        else
            high = middle;
    }
    return low;
}

int layout_word_y(const struct layout *l, uint32_t word)
{
    uint32_t block = layout_block_of_word(l, word);
    return l->blocks[block].y + (int)layout_line_of_word(l, word) * l->style.line;
}

/* ---- the words of a line ---- */

static void place_heading(struct layout *l, uint32_t block, uint32_t line)
{
    uint32_t first_line = l->blocks[block].first_line;
    uint32_t word = l->lines.items[first_line + line].word;
    uint32_t until = line + 1 < layout_line_count(l, block)
                         ? l->lines.items[first_line + line + 1].word
                         : l->head_first[l->blocks[block].index + 1];
    uint32_t em = 0;
    for (; word < until; word++) {
        const struct head_word *h = &l->head_words.items[word];
        int x = measure_px(em, l->style.head_size);
        em += h->width;
        int width = measure_px(em, l->style.head_size) - x;
        em += l->spaces[FACE_TEXT_BOLD];
        vec_push(&l->placed,
                 (struct layout_placed){VB_NONE, h->text, x, width, FACE_TEXT_BOLD, false});
    }
}

/* The part of a word from `from` until `until`, put behind what stands in the line already. */
static void place_part(struct layout *l, uint32_t word, size_t from, size_t until, uint32_t *em)
{
    vb_str text = vb_word_text(l->transcript, word);
    uint8_t join = l->joins[word];
    enum face face = join & JOIN_ITALIC ? FACE_TEXT_ITALIC : FACE_TEXT;
    bool whole = from == 0 && until >= text.len;
    if (l->placed.count && !(join & JOIN_GLUED))
        *em += l->spaces[FACE_TEXT];
    vb_str part = str_cut(text, from, until);
    int x = measure_px(*em, l->style.size);
    *em += whole ? l->widths[word] : l->measure->width(l->measure->ctx, face, part);
    vec_push(&l->placed,
             (struct layout_placed){word, part, x, measure_px(*em, l->style.size) - x, face,
                                    join & JOIN_SIGN && until >= text.len});
}

static void place_words(struct layout *l, uint32_t block, uint32_t line)
{
    const struct layout_block *b = &l->blocks[block];
    const struct vb_paragraph *p = vb_paragraph(l->transcript, b->index);
    struct layout_line from = l->lines.items[b->first_line + line];
    struct layout_line until = {p->first_word + p->word_count, 0};
    if (line + 1 < layout_line_count(l, block))
        until = l->lines.items[b->first_line + line + 1];
    uint32_t em = 0;
    for (uint32_t word = from.word; word < until.word; word++)
        place_part(l, word, word == from.word ? from.at : 0, SIZE_MAX, &em);
    if (until.at)
        place_part(l, until.word, until.word == from.word ? from.at : 0, until.at, &em);
}

/* ---- right to left: the order of UAX 9, with the word as the unit ---- */

/* A word's level: even ones are read from the left. Words without letters go with the
 * paragraph; those with digits are read from the left. */
static uint8_t level_of(vb_str text, bool right_to_left)
{
    enum word_direction d = layout_direction(text);
    if (d == WORD_RIGHT_TO_LEFT)
        return 1;
    if (!right_to_left)
        return 0;
    return d == WORD_LEFT_TO_RIGHT || (text.len && is_digit(text.data[0])) ? 2 : 1;
}

static void reverse(struct layout_placed *placed, uint8_t *levels, size_t from, size_t until)
{
    for (; from + 1 < until; from++, until--) {
        struct layout_placed swap = placed[from];
        uint8_t level = levels[from];
        placed[from] = placed[until - 1];
        levels[from] = levels[until - 1];
        placed[until - 1] = swap;
        levels[until - 1] = level;
    }
}

/* Reverses every run of words at `level` or above. */
static void reverse_runs(struct layout *l, uint8_t level)
{
    size_t count = l->placed.count;
    for (size_t i = 0; i < count;) {
        size_t from = i;
        while (i < count && l->levels.items[i] >= level)
            i++;
        reverse(l->placed.items, l->levels.items, from, i);
        i = i > from ? i : i + 1;
    }
}

static void order_words(struct layout *l, bool right_to_left)
{
    bool mixed = right_to_left;
    l->levels.count = 0;
    for (size_t i = 0; i < l->placed.count; i++) {
        vec_push(&l->levels, level_of(l->placed.items[i].text, right_to_left));
        mixed = mixed || l->levels.items[i];
    }
    if (!mixed || !l->placed.count)
        return;
    reverse_runs(l, 2);
    reverse_runs(l, 1);
    int x = 0, space = measure_px(l->spaces[FACE_TEXT], l->style.size);
    for (size_t i = 0; i < l->placed.count; i++) {
        l->placed.items[i].x = x;
        x += l->placed.items[i].width + space;
    }
    int shift = right_to_left ? l->style.width - (x - space) : 0;
    for (size_t i = 0; i < l->placed.count; i++)
        l->placed.items[i].x += shift;
}

const struct layout_placed *layout_line_words(struct layout *l, uint32_t block, uint32_t line,
                                              size_t *count)
{
    l->placed.count = 0;
    const struct layout_block *b = &l->blocks[block];
    if (line < layout_line_count(l, block)) {
        if (b->kind == VB_BLOCK_SECTION) {
            place_heading(l, block, line);
        } else {
            place_words(l, block, line);
            order_words(l, b->right_to_left);
        }
    }
    *count = l->placed.count;
    return l->placed.items;
}

/* ---- points and words ---- */

static int distance(int at, int from, int length)
{
    return at < from ? from - at : at > from + length ? at - from - length : 0;
}

/* The nearest block with words: here, else before or after. */
static uint32_t block_with_words(const struct layout *l, int y)
{
    uint32_t block = layout_block_at(l, y), best = VB_NONE;
    if (block == VB_NONE)
        return VB_NONE;
    int best_distance = INT32_MAX;
    for (int side = -1; side <= 1; side += 2) {
        uint32_t i = block;
        while (i < l->block_count &&
               (l->blocks[i].kind != VB_BLOCK_PARAGRAPH || !layout_line_count(l, i)))
            i += (uint32_t)side; /* below 0 it wraps round, and ends */
        if (i >= l->block_count)
            continue;
        int away = distance(y, l->blocks[i].y, layout_block_bottom(l, i) - l->blocks[i].y);
        if (away < best_distance) {
            best = i;
            best_distance = away;
        }
    }
    if (best != block || best == 0)
        return best;
    /* in the space above a block, the one before may be nearer */
    uint32_t before = best - 1;
    if (l->blocks[before].kind == VB_BLOCK_PARAGRAPH && layout_line_count(l, before) &&
        y - layout_block_bottom(l, before) < best_distance)
        return before;
    return best;
}

uint32_t layout_word_at(struct layout *l, int x, int y, int reach)
{
    uint32_t block = block_with_words(l, y);
    if (block == VB_NONE)
        return VB_NONE;
    int line = (y - l->blocks[block].y) / l->style.line;
    int last = (int)layout_line_count(l, block) - 1;
    line = line < 0 ? 0 : line > last ? last : line;
    if (distance(y, l->blocks[block].y + line * l->style.line, l->style.line) > reach)
        return VB_NONE;
    size_t count;
    const struct layout_placed *placed = layout_line_words(l, block, (uint32_t)line, &count);
    uint32_t best = VB_NONE;
    int best_distance = INT32_MAX;
    for (size_t i = 0; i < count; i++) {
        int away = distance(x, placed[i].x, placed[i].width);
        if (away < best_distance) {
            best = placed[i].word;
            best_distance = away;
        }
    }
    return best_distance <= reach ? best : VB_NONE;
}

struct rect layout_rect_of(struct layout *l, uint32_t word)
{
    uint32_t block = layout_block_of_word(l, word), line = layout_line_of_word(l, word);
    size_t count;
    const struct layout_placed *placed = layout_line_words(l, block, line, &count);
    struct rect r = {0, l->blocks[block].y + (int)line * l->style.line, 0, l->style.line};
    for (size_t i = 0; i < count; i++) {
        if (placed[i].word == word) {
            r.x = placed[i].x;
            r.w = placed[i].width;
        }
    }
    return r;
}

struct rect layout_turn_rect(const struct layout *l, uint32_t turn)
{
    const struct vb_turn *t = vb_turn(l->transcript, turn);
    struct rect r = {0, 0, l->style.width, 0};
    if (!t->paragraph_count)
        return r;
    uint32_t first = l->paragraph_blocks[t->first_paragraph];
    uint32_t last = l->paragraph_blocks[t->first_paragraph + t->paragraph_count - 1];
    r.y = l->blocks[first].y;
    r.h = layout_block_bottom(l, last) - r.y;
    return r;
}
