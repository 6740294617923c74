/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A synthesiser knows where its phones are, so models can be made from it without listening to
 * anybody: each phone in three equal parts, each part a state; each voice a Gaussian, so that
 * high and low voices are both known.  Speech is made and forgotten two minutes at a time. */
#include "align/training.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align/features.h"
#include "align/joined.h"

enum {
    CHUNK_SECONDS = 120,
    PHONE_FRAMES = 400, /* at most: a longer one is no phone */
    SECONDS = 240,      /* of the text that each voice says so that models are made of it */
    KNOWN_VISITS = 10,  /* a phone that was heard so often needs no line of its own */
};
#define WORDS_A_SECOND 2.8 /* before anything is said: about */

static const char *const variants[] = {"", "+f2", "+f4", "+m3"};

struct training {
    struct script *script;
    struct synthesiser *voice;
    const char *language;
    struct phones *phones;
    struct tally *tallies; /* STATES a phone */
    double high;
    int rate;
    struct speech chunk; /* of several lines, times from the chunk's start */
    VEC(float) samples; /* the same as numbers; kept, since fresh memory costs more than that */
    int variant;        /* who speaks: its Gaussian in the tallies */
};

/* ---- from speech to tallies ---- */

static void add_frame(struct training *t, uint32_t state, const float *row)
{
    struct tally *tally = &t->tallies[state];
    tally->count[t->variant] += 1;
    for (int d = 0; d < FEATURES; d++) {
        tally->sum[t->variant][d] += row[d];
        tally->square[t->variant][d] += row[FEATURES + d];
    }
}

/* A frame is heard at its middle, which is a frame and a quarter behind its beginning. */
static void add_phone(struct training *t, const struct said_phone *said,
                      const struct features *f, float *rows)
{
    int64_t from = (int64_t)(said->start * FRAMES_A_SECOND) - 1;
    int64_t until = (int64_t)(said->end * FRAMES_A_SECOND) - 1;
    until = until > from ? until : from + 1;
    from = from > 0 ? from : 0;
    until = until < f->count ? until : f->count;
    if (until <= from || until - from > PHONE_FRAMES)
        return;
    features_expand(f, (uint32_t)from, (uint32_t)until, 1, rows);
    for (int64_t i = from; i < until; i++)
        add_frame(t, said->phone * STATES + (uint32_t)((i - from) * STATES / (until - from)),
                  rows + (i - from) * FEATURE_STRIDE);
    t->tallies[said->phone * STATES].visits += 1;
}

static void learn_chunk(struct training *t)
{
    struct speech *s = &t->chunk;
    vec_reserve(&t->samples, s->samples.count + 1);
    float *samples = t->samples.items;
    float *rows = mem_new(PHONE_FRAMES * FEATURE_STRIDE * sizeof *rows);
    for (size_t i = 0; i < s->samples.count; i++)
        samples[i] = s->samples.items[i] / 32768.0f;
    struct features f = features_of_samples(samples, s->samples.count, t->rate, t->high);
    if (f.count > 10) {
        features_normalise(&f);
        for (size_t i = 0; i < s->phones.count; i++)
            add_phone(t, &s->phones.items[i], &f, rows);
    }
    features_free(&f);
    free(rows);
    s->samples.count = s->phones.count = 0;
}

static void add_line(struct training *t, const struct speech *line)
{
    struct speech *s = &t->chunk;
    float before = (float)s->samples.count / (float)t->rate;
    for (size_t i = 0; i < line->phones.count; i++) {
        struct said_phone said = line->phones.items[i];
        said.start += before;
        said.end += before;
        vec_push(&s->phones, said);
    }
    vec_reserve(&s->samples, s->samples.count + line->samples.count);
    if (line->samples.count)
        memcpy(s->samples.items + s->samples.count, line->samples.items,
               line->samples.count * sizeof *line->samples.items);
    s->samples.count += line->samples.count;
    if (s->samples.count > (size_t)CHUNK_SECONDS * (size_t)t->rate)
        learn_chunk(t);
}

/* ---- voices ---- */

/* Lines from all over the text, no more than are needed. */
static bool is_learnt_from(uint32_t line, double length)
{
    if (length <= SECONDS)
        return true;
    double share = SECONDS / length;
    return (uint32_t)((line + 1) * share) != (uint32_t)(line * share);
}

static bool has_rare_phone(const struct training *t, const struct speech *line)
{
    for (size_t i = 0; i < line->phones.count; i++)
        if (t->tallies[line->phones.items[i].phone * STATES].visits < KNOWN_VISITS)
            return true;
    return false;
}

/* What no model is made of needs its phones and about its lengths alone. False: it holds phones
 * that are hardly known yet. */
static bool say_quickly(struct training *t, uint32_t i, struct speech *line)
{
    synthesiser_hurry(t->voice, true);
    script_say(t->script, i, t->voice, t->phones, line);
    synthesiser_hurry(t->voice, false);
    if (has_rare_phone(t, line))
        return false;
    script_learn(t->script, i, line, t->rate, SYNTHESISER_HURRY);
    return true;
}

/* The text's own voice. */
static void say_first(struct training *t, uint32_t i, double length, struct speech *line)
{
    if (!is_learnt_from(i, length) && say_quickly(t, i, line))
        return;
    script_say(t->script, i, t->voice, t->phones, line);
    script_learn(t->script, i, line, t->rate, 1);
    add_line(t, line);
}

static void say_other(struct training *t, uint32_t i, struct speech *line)
{
    if (!is_learnt_from(i, t->script->said_for))
        return;
    script_say(t->script, i, t->voice, t->phones, line);
    add_line(t, line);
}

static bool say_lines(struct training *t, const struct work *work)
{
    const struct script *script = t->script;
    double length = (double)script->words.count / WORDS_A_SECOND;
    struct speech line = {0};
    bool stopped = false;
    for (uint32_t i = 0; i < script->lines.count && !stopped; i++) {
        if (t->variant == 0)
            say_first(t, i, length, &line);
        else
            say_other(t, i, &line);
        work_done(work, (i + 1.0) / (double)script->lines.count);
        stopped = work_stopped(work);
    }
    learn_chunk(t);
    speech_free(&line);
    return !stopped;
}

static bool say_with(struct training *t, int variant, const struct work *work)
{
    char name[64];
    snprintf(name, sizeof name, "%s%s", t->language, variants[variant]);
    t->variant = variant;
    return !synthesiser_choose(t->voice, name) || say_lines(t, work);
}

struct training *training_new(struct script *script, struct synthesiser *v,
                              const char *language, double high, struct phones *phones)
{
    struct training *t = mem_new(sizeof *t);
    *t = (struct training){.script = script,
                           .voice = v,
                           .language = language,
                           .phones = phones,
                           .high = high,
                           .rate = synthesiser_rate(v)};
    t->tallies = mem_new(PHONES_MOST * STATES * sizeof *t->tallies);
    return t;
}

void training_free(struct training *t)
{
    speech_free(&t->chunk);
    free(t->samples.items);
    free(t->tallies);
    free(t);
}

bool training_say_text(struct training *t, const struct work *work)
{
    if (!say_with(t, 0, work))
        return false;
    joined_part(t->script, t->voice, t->phones);
    script_vary(t->script, t->voice, t->phones);
    return true;
}

bool training_say_again(struct training *t, const struct work *work)
{
    const int others = COUNT(variants) - 1;
    float length = (work->until - work->from) / (float)others;
    for (int i = 0; i < others; i++) {
        struct work part = {work->task, work->from + (float)i * length,
                            work->from + (float)(i + 1) * length};
        if (!say_with(t, i + 1, &part))
            return false;
    }
    return true;
}

static void count_shares(const struct training *t, struct models *m)
{
    const struct script *script = t->script;
    double all = 0;
    m->phones = t->phones->count;
    m->share = mem_new((m->phones + 1) * sizeof *m->share);
    for (size_t i = 0; i < script->phones.count; i++)
        if (tally_frames(&t->tallies[script->phones.items[i] * STATES]) >= 3) {
            m->share[script->phones.items[i]] += 1;
            all++;
        }
    for (uint32_t p = 0; p < m->phones && all > 0; p++)
        m->share[p] /= (float)all;
}

void training_make(const struct training *t, struct models *m)
{
    count_shares(t, m);
    models_begin(m, t->tallies, COUNT(variants));
}
