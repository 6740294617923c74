/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where every frame of an MP3 stands.
 *
 * Only the frames themselves tell how long an MP3 is and where a moment of it lies.  A walk
 * from header to header finds them: 10 hours take a tenth of a second.  Frames of one kind in
 * unbroken line are a run; rubbish between them, or another kind of frame (an advert spliced
 * in), starts a new run.  Decoders are only ever shown whole frames of one run.
 *
 * One thread scans and may be behind; others look up what is there so far. */
#pragma once

#include <stdatomic.h>

#include "audio/mp3_frame.h"

struct mp3_run {
    uint64_t first, count; /* frames, counted through the file */
    int64_t at;            /* of the first */
    int64_t hole;          /* bytes of rubbish before it */
    uint64_t start;        /* in samples of the first run's rate, from the first frame */
    struct mp3_header like;
};

/* The samples that `frames` of a run take at the rate of the first run. */
uint64_t mp3_run_samples(const struct mp3_run *run, uint64_t frames, int rate);

struct mp3_index;

/* Nothing is scanned yet. The first frame, `first`, stands at `start`. */
struct mp3_index *mp3_index_new(struct bytes bytes, int64_t start,
                                const struct mp3_header *first);
void mp3_index_free(struct mp3_index *index);

/* Scans to the end, or until `*stop`. */
void mp3_index_scan(struct mp3_index *index, const atomic_bool *stop);

enum mp3_found { MP3_FOUND, MP3_NOT_YET, MP3_END };

struct mp3_place {
    uint64_t frame; /* counted through the file */
    int64_t at;     /* an indexed frame at or a few before it */
    uint64_t indexed;
    struct mp3_run run; /* as known so far */
    bool cut;           /* the last frame before a hole: its end is missing */
};

/* The frame that sounds at `sample`, and where to look for it. */
enum mp3_found mp3_index_at(struct mp3_index *index, uint64_t sample, struct mp3_place *place);
/* The same by frame; waits until the scan has come so far. False: past the end. */
bool mp3_index_frame(struct mp3_index *index, uint64_t frame, struct mp3_place *place);
/* Returns when the scan is over: samples in all. */
uint64_t mp3_index_wait(struct mp3_index *index);
/* Samples so far; `*done`: these are all. */
uint64_t mp3_index_samples(struct mp3_index *index, bool *done);
uint64_t mp3_index_frames(struct mp3_index *index);
/* The i-th run; false: there are not so many. */
bool mp3_index_run(struct mp3_index *index, size_t i, struct mp3_run *run);
/* Bytes of rubbish after the last frame. */
int64_t mp3_index_rest(struct mp3_index *index);
