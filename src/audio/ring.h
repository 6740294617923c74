/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound on its way from the decoder to the sound card: frames in a ring, and beside them a
 * queue of marks that say what the frames are.
 *
 * One thread writes, one reads, neither waits.  Counts only grow; a slot is count % size.  A
 * mark is always there before the frames that it describes. */
#pragma once

#include <stdatomic.h>

#include "verbatim/types.h"

#define RING_FRAMES (1U << 14) /* at the least */
#define RING_MARKS  1024U

/* Where the sound can go over into other frames without being heard to. */
enum ring_seam { SEAM_NONE, SEAM_HERE, SEAM_ANYWHERE };

/* From ring frame `at` on, until the next mark: sound of an epoch, from source frame `from` on,
 * one source frame each.  (At another speed than 1 a mark comes every few milliseconds.) */
struct ring_mark {
    uint64_t at, from;
    uint32_t epoch;
    enum ring_seam seam;
    bool end; /* no frames follow in this epoch: the sound ends at `from` */
    bool cut; /* takes the place of what stands in the ring from frame `cut_at` on */
    uint64_t cut_at;
};

struct ring {
    size_t channels, size; /* size: frames */
    float *frames;
    struct ring_mark marks[RING_MARKS];
    atomic_uint_least64_t head, tail;           /* frames written, frames read or dropped */
    atomic_uint_least64_t mark_head, mark_tail; /* marks written, marks no longer needed */
};

/* Room for a third of a second. */
void ring_init(struct ring *ring, int rate, int channels);
void ring_free(struct ring *ring);

/* Writer. What is written must fit in the room. */
size_t ring_room(struct ring *ring);
bool ring_has_mark_room(struct ring *ring, unsigned count);
uint64_t ring_head(struct ring *ring);
void ring_put_mark(struct ring *ring, struct ring_mark mark);
/* Where frames can be replaced by others, from ring frame `earliest` on: `at` and `from` of a
 * seam between two hops of the newest epoch.  False: nothing is written behind it. */
bool ring_find_seam(struct ring *ring, uint64_t earliest, struct ring_mark *seam);
void ring_write(struct ring *ring, const float *frames, size_t count);

/* Reader. */
size_t ring_have(struct ring *ring);
uint64_t ring_tail(struct ring *ring); /* the writer may look, too */
/* What is read or skipped must be there. */
void ring_read(struct ring *ring, float *out, size_t count);
void ring_skip(struct ring *ring, size_t count);
/* The i-th mark not yet forgotten; false: none yet. */
bool ring_mark(struct ring *ring, size_t i, struct ring_mark *mark);
void ring_forget_marks(struct ring *ring, size_t count);
