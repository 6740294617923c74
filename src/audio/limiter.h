/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing over full scale: what would be is turned down just so far, and comes up again slowly.
 * What is not, passes untouched, to the bit. */
#pragma once

#include <stddef.h>

struct limiter {
    float gain;    /* 1: nothing was too loud lately */
    float release; /* part of the way back to 1 that is made in a frame */
};

void limiter_start(struct limiter *limiter, int rate);
/* In place. What is no number becomes silence. */
void limit(struct limiter *limiter, float *frames, size_t count, int channels);
