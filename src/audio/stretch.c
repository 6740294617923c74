/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speech faster or slower at the same pitch.
 *
 * WSOLA, waveform similarity overlap-add: W. Verhelst and M. Roelands, "An overlap-add
 * technique based on waveform similarity (WSOLA) for high quality time-scale modification of
 * speech", ICASSP 1993; with the lengths that Chromium uses for speech.  Every 10 ms of output,
 * a piece of sound fades over from how it would naturally go on (at `at`) to another place that
 * looks like it, near where the speed wants us to be.  At its end it goes on naturally from
 * there:
 *
 *     source   --[ at        ]----------[ place     ]--- goes on here
 *                  fades out              fades in
 *
 * In the first half of the hop the one piece is louder, in the second the other: so it is known
 * exactly what is heard.  The places wanted are counted from one origin: nothing drifts.  At
 * speed 1 the frames pass untouched. */
#include "audio/stretch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { HOPS_A_SECOND = 100, LONGEST_HOP = 3840, COARSE_RATE = 11025 };
#define SEARCH_SECONDS 0.015 /* to each side of the place wanted */

struct stretch {
    size_t channels, hop, reach;
    size_t step; /* frames that the coarse search takes together */
    double speed;
    uint64_t at;    /* how the sound goes on */
    double origin;  /* places wanted are counted from here */
    uint64_t hops;  /* … so many hops since */
    bool ended;     /* the source has nothing more */
    uint64_t first; /* source frame that the input begins with */
    size_t count;   /* frames of it */
    float *input;   /* room for all that one hop may look at */
    float *mono;    /* scratch: how it goes on, and where it may go on, one channel */
    size_t room;
};

struct stretch *stretch_new(int rate, int channels)
{
    struct stretch *s = mem_new(sizeof *s);
    s->channels = (size_t)channels;
    s->hop = (size_t)rate / HOPS_A_SECOND;
    s->hop = s->hop < LONGEST_HOP ? s->hop : LONGEST_HOP;
    s->reach = (size_t)(rate * SEARCH_SECONDS);
    s->step = rate > COARSE_RATE ? (size_t)rate / COARSE_RATE : 1;
    s->speed = 1;
    /* What is kept behind, what the fastest speed looks ahead, and a hop to read in. */
    s->room = 4 * s->reach + (size_t)(2 * STRETCH_FASTEST + 4) * s->hop;
    s->input = mem_new(s->room * s->channels * sizeof *s->input);
    s->mono = mem_new(2 * s->room * sizeof *s->mono);
    return s;
}

void stretch_free(struct stretch *s)
{
    if (!s)
        return;
    free(s->input);
    free(s->mono);
    free(s);
}

size_t stretch_hop(const struct stretch *s)
{
    return s->hop;
}

uint64_t stretch_at(const struct stretch *s)
{
    return s->at;
}

void stretch_start(struct stretch *s, uint64_t frame)
{
    s->at = s->first = frame;
    s->count = 0;
    s->ended = false;
    s->origin = (double)frame;
    s->hops = 0;
}

void stretch_set_speed(struct stretch *s, double speed)
{
    s->speed = speed;
    s->origin = (double)s->at;
    s->hops = 0;
}

static uint64_t end_of_input(const struct stretch *s)
{
    return s->first + s->count;
}

static const float *frame_at(const struct stretch *s, uint64_t frame)
{
    return s->input + (frame - s->first) * s->channels;
}

static void forget(struct stretch *s, uint64_t before)
{
    if (before <= s->first)
        return;
    size_t gone = before - s->first < s->count ? (size_t)(before - s->first) : s->count;
    s->count -= gone;
    s->first += gone;
    memmove(s->input, s->input + gone * s->channels, s->count * s->channels * sizeof(float));
}

static void read_until(struct stretch *s, struct source *source, uint64_t until)
{
    while (!s->ended && end_of_input(s) < until) {
        size_t wanted = (size_t)(until - end_of_input(s));
        size_t got = source_read(source, s->input + s->count * s->channels, wanted);
        s->count += got;
        s->ended = got < wanted;
    }
}

/* --- the search ------------------------------------------------------------ */

/* One channel of `count` groups of `step` frames from `frame` on. */
static void sum_up(const struct stretch *s, uint64_t frame, size_t count, size_t step,
                   float *out)
{
    const float *in = frame_at(s, frame);
    for (size_t i = 0; i < count; i++) {
        float sum = 0;
        for (size_t k = 0; k < step * s->channels; k++)
            sum += *in++;
        out[i] = sum;
    }
}

/* Eight sums side by side: the compiler may then use the wide registers. */
static float product_of(const float *a, const float *b, size_t count)
{
    float sums[8] = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (size_t k = 0; k < 8; k++)
            sums[k] += a[i + k] * b[i + k];
    for (; i < count; i++)
        sums[0] += a[i] * b[i];
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
           ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/* Where in `places` the `count` values look most like `wanted`: the largest normalised
 * cross-correlation.  `best`: taken when nothing is better. */
static size_t most_alike(const float *wanted, size_t count, const float *places,
                         size_t place_count, size_t best)
{
    double energy = 1e-9, best_score = 0;
    for (size_t i = 0; i < count; i++)
        energy += (double)places[i] * places[i];
    for (size_t place = 0; place < place_count; place++) {
        double score = product_of(wanted, places + place, count) / sqrt(energy);
        if (score > best_score) {
            best_score = score;
            best = place;
        }
        double out = places[place], in = places[place + count];
        energy = fmax(energy + in * in - out * out, 1e-9);
    }
    return best;
}

/* The place from `low` to `high` that looks most like how the sound goes on. */
static uint64_t find_place(struct stretch *s, uint64_t low, uint64_t high, uint64_t wanted)
{
    float *natural = s->mono, *places = s->mono + s->hop + 1;
    size_t step = s->step, count = s->hop / step, place_count = (size_t)(high - low) / step + 1;
    sum_up(s, s->at, count, step, natural);
    sum_up(s, low, place_count + count - 1, step, places);
    places[place_count + count - 1] = 0;
    size_t best =
        most_alike(natural, count, places, place_count, (size_t)(wanted - low) / step);
    if (step == 1)
        return low + best;

    uint64_t near = low + best * step, from = near > low + step ? near - step : low;
    uint64_t to = near + step < high ? near + step : high;
    sum_up(s, s->at, s->hop, 1, natural);
    sum_up(s, from, (size_t)(to - from) + s->hop, 1, places);
    places[(size_t)(to - from) + s->hop] = 0;
    return from +
           most_alike(natural, s->hop, places, (size_t)(to - from) + 1, (size_t)(near - from));
}

/* --- hops ------------------------------------------------------------------ */

/* As it is: at speed 1, and for the last few milliseconds. */
static size_t pass(struct stretch *s, struct source *source, float *out, size_t room,
                   struct hop *hop)
{
    size_t done = 0;
    *hop = (struct hop){.from = s->at, .is_plain = true};
    forget(s, s->at);
    if (s->count) {
        done = s->count < room ? s->count : room;
        memcpy(out, s->input, done * s->channels * sizeof *out);
    } else if (!s->ended) {
        done = source_read(source, out, room);
        s->ended = done < room;
        s->first += done;
    }
    s->at += done;
    s->origin = (double)s->at;
    s->hops = 0;
    return done;
}

static void fade_over(const struct stretch *s, const float *old, const float *new, float *out)
{
    for (size_t i = 0; i < s->hop; i++) {
        float part = 0.5F - 0.5F * cosf(3.14159265F * ((float)i + 0.5F) / (float)s->hop);
        for (size_t c = 0; c < s->channels; c++, out++, old++, new ++)
            *out = *old + part * (*new - *old);
    }
}

size_t stretch_next(struct stretch *s, struct source *source, float *out, size_t room,
                    struct hop *hop)
{
    if (s->speed == 1)
        return pass(s, source, out, room, hop);
    double length = (double)s->hop;
    double wanted = s->origin + (double)s->hops * length * s->speed + length * (s->speed - 1);
    double low =
        fmax(fmax(wanted - (double)s->reach, (double)s->at - length), (double)s->first);
    double high = fmax(wanted + (double)s->reach, low);
    forget(s, (uint64_t)fmin(low, (double)s->at));
    read_until(s, source, (uint64_t)fmax(high, (double)s->at) + s->hop + 1);
    high = fmin(high, (double)end_of_input(s) - length);
    if (high < low || high < wanted || s->at + s->hop > end_of_input(s))
        return pass(s, source, out, room, hop); /* the end is near */

    uint64_t from = (uint64_t)ceil(low), aim = (uint64_t)fmax(wanted, ceil(low));
    uint64_t place = find_place(s, from, (uint64_t)fmax(high, (double)aim), aim);
    fade_over(s, frame_at(s, s->at), frame_at(s, place), out);
    *hop = (struct hop){.from = s->at, .turn = s->hop / 2, .then = place + s->hop / 2};
    s->at = place + s->hop;
    s->hops++;
    return s->hop;
}

void stretch_come_back(struct stretch *s, struct source *source)
{
    source_seek(source, end_of_input(s));
}

size_t stretch_leap(struct stretch *s, struct source *source, uint64_t to, float *out,
                    struct hop *hop)
{
    float *landing = s->mono;
    size_t got = source_seek(source, to) == to ? source_read(source, landing, s->hop) : 0;
    stretch_come_back(s, source);
    forget(s, s->at);
    read_until(s, source, s->at + s->hop);
    if (got < s->hop || end_of_input(s) < s->at + s->hop)
        return 0;
    fade_over(s, frame_at(s, s->at), landing, out);
    *hop = (struct hop){.from = s->at, .turn = s->hop / 2, .then = to + s->hop / 2};
    stretch_start(s, to + s->hop);
    stretch_come_back(s, source);
    return s->hop;
}
