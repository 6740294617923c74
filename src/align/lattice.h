/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that may be heard, in order: before each word silence or a filler ("speech that is not in
 * the text"), then one of the word's ways, or nothing of it.
 *
 * Cells stand in one row, in blocks of BLOCK_WORDS words.  Each way begins with a base, a cell
 * that nothing is heard in: it holds the score of being before the word.  So every cell is
 * entered from its left neighbour, and a block is moved on with a few vector instructions. */
#pragma once

#include "align/models.h"
#include "align/scorer.h"
#include "align/script.h"

struct lattice_way {
    uint32_t base, last; /* cells; the same: nothing is said */
};

struct lattice {
    uint32_t words;  /* without the end, which counts as one more word with nothing to say */
    uint32_t padded; /* of them, to whole blocks */
    uint32_t blocks, cells;
    uint32_t *block_first; /* one a block, and the end */
    uint32_t *first_way;   /* one a word, the end, and one more */
    struct lattice_way *ways;
    uint32_t *word;  /* one a cell */
    int16_t *state;  /* one a cell: of the models; or one of these: */
    float *penalty;  /* one a cell: for entering it, beyond what the models say */
    uint8_t *gap;    /* one a word: enum gap */
    bool *is_spoken; /* one a word: has something to say */
};
enum { CELL_BASE = -1, CELL_NONE = -2 };

void lattice_init(struct lattice *l, const struct script *script, const struct models *m,
                  int thirds);
void lattice_free(struct lattice *l);

/* A node is a cell, or a word's silence, or its filler: numbers one after the other. */
static inline int32_t silence_node(const struct lattice *l, uint32_t word)
{
    return (int32_t)(l->cells + word);
}
static inline int32_t filler_node(const struct lattice *l, uint32_t word)
{
    return (int32_t)(l->cells + l->padded + word);
}
enum node_kind { NODE_CELL, NODE_SILENCE, NODE_FILLER };
static inline enum node_kind node_kind(const struct lattice *l, int32_t node)
{
    uint32_t n = (uint32_t)node;
    return n < l->cells ? NODE_CELL : n < l->cells + l->padded ? NODE_SILENCE : NODE_FILLER;
}
/* The word that is said, or that follows the gap. */
static inline uint32_t node_word(const struct lattice *l, int32_t node)
{
    uint32_t n = (uint32_t)node;
    return n < l->cells ? l->word[n] : (n - l->cells) % l->padded;
}
static inline uint32_t base_of(const struct lattice *l, uint32_t word)
{
    return l->ways[l->first_way[word]].base;
}
