/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where every frame of an MP3 stands. */
#include "audio/mp3_index.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "audio/id3.h"
#include "base/vec.h"

/* Every 16th frame is noted, the ones between are found by their headers: 70 KB an hour. */
enum { STEP = 16 };
/* A frame is given out when this many more are known, or all: the end may have to be trimmed by
 * up to 4095 samples, and a frame cut by a hole must be known as such. */
enum { AHEAD = 8 };

struct mp3_index {
    /* never changes */
    struct bytes bytes;
    int rate;

    /* scanning thread only */
    struct reader reader;
    int64_t at;
    struct mp3_stride stride; /* of the last run */
    int64_t hole;

    /* under lock */
    pthread_mutex_t lock;
    pthread_cond_t grown;
    VEC(int64_t) places;
    VEC(struct mp3_run) runs; /* at least one */
    uint64_t frames;
    int64_t rest;
    bool done;
};

uint64_t mp3_run_samples(const struct mp3_run *run, uint64_t frames, int rate)
{
    uint64_t samples = frames * (uint64_t)run->like.samples, own = (uint64_t)run->like.rate;
    return (samples * (uint64_t)rate + own / 2) / own;
}

static void begin_run(struct mp3_index *index, int64_t at, const struct mp3_header *like)
{
    struct mp3_run run = {.first = index->frames, .at = at, .hole = index->hole, .like = *like};
    if (index->runs.count) {
        const struct mp3_run *last = &index->runs.items[index->runs.count - 1];
        run.start = last->start + mp3_run_samples(last, last->count, index->rate);
    }
    index->hole = 0;
    vec_push(&index->runs, run);
}

struct mp3_index *mp3_index_new(struct bytes bytes, int64_t start,
                                const struct mp3_header *first)
{
    struct mp3_index *index = mem_new(sizeof *index);
    index->bytes = bytes;
    index->rate = first->rate;
    index->at = start;
    reader_init(&index->reader, bytes);
    pthread_mutex_init(&index->lock, NULL);
    pthread_cond_init(&index->grown, NULL);
    begin_run(index, start, first);
    return index;
}

void mp3_index_free(struct mp3_index *index)
{
    if (!index)
        return;
    reader_free(&index->reader);
    pthread_mutex_destroy(&index->lock);
    pthread_cond_destroy(&index->grown);
    free(index->places.items);
    free(index->runs.items);
    free(index);
}

/* Tags that may follow the sound: they are no rubbish, but they end the frames. */
static bool is_tag(struct reader *reader, int64_t at)
{
    static const char *const tags[] = {"TAG", "APETAGEX", "LYRICSBEGIN", "ID3"};
    for (size_t i = 0; i < COUNT(tags); i++) {
        size_t len = strlen(tags[i]);
        const uint8_t *b = reader_peek(reader, at, len);
        if (b && memcmp(b, tags[i], len) == 0)
            return true;
    }
    return false;
}

/* The run is broken at index->at: finds the next place from which frames follow each other. */
static bool find_next_run(struct mp3_index *index, const atomic_bool *stop)
{
    struct reader *reader = &index->reader;
    int64_t end = index->bytes.size, from = index->at;
    int64_t tag = id3_size(reader, from);
    struct mp3_header first;
    for (int64_t at = from + tag; at + 4 <= end && !*stop; at++) {
        const uint8_t *b = reader_peek(reader, at, 2);
        if (!b)
            break;
        if (b[0] != 0xFF || (b[1] & 0xE0) != 0xE0 || mp3_chain(reader, at, end, 3, &first) < 2)
            continue;
        index->hole = at - from;
        index->at = at;
        pthread_mutex_lock(&index->lock);
        begin_run(index, at, &first);
        pthread_mutex_unlock(&index->lock);
        return true;
    }
    index->rest = is_tag(reader, from) ? 0 : end - from;
    return false;
}

/* What one look at the file found, not yet told to others. */
struct found {
    uint64_t frames;
    int64_t places[READER_BLOCK_SIZE / MP3_FRAME_MIN / STEP + 2];
    size_t place_count;
};

/* Takes the frame at index->at; false: the run does not go on there. */
static bool take_frame(struct mp3_index *index, const uint8_t *header, struct found *found)
{
    uint32_t size = mp3_stride(&index->stride, header);
    if (!size || index->at + size > index->bytes.size)
        return false;
    if ((index->frames + found->frames++) % STEP == 0)
        found->places[found->place_count++] = index->at;
    index->at += size;
    return true;
}

/* Takes the frames that begin in one block of the file; false: the run is over. */
static bool walk_block(struct mp3_index *index, struct found *found)
{
    size_t len;
    const uint8_t *block = reader_run(&index->reader, index->at, &len);
    int64_t from = index->at, end = from + (int64_t)len;
    bool more = len > 0;
    while (more && index->at + 4 <= end)
        more = take_frame(index, block + (index->at - from), found);
    if (!more || index->at >= end)
        return more;
    const uint8_t *across = reader_peek(&index->reader, index->at, 4);
    return across && take_frame(index, across, found);
}

/* Learns what the frames of the last run look like. */
static void begin_walk(struct mp3_index *index)
{
    const uint8_t *first = reader_peek(&index->reader, index->at, 4);
    index->stride = (struct mp3_stride){0};
    if (first)
        mp3_stride_of(first, &index->runs.items[index->runs.count - 1].like, &index->stride);
}

/* Takes frames of the last run; false: it is over. */
static bool take_frames(struct mp3_index *index)
{
    struct found found = {0};
    bool more = walk_block(index, &found);

    pthread_mutex_lock(&index->lock);
    index->runs.items[index->runs.count - 1].count += found.frames;
    index->frames += found.frames;
    for (size_t i = 0; i < found.place_count; i++)
        vec_push(&index->places, found.places[i]);
    pthread_cond_broadcast(&index->grown);
    pthread_mutex_unlock(&index->lock);
    return more;
}

void mp3_index_scan(struct mp3_index *index, const atomic_bool *stop)
{
    do {
        begin_walk(index);
        while (!*stop && take_frames(index))
            ;
    } while (!*stop && find_next_run(index, stop));
    pthread_mutex_lock(&index->lock);
    index->done = true;
    pthread_cond_broadcast(&index->grown);
    pthread_mutex_unlock(&index->lock);
}

/* Under lock, as all below. */
static bool is_known(const struct mp3_index *index, uint64_t frame)
{
    return frame < index->frames && (index->done || frame + AHEAD < index->frames);
}

/* The last run that begins with this frame, or this sample, or before it. */
static size_t run_at(const struct mp3_index *index, uint64_t wanted, bool by_sample)
{
    size_t low = 0, high = index->runs.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const struct mp3_run *run = &index->runs.items[middle];
        if ((by_sample ? run->start : run->first) <= wanted)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void fill_place(const struct mp3_index *index, uint64_t frame, struct mp3_place *place)
{
    size_t r = run_at(index, frame, false);
    const struct mp3_run *run = &index->runs.items[r];
    *place = (struct mp3_place){.frame = frame, .run = *run};
    place->indexed = frame - frame % STEP;
    place->at = index->places.items[frame / STEP];
    if (place->indexed < run->first) {
        place->indexed = run->first;
        place->at = run->at;
    }
    bool is_last = frame + 1 == run->first + run->count;
    place->cut = is_last && r + 1 < index->runs.count && run[1].hole > 0;
}

/* The frame of the run in which `sample` sounds. */
static uint64_t frame_at(const struct mp3_index *index, uint64_t sample)
{
    size_t low = run_at(index, sample, true);
    const struct mp3_run *run = &index->runs.items[low];
    uint64_t own = (sample - run->start) * (uint64_t)run->like.rate / (uint64_t)index->rate;
    uint64_t frame = own / (uint64_t)run->like.samples;
    bool is_last = low + 1 == index->runs.count;
    return run->first + (is_last || frame < run->count ? frame : run->count - 1);
}

enum mp3_found mp3_index_at(struct mp3_index *index, uint64_t sample, struct mp3_place *place)
{
    pthread_mutex_lock(&index->lock);
    uint64_t frame = frame_at(index, sample);
    enum mp3_found found = is_known(index, frame) ? MP3_FOUND
                           : index->done          ? MP3_END
                                                  : MP3_NOT_YET;
    if (found == MP3_FOUND)
        fill_place(index, frame, place);
    pthread_mutex_unlock(&index->lock);
    return found;
}

bool mp3_index_frame(struct mp3_index *index, uint64_t frame, struct mp3_place *place)
{
    pthread_mutex_lock(&index->lock);
    while (!index->done && !is_known(index, frame))
        pthread_cond_wait(&index->grown, &index->lock);
    bool known = is_known(index, frame);
    if (known)
        fill_place(index, frame, place);
    pthread_mutex_unlock(&index->lock);
    return known;
}

static uint64_t samples_so_far(const struct mp3_index *index)
{
    const struct mp3_run *last = &index->runs.items[index->runs.count - 1];
    return last->start + mp3_run_samples(last, last->count, index->rate);
}

uint64_t mp3_index_wait(struct mp3_index *index)
{
    pthread_mutex_lock(&index->lock);
    while (!index->done)
        pthread_cond_wait(&index->grown, &index->lock);
    uint64_t samples = samples_so_far(index);
    pthread_mutex_unlock(&index->lock);
    return samples;
}

uint64_t mp3_index_samples(struct mp3_index *index, bool *done)
{
    pthread_mutex_lock(&index->lock);
    uint64_t samples = samples_so_far(index);
    *done = index->done;
    pthread_mutex_unlock(&index->lock);
    return samples;
}

uint64_t mp3_index_frames(struct mp3_index *index)
{
    pthread_mutex_lock(&index->lock);
    uint64_t frames = index->frames;
    pthread_mutex_unlock(&index->lock);
    return frames;
}

bool mp3_index_run(struct mp3_index *index, size_t i, struct mp3_run *run)
{
    pthread_mutex_lock(&index->lock);
    bool is_there = i < index->runs.count;
    if (is_there)
        *run = index->runs.items[i];
    pthread_mutex_unlock(&index->lock);
    return is_there;
}

int64_t mp3_index_rest(struct mp3_index *index)
{
    pthread_mutex_lock(&index->lock);
    int64_t rest = index->rest;
    pthread_mutex_unlock(&index->lock);
    return rest;
}
