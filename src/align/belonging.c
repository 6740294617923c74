/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text can be laid over any sound: with enough words to choose from something always fits.
 * How well it fits by chance depends on the noise, the language, the voice, and music is worst.
 * So the chance is measured on the spot: the same words in reverse order are searched for in
 * the same sound, with the same models and prices.  A text that belongs beats its own reverse
 * by far; one that does not is no better than it. */
#include "align/belonging.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { SECONDS_MOST = 600, SECONDS_BEFORE = 10, WORDS_LEAST = 2 };

/* The first frame to look at: a little before the first word that was found, for what is not
 * written down at the beginning of a recording may be longer than what is looked at. */
static uint32_t first_frame(const struct aligner *a)
{
    uint32_t before = (uint32_t)(SECONDS_BEFORE / look_seconds(&a->look)), t = 0;
    while (t < a->look.count && node_kind(&a->lattice, a->path.node[t]) != NODE_CELL)
        t++;
    return t == a->look.count || t < before ? 0 : t - before;
}

/* The same from a frame on; it owns nothing. `part` does not move. */
static void look_from(const struct aligner *a, uint32_t frame, struct aligner *part)
{
    size_t fine = (size_t)frame * a->look.step;
    *part = *a;
    part->features.cepstra += fine * CEPSTRA;
    part->features.is_voice += fine;
    part->features.count -= (uint32_t)fine;
    part->loop.score += frame;
    part->loop.phone += frame;
    part->path.node += frame;
    part->path.score += frame;
    part->look.features = &part->features;
    part->look.count -= frame;
}

/* How many words the path has begun by then. */
static uint32_t words_until(const struct aligner *a, uint32_t frames)
{
    uint32_t words = node_word(&a->lattice, a->path.node[frames - 1]) + 1;
    return words < a->lattice.words ? words : a->lattice.words;
}

/* Lines keep their lengths and pauses; the words in them change places. */
static void reverse(const struct script *s, uint32_t words, struct script *into)
{
    *into = *s;
    into->words.items = mem_new((words + 1) * sizeof *into->words.items);
    into->words.count = words;
    for (uint32_t i = 0; i < words; i++) {
        into->words.items[i] = s->words.items[words - 1 - i];
        into->words.items[i].gap = s->words.items[i].gap;
    }
}

/* What paths are judged by, over frames with a voice. */
struct sums {
    double shortfall;           /* below the free loop, a filler's by delta */
    double frames, text_frames; /* in all; not before or after the text */
};

static struct sums sums_of(const struct aligner *a, const struct lattice *l,
                           const struct path *path, uint32_t frames, double delta)
{
    struct sums sums = {0, 1e-9, 1e-9};
    for (uint32_t t = 0; t < frames; t++) {
        if (!a->features.is_voice[t * a->look.step])
            continue;
        bool filler = node_kind(l, path->node[t]) == NODE_FILLER;
        uint32_t word = node_word(l, path->node[t]);
        sums.shortfall += filler ? delta : a->loop.score[t] - path->score[t];
        sums.frames++;
        sums.text_frames += !filler || (word > 0 && word < l->words);
    }
    return sums;
}

static bool search_reversed(const struct aligner *a, uint32_t words, const struct look *look,
                            const struct scorer *scorer, const struct prices *prices,
                            const struct work *work, struct sums *result)
{
    struct script script;
    struct lattice lattice;
    struct path path = {0};
    uint32_t units = look->count / BAND_FRAMES + 1;
    struct band band = {mem_new(units * sizeof(uint32_t)), mem_new(units * sizeof(uint32_t))};
    reverse(&a->script, words, &script);
    lattice_init(&lattice, &script, &a->models, look->thirds);
    for (uint32_t i = 0; i < units; i++)
        band.high[i] = words;
    struct work silent = {
        work->task ? &(struct vb_task){NULL, work->task->cancelled, work->task->ctx}
           : NULL, 0,
        0
    };
    bool going =
        search_run(&lattice, &a->models, scorer, look, &a->loop, &band, prices, &silent, &path);
    if (going)
        *result = sums_of(a, &lattice, &path, look->count, prices->delta);
    free(band.low);
    free(band.high);
    free(script.words.items);
    lattice_free(&lattice);
    path_free(&path);
    return going;
}

double belonging_of(const struct aligner *whole, const struct scorer *scorer,
                    const struct prices *prices, const struct work *work)
{
    struct aligner part, *const a = &part;
    look_from(whole, first_frame(whole), a);
    struct look look = a->look;
    uint32_t most = (uint32_t)(SECONDS_MOST / look_seconds(&look));
    look.count = look.count < most ? look.count : most;
    uint32_t words = words_until(a, look.count);
    struct sums forward = sums_of(a, &a->lattice, &a->path, look.count, prices->delta),
                reversed;
    if (words < WORDS_LEAST ||
        !search_reversed(a, words, &look, scorer, prices, work, &reversed))
        return BELONGING_OPEN;
    double by_chance = reversed.shortfall / reversed.frames;
    return (reversed.shortfall - forward.shortfall) / (by_chance * forward.text_frames + 1e-9);
}
