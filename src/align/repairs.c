/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stumbles says a word or three again and goes on from there: "the right, the right to".
 * The text tells of it once, and the search takes either; but it is the second that is read
 * along with what follows.  So wherever speech without text stands behind a word, the words
 * before it are tried later in it, and moved when they are heard there about as well.
 *
 * A try is a small Viterbi search: speech without text, then the states that the words went
 * through, a gap, and the states of the next word, whose beginning the search may have drawn
 * into the gap.  What is said again stands at the end of the gap; where it isn't heard there,
 * more unknown speech may follow ("the right, the right, uh, to"), but at a higher price than
 * before the words: else they would stay where they are. */
#include "align/repairs.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    WORDS_MOST = 3,   /* said again */
    CELLS_MOST = 240, /* of these words and the next: a state's number fits into a byte */
    STATES_MOST = CELLS_MOST + 2,
    FILLER_LEAST = 8, /* frames: shorter, no word was said there */
    FILLER_MOST = 3 * FRAMES_A_SECOND,
    LEAP_LEAST = 8, /* frames: by less nothing is moved */
};
#define WORSE_MOST 2.0f /* a frame, of any of the words: still heard about as well */
#define NEARLY     1.0f /* as little worse as fewer words */
#define PAUSE      (-8.0f)

/* What unknown speech behind the words pays beyond its price, a frame. The dearer it is, the
 * later the words are looked for; the first try by which they are heard about as well is taken.
 */
static const float later_costs[] = {-NEVER, 7, 3.5f, 1.75f};

struct repairing {
    struct aligner *a;
    const struct scorer *scorer;
    float delta;
    float later_cost;
    struct scores scores; /* of the frames from `first` on */
    uint32_t first;
};

/* The path from the first of the words on, to the end of the next one. */
struct stretch {
    uint32_t words;            /* that are tried */
    uint32_t from, gap, until; /* frames: of the words, the gap, what follows the next word */
    int32_t cells[CELLS_MOST]; /* of the words, then of the next one */
    uint32_t before, count;    /* cells of the words; of all */
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

static bool is_cell(const struct aligner *a, uint32_t t)
{
    return node_kind(&a->lattice, a->path.node[t]) == NODE_CELL;
}

static uint32_t word_at(const struct aligner *a, uint32_t t)
{
    return node_word(&a->lattice, a->path.node[t]);
}

/* Is the word, or the gap behind it, heard there? */
static bool is_past(const struct aligner *a, uint32_t t, uint32_t word)
{
    uint32_t here = word_at(a, t);
    return here > word || (here == word && is_cell(a, t));
}

static uint32_t end_of_word(const struct aligner *a, uint32_t t)
{
    uint32_t word = word_at(a, t);
    while (t < a->look.count && is_cell(a, t) && word_at(a, t) == word)
        t++;
    return t;
}

static bool collect(const struct aligner *a, struct stretch *s, uint32_t from, uint32_t until)
{
    const struct path *path = &a->path;
    for (uint32_t t = from; t < until; t++) {
        bool begins = t == from || path->node[t] != path->node[t - 1];
        if (!is_cell(a, t) || !begins)
            continue;
        if (s->count == CELLS_MOST)
            return false;
        s->cells[s->count++] = path->node[t];
    }
    return true;
}

/* Goes back from the gap [gap, end) over `words` words, and on over the next. */
static bool find_stretch(const struct aligner *a, uint32_t words, uint32_t gap, uint32_t end,
                         struct stretch *s)
{
    uint32_t next = word_at(a, gap), first = next - words;
    *s = (struct stretch){.words = words, .from = gap, .gap = gap, .until = end};
    if (next < words)
        return false;
    while (s->from > 0 && is_past(a, s->from - 1, first))
        s->from--;
    if (s->from == gap || word_at(a, s->from) != first || !collect(a, s, s->from, gap))
        return false;
    s->before = s->count;
    if (end < a->look.count && word_at(a, end) == next) {
        s->until = end_of_word(a, end);
        if (!collect(a, s, end, s->until))
            return false;
    }
    return s->until - s->from < STRETCH_FRAMES;
}

/* ---- how it would be ---- */

/* What is heard: unknown speech, the cells of the words, the gap, the cells of the next. */
struct attempt {
    uint32_t states;
    float score[STATES_MOST];
    uint8_t *came; /* states a frame: over how many states, 0: it stayed */
};

/* The cell of a state; -1: a gap. */
static int32_t cell_of(const struct stretch *s, uint32_t state)
{
    if (state == 0 || state == s->before + 1)
        return -1;
    return s->cells[state <= s->before ? state - 1 : state - 2];
}

static float filler_in(const struct repairing *r, uint32_t state, uint32_t t)
{
    return filler_score(r, t) - (state ? r->later_cost : 0);
}

static float heard_in(const struct repairing *r, const struct stretch *s, uint32_t state,
                      uint32_t t)
{
    int32_t cell = cell_of(s, state);
    return cell < 0 ? fmaxf(silence_score(r, t), filler_in(r, state, t))
                    : cell_score(r, cell, t);
}

static void step_attempt(const struct repairing *r, const struct stretch *s, uint32_t t,
                         struct attempt *attempt)
{
    uint8_t *came = attempt->came + (size_t)(t - s->from) * attempt->states;
    const uint32_t gap = s->before + 1;
    for (uint32_t i = attempt->states; i-- > 0;) {
        float best = attempt->score[i];
        came[i] = 0;
        float enter = i ? attempt->score[i - 1] + (i == gap ? PAUSE : 0) : NEVER;
        if (enter > best)
            best = enter, came[i] = 1;
        if (i == gap + 1 && attempt->score[i - 2] > best)
            best = attempt->score[i - 2], came[i] = 2;
        attempt->score[i] = best + heard_in(r, s, i, t);
    }
}

/* How far words fall short of the free loop. */
struct shortfall {
    float sum[WORDS_MOST + 1];
    uint32_t frames[WORDS_MOST + 1];
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
    for (uint32_t t = s->from; t < s->until; t++)
        if (is_cell(r->a, t))
            add_frame(r, s, r->a->path.node[t], t, &now);
    return now;
}

/* Goes back through an attempt: the state in each frame, and what it makes of the words. */
static struct shortfall trace_attempt(const struct repairing *r, const struct stretch *s,
                                      const struct attempt *attempt, uint8_t *states)
{
    struct shortfall then = {{0}, {0}};
    uint32_t state = attempt->states - 1;
    if (s->count == s->before && attempt->score[state - 1] > attempt->score[state])
        state--;
    for (uint32_t t = s->until; t-- > s->from;) {
        int32_t cell = cell_of(s, state);
        states[t - s->from] = (uint8_t)state;
        if (cell >= 0)
            add_frame(r, s, cell, t, &then);
        state -= attempt->came[(size_t)(t - s->from) * attempt->states + state];
    }
    return then;
}

/* By how much the word that suffers most is heard worse, a frame; words that would be squeezed,
 * or stay where they are, are not heard again. */
static float worst_of(const struct stretch *s, const struct shortfall *now,
                      const struct shortfall *then, const uint8_t *states)
{
    uint32_t half = (s->gap - s->from) / 2;
    float worst = -INFINITY;
    if (states[half > LEAP_LEAST ? half : LEAP_LEAST] != 0)
        return INFINITY;
    for (uint32_t word = 0; word <= s->words; word++) {
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

/* ---- trying and taking ---- */

static float try_at(struct repairing *r, const struct stretch *s, uint8_t *states)
{
    struct attempt attempt = {.states = s->count + 2};
    attempt.came = mem_new((size_t)(s->until - s->from) * attempt.states);
    for (uint32_t i = 0; i < attempt.states; i++)
        attempt.score[i] = i ? NEVER : 0;
    for (uint32_t t = s->from; t < s->until; t++)
        step_attempt(r, s, t, &attempt);
    struct shortfall now = shortfall_now(r, s), then = trace_attempt(r, s, &attempt, states);
    free(attempt.came);
    return worst_of(s, &now, &then, states);
}

/* `states`: what would be heard in each frame. */
static float try_words(struct repairing *r, const struct stretch *s, uint8_t *states)
{
    float worse = INFINITY;
    scores_make(&r->scores, &r->a->look, s->from, s->until);
    r->first = s->from;
    for (size_t i = 0; i < COUNT(later_costs) && worse > WORSE_MOST; i++) {
        r->later_cost = later_costs[i];
        worse = try_at(r, s, states);
    }
    return worse;
}

static void take_attempt(const struct repairing *r, const struct stretch *s,
                         const uint8_t *states)
{
    const struct lattice *l = &r->a->lattice;
    struct path *path = &r->a->path;
    uint32_t first = node_word(l, s->cells[0]), next = first + s->words;
    for (uint32_t t = s->from; t < s->until; t++) {
        uint32_t state = states[t - s->from], word = state ? next : first;
        int32_t cell = cell_of(s, state);
        float silence = silence_score(r, t), filler = filler_in(r, state, t);
        bool quiet = cell < 0 && silence > filler;
        path->node[t] = cell >= 0 ? cell : quiet ? silence_node(l, word) : filler_node(l, word);
        path->score[t] = cell >= 0 ? cell_score(r, cell, t)
                         : quiet   ? silence
                                   : r->a->loop.score[t];
    }
}

/* One, two or three words: as many as are heard again, not one more. */
static void try_gap(struct repairing *r, uint32_t gap, uint32_t end)
{
    struct stretch stretch[WORDS_MOST];
    uint8_t states[WORDS_MOST][STRETCH_FRAMES];
    float worse[WORDS_MOST], least = INFINITY;
    for (uint32_t i = 0; i < WORDS_MOST; i++) {
        bool there = find_stretch(r->a, i + 1, gap, end, &stretch[i]);
        worse[i] = there ? try_words(r, &stretch[i], states[i]) : INFINITY;
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

/* From the first to the last unknown speech in a gap. */
static uint32_t filler_in_gap(const struct aligner *a, uint32_t gap, uint32_t end)
{
    const struct lattice *l = &a->lattice;
    while (gap < end && node_kind(l, a->path.node[gap]) != NODE_FILLER)
        gap++;
    while (end > gap && node_kind(l, a->path.node[end - 1]) != NODE_FILLER)
        end--;
    return end - gap;
}

void repairs_take_later(struct aligner *a, const struct scorer *scorer, float delta)
{
    struct repairing r = {.a = a, .scorer = scorer, .delta = delta};
    uint32_t end;
    scores_init(&r.scores, scorer);
    for (uint32_t t = 0; t < a->look.count; t = end) {
        for (end = t + 1; end < a->look.count && !is_cell(a, t) && !is_cell(a, end) &&
                          word_at(a, end) == word_at(a, t);)
            end++;
        if (is_cell(a, t))
            continue;
        uint32_t filler = filler_in_gap(a, t, end);
        if (filler >= FILLER_LEAST && filler <= FILLER_MOST)
            try_gap(&r, t, end);
    }
    scores_free(&r.scores);
}
