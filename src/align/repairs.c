/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stumbles says a word or three again and goes on from there: "the right, the right to".
 * The text tells of it once, and the search takes either; but it is the second that is read
 * along with what follows.  So wherever speech without text stands behind a word, the words
 * before it are tried against its end, and moved when they are heard there about as well.
 *
 * A try is a small Viterbi search: speech without text, then the states that the words went
 * through, then perhaps a pause. */
#include "align/repairs.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    WORDS_MOST = 3,   /* said again */
    CELLS_MOST = 200, /* of these words: a state's number fits into a byte */
    FILLER_LEAST = 8, /* frames: shorter, no word was said there */
    FILLER_MOST = 3 * FRAMES_A_SECOND,
    LEAP_LEAST = 8, /* frames: by less nothing is moved */
};
#define WORSE_MOST 2.0f /* a frame, of any of the words: still heard about as well */
#define NEARLY     0.5f /* as little worse as fewer words */
#define PAUSE      (-8.0f)

struct repairing {
    struct aligner *a;
    const struct scorer *scorer;
    float delta;
    struct scores scores; /* of the frames from `first` on */
    uint32_t first;
};

/* The path from the first of the words on, to the beginning of the next. */
struct stretch {
    uint32_t from, filler, until; /* frames: of the words, the filler, what follows */
    int32_t cells[CELLS_MOST];    /* that the words went through */
    uint32_t cell_count;
};

static float cell_score(const struct repairing *r, int32_t cell, uint32_t t)
{
    int state = r->a->lattice.state[cell];
    uint32_t column = (uint32_t)state % STATES * r->scorer->phones + (uint32_t)state / STATES;
    return scores_row(&r->scores, t - r->first)[column];
}

static float filler_score(const struct repairing *r, uint32_t t)
{
    return r->a->loop.score[t] - r->delta;
}

static float silence_score(const struct repairing *r, uint32_t t)
{
    return scores_row(&r->scores, t - r->first)[r->scorer->silence];
}

/* ---- how it is ---- */

/* Is the word, or the gap behind it, heard there? */
static bool is_past(const struct aligner *a, uint32_t t, uint32_t word)
{
    const struct lattice *l = &a->lattice;
    uint32_t here = node_word(l, a->path.node[t]);
    return here > word || (here == word && node_kind(l, a->path.node[t]) == NODE_CELL);
}

/* Goes back from the filler over `words` words. */
static bool find_stretch(const struct aligner *a, uint32_t words, struct stretch *s)
{
    const struct lattice *l = &a->lattice;
    uint32_t wanted = node_word(l, a->path.node[s->filler]);
    if (wanted < words)
        return false;
    wanted -= words;
    s->from = s->filler;
    while (s->from > 0 && is_past(a, s->from - 1, wanted))
        s->from--;
    return s->from < s->filler && node_word(l, a->path.node[s->from]) == wanted &&
           s->until - s->from < STRETCH_FRAMES;
}

static bool collect(const struct aligner *a, struct stretch *s)
{
    const struct path *path = &a->path;
    s->cell_count = 0;
    for (uint32_t t = s->from; t < s->filler; t++) {
        enum node_kind kind = node_kind(&a->lattice, path->node[t]);
        bool begins = t == s->from || path->node[t] != path->node[t - 1];
        if (kind == NODE_CELL && begins) {
            if (s->cell_count == CELLS_MOST)
                return false;
            s->cells[s->cell_count++] = path->node[t];
        }
    }
    return s->cell_count > 0;
}

/* ---- how it would be ---- */

/* What is heard: the filler, the cells, the pause; a column of scores, and all choices. */
struct attempt {
    uint32_t states;
    float score[CELLS_MOST + 2];
    uint8_t *entered; /* states a frame */
};

static float heard_in(const struct repairing *r, const struct stretch *s, uint32_t state,
                      uint32_t t)
{
    return state == 0               ? filler_score(r, t)
           : state <= s->cell_count ? cell_score(r, s->cells[state - 1], t)
                                    : silence_score(r, t);
}

static void search_attempt(const struct repairing *r, const struct stretch *s,
                           struct attempt *attempt)
{
    for (uint32_t i = 0; i < attempt->states; i++)
        attempt->score[i] = i ? NEVER : 0;
    for (uint32_t t = s->from; t < s->until; t++) {
        uint8_t *entered = attempt->entered + (size_t)(t - s->from) * attempt->states;
        for (uint32_t i = attempt->states; i-- > 0;) {
            float price = i == s->cell_count + 1 ? PAUSE : 0;
            float enter = i ? attempt->score[i - 1] + price : NEVER;
            entered[i] = enter > attempt->score[i];
            attempt->score[i] = (entered[i] ? enter : attempt->score[i]) + heard_in(r, s, i, t);
        }
    }
}

/* How far words fall short of the free loop. */
struct shortfall {
    float sum[WORDS_MOST];
    uint32_t frames[WORDS_MOST];
};

static void add_frame(const struct repairing *r, const struct stretch *s, int32_t cell,
                      uint32_t t, struct shortfall *to)
{
    const struct lattice *l = &r->a->lattice;
    uint32_t word = node_word(l, cell) - node_word(l, s->cells[0]);
    to->sum[word] += r->a->loop.score[t] - cell_score(r, cell, t);
    to->frames[word]++;
}

static struct shortfall shortfall_now(const struct repairing *r, const struct stretch *s)
{
    struct shortfall now = {{0}, {0}};
    for (uint32_t t = s->from; t < s->filler; t++)
        if (node_kind(&r->a->lattice, r->a->path.node[t]) == NODE_CELL)
            add_frame(r, s, r->a->path.node[t], t, &now);
    return now;
}

/* Goes back through an attempt: the state in each frame, and what it makes of the words. */
static struct shortfall trace_attempt(const struct repairing *r, const struct stretch *s,
                                      const struct attempt *attempt, uint8_t *states)
{
    struct shortfall then = {{0}, {0}};
    uint32_t state = s->cell_count;
    if (attempt->score[state + 1] > attempt->score[state])
        state++;
    for (uint32_t t = s->until; t-- > s->from;) {
        states[t - s->from] = (uint8_t)state;
        if (state > 0 && state <= s->cell_count)
            add_frame(r, s, s->cells[state - 1], t, &then);
        state -= attempt->entered[(size_t)(t - s->from) * attempt->states + state];
    }
    return then;
}

/* By how much the word that suffers most is heard worse, a frame; words that would be squeezed,
 * or stay where they are, are not heard again. */
static float worst_of(const struct stretch *s, const struct shortfall *now,
                      const struct shortfall *then, const uint8_t *states)
{
    uint32_t half = (s->filler - s->from) / 2;
    float worst = -INFINITY;
    if (states[half > LEAP_LEAST ? half : LEAP_LEAST] != 0)
        return INFINITY;
    for (int word = 0; word < WORDS_MOST; word++) {
        if (now->frames[word] == 0)
            continue;
        if (then->frames[word] * 3 < now->frames[word])
            return INFINITY;
        float before = now->sum[word] / (float)now->frames[word];
        float after = then->sum[word] / (float)then->frames[word];
        worst = after - before > worst ? after - before : worst;
    }
    return worst;
}

static void take_attempt(const struct repairing *r, const struct stretch *s,
                         const uint8_t *states)
{
    const struct lattice *l = &r->a->lattice;
    struct path *path = &r->a->path;
    uint32_t first = node_word(l, s->cells[0]), next = node_word(l, path->node[s->filler]);
    for (uint32_t t = s->from; t < s->until; t++) {
        uint32_t state = states[t - s->from];
        bool is_cell = state > 0 && state <= s->cell_count;
        path->node[t] = is_cell      ? s->cells[state - 1]
                        : state == 0 ? filler_node(l, first)
                                     : silence_node(l, next);
        path->score[t] = heard_in(r, s, state, t) + (state == 0 ? r->delta : 0);
    }
}

/* `states`: what would be heard in each frame. */
static float try_words(struct repairing *r, struct stretch *s, uint8_t *states)
{
    struct attempt attempt = {.states = s->cell_count + 2};
    attempt.entered = mem_new((size_t)(s->until - s->from) * attempt.states);
    search_attempt(r, s, &attempt);
    struct shortfall now = shortfall_now(r, s), then = trace_attempt(r, s, &attempt, states);
    free(attempt.entered);
    return worst_of(s, &now, &then, states);
}

/* One, two or three words: as many as are heard again, not one more. */
static void try_filler(struct repairing *r, uint32_t from, uint32_t until)
{
    struct stretch stretch[WORDS_MOST];
    uint8_t states[WORDS_MOST][STRETCH_FRAMES];
    float worse[WORDS_MOST], least = INFINITY;
    for (uint32_t i = 0; i < WORDS_MOST; i++) {
        struct stretch *s = &stretch[i];
        *s = (struct stretch){.filler = from, .until = until};
        worse[i] = INFINITY;
        if (!find_stretch(r->a, i + 1, s) || !collect(r->a, s))
            continue;
        scores_make(&r->scores, &r->a->look, s->from, s->until);
        r->first = s->from;
        worse[i] = try_words(r, s, states[i]);
        least = worse[i] < least ? worse[i] : least;
    }
    for (uint32_t i = WORDS_MOST; i-- > 0 && least < WORSE_MOST;) {
        if (worse[i] > WORSE_MOST || worse[i] > least + NEARLY)
            continue;
        scores_make(&r->scores, &r->a->look, stretch[i].from, stretch[i].until);
        r->first = stretch[i].from;
        take_attempt(r, &stretch[i], states[i]);
        return;
    }
}

void repairs_take_later(struct aligner *a, const struct scorer *scorer, float delta)
{
    struct repairing r = {.a = a, .scorer = scorer, .delta = delta};
    uint32_t end;
    scores_init(&r.scores, scorer);
    for (uint32_t t = 0; t < a->look.count; t = end) {
        for (end = t + 1; end < a->look.count && a->path.node[end] == a->path.node[t];)
            end++;
        bool filler = node_kind(&a->lattice, a->path.node[t]) == NODE_FILLER;
        if (filler && end - t >= FILLER_LEAST && end - t <= FILLER_MOST)
            try_filler(&r, t, end);
    }
    scores_free(&r.scores);
}
