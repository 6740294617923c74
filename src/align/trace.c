/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way back.  The node at a stretch's end tells, by its origin, where its path entered the
 * stretch; the search is then run again over the words between the two, this time keeping every
 * choice.  Only paths from that one origin take part, so whatever it finds ends there. */
#include <stdlib.h>
#include <string.h>

#include "align/search.h"
#include "base/mem.h"

/* How a node was come to: for cells and gaps, staying or entering; for words, from where. */
enum choice { STAYED, ENTERED, FROM_SILENCE, FROM_FILLER, PASSED_OVER, FROM_WAY };

struct gaps {
    float *score;
    int32_t *age;
};

struct tracer {
    const struct search *s;
    uint32_t first_word, words; /* that the path runs through */
    uint32_t first_cell, cells;
    float *score;
    int32_t *age;
    struct gaps silence, filler;
    size_t width; /* of a frame's choices: cells, silences, fillers, words */
    uint8_t *choices, *now;
};

static void begin(struct tracer *r, struct search *s, int32_t from, int32_t until,
                  uint32_t frames)
{
    const struct lattice *l = s->lattice;
    uint32_t last = node_word(l, until);
    *r = (struct tracer){.s = s, .first_word = node_word(l, from)};
    r->words = last - r->first_word + 1;
    r->first_cell = base_of(l, r->first_word);
    r->cells = (last < l->words ? base_of(l, last + 1) : base_of(l, last) + 1) - r->first_cell;
    r->score = mem_new(r->cells * sizeof *r->score);
    r->age = mem_new(r->cells * sizeof *r->age);
    struct gaps *gaps[] = {&r->silence, &r->filler};
    for (size_t i = 0; i < COUNT(gaps); i++) {
        gaps[i]->score = mem_new(r->words * sizeof(float));
        gaps[i]->age = mem_new(r->words * sizeof(int32_t));
        for (uint32_t w = 0; w < r->words; w++)
            gaps[i]->score[w] = NEVER;
    }
    for (uint32_t i = 0; i < r->cells; i++)
        r->score[i] = NEVER;
    r->width = r->cells + 3 * (size_t)r->words;
    vec_reserve(&s->choices, r->width * frames);
    r->choices = s->choices.items;
}

static void end(struct tracer *r)
{
    free(r->score);
    free(r->age);
    free(r->silence.score);
    free(r->silence.age);
    free(r->filler.score);
    free(r->filler.age);
}

static void set_bases(struct tracer *r, uint32_t word, float score)
{
    const struct lattice *l = r->s->lattice;
    for (uint32_t i = l->first_way[word]; i < l->first_way[word + 1]; i++)
        if (l->ways[i].base - r->first_cell < r->cells)
            r->score[l->ways[i].base - r->first_cell] = score;
}

static void place(struct tracer *r, int32_t node, int32_t age)
{
    const struct lattice *l = r->s->lattice;
    struct gaps *gaps = node_kind(l, node) == NODE_SILENCE ? &r->silence : &r->filler;
    if (node_kind(l, node) != NODE_CELL) {
        gaps->score[0] = 0;
        gaps->age[0] = age;
    } else if (l->state[node] == CELL_BASE) {
        set_bases(r, r->first_word, 0);
    } else {
        r->score[(uint32_t)node - r->first_cell] = 0;
        r->age[(uint32_t)node - r->first_cell] = age;
    }
}

/* ---- a frame, as in kernels_code.h ---- */

static void step_gap(struct tracer *r, struct gaps *gaps, uint32_t w, float enter, float heard,
                     uint8_t *choice)
{
    const struct search_state *st = &r->s->state;
    uint32_t word = r->first_word + w;
    float stay = gaps->score[w] - 0.02f;
    if (gaps->age[w] > st->gap_age)
        stay -= st->gap_cost[word];
    float entering = r->score[base_of(r->s->lattice, word) - r->first_cell] + enter;
    *choice = entering > stay ? ENTERED : STAYED;
    gaps->score[w] = (*choice == ENTERED ? entering : stay) + heard;
    gaps->age[w] = *choice == ENTERED ? 1 : gaps->age[w] + 1;
}

static void step_gaps(struct tracer *r, float silence, float filler)
{
    const struct search_state *st = &r->s->state;
    for (uint32_t w = 0; w < r->words; w++) {
        uint32_t word = r->first_word + w;
        bool cheap = r->filler.age[w] >= st->edge_from[word];
        step_gap(r, &r->silence, w, st->silence_enter[word], silence, r->now + r->cells + w);
        step_gap(r, &r->filler, w, st->filler_enter[word],
                 filler + (cheap ? st->edge_gain[word] : 0), r->now + r->cells + r->words + w);
    }
}

static void step_cells(struct tracer *r, const float *row)
{
    const struct lattice *l = r->s->lattice;
    const struct search_state *st = &r->s->state;
    for (uint32_t i = r->cells; i-- > 0;) {
        uint32_t cell = r->first_cell + i;
        if (l->state[cell] < 0)
            continue;
        float stay = r->score[i] + st->stay[cell];
        if (r->age[i] >= st->overlong_age)
            stay -= st->overlong_cost;
        if (r->age[i] >= st->stuck_age)
            stay -= st->stuck_cost;
        float enter = r->score[i - 1] + st->enter[cell];
        r->now[i] = enter > stay ? ENTERED : STAYED;
        r->score[i] = (r->now[i] == ENTERED ? enter : stay) + row[st->column[cell]];
        r->age[i] = r->now[i] == ENTERED ? 1 : r->age[i] + 1;
    }
}

static void pass_on(struct tracer *r, uint32_t low, uint32_t high)
{
    const struct lattice *l = r->s->lattice;
    uint8_t *choices = r->now + r->cells + 2 * (size_t)r->words;
    float best = NEVER;
    uint8_t choice = PASSED_OVER;
    for (uint32_t w = 0; w < r->words; w++) {
        uint32_t word = r->first_word + w;
        if (word == low || word > high)
            best = NEVER, choice = PASSED_OVER;
        if (r->silence.score[w] > best)
            best = r->silence.score[w], choice = FROM_SILENCE;
        if (r->filler.score[w] > best)
            best = r->filler.score[w], choice = FROM_FILLER;
        choices[w] = choice;
        set_bases(r, word, best);
        best += r->s->skip[word];
        choice = PASSED_OVER;
        for (uint32_t i = l->first_way[word]; i < l->first_way[word + 1]; i++) {
            uint32_t last = l->ways[i].last - r->first_cell;
            if (l->ways[i].last == l->ways[i].base || last >= r->cells)
                continue;
            if (r->score[last] > best) {
                best = r->score[last];
                choice = (uint8_t)(FROM_WAY + i - l->first_way[word]);
            }
        }
    }
}

/* ---- back ---- */

/* From the base of a word to what was heard in this frame. */
static int32_t leave_base(const struct tracer *r, int32_t node)
{
    const struct lattice *l = r->s->lattice;
    const uint8_t *choices = r->now + r->cells + 2 * (size_t)r->words;
    while (node_kind(l, node) == NODE_CELL && l->state[node] == CELL_BASE) {
        uint32_t word = l->word[node], w = word - r->first_word;
        uint8_t choice = choices[w];
        if (choice == FROM_SILENCE || (choice != FROM_FILLER && w == 0))
            return silence_node(l, word);
        if (choice == FROM_FILLER)
            return filler_node(l, word);
        node = choice == PASSED_OVER
                   ? (int32_t)base_of(l, word - 1)
                   : (int32_t)l->ways[l->first_way[word - 1] + choice - FROM_WAY].last;
    }
    return node;
}

static int32_t one_back(const struct tracer *r, int32_t node)
{
    const struct lattice *l = r->s->lattice;
    uint32_t w = node_word(l, node) - r->first_word;
    switch (node_kind(l, node)) {
    case NODE_SILENCE:
        return r->now[r->cells + w] == ENTERED ? (int32_t)base_of(l, w + r->first_word) : node;
    case NODE_FILLER:
        return r->now[r->cells + r->words + w] == ENTERED
                   ? (int32_t)base_of(l, w + r->first_word)
                   : node;
    default:
        return r->now[(uint32_t)node - r->first_cell] == ENTERED ? node - 1 : node;
    }
}

static float heard(const struct tracer *r, int32_t node, const float *row, float filler)
{
    const struct search *s = r->s;
    switch (node_kind(s->lattice, node)) {
    case NODE_SILENCE:
        return row[s->scores.scorer->silence];
    case NODE_FILLER:
        return filler;
    default:
        return row[s->state.column[node]];
    }
}

/* Gives the node at the stretch's beginning. */
static int32_t trace_stretch(struct search *s, uint32_t k, int32_t at, struct path *path)
{
    const struct lattice *l = s->lattice;
    uint32_t t0 = k * STRETCH_FRAMES, t1 = t0 + STRETCH_FRAMES;
    t1 = t1 < s->look->count ? t1 : s->look->count;
    size_t index = checkpoint_index(l, &s->checkpoints[k + 1], at);
    int32_t from = index == SIZE_MAX ? -1 : s->checkpoints[k + 1].origin[index];
    from = from < 0 ? silence_node(l, node_word(l, at)) : from;
    index = k ? checkpoint_index(l, &s->checkpoints[k], from) : SIZE_MAX;
    int32_t age = index == SIZE_MAX ? 0 : s->checkpoints[k].age[index];
    struct tracer r;
    begin(&r, s, from, at, t1 - t0);
    place(&r, from, age);
    scores_make(&s->scores, s->look, t0, t1);
    for (uint32_t t = t0; t < t1; t++) {
        const float *row = scores_row(&s->scores, t - t0);
        r.now = r.choices + r.width * (t - t0);
        step_gaps(&r, row[s->scores.scorer->silence], s->loop->score[t] - s->prices->delta);
        step_cells(&r, row);
        pass_on(&r, s->band->low[t / BAND_FRAMES], s->band->high[t / BAND_FRAMES]);
    }
    for (uint32_t t = t1; t-- > t0;) {
        r.now = r.choices + r.width * (t - t0);
        at = leave_base(&r, at);
        path->node[t] = at;
        path->score[t] = heard(&r, at, scores_row(&s->scores, t - t0), s->loop->score[t]);
        at = one_back(&r, at);
    }
    end(&r);
    return from;
}

void search_trace(struct search *s, int32_t node, struct path *path)
{
    path_free(&(struct path){path->node, path->score, 0, false});
    path->node = mem_new((s->look->count + 1) * sizeof *path->node);
    path->score = mem_new((s->look->count + 1) * sizeof *path->score);
    for (uint32_t k = s->stretches; k-- > 0;)
        node = trace_stretch(s, k, node, path);
}
