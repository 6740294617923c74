/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What runs on the sound card's thread.
 *
 * A callback is a chain of steps, each as long as nothing changes: play on, fade out, be
 * silent, go on to another epoch. */
#include "audio/card.h"

#include <string.h>

#include "verbatim/player.h"

enum { RAMP_MS = 6, VOLUME_MS = 20 };

void card_init(struct card *card, int rate, int channels, int64_t (*now)(void *), void *ctx)
{
    memset(card, 0, sizeof *card);
    card->rate = rate;
    card->channels = channels;
    card->now = now;
    card->now_ctx = ctx;
    card->gain = 1;
    atomic_init(&card->paused, true);
    atomic_init(&card->volume, 1.0F);
    limiter_start(&card->limiter, rate);
    ring_init(&card->ring, rate, channels);
}

void card_free(struct card *card)
{
    ring_free(&card->ring);
}

void card_restart(struct card *card)
{
    card->fade = 0;
    card->due_next = 0;
    memset(card->last, 0, sizeof card->last);
}

static int64_t nanoseconds(const struct card *card, uint64_t frames)
{
    return (int64_t)(frames * 1000000000 / (uint64_t)card->rate);
}

/* Callbacks come a few milliseconds early or late, the sound does not: the time of a callback
 * is pulled only a sixteenth of the way to what the clock says, unless that is far off. */
static void set_due(struct card *card, int frames)
{
    int64_t length = nanoseconds(card, (uint64_t)frames);
    int64_t now = card->now(card->now_ctx), error = now - card->due_next;
    bool is_far = error > 2 * length || error < -2 * length;
    card->due = is_far ? now : card->due_next + error / 16;
    card->due_next = card->due + length;
}

/* Looks for the first mark of our epoch.  What lies before it is dropped; if there is none yet,
 * all that was there is. */
static void look_for_mark(struct card *card)
{
    struct ring *ring = &card->ring;
    uint64_t tail = ring_tail(ring), until = tail + ring_have(ring);
    size_t i = 0;
    while (!card->has_mark && ring_mark(ring, i, &card->mark)) {
        card->has_mark = card->mark.epoch == card->epoch;
        i++;
    }
    if (card->has_mark)
        until = card->mark.at;
    ring_forget_marks(ring, i);
    ring_skip(ring, (size_t)(until - tail));
}

static void enter_epoch(struct card *card, uint32_t epoch)
{
    card->epoch = epoch;
    card->has_mark = card->ended = false;
    atomic_store_explicit(&card->is_starved, false, memory_order_relaxed);
    card->catch_up = 0;
}

/* The place in the source of the frame at the ring's tail. */
static uint64_t place_of_tail(struct card *card)
{
    return card->mark.from + (ring_tail(&card->ring) - card->mark.at);
}

/* Goes over to frames that replace those from here on, if any do. */
static bool take_cut(struct card *card)
{
    struct ring *ring = &card->ring;
    struct ring_mark mark;
    uint64_t tail = ring_tail(ring);
    for (size_t i = 0; ring_mark(ring, i, &mark) && mark.epoch == card->epoch; i++) {
        if (!mark.cut || mark.cut_at > tail)
            continue;
        card->catch_up = place_of_tail(card);
        card->mark = mark;
        ring_skip(ring, (size_t)(mark.at - tail));
        ring_forget_marks(ring, i + 1);
        return true;
    }
    return false;
}

static size_t frames_to_cut(struct card *card)
{
    struct ring_mark mark;
    uint64_t tail = ring_tail(&card->ring), frames = SIZE_MAX;
    for (size_t i = 0; ring_mark(&card->ring, i, &mark) && mark.epoch == card->epoch; i++)
        if (mark.cut && mark.cut_at - tail < frames)
            frames = mark.cut_at - tail;
    return frames;
}

/* Frames that can be played now without looking at marks again; goes on to the next mark of the
 * same epoch when one begins here. */
static size_t frames_to_mark(struct card *card)
{
    size_t have = ring_have(&card->ring); /* before the marks: they are there first */
    uint64_t tail = ring_tail(&card->ring);
    struct ring_mark next;
    while (ring_mark(&card->ring, 0, &next)) {
        if (next.at > tail)
            return next.at - tail < have ? (size_t)(next.at - tail) : have;
        if (next.epoch != card->epoch)
            return 0;
        card->mark = next;
        ring_forget_marks(&card->ring, 1);
    }
    return have;
}

static size_t playable(struct card *card)
{
    for (;;) {
        while (take_cut(card))
            ;
        size_t to_cut = frames_to_cut(card), can = frames_to_mark(card);
        can = can < to_cut ? can : to_cut;
        uint64_t place = place_of_tail(card);
        if (can == 0 || card->catch_up <= place)
            return can;
        uint64_t behind = card->catch_up - place;
        ring_skip(&card->ring, behind < can ? (size_t)behind : can);
    }
}

static float towards(float now, float wanted, float step)
{
    if (now < wanted)
        return now + step < wanted ? now + step : wanted;
    return now - step > wanted ? now - step : wanted;
}

/* One side alone is heard on both. */
static void choose_sides(struct card *card, float *out, size_t frames)
{
    int sides = atomic_load_explicit(&card->sides, memory_order_relaxed);
    float left = sides == VB_RIGHT_SIDE, right = sides == VB_LEFT_SIDE; /* take the other */
    if (card->channels != 2 || card->cross[0] + card->cross[1] + left + right == 0)
        return;
    float step = 1000.0F / (VOLUME_MS * (float)card->rate);
    for (float *frame = out; frame < out + 2 * frames; frame += 2) {
        float apart = frame[1] - frame[0];
        card->cross[0] = towards(card->cross[0], left, step);
        card->cross[1] = towards(card->cross[1], right, step);
        frame[0] += card->cross[0] * apart;
        frame[1] -= card->cross[1] * apart;
    }
}

static void fade(struct card *card, float *out, size_t frames, float fade_to)
{
    float volume = atomic_load_explicit(&card->volume, memory_order_relaxed);
    if (card->fade == fade_to && card->gain == volume && fade_to * volume == 1)
        return;
    float fade_step = 1000.0F / (RAMP_MS * (float)card->rate);
    float gain_step = 1000.0F / (VOLUME_MS * (float)card->rate);
    for (size_t i = 0; i < frames; i++) {
        card->fade = towards(card->fade, fade_to, fade_step);
        card->gain = towards(card->gain, volume, gain_step);
        for (int c = 0; c < card->channels; c++)
            *out++ *= card->fade * card->gain;
    }
}

/* What is done to frames that are in place already. */
static void shape(struct card *card, float *out, size_t frames, float fade_to)
{
    choose_sides(card, out, frames);
    fade(card, out, frames, fade_to);
    limit(&card->limiter, out, frames, card->channels);
}

static size_t frames_of_fade(const struct card *card)
{
    return (size_t)(card->fade * (float)card->rate * RAMP_MS / 1000) + 1;
}

static size_t play(struct card *card, float *out, size_t frames, int64_t due, float fade_to)
{
    size_t channels = (size_t)card->channels;
    uint64_t from = place_of_tail(card);
    atomic_store_explicit(&card->is_starved, false, memory_order_relaxed);
    ring_read(&card->ring, out, frames);
    memcpy(card->last, out + (frames - 1) * channels, channels * sizeof *out);
    shape(card, out, frames, fade_to);
    clock_add(&card->clock, (struct stretch_heard){
                                .due = due,
                                .length = nanoseconds(card, frames),
                                .from = (double)from,
                                .span = (double)frames,
                                .epoch = card->epoch,
                            });
    return frames;
}

/* Nothing to play: the last frame fades out, then there is silence. */
static size_t rest(struct card *card, float *out, size_t frames)
{
    for (size_t i = 0; i < frames; i++)
        memcpy(out + i * (size_t)card->channels, card->last,
               (size_t)card->channels * sizeof *out);
    shape(card, out, frames, 0);
    if (card->fade == 0)
        memset(card->last, 0, sizeof card->last);
    return frames;
}

static void note_end(struct card *card, int64_t due)
{
    clock_add(&card->clock, (struct stretch_heard){.due = due,
                                                   .from = (double)card->mark.from,
                                                   .epoch = card->epoch,
                                                   .end = true});
    card->has_mark = false;
    card->ended = true;
}

/* The ring is empty though it should not be. */
static void note_starved(struct card *card)
{
    bool is_new_order = atomic_load(&card->wanted) != card->epoch;
    bool was_starved = atomic_exchange_explicit(&card->is_starved, true, memory_order_relaxed);
    if (!was_starved && !is_new_order)
        atomic_fetch_add_explicit(&card->underruns, 1, memory_order_relaxed);
}

/* Fills at least one and at most `frames` frames; returns how many. */
static size_t step(struct card *card, float *out, size_t frames, int64_t due)
{
    uint32_t wanted = atomic_load_explicit(&card->wanted, memory_order_acquire);
    if (wanted != card->epoch && card->fade == 0)
        enter_epoch(card, wanted);
    bool is_wanted = wanted == card->epoch;
    if (is_wanted && !card->has_mark && !card->ended)
        look_for_mark(card);
    size_t can = card->has_mark ? playable(card) : 0;
    if (card->has_mark && card->mark.end)
        note_end(card, due);
    bool goes_on = is_wanted && !atomic_load_explicit(&card->paused, memory_order_relaxed);
    size_t fade = card->fade > 0 ? frames_of_fade(card) : 0;
    can = goes_on || can < fade ? can : fade;
    can = can < frames ? can : frames;
    if (can)
        return play(card, out, can, due, goes_on ? 1 : 0);
    if (goes_on && card->has_mark)
        note_starved(card);
    return rest(card, out, !is_wanted && fade < frames ? fade : frames);
}

void card_pull(void *context, float *out, int frames)
{
    struct card *card = context;
    set_due(card, frames);
    size_t done = 0, all = (size_t)frames;
    while (done < all)
        done += step(card, out + done * (size_t)card->channels, all - done,
                     card->due + nanoseconds(card, done));
}
