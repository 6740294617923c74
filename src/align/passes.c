/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes, and what each of them pays.  The numbers were found on recordings in French,
 * German, Spanish and English; doc/ALIGNMENT.md tells which of them matter. */
#include "align/passes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/band.h"
#include "align/belonging.h"
#include "align/doubts.h"
#include "align/repairs.h"

#define BEAM             1200.0f
#define NO_BEAM          1e20f
#define OPEN_SECONDS     5.0  /* of filler make an edge open */
#define DELTA            7.0f /* of fillers in fine frames */
#define SCEPTIC_DELTA    (0.5f * DELTA)
#define SCEPTIC_SKIP     (-60.0f) /* less than the last pass's: short words are soon left out */
#define TOO_MUCH_FILLER  0.30
#define TOO_MANY_SKIPPED 0.03

/* Speakers pause where a line ends, less often inside a sentence. */
#define SILENCE_PRICES                                                                         \
    {                                                                                          \
        [GAP_INSIDE] = -8, [GAP_PUNCTUATION] = -5, [GAP_LINE] = -2                             \
    }

/* Jingles, adverts and applause come between turns: what breaks a sentence in two for long is
 * seldom that; more often a word or two of it were found in there by chance. A frame. */
#define GAP_PRICES                                                                             \
    {                                                                                          \
        [GAP_INSIDE] = 1, [GAP_PUNCTUATION] = 0.5f                                             \
    }

enum {
    PASSES = 3,
    /* Frames beyond which the first fine pass does with one Gaussian a state: four voices of
     * the synthesiser are better than their mean, but not when there is much to learn from. */
    LONG_SOUND = 10 * 60 * FRAMES_A_SECOND,
};

/* ---- what a path says ---- */

static struct shares shares_of(const struct lattice *l, const struct path *path, uint32_t count)
{
    struct shares shares = {0, 0};
    bool *heard = mem_new(l->padded * sizeof *heard);
    uint32_t spoken = 0, missed = 0;
    for (uint32_t t = 0; t < count; t++) {
        enum node_kind kind = node_kind(l, path->node[t]);
        shares.filler += kind == NODE_FILLER;
        if (kind == NODE_CELL)
            heard[node_word(l, path->node[t])] = true;
    }
    for (uint32_t w = 0; w < l->words; w++) {
        spoken += l->is_spoken[w];
        missed += l->is_spoken[w] && !heard[w];
    }
    shares.filler /= count;
    shares.skipped = spoken ? (double)missed / spoken : 0;
    free(heard);
    return shares;
}

static double mean_gap(const struct lattice *l, const struct path *path,
                       const struct loop *loop, uint32_t count)
{
    double sum = 0, frames = 1;
    for (uint32_t t = 0; t < count; t++)
        if (node_kind(l, path->node[t]) == NODE_CELL) {
            sum += loop->score[t] - path->score[t];
            frames++;
        }
    return sum / frames;
}

/* The word at each fine frame, by the path that was just found; the path is let go. */
static uint32_t *take_places(struct aligner *a)
{
    uint32_t *place = mem_new((a->features.count + 1) * sizeof *place);
    for (uint32_t t = 0; t < a->features.count; t++) {
        int32_t node = a->path.node[t / a->look.step];
        uint32_t gap = node_kind(&a->lattice, node) == NODE_CELL ? 0 : IN_GAP;
        place[t] = node_word(&a->lattice, node) | gap;
    }
    path_free(&a->path);
    return place;
}

/* ---- the first pass ---- */

static struct prices first_prices(const struct aligner *a, const struct loop *loop)
{
    float delta = (float)(0.6 * loop->random_gap);
    int32_t longest = (int32_t)(4 * a->pace + 0.5);
    return (struct prices){
        .silence = SILENCE_PRICES,
        .filler = {[GAP_INSIDE] = -24, [GAP_PUNCTUATION] = -8, [GAP_LINE] = -4},
        .skip = -60,
        .delta = delta,
        .edge_delta = 0.9f * delta,
        .head_open = true,
        .tail_open = true,
        .gap = GAP_PRICES,
        .gap_age = 20,
        .overlong = 3,
        .stuck = delta,
        .stuck_age = 20,
        .overlong_age = longest > 1 ? longest : 1,
        .beam = BEAM,
    };
}

/* One try of the first pass. `good`: it can be trusted. */
static bool try_first(struct aligner *a, const struct scorer *scorer, const struct look *look,
                      const struct prices *prices, bool by_anchors, const struct work *work,
                      bool *good)
{
    struct band band = band_first(a, look, by_anchors);
    bool going = search_run(&a->lattice, &a->models, scorer, look, &a->loop, &band, prices,
                            work, &a->path);
    band_free(&band);
    if (!going)
        return false;
    struct shares shares = shares_of(&a->lattice, &a->path, look->count);
    *good =
        a->path.reached && shares.filler < TOO_MUCH_FILLER && shares.skipped < TOO_MANY_SKIPPED;
    return true;
}

static bool has_page_times(const struct script *s)
{
    for (size_t i = 0; i < s->anchors.count; i++)
        if (!s->anchors.items[i].pinned)
            return true;
    return false;
}

/* With a beam; then without; then without the page's times, which may be wrong. `prices` are
 * left as they were in the last try. */
static bool first_tries(struct aligner *a, const struct scorer *scorer, const struct look *look,
                        struct prices *prices, const struct work *work)
{
    bool anchored = has_page_times(&a->script), good = false;
    if (!try_first(a, scorer, look, prices, anchored, work, &good))
        return false;
    if (good)
        return true;
    prices->beam = NO_BEAM;
    if (!try_first(a, scorer, look, prices, anchored, work, &good))
        return false;
    if (good || !anchored)
        return true;
    struct path kept = a->path;
    a->path = (struct path){0};
    if (!try_first(a, scorer, look, prices, false, work, &good)) {
        path_free(&kept);
        return false;
    }
    if (kept.reached && kept.total > a->path.total) {
        struct path worse = a->path;
        a->path = kept;
        kept = worse;
    }
    path_free(&kept);
    return true;
}

/* A side on which there is much speech before, or after, the text. */
static void find_open_edges(struct aligner *a, const struct look *look)
{
    const struct lattice *l = &a->lattice;
    double head = 0, tail = 0;
    for (uint32_t t = 0; t < look->count; t++) {
        if (node_kind(l, a->path.node[t]) != NODE_FILLER)
            continue;
        head += node_word(l, a->path.node[t]) == 0;
        tail += node_word(l, a->path.node[t]) == l->words;
    }
    a->head_open = head * look_seconds(look) > OPEN_SECONDS;
    a->tail_open = tail * look_seconds(look) > OPEN_SECONDS;
}

static bool run_first(struct aligner *a, const struct work *work)
{
    struct scorer scorer;
    a->look = look_coarse(&a->features);
    lattice_init(&a->lattice, &a->script, &a->models, a->look.thirds);
    scorer_init(&scorer, &a->models);
    loop_run(&a->loop, &a->models, &scorer, &a->look);
    struct prices prices = first_prices(a, &a->loop);
    bool going = first_tries(a, &scorer, &a->look, &prices, work);
    if (going) {
        find_open_edges(a, &a->look);
        a->mean_gap = mean_gap(&a->lattice, &a->path, &a->loop, a->look.count);
        a->belonging = belonging_of(a, &scorer, &prices, work);
    }
    scorer_free(&scorer);
    return going;
}

/* ---- telling ---- */

/* Who wants to know what is found on the way. */
struct finder {
    void (*found)(void *ctx, enum vb_align_stage stage);
    void *ctx;
};

/* Not what was found where the text does not belong. */
static void tell_found(const struct aligner *a, const struct finder *finder,
                       enum vb_align_stage stage)
{
    struct shares shares = shares_of(&a->lattice, &a->path, a->look.count);
    bool belongs = shares.skipped < TOO_MANY_SKIPPED && a->belonging >= BELONGING_LEAST;
    if (finder->found && belongs)
        finder->found(finder->ctx, stage);
}

/* ---- fine passes ---- */

/* What differs from pass to pass. */
static const struct fine {
    float filler, skip;
    double seconds; /* on either side of the last path */
    int gaussians;  /* after it */
} fine_passes[PASSES] = {
    {-24, -180, 8.0, 1},
    {-24, -180, 4.8, 2},
    {-18, -90,  3.2, 2},
};

static struct prices fine_prices(const struct aligner *a, const struct fine *pass, bool first)
{
    float open = (float)(2 * a->mean_gap);
    return (struct prices){
        .silence = SILENCE_PRICES,
        .filler = {[GAP_INSIDE] = 1.5f * pass->filler,
                   [GAP_PUNCTUATION] = pass->filler,
                   [GAP_LINE] = 0.5f * pass->filler},
        .skip = pass->skip,
        .delta = first ? (float)(0.475 * a->loop.random_gap) : DELTA,
        .edge_delta = open,
        .head_open = a->head_open,
        .tail_open = a->tail_open,
        .gap = GAP_PRICES,
        .gap_age = 150,
        .overlong = 1.5f,
        .stuck = DELTA,
        .stuck_age = 50,
        .overlong_age = (int32_t)(9 * a->pace),
        .beam = NO_BEAM,
    };
}

/* What each frame was heard as; -1: of no use, music for instance that passes as silence. */
static int32_t state_heard(const struct aligner *a, uint32_t t, uint32_t run)
{
    enum { LONG_SILENCE = 3 * FRAMES_A_SECOND };
    int32_t node = a->path.node[t];
    enum node_kind kind = node_kind(&a->lattice, node);
    if (kind == NODE_CELL)
        return a->lattice.state[node];
    bool quiet = kind == NODE_SILENCE && (!a->features.is_voice[t] || run < LONG_SILENCE);
    return quiet ? (int32_t)silence_of(&a->models) : -1;
}

static uint32_t run_end(const struct path *path, uint32_t t, uint32_t count)
{
    uint32_t end = t + 1;
    while (end < count && path->node[end] == path->node[t])
        end++;
    return end;
}

static void adapt(struct aligner *a, int gaussians)
{
    struct tally *tallies = mem_new((silence_of(&a->models) + 1) * sizeof *tallies);
    float *rows = mem_new(STRETCH_FRAMES * FEATURE_STRIDE * sizeof *rows);
    uint32_t begun = 0, end = 0, count = a->features.count;
    for (uint32_t from = 0; from < count; from += STRETCH_FRAMES) {
        uint32_t until = from + STRETCH_FRAMES < count ? from + STRETCH_FRAMES : count;
        features_expand(&a->features, from, until, 1, rows);
        for (uint32_t t = from; t < until; t++) {
            bool begins = t >= end;
            if (begins) {
                begun = t;
                end = run_end(&a->path, t, count);
            }
            int32_t state = state_heard(a, t, end - begun);
            if (state < 0)
                continue;
            tallies[state].visits += begins;
            tally_add(&tallies[state], &a->models.states[state],
                      rows + (size_t)(t - from) * FEATURE_STRIDE);
        }
    }
    models_adapt(&a->models, tallies, gaussians);
    free(rows);
    free(tallies);
}

/* Once more with unknown speech at half the price, and words left out for less: what is passed
 * over then is doubted. */
static bool run_sceptic(struct aligner *a, const struct scorer *scorer,
                        const struct prices *last, const struct band *band,
                        const struct work *work)
{
    struct prices prices = *last;
    struct path path = {0};
    struct work silent = {work->task, work->until, work->until};
    prices.delta = SCEPTIC_DELTA;
    prices.edge_delta = prices.delta;
    prices.filler[GAP_LINE] = prices.filler[GAP_PUNCTUATION];
    prices.gap_age = INT32_MAX; /* a sentence that is not in the text breaks one in two */
    prices.skip = SCEPTIC_SKIP;
    bool going = search_run(&a->lattice, &a->models, scorer, &a->look, &a->loop, band, &prices,
                            &silent, &path);
    if (going)
        a->doubts = doubts_of(a, &path, &a->doubt_count);
    path_free(&path);
    return going;
}

/* Lets go of `place`. */
static bool run_fine(struct aligner *a, int pass, uint32_t *place, const struct work *work)
{
    const struct fine *fine = &fine_passes[pass];
    const struct look look = look_fine(&a->features);
    struct scorer scorer;
    a->look = look;
    scorer_init(&scorer, &a->models);
    loop_free(&a->loop);
    loop_run(&a->loop, &a->models, &scorer, &look);
    struct prices prices = fine_prices(a, fine, pass == 0);
    uint32_t around = (uint32_t)(fine->seconds * FRAMES_A_SECOND);
    struct band band = band_near(a, place, &look, around);
    free(place);
    bool going = search_run(&a->lattice, &a->models, &scorer, &look, &a->loop, &band, &prices,
                            work, &a->path);
    if (going && pass + 1 == PASSES)
        repairs_take_later(a, &scorer, prices.delta);
    if (going && pass + 1 == PASSES && a->check)
        going = run_sceptic(a, &scorer, &prices, &band, work);
    band_free(&band);
    scorer_free(&scorer);
    if (going)
        a->mean_gap = mean_gap(&a->lattice, &a->path, &a->loop, look.count);
    if (going && (pass == 0 || pass + 1 == PASSES))
        a->likeness += (1 - a->mean_gap / (a->loop.random_gap + 1e-9)) / 2;
    return going;
}

static uint32_t *begin_fine(struct aligner *a)
{
    uint32_t *place = take_places(a);
    lattice_free(&a->lattice);
    if (a->features.count > LONG_SOUND)
        models_reset(&a->models);
    lattice_init(&a->lattice, &a->script, &a->models, STATES);
    return place;
}

static bool run_fine_passes(struct aligner *a, const struct work *work,
                            const struct finder *finder)
{
    uint32_t *place = begin_fine(a);
    for (int pass = 0; pass < PASSES; pass++) {
        float length = (work->until - work->from) / PASSES;
        struct work part = {work->task, work->from + (float)pass * length,
                            work->from + (float)(pass + 1) * length};
        if (!run_fine(a, pass, place, &part))
            return false;
        if (pass + 1 == PASSES)
            break;
        tell_found(a, finder, VB_ALIGN_FINE);
        if (pass == 0)
            models_reset(&a->models);
        adapt(a, fine_passes[pass].gaussians);
        place = take_places(a);
    }
    return true;
}

/* ---- the whole ---- */

/* Frames that are no voice, nor near one. */
static void learn_silence(struct aligner *a)
{
    const uint8_t *is_voice = a->features.is_voice;
    struct tally *tally = mem_new(sizeof *tally);
    float row[FEATURE_STRIDE];
    for (uint32_t t = 2; t + 2 < a->features.count; t++) {
        if (is_voice[t] || is_voice[t - 2] || is_voice[t + 2])
            continue;
        features_expand(&a->features, t, t + 1, 1, row);
        tally_add(tally, &a->models.states[silence_of(&a->models)], row);
    }
    models_begin_silence(&a->models, tally);
    free(tally);
}

static void find_pace(struct aligner *a)
{
    double voiced = 0;
    for (uint32_t t = 0; t < a->features.count; t++)
        voiced += a->features.is_voice[t] * (1.0 / FRAMES_A_SECOND);
    a->pace = voiced / (a->script.said_for * 0.9 + 0.1);
    a->pace = a->pace < 0.8 ? 0.8 : a->pace > 1.3 ? 1.3 : a->pace;
}

static bool begin(struct aligner *a, const struct work *work)
{
    learn_silence(a);
    find_pace(a);
    return run_first(a, work);
}

/* Lets go of the sound before and after all that was found, but for a few seconds. */
static void crop(struct aligner *a, uint32_t *place)
{
    enum { AROUND = 3 * FRAMES_A_SECOND };
    struct features *f = &a->features;
    uint32_t from = 0, until = f->count;
    while (from < until && place[from] & IN_GAP)
        from++;
    while (until > from && place[until - 1] & IN_GAP)
        until--;
    from = from > AROUND ? from - AROUND : 0;
    until = until + AROUND < f->count ? until + AROUND : f->count;
    f->count = until - from;
    memmove(place, place + from, f->count * sizeof *place);
    memmove(f->is_voice, f->is_voice + from, f->count * sizeof *f->is_voice);
    memmove(f->cepstra, f->cepstra + (size_t)from * CEPSTRA,
            (size_t)f->count * CEPSTRA * sizeof *f->cepstra);
    a->passage.until = a->passage.from + (vb_time)until * FRAME_US;
    a->passage.from += (vb_time)from * FRAME_US;
    for (size_t i = 0; i < a->script.anchors.count; i++)
        a->script.anchors.items[i].at -= (double)from / FRAMES_A_SECOND;
}

bool passes_look(struct aligner *a, const struct work *work)
{
    if (!begin(a, work))
        return false;
    uint32_t *place = begin_fine(a);
    crop(a, place);
    return run_fine(a, 0, place, work);
}

bool passes_run(struct aligner *a, const struct work *work,
                void (*found)(void *ctx, enum vb_align_stage stage), void *ctx)
{
    const struct finder finder = {found, ctx};
    float middle = work->from + (work->until - work->from) / 3;
    struct work first = {work->task, work->from, middle};
    struct work fine = {work->task, middle, work->until};
    bool going = begin(a, &first);
    if (going) {
        tell_found(a, &finder, VB_ALIGN_ROUGH);
        going = run_fine_passes(a, &fine, &finder);
    }
    return going;
}

void aligner_free(struct aligner *a)
{
    script_free(&a->script);
    models_free(&a->models);
    features_free(&a->features);
    lattice_free(&a->lattice);
    path_free(&a->path);
    loop_free(&a->loop);
    free(a->doubts);
}
