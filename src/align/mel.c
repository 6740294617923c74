/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mel-frequency cepstra (Davis and Mermelstein 1980): what of a sound's spectrum the ear tells
 * apart, in thirteen numbers. */
#include "align/mel.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static double mel_of(double hertz)
{
    return 1127.0 * log(1.0 + hertz / 700.0);
}

static void init_transform(struct mel *mel)
{
    const int half = SPECTRUM_POINTS / 2;
    for (int k = 0; k <= half; k++) {
        mel->cosine[k] = (float)cos(2 * PI * k / SPECTRUM_POINTS);
        mel->sine[k] = (float)sin(2 * PI * k / SPECTRUM_POINTS);
    }
    for (int n = 0; n < half; n++) {
        unsigned reversed = 0;
        for (int bit = 1; bit < half; bit *= 2)
            reversed = reversed * 2 + (n & bit ? 1 : 0);
        mel->reversed[n] = (uint16_t)reversed;
    }
}

static void init_bands(struct mel *mel, double low, double high)
{
    double from = mel_of(low), width = (mel_of(high) - from) / (MEL_BANDS + 1);
    for (int k = 0; k < SPECTRUM_BINS; k++) {
        double at = (mel_of((double)k * mel->rate / SPECTRUM_POINTS) - from) / width;
        bool heard = at >= 0 && at < MEL_BANDS + 1;
        mel->band[k] = heard ? (int8_t)at : -1;
        mel->weight[k] = heard ? (float)(at - floor(at)) : 0;
    }
    for (int c = 0; c < CEPSTRA; c++)
        for (int i = 0; i < MEL_BANDS; i++)
            mel->cosines[c][i] =
                (float)(sqrt(2.0 / MEL_BANDS) * cos(PI * c * (i + 0.5) / MEL_BANDS));
}

void mel_init(struct mel *mel, int rate, double low, double high, double mean_power)
{
    memset(mel, 0, sizeof *mel);
    mel->rate = rate;
    mel->window = rate / 40 < SPECTRUM_POINTS ? rate / 40 : SPECTRUM_POINTS;
    mel->emphasis = PRE_EMPHASIS;
    for (int i = 0; i < mel->window; i++) /* Hamming's window */
        mel->taper[i] = (float)(0.54 - 0.46 * cos(2 * PI * i / (mel->window - 1)));
    init_transform(mel);
    init_bands(mel, low, high);
    mel->floor = (float)(mean_power * mel->window * 0.4 * 1e-3 + 1e-12);
}

void mel_init_spectrum(struct mel *mel, int rate)
{
    memset(mel, 0, sizeof *mel);
    mel->rate = rate;
    mel->window = SPECTRUM_POINTS;
    for (int i = 0; i < mel->window; i++) /* Hann's window */
        mel->taper[i] = (float)(0.5 - 0.5 * cos(2 * PI * i / mel->window));
    init_transform(mel);
}
