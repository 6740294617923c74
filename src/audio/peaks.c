/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How loud a sound is in every fiftieth of a second.
 *
 * Three bytes a bucket of 20 ms (10 hours: 5.4 MB), and a little more for 16 and for 256 of
 * them together, so that a glance at hours is as cheap as one at seconds.  Buckets stand in
 * blocks that never move; a count says how many are final, and only grows. */
#include "audio/peaks_parts.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "audio/loudness.h"
#include "audio/mix.h"
#include "audio/source.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

enum {
    BUCKETS_A_SECOND = 50,
    LEVELS = 3,
    TOGETHER = 16,      /* buckets of one level in one of the next */
    BLOCK = 16384,      /* buckets */
    MOST_BLOCKS = 4096, /* of the finest level: 372 hours, and there it stops */
    PART = 4096,        /* frames */
};
#define BUCKET (VB_SECOND / BUCKETS_A_SECOND)

struct bucket {
    int8_t low, high; /* 127: full scale */
    uint8_t loud;     /* half decibels below full scale, up to LOUD_STEPS - 1 */
};

struct level {
    struct bucket *_Atomic blocks[MOST_BLOCKS];
    atomic_size_t count; /* these are final */
};

struct vb_peaks {
    struct level levels[LEVELS];
    atomic_int_least64_t length;             /* of the sound; VB_NO_TIME: not all is known */
    atomic_uint_least32_t heard[LOUD_STEPS]; /* how many buckets are so loud */
    double energies[LOUD_STEPS];             /* what each step stands for */
};

struct vb_peaks *vb_peaks_new(void)
{
    struct vb_peaks *peaks = mem_new(sizeof *peaks);
    atomic_init(&peaks->length, VB_NO_TIME);
    for (int step = 0; step + 1 < LOUD_STEPS; step++)
        peaks->energies[step] = pow(10, -(double)step / 20); /* the last one is silence */
    return peaks;
}

void vb_peaks_free(struct vb_peaks *peaks)
{
    if (!peaks)
        return;
    for (int l = 0; l < LEVELS; l++)
        for (size_t b = 0; b < MOST_BLOCKS; b++)
            free(peaks->levels[l].blocks[b]);
    free(peaks);
}

static struct bucket bucket_at(const struct level *level, size_t i)
{
    return level->blocks[i / BLOCK][i % BLOCK];
}

/* --- filling --------------------------------------------------------------- */

/* What the bucket that is being filled has seen so far, in lanes side by side: the compiler may
 * then use the wide registers. */
enum { LANES = 8 };
struct lanes {
    float low[LANES], high[LANES], energy[LANES];
};

struct filling {
    struct vb_peaks *peaks;
    struct lanes lanes;
    size_t frames;
    uint64_t begun; /* buckets, the one being filled included */
    uint64_t read;  /* frames */
};

static bool add_bucket(struct level *level, struct bucket bucket)
{
    size_t count = atomic_load_explicit(&level->count, memory_order_relaxed);
    if (count == (size_t)MOST_BLOCKS * BLOCK)
        return false;
    if (count % BLOCK == 0)
        level->blocks[count / BLOCK] = mem_new(BLOCK * sizeof bucket);
    level->blocks[count / BLOCK][count % BLOCK] = bucket;
    atomic_store_explicit(&level->count, count + 1, memory_order_release);
    return true;
}

static struct bucket merged(const struct vb_peaks *peaks, const struct level *level,
                            size_t from, size_t until)
{
    struct bucket all = bucket_at(level, from);
    double energy = 0;
    for (size_t i = from; i < until; i++) {
        struct bucket one = bucket_at(level, i);
        all.low = one.low < all.low ? one.low : all.low;
        all.high = one.high > all.high ? one.high : all.high;
        energy += peaks->energies[one.loud];
    }
    all.loud = loudness_of(energy / (double)(until - from));
    return all;
}

/* Every 16th bucket completes one of the level above. */
static void build_up(struct vb_peaks *peaks)
{
    for (int l = 0; l + 1 < LEVELS; l++) {
        size_t count = atomic_load_explicit(&peaks->levels[l].count, memory_order_relaxed);
        if (count % TOGETHER != 0)
            return;
        add_bucket(&peaks->levels[l + 1],
                   merged(peaks, &peaks->levels[l], count - TOGETHER, count));
    }
}

static int8_t byte_of(float value)
{
    return (int8_t)lrintf(fminf(fmaxf(value, -1), 1) * 127);
}

static void finish_bucket(struct filling *f)
{
    float low = 0, high = 0;
    double energy = 0;
    for (int lane = 0; lane < LANES; lane++) {
        low = fminf(low, f->lanes.low[lane]);
        high = fmaxf(high, f->lanes.high[lane]);
        energy += f->lanes.energy[lane];
    }
    f->lanes = (struct lanes){0};
    struct bucket bucket = {byte_of(low), byte_of(high),
                            loudness_of(energy / (double)f->frames)};
    if (add_bucket(&f->peaks->levels[0], bucket)) {
        atomic_fetch_add_explicit(&f->peaks->heard[bucket.loud], 1, memory_order_relaxed);
        build_up(f->peaks);
    }
    f->frames = 0;
}

/* A loop for each on a copy of its own: so gcc finds the wide registers, too. */
static void take_values(struct filling *f, const float *values, size_t count)
{
    struct lanes lanes = f->lanes;
    float rest[LANES] = {0}; /* the zeros behind the last values change nothing */
    for (size_t at = 0; at < count; at += LANES) {
        const float *row = values + at;
        if (count - at < LANES)
            row = memcpy(rest, row, (count - at) * sizeof *row);
        for (size_t i = 0; i < LANES; i++)
            lanes.low[i] = row[i] < lanes.low[i] ? row[i] : lanes.low[i];
        for (size_t i = 0; i < LANES; i++)
            lanes.high[i] = row[i] > lanes.high[i] ? row[i] : lanes.high[i];
        for (size_t i = 0; i < LANES; i++)
            lanes.energy[i] += row[i] * row[i];
    }
    f->lanes = lanes;
    f->frames += count;
    f->read += count;
}

/* Bucket i ends with the last frame before (i + 1) / 50 s, at any rate. */
static void take(struct filling *f, const float *values, size_t count, uint64_t rate)
{
    while (count > 0) {
        uint64_t end = (f->begun * rate + BUCKETS_A_SECOND - 1) / BUCKETS_A_SECOND;
        size_t part = end - f->read < count ? (size_t)(end - f->read) : count;
        take_values(f, values, part);
        values += part;
        count -= part;
        if (f->read == end) {
            finish_bucket(f);
            f->begun++;
        }
    }
}

static bool report(const struct vb_task *task, struct source *s, uint64_t read)
{
    if (!task)
        return true;
    bool exact;
    uint64_t length = source_length(s, &exact);
    if (task->progress && length != SOURCE_UNKNOWN && length > 0)
        task->progress(task->ctx, fminf((float)read / (float)length, 1));
    return !task->cancelled || !task->cancelled(task->ctx);
}

bool vb_peaks_fill(struct vb_peaks *peaks, const char *sound_path, const struct vb_task *task,
                   struct vb_error *error)
{
    struct source *s = source_open(sound_path, (struct source_news){NULL, NULL}, error);
    if (!s)
        return false;
    struct filling f = {.peaks = peaks, .begun = 1};
    float part[PART * 2];
    bool goes_on = true;
    for (size_t got = PART; goes_on && got == PART;) {
        got = source_read(s, part, PART);
        if (s->channels > 1)
            mix(part, s->channels, part, 1, got);
        take(&f, part, got, (uint64_t)s->rate);
        goes_on = report(task, s, f.read);
    }
    if (f.frames && goes_on)
        finish_bucket(&f);
    if (goes_on)
        atomic_store(&peaks->length, time_of_frames(f.read, s->rate));
    source_close(s);
    return goes_on || err_set(error, VB_CANCELLED, _("stopped before the end"));
}

/* --- looking --------------------------------------------------------------- */

static size_t count_of(const struct level *level)
{
    return atomic_load_explicit(&level->count, memory_order_acquire);
}

vb_time vb_peaks_known(const struct vb_peaks *peaks)
{
    vb_time length = atomic_load(&peaks->length);
    return length != VB_NO_TIME ? length : (vb_time)count_of(&peaks->levels[0]) * BUCKET;
}

struct sum {
    int8_t low, high;
    double energy;
    size_t buckets;
};

static void add_up(const struct vb_peaks *peaks, const struct level *level, size_t from,
                   size_t until, size_t weight, struct sum *sum)
{
    for (size_t i = from; i < until; i++) {
        struct bucket one = bucket_at(level, i);
        sum->low = one.low < sum->low ? one.low : sum->low;
        sum->high = one.high > sum->high ? one.high : sum->high;
        sum->energy += peaks->energies[one.loud] * (double)weight;
        sum->buckets += weight;
    }
}

/* The ends from this level, what lies between from the next. */
static void add_span(const struct vb_peaks *peaks, int l, size_t from, size_t until,
                     size_t weight, struct sum *sum)
{
    size_t inner = (from + TOGETHER - 1) / TOGETHER, outer = until / TOGETHER;
    size_t built = l + 1 < LEVELS ? count_of(&peaks->levels[l + 1]) : 0; /* may lag behind */
    outer = outer < built ? outer : built;
    if (inner >= outer) {
        add_up(peaks, &peaks->levels[l], from, until, weight, sum);
        return;
    }
    add_up(peaks, &peaks->levels[l], from, inner * TOGETHER, weight, sum);
    add_span(peaks, l + 1, inner, outer, weight * TOGETHER, sum);
    add_up(peaks, &peaks->levels[l], outer * TOGETHER, until, weight, sum);
}

bool vb_peaks_over(const struct vb_peaks *peaks, vb_time from, vb_time to, struct vb_peak *peak)
{
    size_t known = count_of(&peaks->levels[0]);
    size_t first = from > 0 ? (size_t)(from / BUCKET) : 0;
    size_t until = to > 0 ? (size_t)(to / BUCKET) : 0;
    until = until > first ? until : first + 1;
    until = until < known ? until : known;
    if (first >= until)
        return false;
    struct sum sum = {0};
    add_span(peaks, 0, first, until, 1, &sum);
    *peak = (struct vb_peak){(float)sum.low / 127, (float)sum.high / 127,
                             (float)sqrt(sum.energy / (double)sum.buckets)};
    return true;
}

static uint8_t silence(const struct vb_peaks *peaks)
{
    uint32_t heard[LOUD_STEPS];
    for (int i = 0; i < LOUD_STEPS; i++)
        heard[i] = atomic_load_explicit(&peaks->heard[i], memory_order_relaxed);
    return loudness_silence(heard);
}

bool vb_peaks_next_silence(const struct vb_peaks *peaks, vb_time from, vb_time shortest,
                           vb_time *start, vb_time *end)
{
    const struct level *level = &peaks->levels[0];
    size_t known = count_of(level), quiet = 0;
    size_t wanted = shortest > BUCKET ? (size_t)((shortest + BUCKET - 1) / BUCKET) : 1;
    uint8_t limit = silence(peaks);
    size_t i = from > 0 ? (size_t)((from + BUCKET - 1) / BUCKET) : 0;
    for (; i < known; i++) {
        bool is_quiet = bucket_at(level, i).loud >= limit;
        if (!is_quiet && quiet >= wanted)
            break;
        quiet = is_quiet ? quiet + 1 : 0;
    }
    if (quiet < wanted)
        return false;
    *start = (vb_time)(i - quiet) * BUCKET;
    *end = (vb_time)i * BUCKET;
    return true;
}

/* --- keeping --------------------------------------------------------------- */

size_t peaks_count(const struct vb_peaks *peaks)
{
    return count_of(&peaks->levels[0]);
}

void peaks_export(const struct vb_peaks *peaks, size_t i, uint8_t bytes[PEAKS_BUCKET_BYTES])
{
    struct bucket bucket = bucket_at(&peaks->levels[0], i);
    bytes[0] = (uint8_t)bucket.low;
    bytes[1] = (uint8_t)bucket.high;
    bytes[2] = bucket.loud;
}

bool peaks_import(struct vb_peaks *peaks, const uint8_t bytes[PEAKS_BUCKET_BYTES])
{
    struct bucket bucket = {(int8_t)bytes[0], (int8_t)bytes[1], bytes[2]};
    if (bucket.loud >= LOUD_STEPS || !add_bucket(&peaks->levels[0], bucket))
        return false;
    atomic_fetch_add_explicit(&peaks->heard[bucket.loud], 1, memory_order_relaxed);
    build_up(peaks);
    return true;
}

void peaks_finish(struct vb_peaks *peaks, vb_time length)
{
    atomic_store(&peaks->length, length);
}
