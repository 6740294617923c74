/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where text and sound disagree.
 *
 * Alignment wants every word to be heard; for checking the search is run once more with a
 * filler that costs half as much, and what it then passes over is looked at.  One word says
 * little, so each is judged with its neighbours: how many were passed over among three and
 * five, how far they fall short of the free phone loop, how often the loop hears another phone,
 * how many are squeezed.  The weights are those of a logistic regression on faults that were
 * put into French and English recordings.  Runs of words whose log odds sum up to something are
 * passages.
 *
 * Speech that the text lacks is filler of a second and more, joined over a word or two. */
#include "align/doubts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

#define PRIOR          (-3.6F)
#define WEIGHT_SKIP_3  2.4F
#define WEIGHT_SKIP_5  6.2F
#define WEIGHT_GAP_3   0.15F
#define WEIGHT_GAP_5   0.35F
#define WEIGHT_OTHER_5 0.4F
#define WEIGHT_SHORT_5 0.8F
#define EXEMPT         0.05F /* what a name or number weighs: it may be said in many ways */
#define Z_MOST         6.0F
#define PASSAGE_ODDS   4.0F /* log odds of a passage, or it is not told */
#define EXTRA_A_SECOND 3.0F /* log odds */

enum {
    TITLE_WORDS = 5,     /* in a row, mostly with capitals: these tell no names */
    PHRASE_WORDS = 20,   /* on either side at most */
    PASSAGE_WORDS = 4,   /* that are neither names nor numbers … */
    PASSAGE_PHONES = 16, /* … and as many phones, or it is not told */
    EXTRA_FRAMES = FRAMES_A_SECOND,
    EXTRA_JOINED_WORDS = 2,
    EXTRA_JOINED_FRAMES = FRAMES_A_SECOND,
};

/* What is known of a word. */
struct evidence {
    uint32_t first, end; /* frames in the last pass; the same: not heard even then */
    uint32_t phones;
    bool skipped; /* by the sceptic */
    bool exempt;
    float gap, other, shortness;
    float odds;
};

struct judging {
    const struct aligner *a;
    const struct path *sceptic;
    struct evidence *words;
    uint32_t count;
    VEC(struct vb_doubt) doubts;
};

/* ---- words ---- */

static vb_str text_of(const struct judging *j, uint32_t word)
{
    const struct script *s = &j->a->script;
    return vb_word_text(s->transcript, s->words.items[word].word);
}

static bool has_capital(vb_str text, size_t from)
{
    for (size_t i = from; i < text.len; i++)
        if (text.data[i] >= 'A' && text.data[i] <= 'Z')
            return true;
    return false;
}

static bool has_digit(vb_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_digit(text.data[i]))
            return true;
    return false;
}

/* Where the words between two pauses in the text begin, with `word` among them; not far off. */
static uint32_t phrase_of(const struct judging *j, uint32_t word, uint32_t *end)
{
    const uint8_t *gap = j->a->lattice.gap;
    uint32_t first = word;
    while (first > 0 && word - first < PHRASE_WORDS && gap[first] == GAP_INSIDE)
        first--;
    *end = word + 1;
    while (*end < j->count && *end - word < PHRASE_WORDS && gap[*end] == GAP_INSIDE)
        (*end)++;
    return first;
}

/* A title, or TEXT THAT SHOUTS: more than half of its words have capitals. */
static bool is_title(const struct judging *j, uint32_t word)
{
    uint32_t end, first = phrase_of(j, word, &end), capitals = 0;
    for (uint32_t w = first; w < end; w++)
        capitals += has_capital(text_of(j, w), 0);
    return end - first >= TITLE_WORDS && capitals * 2 > end - first;
}

/* Names (but for German, where every noun has a capital), numbers, acronyms. */
static bool is_exempt(const struct judging *j, uint32_t word, bool german)
{
    vb_str text = text_of(j, word);
    bool inside = j->a->lattice.gap[word] == GAP_INSIDE;
    if (has_digit(text))
        return true;
    return has_capital(text, inside && !german ? 0 : 1) && !is_title(j, word);
}

static void hear_word(const struct judging *j, uint32_t t, struct evidence *e)
{
    const struct aligner *a = j->a;
    int phone = a->lattice.state[a->path.node[t]] / STATES;
    if (e->end == e->first)
        e->first = t;
    e->end = t + 1;
    e->gap += a->loop.score[t] - a->path.score[t];
    e->other += a->loop.phone[t] != phone;
}

static void look_at_words(struct judging *j)
{
    const struct lattice *l = &j->a->lattice;
    for (uint32_t w = 0; w < j->count; w++)
        j->words[w].skipped = l->is_spoken[w];
    for (uint32_t t = 0; t < j->a->look.count; t++) {
        if (node_kind(l, j->a->path.node[t]) == NODE_CELL)
            hear_word(j, t, &j->words[node_word(l, j->a->path.node[t])]);
        if (node_kind(l, j->sceptic->node[t]) == NODE_CELL)
            j->words[node_word(l, j->sceptic->node[t])].skipped = false;
    }
}

/* Frames that a word takes, were it said at the pace of the whole. */
static float expected_frames(const struct judging *j, uint32_t word)
{
    const struct script *s = &j->a->script;
    const struct script_word *w = &s->words.items[word];
    float frames = 0;
    if (!w->way_count)
        return 1;
    const struct way *way = &s->ways.items[w->first_way];
    for (uint32_t i = 0; i < way->count; i++)
        for (int k = 0; k < STATES; k++) {
            int state = s->phones.items[way->first + i] * STATES + k;
            frames += expf(-j->a->models.states[state].leave);
        }
    return frames + 1;
}

static void finish_words(struct judging *j, bool german)
{
    for (uint32_t w = 0; w < j->count; w++) {
        struct evidence *e = &j->words[w];
        const struct script_word *word = &j->a->script.words.items[w];
        float frames = (float)(e->end - e->first) + 1e-3F;
        e->gap /= frames;
        e->other /= frames;
        e->shortness = frames < 0.5F * expected_frames(j, w);
        e->phones = word->way_count ? j->a->script.ways.items[word->first_way].count : 0;
        e->exempt = is_exempt(j, w, german);
    }
}

/* ---- odds ---- */

static int by_size(const void *a, const void *b)
{
    const float *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* How many robust deviations above the recording's middle each value is. */
static void standardise(float *values, uint32_t count)
{
    float *sorted = mem_new((count + 1) * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, by_size);
    float middle = sorted[count / 2];
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = fabsf(values[i] - middle);
    qsort(sorted, count, sizeof *sorted, by_size);
    float spread = 1.4826F * sorted[count / 2] + 1e-3F;
    for (uint32_t i = 0; i < count; i++) {
        float z = (values[i] - middle) / spread;
        values[i] = z > Z_MOST ? Z_MOST : z < -Z_MOST ? -Z_MOST : z;
    }
    free(sorted);
}

/* The mean of one of its numbers over a word and `around` neighbours on either side. */
static float mean_around(const struct judging *j, uint32_t word, uint32_t around,
                         float (*number)(const struct evidence *e))
{
    uint32_t from = word > around ? word - around : 0;
    uint32_t until = word + around + 1 < j->count ? word + around + 1 : j->count;
    float sum = 0;
    for (uint32_t w = from; w < until; w++)
        sum += number(&j->words[w]);
    return sum / (float)(until - from);
}

static float skipped_of(const struct evidence *e)
{
    return e->skipped;
}
static float gap_of(const struct evidence *e)
{
    return e->gap;
}
static float other_of(const struct evidence *e)
{
    return e->other;
}
static float shortness_of(const struct evidence *e)
{
    return e->shortness;
}

static const struct {
    float (*number)(const struct evidence *e);
    uint32_t around;
    bool standardised;
    float weight;
} judges[] = {
    {skipped_of,   1, false, WEIGHT_SKIP_3 },
    {skipped_of,   2, false, WEIGHT_SKIP_5 },
    {gap_of,       1, true,  WEIGHT_GAP_3  },
    {gap_of,       2, true,  WEIGHT_GAP_5  },
    {other_of,     2, true,  WEIGHT_OTHER_5},
    {shortness_of, 2, false, WEIGHT_SHORT_5},
};

static void weigh(struct judging *j)
{
    float *values = mem_new((j->count + 1) * sizeof *values);
    for (uint32_t w = 0; w < j->count; w++)
        j->words[w].odds = PRIOR;
    for (size_t i = 0; i < COUNT(judges); i++) {
        for (uint32_t w = 0; w < j->count; w++)
            values[w] = mean_around(j, w, judges[i].around, judges[i].number);
        if (judges[i].standardised)
            standardise(values, j->count);
        for (uint32_t w = 0; w < j->count; w++)
            j->words[w].odds += judges[i].weight * values[w];
    }
    for (uint32_t w = 0; w < j->count; w++)
        if (j->words[w].exempt && j->words[w].odds > 0)
            j->words[w].odds *= EXEMPT;
    free(values);
}

/* ---- passages ---- */

static vb_time time_at(const struct judging *j, uint32_t frame)
{
    return j->a->passage.from + (vb_time)frame * FRAME_US;
}

static void add_doubt(struct judging *j, enum vb_doubt_reason reason, uint32_t from,
                      uint32_t until, uint32_t first_frame, uint32_t end_frame, float score)
{
    const struct script *s = &j->a->script;
    uint32_t first = s->words.items[from].word, last = s->words.items[until - 1].word;
    struct vb_doubt doubt = {
        reason, first, last - first + 1, time_at(j, first_frame), time_at(j, end_frame), score};
    vec_push(&j->doubts, doubt);
}

static void add_passage(struct judging *j, uint32_t from, uint32_t until, float score)
{
    uint32_t words = 0, phones = 0, skipped = 0, first = UINT32_MAX, end = 0;
    for (uint32_t w = from; w < until; w++) {
        const struct evidence *e = &j->words[w];
        words += !e->exempt;
        phones += e->exempt ? 0 : e->phones;
        skipped += e->skipped;
        if (e->end > e->first) {
            first = e->first < first ? e->first : first;
            end = e->end;
        }
    }
    if (score < PASSAGE_ODDS || words < PASSAGE_WORDS || phones < PASSAGE_PHONES)
        return;
    bool unheard = skipped * 2 >= until - from;
    for (uint32_t w = from; end == 0 && w-- > 0;)
        first = end = j->words[w].end;
    add_doubt(j, unheard ? VB_DOUBT_NOT_HEARD : VB_DOUBT_DIFFERENT, from, until,
              first < end ? first : end, end, score);
}

/* Runs whose sum is as great as can be: each begins and ends with words that speak for it. */
static void find_passages(struct judging *j)
{
    uint32_t from = 0, until = 0;
    float sum = 0, best = 0;
    for (uint32_t w = 0; w <= j->count; w++) {
        float odds = w < j->count ? j->words[w].odds : -INFINITY;
        if (sum <= 0 && odds > 0) {
            from = w;
            sum = best = 0;
        }
        sum += odds;
        if (sum > best) {
            best = sum;
            until = w + 1;
        }
        if (best > 0 && (sum <= 0 || sum < best + 4 * PRIOR)) {
            add_passage(j, from, until, best);
            sum = best = 0;
        }
        sum = sum > 0 ? sum : 0;
    }
}

/* ---- speech without text ---- */

struct extra {
    uint32_t word, next; /* the first gap stands before this word; the last before that */
    uint32_t from, until, frames;
};

static void end_extra(struct judging *j, const struct extra *x)
{
    if (x->frames < EXTRA_FRAMES)
        return;
    uint32_t from = x->word - 1, until = x->next + 1 < j->count ? x->next + 1 : j->count;
    add_doubt(j, VB_DOUBT_EXTRA, from, until, x->from, x->until,
              EXTRA_A_SECOND * (float)x->frames / FRAMES_A_SECOND);
}

/* Not before the first word nor after the last: that is not transcribed. */
static void find_extra(struct judging *j)
{
    const struct lattice *l = &j->a->lattice;
    const uint8_t *is_voice = j->a->features.is_voice;
    struct extra x = {0};
    for (uint32_t t = 0; t < j->a->look.count; t++) {
        int32_t node = j->sceptic->node[t];
        uint32_t word = node_word(l, node);
        bool counts =
            node_kind(l, node) == NODE_FILLER && is_voice[t] && word > 0 && word < l->words;
        if (!counts)
            continue;
        bool joins = x.frames > 0 && word <= x.next + EXTRA_JOINED_WORDS &&
                     t <= x.until + EXTRA_JOINED_FRAMES;
        if (!joins) {
            end_extra(j, &x);
            x = (struct extra){word, word, t, t, 0};
        }
        x.next = word;
        x.until = t + 1;
        x.frames++;
    }
    end_extra(j, &x);
}

/* ---- the whole ---- */

static int by_score(const void *a, const void *b)
{
    const struct vb_doubt *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->first_word < y->first_word ? -1 : x->first_word > y->first_word;
}

struct vb_doubt *doubts_of(const struct aligner *a, const struct path *sceptic, size_t *count)
{
    struct judging j = {.a = a, .sceptic = sceptic, .count = a->lattice.words};
    j.words = mem_new((j.count + 1) * sizeof *j.words);
    look_at_words(&j);
    finish_words(&j, a->script.german);
    weigh(&j);
    find_passages(&j);
    find_extra(&j);
    if (j.doubts.count)
        qsort(j.doubts.items, j.doubts.count, sizeof *j.doubts.items, by_score);
    free(j.words);
    *count = j.doubts.count;
    return j.doubts.items;
}

const char *vb_doubt_name(enum vb_doubt_reason reason)
{
    static const char *const names[] = {"not-heard", "different", "extra-speech"};
    return names[reason];
}
