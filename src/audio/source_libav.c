/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All other sound, by libavformat and libavcodec: AAC, the sound of videos, and whatever else
 * ffmpeg reads.  Only built where these libraries are.
 *
 * A thread of its own decodes the file once through and notes, about every second, which sample
 * the piece with this time stamp begins with: so the length is exact, and seeks are, where time
 * stamps are rounded (Matroska) or have gaps.  Before it has come so far, stamps are trusted.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/av_stream.h"
#include "audio/source.h"
#include "audio/tag_text.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/vec.h"

#define RUN_UP_SECONDS                                                                         \
    1.5 /* decoded before a seek's target: more than lies between two notes */

struct note { /* the piece with this stamp begins with this sample */
    int64_t pts;
    uint64_t sample;
};

struct av_source {
    struct source base;
    struct bytes bytes;
    uint64_t hint;      /* the length that the container tells; SOURCE_UNKNOWN */
    int64_t first_pts;  /* of sample 0 */
    bool only_decoding; /* leads to a place: stamps begin anew somewhere, or are wrong */

    /* the noting thread */
    struct source_news news;
    pthread_t scanner;
    bool has_scanner;
    atomic_bool stop;
    atomic_uint_least64_t length; /* exact; SOURCE_UNKNOWN until known */
    pthread_mutex_t lock;
    VEC(struct note) notes; /* under lock */

    /* decoding thread only */
    struct av_stream *stream;
    struct av_piece piece; /* what is left of it */
    uint64_t position;     /* of its first frame */
};

static struct av_source *of(struct source *s)
{
    return (struct av_source *)s;
}

/* --- stamps and samples ---------------------------------------------------- */

static int64_t samples_of(const struct av_source *s, int64_t stamps)
{
    return av.av_rescale_q(stamps, s->stream->stream->time_base, (AVRational){1, s->base.rate});
}

static int64_t stamps_of(const struct av_source *s, int64_t samples)
{
    return av.av_rescale_q(samples, (AVRational){1, s->base.rate},
                           s->stream->stream->time_base);
}

/* The last note for which `is_by_stamp ? pts : sample` is not above. False: there is none. */
static bool find_note(struct av_source *s, int64_t wanted, bool is_by_stamp, struct note *note)
{
    pthread_mutex_lock(&s->lock);
    size_t low = 0, high = s->notes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct note *n = &s->notes.items[middle];
        if ((is_by_stamp ? n->pts : (int64_t)n->sample) <= wanted)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0)
        *note = s->notes.items[low - 1];
    pthread_mutex_unlock(&s->lock);
    return low > 0;
}

/* Which sample a piece begins with: noted, or counted from the stamps and rounded to whole
 * frames of the codec. */
static uint64_t sample_at(struct av_source *s, int64_t pts, bool *is_noted)
{
    struct note note = {s->first_pts, 0};
    find_note(s, pts, true, &note);
    *is_noted = note.pts == pts;
    int64_t samples = samples_of(s, pts - note.pts), size = s->stream->codec->frame_size;
    bool is_rounded = s->stream->stream->time_base.den < s->base.rate && size > 1;
    if (is_rounded)
        samples = (samples + size / 2) / size * size;
    return note.sample + (uint64_t)(samples > 0 ? samples : 0);
}

/* --- noting ---------------------------------------------------------------- */

static void note_down(struct av_source *s, int64_t pts, uint64_t sample)
{
    pthread_mutex_lock(&s->lock);
    const struct note *last = s->notes.count ? &s->notes.items[s->notes.count - 1] : NULL;
    if (!last || (pts > last->pts && sample >= last->sample + (uint64_t)s->base.rate))
        vec_push(&s->notes, (struct note){pts, sample});
    pthread_mutex_unlock(&s->lock);
}

static void *scan(void *context)
{
    struct av_source *s = context;
    struct av_stream *stream = av_stream_open(s->bytes, s->base.what.start, NULL);
    struct av_piece piece;
    uint64_t sample = 0;
    while (stream && !s->stop && av_stream_next(stream, &piece)) {
        if (piece.pts != AV_NOPTS_VALUE)
            note_down(s, piece.pts, sample);
        sample += piece.count;
    }
    if (stream && !s->stop)
        atomic_store(&s->length, sample);
    av_stream_close(stream);
    if (s->news.tell && !s->stop)
        s->news.tell(s->news.ctx);
    return NULL;
}

static void av_settle(struct source *base)
{
    struct av_source *s = of(base);
    if (s->has_scanner)
        pthread_join(s->scanner, NULL);
    s->has_scanner = false;
    if (atomic_load(&s->length) == SOURCE_UNKNOWN)
        scan(s);
}

/* --- reading --------------------------------------------------------------- */

static size_t av_read(struct source *base, float *frames, size_t count)
{
    struct av_source *s = of(base);
    size_t done = 0, channels = (size_t)base->channels;
    while (done < count) {
        if (!s->piece.count && !av_stream_next(s->stream, &s->piece))
            break;
        size_t part = s->piece.count < count - done ? s->piece.count : count - done;
        memcpy(frames + done * channels, s->piece.frames, part * channels * sizeof *frames);
        s->piece.frames += part * channels;
        s->piece.count -= part;
        s->position += part;
        done += part;
    }
    uint_least64_t unknown =
        SOURCE_UNKNOWN; /* what was counted is better than a place by stamps */
    if (done < count && !base->reader->failed)
        atomic_compare_exchange_strong(&s->length, &unknown, s->position);
    return done;
}

/* Decodes on until `frame` is next. */
static void skip_to(struct av_source *s, uint64_t frame)
{
    float thrown_away[1024 * 2];
    while (s->position < frame) {
        uint64_t left = frame - s->position;
        if (av_read(&s->base, thrown_away, left < 1024 ? (size_t)left : 1024) == 0)
            return;
    }
}

/* Begins again with the first sample. */
static bool rewind_all(struct av_source *s)
{
    struct av_stream *fresh = av_stream_open(s->bytes, s->base.what.start, NULL);
    if (!fresh)
        return false;
    fresh->rate = s->base.rate;
    fresh->channels = s->base.channels;
    av_stream_close(s->stream);
    s->stream = fresh;
    s->base.reader = &fresh->reader;
    s->piece.count = 0;
    s->position = 0;
    return true;
}

/* By stamps. Pieces before the target are passed over, until it lies in one whose place is
 * known. */
static bool go_to(struct av_source *s, uint64_t frame)
{
    int64_t run_up = (int64_t)(RUN_UP_SECONDS * s->base.rate), from = (int64_t)frame - run_up;
    struct note note = {s->first_pts, 0};
    if (from > 0)
        find_note(s, from, false, &note);
    int64_t target =
        note.pts + stamps_of(s, from > (int64_t)note.sample ? from - (int64_t)note.sample : 0);
    if (from <= 0 || s->only_decoding || !av_stream_seek(s->stream, target))
        return false;
    bool is_noted = false, is_placed = false;
    s->piece.count = 0;
    while (av_stream_next(s->stream, &s->piece)) {
        bool was_noted = is_noted;
        uint64_t at = 0;
        if (s->piece.pts != AV_NOPTS_VALUE)
            at = sample_at(s, s->piece.pts, &is_noted);
        if (s->piece.pts != AV_NOPTS_VALUE && (!is_placed || (is_noted && !was_noted)))
            s->position = at;
        is_noted |= was_noted;
        is_placed |= s->piece.pts != AV_NOPTS_VALUE;
        if (!is_placed || s->position > frame)
            return false; /* it came out too late */
        if (s->position + s->piece.count > frame)
            return true;
        s->position += s->piece.count;
    }
    return false;
}

static uint64_t av_seek(struct source *base, uint64_t frame)
{
    struct av_source *s = of(base);
    uint64_t length = atomic_load(&s->length);
    if (length != SOURCE_UNKNOWN && frame > length)
        frame = length;
    bool is_ahead = frame >= s->position && frame - s->position < (uint64_t)base->rate;
    if (!is_ahead && !go_to(s, frame) && (frame < s->position || !s->only_decoding))
        rewind_all(s);
    skip_to(s, frame);
    return s->position;
}

static uint64_t av_length(struct source *base, bool *exact)
{
    uint64_t length = atomic_load(&of(base)->length);
    *exact = length != SOURCE_UNKNOWN;
    return *exact ? length : of(base)->hint;
}

/* --- the row --------------------------------------------------------------- */

static void take_text(const AVDictionary *from, const char *key, char *into, size_t room)
{
    const AVDictionaryEntry *entry = av.av_dict_get(from, key, NULL, 0);
    if (entry)
        tag_take(entry->value, into, room);
}

static vb_time time_of(int64_t stamp, AVRational base)
{
    return av.av_rescale_q(stamp, base, (AVRational){1, (int)VB_SECOND});
}

static void av_describe(struct source *base, struct vb_sound_info *info)
{
    struct av_source *s = of(base);
    const AVFormatContext *format = s->stream->format;
    snprintf(info->codec, sizeof info->codec, "%s",
             av.avcodec_get_name(s->stream->codec->codec_id));
    info->channels = s->stream->codec->ch_layout.nb_channels;
    take_text(format->metadata, "title", info->title, sizeof info->title);
    take_text(format->metadata, "artist", info->artist, sizeof info->artist);
    for (unsigned i = 0; i < format->nb_chapters; i++) {
        const AVChapter *from = format->chapters[i];
        if (info->chapter_count == COUNT(info->chapters))
            return;
        struct vb_sound_chapter *to = &info->chapters[info->chapter_count++];
        *to = (struct vb_sound_chapter){time_of(from->start, from->time_base),
                                        time_of(from->end, from->time_base), ""};
        take_text(from->metadata, "title", to->title, sizeof to->title);
    }
}

static void av_close(struct source *base)
{
    struct av_source *s = of(base);
    atomic_store(&s->stop, true);
    if (s->has_scanner)
        pthread_join(s->scanner, NULL);
    av_stream_close(s->stream);
    pthread_mutex_destroy(&s->lock);
    free(s->notes.items);
    bytes_close(&s->bytes);
    free(s);
}

static uint64_t hinted_length(const struct av_source *s)
{
    const AVStream *stream = s->stream->stream;
    int64_t samples = 0;
    if (stream->duration > 0)
        samples = samples_of(s, stream->duration);
    else if (s->stream->format->duration > 0)
        samples = av.av_rescale(s->stream->format->duration, s->base.rate, AV_TIME_BASE);
    bool is_likely = samples > 0 && samples / s->base.rate < SOURCE_LONGEST_HOURS * 3600;
    return is_likely ? (uint64_t)samples : SOURCE_UNKNOWN;
}

/* The first piece tells what the sound is like; false: there is none. */
static bool take_first(struct av_source *s, struct vb_error *error)
{
    if (!av_stream_next(s->stream, &s->piece))
        return err_set(error, VB_BAD_FORMAT,
                       _("it holds no sound that can be decoded; download or copy it again"));
    s->base.rate = s->stream->rate;
    s->base.channels = s->stream->channels;
    s->first_pts = s->piece.pts != AV_NOPTS_VALUE ? s->piece.pts : 0;
    return source_check_shape(s->base.rate, s->stream->from.channels, error);
}

static struct source *av_open(struct bytes bytes, const struct sniffed *what,
                              struct source_news news, struct vb_error *error)
{
    struct av_stream *stream = av_stream_open(bytes, what->start, error);
    if (!stream)
        return NULL;
    struct av_source *s = mem_new(sizeof *s);
    s->base = (struct source){.what = *what, .reader = &stream->reader};
    s->bytes = bytes;
    s->news = news;
    s->stream = stream;
    /* In Ogg the stamps behind a seek are those of another packet now and then. */
    s->only_decoding = strcmp(stream->format->iformat->name, "ogg") == 0;
    atomic_init(&s->length, SOURCE_UNKNOWN);
    pthread_mutex_init(&s->lock, NULL);
    if (!take_first(s, error)) {
        s->bytes.fd = -1; /* still the caller's */
        av_close(&s->base);
        return NULL;
    }
    s->hint = hinted_length(s);
    s->has_scanner = pthread_create(&s->scanner, NULL, scan, s) == 0;
    return &s->base;
}

const struct decoder decoder_libav = {
    .name = "libav",
    .kinds = 1U << SOUND_OTHER,
    .is_there = av_library_there,
    .knows = av_stream_knows,
    .takes_chains = true,
    .open = av_open,
    .read = av_read,
    .seek = av_seek,
    .length = av_length,
    .settle = av_settle,
    .describe = av_describe,
    .close = av_close,
};
