/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building the row of cells. */
#include "align/lattice.h"

#include <stdlib.h>

#include "base/mem.h"

enum { ALIGNMENT = MOST_LANES };
#define LEFT_OUT (-1.0f) /* for each optional phone that is not heard */

struct building {
    struct lattice *l;
    const struct script *script;
    const struct models *models;
    int thirds;
    uint32_t way; /* the next */
};

/* Can the models score it? A spelling may hold phones that nobody said. */
static bool is_usable(const struct building *b, const struct way *way)
{
    for (uint32_t i = 0; i < way->count; i++) {
        uint8_t phone = b->script->phones.items[way->first + i];
        if (phone >= b->models->phones || b->models->share[phone] <= 0)
            return false;
    }
    return way->count > 0;
}

static uint32_t add_cell(struct building *b, uint32_t word, int state, float penalty)
{
    struct lattice *l = b->l;
    l->word[l->cells] = word;
    l->state[l->cells] = (int16_t)state;
    l->penalty[l->cells] = penalty;
    return l->cells++;
}

static void add_way(struct building *b, uint32_t word, const struct way *way)
{
    uint32_t base = add_cell(b, word, CELL_BASE, 0);
    for (uint32_t i = 0; way && i < way->count; i++)
        for (int k = 0; k < b->thirds; k++)
            add_cell(b, word, b->script->phones.items[way->first + i] * STATES + k,
                     i + (uint32_t)k ? 0 : LEFT_OUT * way->left_out);
    b->l->ways[b->way++] = (struct lattice_way){base, b->l->cells - 1};
}

static void add_word(struct building *b, uint32_t word)
{
    struct lattice *l = b->l;
    const struct script_word *spoken = &b->script->words.items[word];
    l->first_way[word] = b->way;
    l->gap[word] = word == l->words ? GAP_LINE : (uint8_t)spoken->gap;
    for (uint32_t i = 0; word < l->words && i < spoken->way_count; i++) {
        const struct way *way = &b->script->ways.items[spoken->first_way + i];
        if (is_usable(b, way))
            add_way(b, word, way);
    }
    l->is_spoken[word] = b->way > l->first_way[word];
    if (!l->is_spoken[word])
        add_way(b, word, NULL);
}

static void pad_cells(struct lattice *l)
{
    while (l->cells % ALIGNMENT) {
        l->word[l->cells] = l->words;
        l->state[l->cells++] = CELL_NONE;
    }
}

static size_t most_cells(const struct script *s, int thirds)
{
    size_t cells = 0;
    for (uint32_t i = 0; i < s->words.count; i++) {
        const struct script_word *word = &s->words.items[i];
        for (uint32_t k = 0; k < word->way_count; k++)
            cells += s->ways.items[word->first_way + k].count * (size_t)thirds;
    }
    return cells + s->ways.count;
}

void lattice_init(struct lattice *l, const struct script *script, const struct models *m,
                  int thirds)
{
    *l = (struct lattice){.words = (uint32_t)script->words.count};
    l->blocks = l->words / BLOCK_WORDS + 1;
    l->padded = l->blocks * BLOCK_WORDS;
    size_t room = most_cells(script, thirds) + l->words + 2 + ALIGNMENT * (l->blocks + 3);
    l->block_first = mem_new((l->blocks + 1) * sizeof *l->block_first);
    l->first_way = mem_new((l->words + 2) * sizeof *l->first_way);
    l->ways = mem_new((script->ways.count + l->words + 2) * sizeof *l->ways);
    l->word = mem_new(room * sizeof *l->word);
    l->state = mem_new(room * sizeof *l->state);
    l->penalty = mem_new(room * sizeof *l->penalty);
    l->gap = mem_new(l->padded);
    l->is_spoken = mem_new(l->padded * sizeof *l->is_spoken);
    struct building b = {l, script, m, thirds, 0};
    add_cell(&b, l->words, CELL_NONE, 0); /* the first block's left neighbour */
    for (uint32_t word = 0; word <= l->words; word++) {
        if (word % BLOCK_WORDS == 0) {
            pad_cells(l);
            l->block_first[word / BLOCK_WORDS] = l->cells;
        }
        add_word(&b, word);
    }
    l->first_way[l->words + 1] = b.way;
    pad_cells(l);
    l->block_first[l->blocks] = l->cells;
}

void lattice_free(struct lattice *l)
{
    free(l->block_first);
    free(l->first_way);
    free(l->ways);
    free(l->word);
    free(l->state);
    free(l->penalty);
    free(l->gap);
    free(l->is_spoken);
    *l = (struct lattice){0};
}
