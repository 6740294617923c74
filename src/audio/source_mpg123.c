/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MP3 (and layers 1 and 2) by libmpg123.
 *
 * The library is only a decoder of frames here.  Where they stand, and so the length and every
 * seek, is known from our own index (mp3_index.h): the library's takes 275 000 reads for an
 * hour, counts samples of mixed rates, and finds false frames in rubbish.
 *
 * A frame borrows up to 511 bytes from those before it and overlaps with its neighbour, so
 * after a seek some frames are decoded and thrown away: exactly those that lend, and two more.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "audio/mix.h"
#include "audio/mp3_decoder.h"
#include "audio/mp3_index.h"
#include "audio/resample.h"
#include "audio/source.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/vec.h"

enum {
    FRAME_SAMPLES = 1152,
    DECODER_DELAY = 529, /* samples every decoder adds in front, on top of the encoder's */
    LOOK_BACK = 32,      /* frames; borrowing never reaches further */
};

struct mp3_source {
    struct source base;
    struct bytes bytes;
    struct mp3_tag tag;
    uint64_t trim_start; /* samples that ffmpeg leaves out at the start */

    /* the scanning thread */
    struct source_news news;
    struct mp3_index *index;
    pthread_t scanner;
    bool has_scanner;
    atomic_bool stop;
    atomic_uint_least64_t length; /* exact; SOURCE_UNKNOWN until the scan is over */

    /* decoding thread only */
    struct reader reader;
    struct mp3_decoder *decoder;
    struct resampler *resampler; /* for a run of another rate than the first */
    struct mp3_run run;          /* what is being decoded; count may lag */
    uint64_t frame;              /* the next to decode */
    int64_t at;                  /* its place */
    uint64_t position;           /* the next sample to hand out, counted with what is trimmed */
    uint64_t ready_start;        /* … and the first one of `ready` */
    VEC(float) ready;
};

static struct mp3_source *of(struct source *s)
{
    return (struct mp3_source *)s;
}

/* --- one frame ------------------------------------------------------------ */

/* The size of the frame at s->at; 0: the file has changed under us. */
static uint32_t frame_size(struct mp3_source *s)
{
    struct mp3_header header;
    const uint8_t *b = reader_peek(&s->reader, s->at, 4);
    if (!b || !mp3_header_parse(b, &header))
        return 0;
    const struct mp3_header *like = &s->run.like;
    return header.free ? like->size - (uint32_t)like->padding + (uint32_t)header.padding
                       : header.size;
}

/* --- the end -------------------------------------------------------------- */

/* The encoder filled its last frame up; that is left out when its tag speaks of this very file
 * and not of a piece of it. */
static uint64_t exact_length(struct mp3_source *s)
{
    bool done;
    uint64_t samples = mp3_index_samples(s->index, &done);
    struct mp3_run second;
    bool is_whole = !mp3_index_run(s->index, 1, &second) && s->tag.frames > 0 &&
                    mp3_index_frames(s->index) == s->tag.frames;
    uint64_t trim = s->trim_start;
    if (is_whole && s->tag.padding > DECODER_DELAY)
        trim += (uint64_t)(s->tag.padding - DECODER_DELAY);
    return samples > trim ? samples - trim : 0;
}

/* The same as soon as the scan is over, even if its thread has not said so yet. */
static uint64_t length_so_far(struct mp3_source *s)
{
    bool done;
    uint64_t length = atomic_load(&s->length);
    if (length != SOURCE_UNKNOWN || (mp3_index_samples(s->index, &done), !done))
        return length;
    length = exact_length(s);
    atomic_store(&s->length, length);
    return length;
}

/* --- frames in a row ------------------------------------------------------ */

/* Samples, at our rate, from the first frame of the file to the one to decode next. */
static uint64_t sample_of_next(const struct mp3_source *s)
{
    return s->run.start + mp3_run_samples(&s->run, s->frame - s->run.first, s->base.rate);
}

static void use_run(struct mp3_source *s, const struct mp3_run *run)
{
    s->run = *run;
    resampler_free(s->resampler);
    s->resampler = NULL;
    if (run->like.rate == s->base.rate)
        return;
    s->resampler = resampler_new(run->like.rate, s->base.rate, s->base.channels);
    resampler_start(s->resampler, 0);
    resampler_begin(s->resampler, 0);
}

/* What resampling still holds back when its run is over. */
static void drain(struct mp3_source *s, const struct mp3_run *run)
{
    uint64_t until = mp3_run_samples(run, run->count, s->base.rate);
    float part[256 * 2];
    size_t got;
    while ((got = resampler_take(s->resampler, part, 256, until, true)) > 0) {
        size_t count = got * (size_t)s->base.channels, had = s->ready.count;
        vec_reserve(&s->ready, had + count);
        memcpy(s->ready.items + had, part, count * sizeof *part);
        s->ready.count += count;
    }
}

/* Puts a frame's samples behind what is ready, in our channels and rate. */
static void make_ready(struct mp3_source *s, float *samples, bool is_last)
{
    size_t frames = (size_t)s->run.like.samples;
    float mixed[FRAME_SAMPLES * 2];
    mix(samples, s->run.like.channels, mixed, s->base.channels, frames);
    if (!s->resampler) {
        size_t count = frames * (size_t)s->base.channels;
        vec_reserve(&s->ready, count);
        memcpy(s->ready.items, mixed, count * sizeof *mixed);
        s->ready.count = count;
        return;
    }
    size_t room = frames * (size_t)s->base.rate / (size_t)s->run.like.rate + 2;
    vec_reserve(&s->ready, room * (size_t)s->base.channels);
    resampler_feed(s->resampler, mixed, frames);
    size_t got = resampler_take(s->resampler, s->ready.items, room, UINT64_MAX, false);
    s->ready.count = got * (size_t)s->base.channels;
    if (is_last)
        drain(s, &s->run);
}

/* Goes on with the run that s->frame belongs to. False: the end. */
static bool find_frame(struct mp3_source *s, bool *cut)
{
    struct mp3_place place;
    if (!mp3_index_frame(s->index, s->frame, &place))
        return false;
    *cut = place.cut;
    if (place.run.first != s->run.first) {
        s->at = place.run.at;
        s->ready_start = place.run.start;
        use_run(s, &place.run);
        mp3_decoder_start(s->decoder, &s->run.like);
    }
    s->run.count = place.run.count;
    return true;
}

static bool decode_next(struct mp3_source *s)
{
    bool cut;
    s->ready_start += s->ready.count / (size_t)s->base.channels;
    s->ready.count = 0;
    if (!find_frame(s, &cut))
        return false;
    uint32_t size = frame_size(s);
    const uint8_t *frame = size ? reader_peek(&s->reader, s->at, size) : NULL;
    s->base.changed = !frame;
    if (!frame)
        return false;
    float samples[FRAME_SAMPLES * 2];
    mp3_decoder_frame(s->decoder, &s->run.like, frame, size, samples);
    if (cut)
        memset(samples, 0, sizeof samples);
    s->at += size;
    s->frame++;
    make_ready(s, samples, s->frame == s->run.first + s->run.count);
    return true;
}

static size_t hand_out(struct mp3_source *s, float *frames, size_t count)
{
    size_t channels = (size_t)s->base.channels;
    uint64_t skip = s->position - s->ready_start;
    uint64_t have = s->ready.count / channels;
    if (s->position < s->ready_start || skip >= have)
        return 0;
    size_t part = have - skip < count ? (size_t)(have - skip) : count;
    memcpy(frames, s->ready.items + skip * channels, part * channels * sizeof *frames);
    s->position += part;
    return part;
}

static size_t mp3_read(struct source *base, float *frames, size_t count)
{
    struct mp3_source *s = of(base);
    size_t done = 0;
    while (done < count) {
        uint64_t length = length_so_far(s), past = s->position - s->trim_start;
        if (length != SOURCE_UNKNOWN && past >= length)
            break;
        size_t room = count - done;
        if (length != SOURCE_UNKNOWN && length - past < room)
            room = (size_t)(length - past);
        size_t got = hand_out(s, frames + done * (size_t)base->channels, room);
        done += got;
        if (!got && !decode_next(s))
            break;
    }
    return done;
}

/* --- jumping -------------------------------------------------------------- */

/* How many of the `count` frames before the one to play must be decoded first: the two that
 * reach into it by overlap and filter, and those that may lend these bytes. */
static size_t frames_needed(const struct mp3_run *run, const uint32_t *sizes, size_t count)
{
    bool low = run->like.version != MPEG_1;
    int borrow = run->like.layer == 3 ? (low ? 255 : 511) : 0;
    int side_info = run->like.channels == 1 ? (low ? 9 : 17) : (low ? 17 : 32);
    int overhead = 4 + 2 + side_info; /* header, checksum */
    size_t needed = count < 2 ? count : 2;
    while (borrow > 0 && needed < count)
        borrow -= (int)sizes[count - ++needed] - overhead;
    return needed;
}

/* Steps from an indexed frame by headers to `frame`; `sizes` gets those of the frames between
 * `from` and it. */
static size_t walk(struct mp3_source *s, const struct mp3_place *place, uint64_t from,
                   uint64_t frame, uint32_t *sizes, int64_t *from_at)
{
    size_t count = 0;
    s->at = place->at;
    for (uint64_t f = place->indexed; f < frame; f++) {
        uint32_t size = frame_size(s);
        if (f == from)
            *from_at = s->at;
        if (f >= from)
            sizes[count++] = size;
        s->at += size;
    }
    return count;
}

/* Makes `frame` the next one, with the decoder in the state it would have come to. */
static void go_to_frame(struct mp3_source *s, const struct mp3_run *run, uint64_t frame)
{
    uint64_t from = frame - run->first > LOOK_BACK ? frame - LOOK_BACK : run->first;
    struct mp3_place place;
    mp3_index_frame(s->index, from, &place);
    uint32_t sizes[LOOK_BACK];
    int64_t at = place.at;
    size_t count = walk(s, &place, from, frame, sizes, &at);
    size_t skip = count - frames_needed(run, sizes, count);
    s->at = count ? at : s->at;
    for (size_t i = 0; i < skip; i++)
        s->at += sizes[i];
    mp3_decoder_start(s->decoder, &s->run.like);
    for (; skip < count; skip++) {
        float thrown_away[FRAME_SAMPLES * 2];
        const uint8_t *bytes = reader_peek(&s->reader, s->at, sizes[skip]);
        if (bytes && sizes[skip])
            mp3_decoder_frame(s->decoder, &s->run.like, bytes, sizes[skip], thrown_away);
        s->at += sizes[skip];
    }
    s->frame = frame;
}

static bool mp3_ready(struct source *base, uint64_t frame)
{
    struct mp3_source *s = of(base);
    struct mp3_place place;
    return mp3_index_at(s->index, frame + s->trim_start, &place) != MP3_NOT_YET;
}

static void go_to_end(struct mp3_source *s)
{
    bool done;
    s->position = s->trim_start + length_so_far(s);
    s->frame = mp3_index_frames(s->index);
    s->ready.count = 0;
    s->ready_start = mp3_index_samples(s->index, &done);
}

static uint64_t mp3_seek(struct source *base, uint64_t to)
{
    struct mp3_source *s = of(base);
    uint64_t sample = to + s->trim_start;
    struct mp3_place place;
    if (to > UINT64_MAX / 2 || !mp3_ready(base, to))
        mp3_index_wait(s->index);
    if (to >= length_so_far(s) || mp3_index_at(s->index, sample, &place) != MP3_FOUND) {
        mp3_index_wait(s->index);
        go_to_end(s);
        return s->position - s->trim_start;
    }
    use_run(s, &place.run);
    uint64_t frame = place.frame;
    if (s->resampler) {
        uint64_t in = resampler_start(s->resampler, sample - place.run.start);
        frame = place.run.first + in / (uint64_t)place.run.like.samples;
        resampler_begin(s->resampler,
                        (frame - place.run.first) * (uint64_t)place.run.like.samples);
    }
    go_to_frame(s, &place.run, frame);
    s->position = sample;
    s->ready.count = 0;
    s->ready_start = s->resampler ? sample : sample_of_next(s);
    return to;
}

/* --- length --------------------------------------------------------------- */

static void scan(struct mp3_source *s)
{
    mp3_index_scan(s->index, &s->stop);
    atomic_store(&s->length, exact_length(s));
}

static void *scan_thread(void *context)
{
    struct mp3_source *s = context;
    scan(s);
    if (s->news.tell && !s->stop)
        s->news.tell(s->news.ctx);
    return NULL;
}

/* Until the scan is over: what the tag promises, or what the first frame's size suggests. */
static uint64_t guessed_length(const struct mp3_source *s)
{
    const struct mp3_header *like = &s->base.what.mp3;
    uint64_t bytes = (uint64_t)(s->bytes.size - s->base.what.start);
    uint64_t most = bytes / 24; /* no frame is shorter: a tag may lie, but not beyond that */
    uint64_t frames = s->tag.frames && s->tag.frames <= most ? s->tag.frames
                      : like->size                           ? bytes / like->size
                                                             : 0;
    return frames ? frames * (uint64_t)like->samples : SOURCE_UNKNOWN;
}

static uint64_t mp3_length(struct source *base, bool *exact)
{
    uint64_t length = atomic_load(&of(base)->length);
    *exact = length != SOURCE_UNKNOWN;
    return *exact ? length : guessed_length(of(base));
}

static void mp3_settle(struct source *base)
{
    struct mp3_source *s = of(base);
    mp3_index_wait(s->index);
    if (s->has_scanner)
        pthread_join(s->scanner, NULL);
    s->has_scanner = false;
}

/* --- the row -------------------------------------------------------------- */

static void note_run(struct mp3_source *s, const struct mp3_run *run,
                     struct vb_sound_info *info)
{
    double seconds = ((double)run->start - (double)s->trim_start) / s->base.rate;
    struct time_text when = time_text(seconds > 0 ? seconds : 0);
    if (run->hole)
        sound_note(info,
                   P_("at %s, %lld byte that is no sound is skipped",
                      "at %s, %lld bytes that are no sound are skipped",
                      (unsigned long)run->hole),
                   when.text, (long long)run->hole);
    if (run->like.rate != s->base.rate || run->like.channels != s->base.channels)
        sound_note(info,
                   P_("from %s on the sound has %d Hz and %d channel; it is converted",
                      "from %s on the sound has %d Hz and %d channels; it is converted",
                      (unsigned long)run->like.channels),
                   when.text, run->like.rate, run->like.channels);
}

static void mp3_describe(struct source *base, struct vb_sound_info *info)
{
    struct mp3_source *s = of(base);
    strcpy(info->codec, base->what.mp3.layer == 3 ? "mp3" : "mp2");
    struct mp3_run run;
    for (size_t i = 1; mp3_index_run(s->index, i, &run); i++)
        note_run(s, &run, info);
    uint64_t frames = mp3_index_frames(s->index);
    if (s->tag.frames > frames + 1) {
        double promised = (double)s->tag.frames * base->what.mp3.samples / base->rate;
        double have = (double)frames * base->what.mp3.samples / base->rate;
        sound_loss(info, _("it ends at %s, though it promises %s: a part is missing"),
                   time_text(have).text, time_text(promised).text);
    }
    int64_t rest = mp3_index_rest(s->index);
    if (rest > MP3_FRAME_MAX)
        sound_note(info,
                   P_("it ends with %lld byte that is no sound",
                      "it ends with %lld bytes that are no sound", (unsigned long)rest),
                   (long long)rest);
}

static void mp3_close(struct source *base)
{
    struct mp3_source *s = of(base);
    atomic_store(&s->stop, true);
    if (s->has_scanner)
        pthread_join(s->scanner, NULL);
    mp3_index_free(s->index);
    mp3_decoder_free(s->decoder);
    resampler_free(s->resampler);
    reader_free(&s->reader);
    free(s->ready.items);
    bytes_close(&s->bytes);
    free(s);
}

/* Reads the tag in the first frame and says where the frames that sound begin. */
static int64_t read_tag(struct mp3_source *s)
{
    const struct sniffed *what = &s->base.what;
    const uint8_t *frame = reader_peek(&s->reader, what->start, what->mp3.size);
    s->tag = (struct mp3_tag){.delay = -1, .padding = -1};
    if (frame)
        s->tag = mp3_tag_read(frame, what->mp3.size, &what->mp3);
    s->trim_start = s->tag.delay >= 0 ? (uint64_t)(s->tag.delay + DECODER_DELAY) : 0;
    struct mp3_header next;
    int64_t behind = what->start + what->mp3.size;
    bool more = s->tag.skip && mp3_chain(&s->reader, behind, s->bytes.size, 1, &next) > 0;
    return more ? behind : what->start;
}

static struct source *mp3_open(struct bytes bytes, const struct sniffed *what,
                               struct source_news news, struct vb_error *error)
{
    struct mp3_source *s = mem_new(sizeof *s);
    s->base =
        (struct source){.rate = what->mp3.rate, .channels = what->mp3.channels, .what = *what};
    s->news = news;
    s->decoder = mp3_decoder_new(error);
    if (!s->decoder) {
        free(s);
        return NULL;
    }
    s->bytes = bytes;
    reader_init(&s->reader, bytes);
    s->base.reader = &s->reader;
    int64_t start = read_tag(s);
    s->index = mp3_index_new(bytes, start, &what->mp3);
    mp3_index_run(s->index, 0, &s->run);
    s->at = start;
    s->position = s->trim_start;
    atomic_init(&s->length, SOURCE_UNKNOWN);
    mp3_decoder_start(s->decoder, &s->run.like);
    s->has_scanner = pthread_create(&s->scanner, NULL, scan_thread, s) == 0;
    if (!s->has_scanner)
        scan(s);
    return &s->base;
}

const struct decoder decoder_mpg123 = {
    .name = "mpg123",
    .kinds = 1U << SOUND_MP3,
    .open = mp3_open,
    .read = mp3_read,
    .ready = mp3_ready,
    .seek = mp3_seek,
    .length = mp3_length,
    .settle = mp3_settle,
    .describe = mp3_describe,
    .close = mp3_close,
};
