/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quiet voices come up, loud ones stay: for the guest who sat too far from the microphone. */
#pragma once

#include <stddef.h>

struct voice {
    int rate, channels;
    float level; /* mean square of what was heard lately */
    float gain;  /* on its way to what the level asks for */
};

void voice_start(struct voice *voice, int rate, int channels);
/* In place. A sudden shout may come out above full scale: see limiter.h. */
void voice_up(struct voice *voice, float *frames, size_t count);
