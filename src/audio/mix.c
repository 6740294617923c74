/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Channels: from what a file has to what we play.
 *
 * Surround sound goes to two channels as ITU-R BS.775 mixes it (centre and surrounds 3 dB down,
 * no bass channel), scaled so that full scale on all channels does not clip. */
#include "audio/mix.h"

#include <string.h>

#define C 0.7071068F

/* How much of each channel goes left; the right takes the mirror image. In WAV order. */
static const struct {
    float left[MIX_MAX_CHANNELS], right[MIX_MAX_CHANNELS];
} down[MIX_MAX_CHANNELS + 1] = {
    [1] = {{1},                      {1}                     },
    [2] = {{1, 0},                   {0, 1}                  },
    [3] = {{1, 0, C},                {0, 1, C}               },
    [4] = {{1, 0, C, 0},             {0, 1, 0, C}            },
    [5] = {{1, 0, C, C, 0},          {0, 1, C, 0, C}         },
    [6] = {{1, 0, C, 0, C, 0},       {0, 1, C, 0, 0, C}      },
    [7] = {{1, 0, C, 0, C, C, 0},    {0, 1, C, 0, C, 0, C}   },
    [8] = {{1, 0, C, 0, C, 0, C, 0}, {0, 1, C, 0, 0, C, 0, C}},
};

static float weigh(const float *frame, const float *gains, int channels)
{
    float sum = 0, total = 0;
    for (int c = 0; c < channels; c++) {
        sum += frame[c] * gains[c];
        total += gains[c];
    }
    return channels > 2 ? sum / total : sum;
}

void mix(const float *in, int from, float *out, int to, size_t frames)
{
    if (from == to) {
        memmove(out, in, frames * (size_t)to * sizeof *out);
        return;
    }
    for (size_t i = 0; i < frames; i++) {
        float left = weigh(in + i * (size_t)from, down[from].left, from);
        float right = weigh(in + i * (size_t)from, down[from].right, from);
        if (to == 1) {
            out[i] = (left + right) / 2;
            continue;
        }
        out[2 * i] = left;
        out[2 * i + 1] = right;
    }
}
