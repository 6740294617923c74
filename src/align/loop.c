/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The free phone loop: Viterbi over phones in any order, and silence.  Traced back stretch by
 * stretch: what lies beyond a stretch's end changes hardly anything before it. */
#include "align/loop.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ENTER_PHONE   (-4.0f)
#define ENTER_SILENCE (-5.0f)

/* One stretch: what is needed to go back through it. */
struct back {
    struct loop_state state;
    float silence;
    int32_t *choice;   /* phones a frame */
    int16_t *from;     /* the phone that was left for the entered one; -1: silence */
    uint8_t *silenced; /* silence was entered in this frame */
};

struct place {
    int phone, third; /* phone -1: silence */
};

static void begin(struct back *b, const struct models *m, const struct scorer *scorer)
{
    b->state.phones = scorer->phones;
    for (int k = 0; k < STATES; k++) {
        b->state.score[k] = mem_new(scorer->phones * sizeof(float));
        for (uint32_t p = 0; p < scorer->phones; p++)
            b->state.score[k][p] = p < m->phones && m->share[p] > 0 ? 0 : NEVER;
    }
    b->silence = 0;
    b->choice = mem_new((size_t)STRETCH_FRAMES * scorer->phones * sizeof *b->choice);
    b->from = mem_new(STRETCH_FRAMES * sizeof *b->from);
    b->silenced = mem_new(STRETCH_FRAMES);
}

static void end(struct back *b)
{
    for (int k = 0; k < STATES; k++)
        free(b->state.score[k]);
    free(b->choice);
    free(b->from);
    free(b->silenced);
}

static void step(struct back *b, const float *row, uint32_t silence, uint32_t i, int thirds)
{
    const float *leaving = b->state.score[thirds - 1];
    float best = b->silence;
    int from = -1;
    for (uint32_t p = 0; p < b->state.phones; p++)
        if (leaving[p] > best)
            best = leaving[p], from = (int)p;
    b->from[i] = (int16_t)from;
    b->state.choice = b->choice + (size_t)i * b->state.phones;
    kernels_best()->loop(&b->state, row, best + ENTER_PHONE, thirds);
    float entering = best + ENTER_SILENCE;
    b->silenced[i] = from >= 0 && entering > b->silence;
    b->silence = (b->silenced[i] ? entering : b->silence) + row[silence];
}

static struct place best_place(const struct back *b, int thirds, float *score)
{
    struct place best = {-1, 0};
    *score = b->silence;
    for (int k = 0; k < thirds; k++)
        for (uint32_t p = 0; p < b->state.phones; p++)
            if (b->state.score[k][p] > *score) {
                *score = b->state.score[k][p];
                best = (struct place){(int)p, k};
            }
    return best;
}

/* Where the path was one frame earlier. */
static struct place before(const struct back *b, struct place at, uint32_t i, int thirds)
{
    struct place entered_from = {b->from[i], thirds - 1};
    if (at.phone < 0)
        return b->silenced[i] ? entered_from : at;
    if (!(b->choice[(size_t)i * b->state.phones + (uint32_t)at.phone] >> at.third & 1))
        return at;
    return at.third ? (struct place){at.phone, at.third - 1} : entered_from;
}

static void lower(struct back *b, float by)
{
    for (int k = 0; k < STATES; k++)
        for (uint32_t p = 0; p < b->state.phones; p++)
            if (b->state.score[k][p] > NEVER / 2)
                b->state.score[k][p] -= by;
    b->silence -= by;
}

/* How much worse a phone drawn from the text would be. */
static double gap_to_random(const struct models *m, const struct scorer *scorer,
                            const float *row, float score, int thirds)
{
    const float *middle = row + (thirds == 1 ? 0 : scorer->phones);
    double sum = 0;
    for (uint32_t p = 0; p < m->phones; p++)
        if (m->share[p] > 0)
            sum += (double)middle[p] * m->share[p];
    return score - sum;
}

void loop_run(struct loop *loop, const struct models *m, const struct scorer *scorer,
              const struct look *look)
{
    struct back back;
    struct scores scores;
    double gaps = 0, gap_count = 0;
    begin(&back, m, scorer);
    scores_init(&scores, scorer);
    loop->score = mem_new((look->count + 1) * sizeof *loop->score);
    loop->phone = mem_new(look->count + 1);
    for (uint32_t from = 0; from < look->count; from += STRETCH_FRAMES) {
        uint32_t count = look->count - from;
        count = count < STRETCH_FRAMES ? count : STRETCH_FRAMES;
        scores_make(&scores, look, from, from + count);
        for (uint32_t i = 0; i < count; i++)
            step(&back, scores_row(&scores, i), scorer->silence, i, look->thirds);
        float best;
        struct place at = best_place(&back, look->thirds, &best);
        for (uint32_t i = count; i-- > 0;) {
            const float *row = scores_row(&scores, i);
            uint32_t column = at.phone < 0
                                  ? scorer->silence
                                  : (uint32_t)at.third * scorer->phones + (uint32_t)at.phone;
            loop->score[from + i] = row[column];
            loop->phone[from + i] = at.phone < 0 ? LOOP_SILENCE : (uint8_t)at.phone;
            if ((from + i) % 11 == 0 && look->features->is_voice[(from + i) * look->step]) {
                gaps += gap_to_random(m, scorer, row, row[column], look->thirds);
                gap_count++;
            }
            at = before(&back, at, i, look->thirds);
        }
        lower(&back, best);
    }
    loop->random_gap = gap_count > 0 ? gaps / gap_count : 10;
    scores_free(&scores);
    end(&back);
}

void loop_free(struct loop *loop)
{
    free(loop->score);
    free(loop->phone);
    *loop = (struct loop){0};
}
