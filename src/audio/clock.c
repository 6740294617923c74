/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is heard when.
 *
 * A ring that its one writer overwrites without asking.  A reader looks at the count before and
 * after: what may have been overwritten meanwhile does not count.  Every member is stored with
 * release and loaded with acquire, so whoever sees one newer value sees the newer count, too.
 */
#include "audio/clock.h"

#include <string.h>

#define LOAD(member)         atomic_load_explicit(&(member), memory_order_acquire)
#define STORE(member, value) atomic_store_explicit(&(member), (value), memory_order_release)

static uint64_t bits(double value)
{
    uint64_t raw;
    memcpy(&raw, &value, sizeof raw);
    return raw;
}

static double number(uint64_t raw)
{
    double value;
    memcpy(&value, &raw, sizeof value);
    return value;
}

void clock_add(struct sound_clock *clock, struct stretch_heard stretch)
{
    uint64_t count = atomic_load_explicit(&clock->count, memory_order_relaxed);
    uint64_t slot = count % CLOCK_STRETCHES;
    STORE(clock->slots[slot].due, stretch.due);
    STORE(clock->slots[slot].length, stretch.length);
    STORE(clock->slots[slot].from, bits(stretch.from));
    STORE(clock->slots[slot].span, bits(stretch.span));
    STORE(clock->slots[slot].rest, (uint64_t)stretch.epoch << 1 | stretch.end);
    STORE(clock->count, count + 1);
}

/* False: too old, perhaps overwritten. */
static bool read_slot(struct sound_clock *clock, uint64_t i, struct stretch_heard *stretch)
{
    uint64_t slot = i % CLOCK_STRETCHES;
    stretch->due = LOAD(clock->slots[slot].due);
    stretch->length = LOAD(clock->slots[slot].length);
    stretch->from = number(LOAD(clock->slots[slot].from));
    stretch->span = number(LOAD(clock->slots[slot].span));
    uint64_t rest = LOAD(clock->slots[slot].rest);
    stretch->epoch = (uint32_t)(rest >> 1);
    stretch->end = rest & 1;
    return LOAD(clock->count) < i + CLOCK_STRETCHES;
}

static double frame_at(const struct stretch_heard *stretch, int64_t at)
{
    int64_t elapsed = at - stretch->due;
    if (elapsed <= 0)
        return stretch->from;
    if (elapsed >= stretch->length)
        return stretch->from + stretch->span;
    return stretch->from + stretch->span * ((double)elapsed / (double)stretch->length);
}

bool clock_heard(struct sound_clock *clock, uint32_t epoch, int64_t at, struct heard *heard)
{
    uint64_t i = LOAD(clock->count);
    struct stretch_heard stretch;
    bool any = false;
    while (i-- > 0 && read_slot(clock, i, &stretch) && stretch.epoch == epoch) {
        heard->frame = frame_at(&stretch, at);
        heard->ended = stretch.end && stretch.due <= at;
        any = true;
        if (stretch.due <= at)
            break;
    }
    return any;
}
