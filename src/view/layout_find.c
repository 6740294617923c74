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
    if (layout_is_hidden(l, block))
        return l->live.y + l->live.height;
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

int layout_whole_from(const struct layout *l, int y)
{
    uint32_t block = layout_block_at(l, y);
    if (block == VB_NONE || y >= layout_block_bottom(l, block))
        return y;
    const struct layout_block *b = &l->blocks[block];
    if (y <= b->y)
        return b->begins_turn && y > b->y - l->style.name_height ? b->y : y;
    int line = line_height(l, block), cut = (y - b->y) % line;
    return cut ? y + line - cut : y;
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
        if (placed[i].word != word)
            continue;
        int left = r.w ? r.x : placed[i].x, end = placed[i].x + placed[i].width;
        r.w = (r.x + r.w > end && r.w ? r.x + r.w : end) - left; /* parts lie side by side */
        r.x = left;
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
