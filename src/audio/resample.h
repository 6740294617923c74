/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one sampling rate to another, exact in time: output frame k is the sound at input frame
 * k * from / to, wherever reading began. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct resampler;

struct resampler *resampler_new(int from, int to, int channels);
void resampler_free(struct resampler *r);

/* Goes on with output frame `out`; the input frame that must be fed first, at the latest. */
uint64_t resampler_start(struct resampler *r, uint64_t out);
/* Before the first feed: which input frame it begins with. */
void resampler_begin(struct resampler *r, uint64_t in);
void resampler_feed(struct resampler *r, const float *in, size_t frames);
/* Up to `room` frames; `until`: there is no output frame from this one on. `finished`: no more
 * input comes, silence follows. */
size_t resampler_take(struct resampler *r, float *out, size_t room, uint64_t until,
                      bool finished);
