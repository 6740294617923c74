/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Viterbi's search in place, forward.
 *
 * Only one column of scores is kept.  With each score goes its origin, the node in which its
 * path was at the last checkpoint; checkpoints stand every STRETCH_FRAMES frames and keep the
 * origins of their time.  So the memory is a checkpoint a stretch, not a choice a frame, and
 * trace.c can find the path by looking once more at the few words that it runs through in each
 * stretch. */
#include "align/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void path_free(struct path *path)
{
    free(path->node);
    free(path->score);
    *path = (struct path){0};
}

/* ---- setting up ---- */

static uint32_t column_of(const struct scorer *s, int state, int thirds)
{
    if (state < 0)
        return s->silence;
    uint32_t phone = (uint32_t)state / STATES, third = (uint32_t)state % STATES;
    return thirds == 1 ? phone : third * s->phones + phone;
}

static void set_cells(struct search *s, const struct models *m, const struct scorer *scorer)
{
    const struct lattice *l = s->lattice;
    float *stay = mem_new(l->cells * sizeof *stay), *enter = mem_new(l->cells * sizeof *enter);
    int32_t *column = mem_new(l->cells * sizeof *column);
    for (uint32_t i = 0; i < l->cells; i++) {
        int state = l->state[i], left = i ? l->state[i - 1] : CELL_NONE;
        stay[i] = state >= 0 ? m->states[state].stay : state == CELL_BASE ? NEVER : 0;
        enter[i] = state < 0 ? NEVER : l->penalty[i] + (left >= 0 ? m->states[left].leave : 0);
        column[i] = (int32_t)column_of(scorer, state, s->look->thirds);
    }
    s->state.stay = stay;
    s->state.enter = enter;
    s->state.column = column;
    s->state.block_first = l->block_first;
    s->state.score = mem_new(l->cells * sizeof(float));
    s->state.age = mem_new(l->cells * sizeof(int32_t));
    s->state.origin = mem_new(l->cells * sizeof(int32_t));
}

static bool is_open(const struct search *s, uint32_t word)
{
    return (word == 0 && s->prices->head_open) ||
           (word == s->lattice->words && s->prices->tail_open);
}

static void set_words(struct search *s)
{
    const struct lattice *l = s->lattice;
    const struct prices *p = s->prices;
    float *filler = mem_new(l->padded * sizeof *filler);
    float *silence = mem_new(l->padded * sizeof *silence);
    float *gap = mem_new(l->padded * sizeof *gap), *gain = mem_new(l->padded * sizeof *gain);
    int32_t *from = mem_new(l->padded * sizeof *from);
    s->skip = mem_new(l->padded * sizeof *s->skip);
    for (uint32_t word = 0; word < l->padded; word++) {
        filler[word] = p->filler[l->gap[word]];
        silence[word] = p->silence[l->gap[word]];
        gap[word] = p->gap[l->gap[word]];
        from[word] = is_open(s, word) ? 0 : INT32_MAX;
        gain[word] = p->delta > p->edge_delta ? p->delta - p->edge_delta : 0;
        s->skip[word] = word >= l->words ? NEVER : l->is_spoken[word] ? p->skip : -0.01f;
    }
    s->state.filler_enter = filler;
    s->state.silence_enter = silence;
    s->state.gap_cost = gap;
    s->state.edge_gain = gain;
    s->state.edge_from = from;
    float **scores[] = {&s->state.silence, &s->state.filler, &s->state.entry};
    int32_t **counts[] = {&s->state.silence_age, &s->state.filler_age, &s->state.silence_origin,
                          &s->state.filler_origin, &s->state.entry_origin};
    for (size_t i = 0; i < COUNT(scores); i++)
        *scores[i] = mem_new(l->padded * sizeof(float));
    for (size_t i = 0; i < COUNT(counts); i++)
        *counts[i] = mem_new(l->padded * sizeof(int32_t));
    s->state.overlong_cost = p->overlong;
    s->state.overlong_age = p->overlong_age;
    s->state.stuck_cost = p->stuck;
    s->state.stuck_age = p->stuck_age;
    s->state.gap_age = p->gap_age;
}

static void clear_block(struct search *s, uint32_t block)
{
    struct search_state *st = &s->state;
    for (uint32_t i = st->block_first[block]; i < st->block_first[block + 1]; i++) {
        st->score[i] = NEVER;
        st->age[i] = 0;
        st->origin[i] = -1;
    }
    for (uint32_t w = block * BLOCK_WORDS; w < (block + 1) * BLOCK_WORDS; w++) {
        st->silence[w] = st->filler[w] = st->entry[w] = NEVER;
        st->silence_age[w] = st->filler_age[w] = 0;
    }
}

static void begin(struct search *s)
{
    const struct lattice *l = s->lattice;
    s->state.score[l->block_first[0] - 1] = NEVER;
    for (uint32_t block = 0; block < l->blocks; block++)
        clear_block(s, block);
    s->first = s->last = 0;
    s->best = 0;
    s->block_best = mem_new(l->blocks * sizeof *s->block_best);
    s->stretches = (s->look->count + STRETCH_FRAMES - 1) / STRETCH_FRAMES;
    s->checkpoints = mem_new((s->stretches + 1) * sizeof *s->checkpoints);
    s->state.entry[0] = 0;
    s->state.entry_origin[0] = (int32_t)base_of(l, 0);
    for (uint32_t way = l->first_way[0]; way < l->first_way[1]; way++) {
        s->state.score[l->ways[way].base] = 0;
        s->state.origin[l->ways[way].base] = (int32_t)base_of(l, 0);
    }
}

static void end(struct search *s)
{
    struct search_state *st = &s->state;
    void *all[] = {(void *)st->stay,
                   (void *)st->enter,
                   (void *)st->column,
                   st->score,
                   st->age,
                   st->origin,
                   st->silence,
                   st->filler,
                   st->entry,
                   st->silence_age,
                   st->filler_age,
                   st->silence_origin,
                   st->filler_origin,
                   st->entry_origin,
                   (void *)st->filler_enter,
                   (void *)st->gap_cost,
                   (void *)st->edge_gain,
                   (void *)st->edge_from,
                   s->skip,
                   s->block_best,
                   (void *)st->silence_enter};
    for (size_t i = 0; i < COUNT(all); i++)
        free(all[i]);
    for (uint32_t i = 0; i <= s->stretches; i++) {
        free(s->checkpoints[i].origin);
        free(s->checkpoints[i].age);
    }
    free(s->checkpoints);
    free(s->choices.items);
    scores_free(&s->scores);
}

/* ---- a frame ---- */

/* The best path that stands before the next word. */
struct inflow {
    float score;
    int32_t origin;
};

static void take_better(struct inflow *in, float score, int32_t origin)
{
    if (score > in->score)
        *in = (struct inflow){score, origin};
}

/* Passes paths from word to word: out of the gap, and past the word, said or left out; but not
 * into the band from before it, nor out of it. */
static float pass_on(struct search *s, uint32_t block, uint32_t low, uint32_t high,
                     struct inflow *in)
{
    const struct lattice *l = s->lattice;
    struct search_state *st = &s->state;
    float most = NEVER;
    uint32_t end = (block + 1) * BLOCK_WORDS;
    end = end < l->words + 1 ? end : l->words + 1;
    for (uint32_t w = block * BLOCK_WORDS; w < end; w++) {
        if (w == low || w > high)
            *in = (struct inflow){NEVER, -1};
        take_better(in, st->silence[w], st->silence_origin[w]);
        take_better(in, st->filler[w], st->filler_origin[w]);
        st->entry[w] = in->score;
        st->entry_origin[w] = in->origin;
        most = in->score > most ? in->score : most;
        struct inflow out = {in->score + s->skip[w], in->origin};
        for (uint32_t i = l->first_way[w]; i < l->first_way[w + 1]; i++) {
            const struct lattice_way way = l->ways[i];
            st->score[way.base] = in->score;
            st->origin[way.base] = in->origin;
            if (way.last != way.base)
                take_better(&out, st->score[way.last], st->origin[way.last]);
        }
        *in = out;
    }
    return most;
}

static void trim(struct search *s)
{
    while (s->first < s->last && s->block_best[s->first] < s->best - s->prices->beam)
        s->first++;
    while (s->last > s->first && s->block_best[s->last] < s->best - s->prices->beam)
        s->last--;
}

static void step(struct search *s, uint32_t t, const float *row)
{
    const struct kernels *kernels = kernels_best();
    const struct band *band = s->band;
    float filler = s->loop->score[t] - s->prices->delta;
    float silence = row[s->scores.scorer->silence];
    float threshold = s->best + s->loop->score[t] - s->prices->beam, best = NEVER;
    uint32_t low = band->low[t / BAND_FRAMES] / BLOCK_WORDS;
    uint32_t high = band->high[t / BAND_FRAMES] / BLOCK_WORDS;
    struct inflow in = {NEVER, -1};
    s->first = s->first < low ? (low < s->last ? low : s->last) : s->first;
    for (uint32_t block = s->first; block <= s->last + 1 && block <= high; block++) {
        if (block > s->last) {
            if (in.score < NEVER / 2 || in.score < threshold)
                break;
            clear_block(s, block);
            s->last = block;
        }
        float inside = kernels->block(&s->state, block, row, silence, filler);
        float between =
            pass_on(s, block, band->low[t / BAND_FRAMES], band->high[t / BAND_FRAMES], &in);
        s->block_best[block] = inside > between ? inside : between;
        best = s->block_best[block] > best ? s->block_best[block] : best;
    }
    s->best = best;
    trim(s);
}

/* ---- checkpoints ---- */

size_t checkpoint_index(const struct lattice *l, const struct checkpoint *c, int32_t node)
{
    uint32_t word = node_word(l, node), block = word / BLOCK_WORDS;
    if (node_kind(l, node) == NODE_CELL && l->state[node] == CELL_BASE)
        node = (int32_t)base_of(l, word);
    if (block < c->first || block > c->last)
        return SIZE_MAX;
    size_t cells = l->block_first[c->last + 1] - l->block_first[c->first];
    size_t words = (size_t)(c->last - c->first + 1) * BLOCK_WORDS;
    switch (node_kind(l, node)) {
    case NODE_SILENCE:
        return cells + word - (size_t)c->first * BLOCK_WORDS;
    case NODE_FILLER:
        return cells + words + word - (size_t)c->first * BLOCK_WORDS;
    default:
        return (size_t)node - l->block_first[c->first];
    }
}

static uint8_t short_age(int32_t age)
{
    return (uint8_t)(age < UINT8_MAX ? age : UINT8_MAX);
}

static void lower(float *score, float by)
{
    if (*score > NEVER / 2)
        *score -= by;
}

/* Keeps where all paths began, and lets them begin anew here. */
static void keep(struct search *s, struct checkpoint *c)
{
    const struct lattice *l = s->lattice;
    struct search_state *st = &s->state;
    c->first = s->first;
    c->last = s->last;
    uint32_t from = l->block_first[c->first], until = l->block_first[c->last + 1];
    size_t words = (size_t)(c->last - c->first + 1) * BLOCK_WORDS, at = 0;
    c->origin = mem_new((until - from + 2 * words) * sizeof *c->origin);
    c->age = mem_new((until - from + 2 * words) * sizeof *c->age);
    for (uint32_t i = from; i < until; i++, at++) {
        c->origin[at] = st->origin[i];
        c->age[at] = short_age(st->age[i]);
        bool is_base = l->state[i] == CELL_BASE;
        st->origin[i] = is_base ? (int32_t)base_of(l, l->word[i]) : (int32_t)i;
        lower(&st->score[i], s->best);
    }
    for (uint32_t k = 0; k < words; k++) {
        uint32_t w = c->first * BLOCK_WORDS + k;
        c->origin[at + k] = st->silence_origin[w];
        c->origin[at + words + k] = st->filler_origin[w];
        c->age[at + k] = short_age(st->silence_age[w]);
        c->age[at + words + k] = short_age(st->filler_age[w]);
        st->silence_origin[w] = silence_node(l, w);
        st->filler_origin[w] = filler_node(l, w);
        st->entry_origin[w] = w <= l->words ? (int32_t)base_of(l, w) : -1;
        lower(&st->silence[w], s->best);
        lower(&st->filler[w], s->best);
        lower(&st->entry[w], s->best);
    }
    s->best = 0;
}

/* ---- the whole ---- */

/* The end of the text; when no path got there, the best that did get somewhere. */
static int32_t last_node(const struct search *s, struct path *path)
{
    const struct lattice *l = s->lattice;
    const struct search_state *st = &s->state;
    uint32_t end = base_of(l, l->words);
    path->reached = s->last == l->blocks - 1 && st->score[end] > NEVER / 2;
    if (path->reached) {
        path->total += st->score[end];
        return (int32_t)end;
    }
    float best = NEVER;
    int32_t node = filler_node(l, s->first * BLOCK_WORDS);
    for (uint32_t w = s->first * BLOCK_WORDS; w < (s->last + 1) * BLOCK_WORDS; w++) {
        if (st->filler[w] > best && w <= l->words)
            best = st->filler[w], node = filler_node(l, w);
        if (st->silence[w] > best && w <= l->words)
            best = st->silence[w], node = silence_node(l, w);
    }
    path->total += best;
    return node;
}

bool search_run(const struct lattice *l, const struct models *m, const struct scorer *scorer,
                const struct look *look, const struct loop *loop, const struct band *band,
                const struct prices *prices, const struct work *work, struct path *path)
{
    struct search s = {
        .lattice = l, .look = look, .loop = loop, .prices = prices, .band = band};
    scores_init(&s.scores, scorer);
    set_cells(&s, m, scorer);
    set_words(&s);
    begin(&s);
    path->total = 0;
    bool stopped = false;
    for (uint32_t k = 0; k < s.stretches && !stopped; k++) {
        uint32_t from = k * STRETCH_FRAMES, until = from + STRETCH_FRAMES;
        until = until < look->count ? until : look->count;
        scores_make(&s.scores, look, from, until);
        for (uint32_t t = from; t < until; t++)
            step(&s, t, scores_row(&s.scores, t - from));
        path->total += s.best;
        keep(&s, &s.checkpoints[k + 1]);
        stopped = work_stopped(work);
        work_done(work, (double)until / look->count);
    }
    if (!stopped)
        search_trace(&s, last_node(&s, path), path);
    end(&s);
    return !stopped;
}
