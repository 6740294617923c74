/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound on its way from the decoder to the sound card. */
#include "audio/ring.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define READ(counter)         atomic_load_explicit(&(counter), memory_order_acquire)
#define OWN(counter)          atomic_load_explicit(&(counter), memory_order_relaxed)
#define PUBLISH(counter, now) atomic_store_explicit(&(counter), (now), memory_order_release)

void ring_init(struct ring *ring, int rate, int channels)
{
    *ring = (struct ring){.channels = (size_t)channels, .size = RING_FRAMES};
    while (ring->size < (size_t)rate / 3)
        ring->size *= 2;
    ring->frames = mem_new(ring->size * ring->channels * sizeof *ring->frames);
}

void ring_free(struct ring *ring)
{
    free(ring->frames);
}

size_t ring_room(struct ring *ring)
{
    return ring->size - (size_t)(OWN(ring->head) - READ(ring->tail));
}

bool ring_has_mark_room(struct ring *ring, unsigned count)
{
    return OWN(ring->mark_head) - READ(ring->mark_tail) + count <= RING_MARKS;
}

uint64_t ring_head(struct ring *ring)
{
    return OWN(ring->head);
}

void ring_put_mark(struct ring *ring, struct ring_mark mark)
{
    uint64_t head = OWN(ring->mark_head);
    assert(ring_has_mark_room(ring, 1));
    ring->marks[head % RING_MARKS] = mark;
    PUBLISH(ring->mark_head, head + 1);
}

bool ring_find_seam(struct ring *ring, uint64_t earliest, struct ring_mark *seam)
{
    uint64_t count = OWN(ring->mark_head);
    uint64_t oldest = count > RING_MARKS ? count - RING_MARKS : 0;
    uint32_t epoch = ring->marks[(count - 1) % RING_MARKS].epoch;
    *seam = (struct ring_mark){.at = OWN(ring->head)};
    /* Marks that the reader no longer needs still stand there: only we write over them. */
    for (uint64_t i = count; i-- > oldest;) {
        const struct ring_mark *mark = &ring->marks[i % RING_MARKS];
        if (mark->epoch != epoch)
            break;
        if (mark->at < earliest && mark->seam == SEAM_ANYWHERE && earliest < seam->at)
            *seam =
                (struct ring_mark){.at = earliest, .from = mark->from + (earliest - mark->at)};
        if (mark->at < earliest)
            break;
        if (mark->seam != SEAM_NONE)
            *seam = *mark;
        if (mark->cut)
            break; /* what stands before it is replaced already */
    }
    return seam->at < OWN(ring->head);
}

/* Copies between memory and ring in at most two pieces. */
static void copy(struct ring *ring, uint64_t at, float *out, const float *in, size_t count)
{
    size_t slot = at % ring->size, channels = ring->channels;
    size_t first = ring->size - slot < count ? ring->size - slot : count;
    float *here = ring->frames + slot * channels;
    if (in) {
        memcpy(here, in, first * channels * sizeof *in);
        memcpy(ring->frames, in + first * channels, (count - first) * channels * sizeof *in);
        return;
    }
    memcpy(out, here, first * channels * sizeof *out);
    memcpy(out + first * channels, ring->frames, (count - first) * channels * sizeof *out);
}

void ring_write(struct ring *ring, const float *frames, size_t count)
{
    uint64_t head = OWN(ring->head);
    assert(count <= ring_room(ring));
    copy(ring, head, NULL, frames, count);
    PUBLISH(ring->head, head + count);
}

size_t ring_have(struct ring *ring)
{
    return (size_t)(READ(ring->head) - OWN(ring->tail));
}

uint64_t ring_tail(struct ring *ring)
{
    return READ(ring->tail);
}

void ring_read(struct ring *ring, float *out, size_t count)
{
    uint64_t tail = OWN(ring->tail);
    copy(ring, tail, out, NULL, count);
    PUBLISH(ring->tail, tail + count);
}

void ring_skip(struct ring *ring, size_t count)
{
    PUBLISH(ring->tail, OWN(ring->tail) + count);
}

bool ring_mark(struct ring *ring, size_t i, struct ring_mark *mark)
{
    uint64_t at = OWN(ring->mark_tail) + i;
    if (at >= READ(ring->mark_head))
        return false;
    *mark = ring->marks[at % RING_MARKS];
    return true;
}

void ring_forget_marks(struct ring *ring, size_t count)
{
    PUBLISH(ring->mark_tail, OWN(ring->mark_tail) + count);
}
