/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sound file heard once from end to end: decoded, mixed to one channel, thinned out to about
 * 20,000 samples a second, and kept as features. */
#pragma once

#include "align/features.h"
#include "align/work.h"

struct hearing {
    struct source *source;
    struct decimator *decimator;
    int factor;
    double rate;       /* after thinning out: the file's rate / factor */
    uint64_t length;   /* frames of the file */
    double high;       /* Hz: nothing is above */
    double mean_power; /* of the emphasised samples */
    vb_time duration;
};

/* Opens the file and listens into it here and there, for its band limit and loudness. */
bool hearing_open(struct hearing *h, const char *path, struct vb_error *error);
/* Reads what lies between two times, `until` at most the duration. False: `error` says why, or
 * that it was cancelled. */
bool hearing_listen(struct hearing *h, vb_time from, vb_time until, const struct work *work,
                    struct features *into, struct vb_error *error);
void hearing_close(struct hearing *h);

/* Every factor-th sample of the low frequencies, about 17 taps for a factor of two. */
struct decimator *decimator_new(int factor);
void decimator_free(struct decimator *d);
void decimator_reset(struct decimator *d);
/* At most count / factor + 1 samples come out; how many is returned. */
size_t decimator_run(struct decimator *d, const float *in, size_t count, float *out);
