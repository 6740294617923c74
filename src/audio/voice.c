/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quiet voices come up, loud ones stay.
 *
 * A gentle compressor: 0.6 dB up for each dB that speech lies below -20 dB, 12 dB at most;
 * quick to come down, slow to go up, so that words keep their shape.  What is quieter than -55
 * dB is no voice and is left alone. */
#include "audio/voice.h"

#include <math.h>

enum { BLOCK = 32 }; /* frames between two looks at the level */
#define WANTED_DB (-20.0F)
#define NOISE_DB  (-55.0F)
#define MOST_DB   12.0F
#define STRENGTH  0.6F
/* Seconds in which two thirds of a change are made. */
#define LOUDER 0.010F
#define SOFTER 0.300F
#define UP     0.400F
#define DOWN   0.030F

void voice_start(struct voice *voice, int rate, int channels)
{
    *voice = (struct voice){.rate = rate, .channels = channels, .gain = 1};
}

static float wanted_gain(float level)
{
    float db = 10 * log10f(level + 1e-12F);
    float up = fminf(fmaxf((WANTED_DB - db) * STRENGTH, 0), MOST_DB);
    return db < NOISE_DB ? 1 : powf(10, up / 20);
}

/* The part of a change that is made in so many frames. */
static float part_of(const struct voice *voice, float seconds, size_t frames)
{
    return 1 - expf(-(float)frames / (seconds * (float)voice->rate));
}

static void measure(struct voice *voice, const float *frames, size_t count)
{
    float power = 0;
    size_t values = count * (size_t)voice->channels;
    for (size_t i = 0; i < values; i++)
        power += frames[i] * frames[i];
    power /= (float)values;
    if (!isfinite(power)) /* a broken sample must not be remembered for good */
        return;
    float pace = power > voice->level ? LOUDER : SOFTER;
    voice->level += (power - voice->level) * part_of(voice, pace, count);
}

void voice_up(struct voice *voice, float *frames, size_t count)
{
    for (size_t part; count > 0; count -= part) {
        part = count < BLOCK ? count : BLOCK;
        measure(voice, frames, part);
        float wanted = wanted_gain(voice->level), from = voice->gain;
        float pace = wanted > from ? UP : DOWN;
        voice->gain += (wanted - from) * part_of(voice, pace, part);
        for (size_t i = 0; i < part; i++)
            for (int c = 0; c < voice->channels; c++)
                *frames++ *= from + (voice->gain - from) * (float)(i + 1) / (float)part;
    }
}
