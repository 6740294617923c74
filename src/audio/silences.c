/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Silences, found while the sound is decoded.
 *
 * Of a long one a breath is left: its first fifth of a second, and a little before the next
 * word, so that no soft beginning is cut.  What is silence depends on how loud the rest is;
 * that is learnt by listening into the sound at a few places, and from all that is played. */
#include "audio/silences.h"

#include <string.h>

enum {
    BLOCKS_A_SECOND = 50,
    STILL_MS = 200,  /* played of a silence, before it may be left */
    BEFORE_MS = 150, /* … and before the sound that ends it */
    LEAST_MS = 200,  /* a shorter leap is not worth a seam */
    AHEAD_S = 10,
    PLACES = 16, /* listened into */
    PART = 1024, /* frames */
};

static uint64_t frames_of(int ms, int rate)
{
    return (uint64_t)ms * (uint64_t)rate / 1000;
}

void silences_forget(struct silences *silences)
{
    silences->still = 0;
    silences->looked = 0;
}

static uint8_t loudness(const float *values, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i] * values[i];
    return loudness_of((double)sum / (double)count);
}

/* Takes note of up to a block; true: it is silent. */
static bool is_silent(struct silences *silences, const float *frames, size_t count,
                      const struct source *source)
{
    uint8_t loud = loudness(frames, count * (size_t)source->channels);
    silences->heard[loud]++;
    return loud >= loudness_silence(silences->heard);
}

static size_t block_of(const struct source *source)
{
    size_t block = (size_t)source->rate / BLOCKS_A_SECOND;
    return block < PART ? block : PART;
}

void silences_hear(struct silences *silences, const float *frames, size_t count,
                   const struct source *source)
{
    size_t block = block_of(source), channels = (size_t)source->channels;
    for (size_t at = 0, part; at < count; at += part) {
        part = count - at < block ? count - at : block;
        bool silent = is_silent(silences, frames + at * channels, part, source);
        silences->still = silent ? silences->still + part : 0;
    }
}

bool silences_may_leap(const struct silences *silences, uint64_t at, int rate)
{
    return silences->still >= frames_of(STILL_MS, rate) && at >= silences->looked;
}

/* Half a second at each of some places, spread over the sound. */
static void tune(struct silences *silences, struct source *source)
{
    float part[PART * 2];
    bool exact;
    uint64_t length = source_length(source, &exact);
    if (silences->is_tuned || !exact)
        return;
    silences->is_tuned = true;
    for (uint64_t i = 0; i < PLACES; i++) {
        source_seek(source, length / PLACES * i);
        size_t block = block_of(source), got = block;
        for (int b = 0; b < BLOCKS_A_SECOND / 2 && got == block; b++) {
            got = source_read(source, part, block);
            if (got)
                is_silent(silences, part, got, source);
        }
    }
}

/* The first frame of the first block from `from` on that is not silent. */
static uint64_t find_sound(struct silences *silences, struct source *source, uint64_t from,
                           uint64_t until)
{
    float part[PART * 2];
    size_t block = block_of(source);
    uint64_t at = source_seek(source, from);
    while (at < until) {
        size_t wanted = until - at < block ? (size_t)(until - at) : block;
        size_t got = source_read(source, part, wanted);
        if (!got || !is_silent(silences, part, got, source))
            return at;
        at += got;
    }
    return until;
}

uint64_t silences_leap(struct silences *silences, struct source *source, uint64_t at,
                       uint64_t until)
{
    int rate = source->rate;
    uint64_t ahead = at + AHEAD_S * (uint64_t)rate, before = frames_of(BEFORE_MS, rate);
    bool is_far = until > ahead;
    tune(silences, source);
    uint64_t sound = find_sound(silences, source, at, is_far ? ahead : until);
    silences->looked = sound;
    if (sound < at + before + frames_of(LEAST_MS, rate))
        return at;
    if (is_far && sound == ahead) { /* it goes on: looked at again from there */
        silences->looked = sound - before;
        return sound - before;
    }
    silences->still = 0;
    return sound - before;
}
