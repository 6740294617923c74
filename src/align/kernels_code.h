/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code of kernels.h in vectors of LANES floats.  Included by one file for each LANES, which
 * also defines KERNEL, the attributes of a function, and KERNELS, the name of the table. */
#include "align/kernels.h"

#include <math.h>
#include <stddef.h>

typedef float lanes __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t lanes_int __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

#define INLINE               KERNEL static inline __attribute__((always_inline))
#define ALL(value)           ((value) - (lanes){0})
#define AT(array)            (*(lanes *)(array))
#define OF(array)            (*(const lanes *)(array))
#define INT_AT(at)           (*(lanes_int *)(at))
#define INT_OF(at)           (*(const lanes_int *)(at))
#define PICK(mask, a, b)     ((lanes)(((lanes_int)(a) & (mask)) | ((lanes_int)(b) & ~(mask))))
#define PICK_INT(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))

/* ---- spectra: LANES frames side by side, so that the transform needs no shuffling ---- */

enum { HALF = SPECTRUM_POINTS / 2 };

/* Even samples become real parts, odd ones imaginary parts, in bit-reversed order. */
KERNEL static void load_frames(const struct mel *mel, const float *samples,
                               const uint32_t *starts, lanes *re, lanes *im)
{
    for (int n = 0; n < HALF; n++) {
        lanes even = {0}, odd = {0};
        int i = 2 * n;
        for (int lane = 0; lane < LANES; lane++) {
            const float *x = samples + starts[lane] + i;
            if (i < mel->window)
                even[lane] = x[0] - mel->emphasis * x[-1];
            if (i + 1 < mel->window)
                odd[lane] = x[1] - mel->emphasis * x[0];
        }
        re[mel->reversed[n]] = even * mel->taper[i];
        im[mel->reversed[n]] = odd * mel->taper[i + 1];
    }
}

/* The plain radix-2 transform in place (Cooley and Tukey 1965). */
KERNEL static void transform(const struct mel *mel, lanes *re, lanes *im)
{
    for (int half = 1; half < HALF; half *= 2) {
        int step = SPECTRUM_POINTS / (2 * half);
        for (int k = 0; k < half; k++) {
            float c = mel->cosine[k * step], s = mel->sine[k * step];
            for (int i = k; i < HALF; i += 2 * half) {
                lanes a = re[i + half] * c + im[i + half] * s;
                lanes b = im[i + half] * c - re[i + half] * s;
                re[i + half] = re[i] - a;
                im[i + half] = im[i] - b;
                re[i] += a;
                im[i] += b;
            }
        }
    }
}

/* From the transform of pairs to that of the real samples, and its power. */
KERNEL static void unpack_powers(const struct mel *mel, const lanes *re, const lanes *im,
                                 float *power)
{
    for (int k = 0; k <= HALF; k++) {
        int a = k % HALF, b = (HALF - k) % HALF;
        lanes even_re = (re[a] + re[b]) * 0.5f, even_im = (im[a] - im[b]) * 0.5f;
        lanes odd_re = (im[a] + im[b]) * 0.5f, odd_im = (re[b] - re[a]) * 0.5f;
        float c = mel->cosine[k], s = mel->sine[k];
        lanes x = even_re + odd_re * c + odd_im * s;
        lanes y = even_im + odd_im * c - odd_re * s;
        AT(power + k * LANES) = x * x + y * y;
    }
}

KERNEL static void powers(const struct mel *mel, const float *samples, const uint32_t *starts,
                          float *power)
{
    lanes re[HALF], im[HALF];
    load_frames(mel, samples, starts, re, im);
    transform(mel, re, im);
    unpack_powers(mel, re, im, power);
}

KERNEL static void mel_bands(const struct mel *mel, const float *power, lanes *bands)
{
    for (int i = 0; i < MEL_BANDS + 2; i++)
        bands[i] = (lanes){0};
    for (int k = 0; k < SPECTRUM_BINS; k++) {
        if (mel->band[k] < 0)
            continue;
        lanes p = OF(power + k * LANES), upper = p * mel->weight[k];
        bands[mel->band[k]] += p - upper;
        bands[mel->band[k] + 1] += upper;
    }
}

KERNEL static void cepstra(const struct mel *mel, const float *power, int16_t *out)
{
    lanes bands[MEL_BANDS + 2]; /* an edge on either side, which is not used */
    mel_bands(mel, power, bands);
    for (int i = 1; i <= MEL_BANDS; i++)
        for (int lane = 0; lane < LANES; lane++)
            bands[i][lane] = logf(bands[i][lane] + mel->floor);
    for (int c = 0; c < CEPSTRA; c++) {
        lanes sum = {0};
        for (int i = 0; i < MEL_BANDS; i++)
            sum += bands[i + 1] * mel->cosines[c][i];
        for (int lane = 0; lane < LANES; lane++) {
            float raw = sum[lane] * RAW_SCALE;
            raw = raw > 32767 ? 32767 : raw < -32767 ? -32767 : raw;
            out[lane * CEPSTRA + c] = (int16_t)lrintf(raw);
        }
    }
}

/* ---- scores ---- */

/* Four frames and two vectors of columns at a time: eight sums stay in registers. */
INLINE void score_four(const float *w, const float *constants, const float *const x[4],
                       float *const out[4])
{
    const int second = LANES == SCORE_GROUP ? SQUARES * SCORE_GROUP : LANES;
    const int aside = LANES;
    lanes a0 = OF(constants), b0 = OF(constants + aside);
    lanes a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
    for (int d = 0; d < SQUARES; d++) {
        lanes u = OF(w + d * SCORE_GROUP), v = OF(w + d * SCORE_GROUP + second);
        a0 += u * x[0][d], b0 += v * x[0][d];
        a1 += u * x[1][d], b1 += v * x[1][d];
        a2 += u * x[2][d], b2 += v * x[2][d];
        a3 += u * x[3][d], b3 += v * x[3][d];
    }
    AT(out[0]) = a0, AT(out[0] + aside) = b0;
    AT(out[1]) = a1, AT(out[1] + aside) = b1;
    AT(out[2]) = a2, AT(out[2] + aside) = b2;
    AT(out[3]) = a3, AT(out[3] + aside) = b3;
}

KERNEL static void scores(const struct scorer *scorer, const float *features, uint32_t count,
                          float *out)
{
    uint32_t width = scorer->columns * scorer->mixtures;
    for (uint32_t column = 0; column < width; column += 2 * LANES) {
        const float *w = scorer->weights + (size_t)column * SQUARES;
        for (uint32_t frame = 0; frame < count; frame += 4) {
            const float *x[4];
            float *to[4];
            for (uint32_t i = 0; i < 4; i++) {
                uint32_t at = frame + i < count ? frame + i : count - 1;
                x[i] = features + (size_t)at * FEATURE_STRIDE;
                to[i] = out + (size_t)at * width + column;
            }
            score_four(w, scorer->constants + column, x, to);
        }
    }
}

/* The best of a state's Gaussians stands for their sum. */
KERNEL static void best_mixture(const struct scorer *scorer, float *rows, uint32_t count)
{
    uint32_t width = scorer->columns * scorer->mixtures;
    for (uint32_t frame = 0; frame < count; frame++) {
        float *row = rows + (size_t)frame * width;
        for (uint32_t m = 1; m < scorer->mixtures; m++) {
            const float *other = row + m * scorer->columns;
            for (uint32_t c = 0; c < scorer->columns; c += LANES) {
                lanes_int more = OF(other + c) > AT(row + c);
                AT(row + c) = PICK(more, OF(other + c), AT(row + c));
            }
        }
    }
}

/* ---- the phone loop ---- */

KERNEL static void loop(const struct loop_state *state, const float *row, float entry,
                        int thirds)
{
    for (uint32_t p = 0; p < state->phones; p += LANES) {
        lanes before = AT(state->score[0] + p), entering = ALL(entry);
        lanes_int entered = entering > before;
        AT(state->score[0] + p) = PICK(entered, entering, before) + OF(row + p);
        lanes_int choice = entered & 1;
        for (int k = 1; k < thirds; k++) {
            lanes own = AT(state->score[k] + p);
            entered = before > own;
            AT(state->score[k] + p) =
                PICK(entered, before, own) + OF(row + (uint32_t)k * state->phones + p);
            choice |= entered & (1 << k);
            before = own;
        }
        INT_AT(state->choice + p) = choice;
    }
}

/* ---- the search ---- */

struct gap {
    lanes score;
    lanes_int age, origin;
};

/* Goes on in a silence or filler, or enters it; what is heard is added by the caller. */
INLINE struct gap move_gap(const struct search_state *s, uint32_t word, struct gap gap,
                           lanes enter)
{
    lanes_int slow = gap.age > s->gap_age;
    gap.score -= ALL(0.02f) + (lanes)((lanes_int)OF(s->gap_cost + word) & slow);
    lanes entering = OF(s->entry + word) + enter;
    lanes_int entered = entering > gap.score;
    gap.score = PICK(entered, entering, gap.score);
    gap.age = PICK_INT(entered, (lanes_int){0}, gap.age) + 1;
    gap.origin = PICK_INT(entered, INT_OF(s->entry_origin + word), gap.origin);
    return gap;
}

INLINE lanes step_gaps(const struct search_state *s, uint32_t word, float silence_score,
                       float filler_score)
{
    struct gap silence = {OF(s->silence + word), INT_OF(s->silence_age + word),
                          INT_OF(s->silence_origin + word)};
    silence = move_gap(s, word, silence, OF(s->silence_enter + word));
    AT(s->silence + word) = silence.score += silence_score;
    INT_AT(s->silence_age + word) = silence.age;
    INT_AT(s->silence_origin + word) = silence.origin;
    struct gap filler = {OF(s->filler + word), INT_OF(s->filler_age + word),
                         INT_OF(s->filler_origin + word)};
    lanes_int cheap = filler.age >= INT_OF(s->edge_from + word);
    filler = move_gap(s, word, filler, OF(s->filler_enter + word));
    filler.score += filler_score + (lanes)((lanes_int)OF(s->edge_gain + word) & cheap);
    AT(s->filler + word) = filler.score;
    INT_AT(s->filler_age + word) = filler.age;
    INT_AT(s->filler_origin + word) = filler.origin;
    return PICK(silence.score > filler.score, silence.score, filler.score);
}

INLINE lanes gather(const float *row, const int32_t *columns)
{
    lanes out;
    for (int lane = 0; lane < LANES; lane++)
        out[lane] = row[columns[lane]];
    return out;
}

/* From the highest cells down: a cell's left neighbour still holds the frame before. */
INLINE lanes step_cells(const struct search_state *s, uint32_t cell, const float *row)
{
    lanes stay = AT(s->score + cell) + OF(s->stay + cell);
    lanes enter = OF(s->score + cell - 1) + OF(s->enter + cell);
    lanes_int age = INT_AT(s->age + cell);
    lanes_int overlong = age >= s->overlong_age;
    lanes_int stuck = age >= s->stuck_age;
    stay -= (lanes)((lanes_int)ALL(s->overlong_cost) & overlong);
    stay -= (lanes)((lanes_int)ALL(s->stuck_cost) & stuck);
    lanes_int entered = enter > stay;
    lanes score = PICK(entered, enter, stay) + gather(row, s->column + cell);
    lanes_int left = INT_OF(s->origin + cell - 1);
    AT(s->score + cell) = score;
    INT_AT(s->age + cell) = PICK_INT(entered, (lanes_int){0}, age) + 1;
    INT_AT(s->origin + cell) = PICK_INT(entered, left, INT_AT(s->origin + cell));
    return score;
}

KERNEL static float block(const struct search_state *s, uint32_t number, const float *row,
                          float silence_score, float filler_score)
{
    lanes best = ALL(NEVER);
    uint32_t first = s->block_first[number];
    for (uint32_t word = number * BLOCK_WORDS; word < (number + 1) * BLOCK_WORDS;
         word += LANES) {
        lanes score = step_gaps(s, word, silence_score, filler_score);
        best = PICK(score > best, score, best);
    }
    for (uint32_t cell = s->block_first[number + 1]; cell > first; cell -= LANES) {
        lanes score = step_cells(s, cell - LANES, row);
        best = PICK(score > best, score, best);
    }
    float most = best[0];
    for (int lane = 1; lane < LANES; lane++)
        most = best[lane] > most ? best[lane] : most;
    return most;
}

#define TABLE                                                                                  \
    {                                                                                          \
        LANES, powers, cepstra, scores, best_mixture, loop, block                              \
    }
