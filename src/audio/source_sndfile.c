/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WAV, FLAC, Ogg Vorbis and Opus by libsndfile.
 *
 * Never MP3: there it believes estimated lengths.  It reads through our reader, so that tags in
 * front are skipped.  What a header says of the length is tried out before it is believed. */
#include <sndfile.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "audio/flac.h"
#include "audio/mix.h"
#include "audio/ogg.h"
#include "audio/source.h"
#include "audio/tag_text.h"
#include "audio/wav.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { PART = 1024 }; /* frames read at a time when channels are mixed */

struct snd_source {
    struct source base;
    struct bytes bytes;
    struct reader reader;
    int64_t base_at, at; /* of what libsndfile takes for its file, in the bytes */
    SNDFILE *file;
    int channels;      /* as in the file */
    uint64_t promised; /* SOURCE_UNKNOWN: nothing believable */
    uint64_t claimed;  /* by the header, whether believed or not */
    uint64_t position;
    uint64_t safe; /* libsndfile's seeks are exact up to here */
    struct flac_length flac;
    uint64_t told; /* the FLAC total that libsndfile gets to see; 0: the one in the file */
    atomic_uint_least64_t length; /* exact; SOURCE_UNKNOWN until known */
    float *wide;                  /* PART frames of all channels */
};

static struct snd_source *of(struct source *s)
{
    return (struct snd_source *)s;
}

static bool is_ogg(const struct snd_source *s)
{
    return s->base.what.kind == SOUND_VORBIS || s->base.what.kind == SOUND_OPUS;
}

/* --- libsndfile's view of the bytes --------------------------------------- */

static sf_count_t file_length(void *user)
{
    struct snd_source *s = user;
    return s->bytes.size - s->base_at;
}

static sf_count_t file_seek(sf_count_t offset, int whence, void *user)
{
    struct snd_source *s = user;
    int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? s->at : file_length(user);
    if (offset < -from)
        return -1;
    s->at = from + offset;
    return s->at;
}

/* libsndfile can't seek in a FLAC file whose header says no length, or a wrong one. */
static void put_told(const struct snd_source *s, uint8_t *bytes, size_t count)
{
    uint8_t total[FLAC_TOTAL_BYTES] = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < FLAC_TOTAL_BYTES; i++) {
            int64_t here = FLAC_TOTAL_AT + i - s->at;
            if (here < 0 || here >= (int64_t)count)
                continue;
            uint8_t *from = pass ? &total[i] : &bytes[here],
                    *to = pass ? &bytes[here] : &total[i];
            *to = *from;
        }
        if (pass == 0)
            flac_put_total(total, s->told);
    }
}

static sf_count_t file_read(void *into, sf_count_t count, void *user)
{
    struct snd_source *s = user;
    size_t got = reader_read(&s->reader, s->base_at + s->at, into, (size_t)count);
    if (s->told && s->at < FLAC_TOTAL_AT + FLAC_TOTAL_BYTES)
        put_told(s, into, got);
    s->at += (sf_count_t)got;
    return (sf_count_t)got;
}

static sf_count_t file_write(const void *from, sf_count_t count, void *user)
{
    (void)from, (void)count, (void)user;
    return 0;
}

static sf_count_t file_tell(void *user)
{
    return ((struct snd_source *)user)->at;
}

static SNDFILE *open_virtual(struct snd_source *s, SF_INFO *about)
{
    SF_VIRTUAL_IO io = {file_length, file_seek, file_read, file_write, file_tell};
    return sf_open_virtual(&io, SFM_READ, about, s); /* keeps a copy of `io` */
}

/* --- opening -------------------------------------------------------------- */

/* A recorder that lost its power leaves a data length of 0: the samples are read as they stand
 * up to the end of the file. */
static int raw_format(const struct wav *wav)
{
    static const struct {
        int format;
        uint32_t bits;
        int subtype;
    } known[] = {
        {1, 8,  SF_FORMAT_PCM_U8},
        {1, 16, SF_FORMAT_PCM_16},
        {1, 24, SF_FORMAT_PCM_24},
        {1, 32, SF_FORMAT_PCM_32},
        {3, 32, SF_FORMAT_FLOAT },
        {3, 64, SF_FORMAT_DOUBLE},
        {6, 8,  SF_FORMAT_ALAW  },
        {7, 8,  SF_FORMAT_ULAW  },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (known[i].format == wav->format && known[i].bits == wav->bits)
            return SF_FORMAT_RAW | known[i].subtype |
                   (wav->is_big_endian ? SF_ENDIAN_BIG : SF_ENDIAN_LITTLE);
    return 0;
}

/* Before the library allocates for what a WAV header claims. */
static bool check_wav(struct snd_source *s, SF_INFO *about, struct vb_error *error)
{
    struct wav wav;
    if (!wav_read(&s->reader, s->base_at, &wav))
        return err_set(error, VB_BAD_FORMAT,
                       _("the WAV header is cut short; copy the recording again"));
    if (!source_check_shape(wav.rate, wav.channels, error))
        return false;
    int raw = raw_format(&wav);
    if (raw && wav.frame_size && wav.data_size < WAV_UNKNOWN)
        s->claimed = wav.data_size / wav.frame_size;
    if (wav.data_size != 0 || wav.data_at >= s->bytes.size || !raw)
        return true;
    s->base_at = wav.data_at;
    *about =
        (SF_INFO){.format = raw, .samplerate = (int)wav.rate, .channels = (int)wav.channels};
    return true;
}

static bool open_file(struct snd_source *s, SF_INFO *about, struct vb_error *error)
{
    if (s->base.what.kind == SOUND_WAV && !check_wav(s, about, error))
        return false;
    s->file = open_virtual(s, about);
    if (!s->file)
        return err_set(error, VB_BAD_FORMAT,
                       _("it looks like sound but can't be opened (%s); download or copy it "
                         "again"),
                       sf_strerror(NULL));
    return source_check_shape(about->samplerate, about->channels, error);
}

static void snd_close(struct source *base)
{
    struct snd_source *s = of(base);
    if (s->file)
        sf_close(s->file);
    reader_free(&s->reader);
    bytes_close(&s->bytes);
    free(s->wide);
    free(s);
}

/* What the pages of an Ogg file tell, where libsndfile (1.2.0) falls short: of a file cut short
 * it says no length, and in the last page of a Vorbis stream its seeks land too early, by what
 * that page leaves out of its last packet. */
static void look_at_pages(struct snd_source *s)
{
    struct ogg_tail tail = ogg_read_tail(&s->reader, s->base_at);
    if (s->base.what.kind == SOUND_VORBIS)
        s->safe = tail.before;
    if (s->promised != SOURCE_UNKNOWN)
        return;
    bool is_opus = s->base.what.kind == SOUND_OPUS;
    uint64_t skip = is_opus ? opus_skip(&s->reader, s->base_at) : 0;
    uint64_t rate = (uint64_t)s->base.rate, counted = is_opus ? 48000 : rate;
    if (tail.last <= skip)
        return;
    uint64_t samples = tail.last - skip;
    s->promised = samples / counted * rate + samples % counted * rate / counted;
}

/* Is so much really there?  Tries the last frame. */
static bool has_frames(struct snd_source *s, uint64_t count)
{
    float frame[MIX_MAX_CHANNELS];
    return count == 0 || (sf_seek(s->file, (sf_count_t)count - 1, SEEK_SET) >= 0 &&
                          sf_readf_float(s->file, frame, 1) == 1);
}

/* After an error libsndfile is of no more use. */
static void open_again(struct snd_source *s)
{
    SF_INFO about = {0};
    sf_close(s->file);
    s->at = 0;
    s->file = open_virtual(s, &about);
}

/* A length is believed when its last frame is there. */
static void try_length(struct snd_source *s)
{
    uint64_t length = s->promised;
    bool is_there = has_frames(s, length);
    if (!is_there && s->flac.before) {
        s->told = length = s->flac.before; /* the last frame is cut */
        open_again(s);
        is_there = has_frames(s, length);
    }
    if (is_there)
        atomic_store(&s->length, length);
    else
        open_again(s);
    if (length)
        sf_seek(s->file, 0, SEEK_SET);
}

/* A FLAC file of which a part is missing still promises all of it. */
static void look_at_frames(struct snd_source *s)
{
    s->flac = flac_read_length(&s->reader, s->base_at);
    if (s->flac.last != s->flac.promised)
        s->told = s->flac.last;
}

static struct source *snd_open(struct bytes bytes, const struct sniffed *what,
                               struct source_news news, struct vb_error *error)
{
    (void)news; /* nothing is found out later */
    struct snd_source *s = mem_new(sizeof *s);
    s->base.what = *what;
    s->bytes = bytes;
    s->base_at = what->start;
    reader_init(&s->reader, bytes);
    s->base.reader = &s->reader;
    SF_INFO about = {0};
    if (what->kind == SOUND_FLAC)
        look_at_frames(s);
    if (!open_file(s, &about, error)) {
        s->bytes.fd = -1; /* still the caller's */
        snd_close(&s->base);
        return NULL;
    }
    s->channels = about.channels;
    s->base.rate = about.samplerate;
    s->base.channels = about.channels == 1 ? 1 : 2;
    uint64_t longest = (uint64_t)SOURCE_LONGEST_HOURS * 3600 * (uint64_t)about.samplerate;
    s->promised = about.frames >= 0 && (uint64_t)about.frames <= longest
                      ? (uint64_t)about.frames
                      : SOURCE_UNKNOWN;
    atomic_init(&s->length, SOURCE_UNKNOWN);
    if (about.channels > 2)
        s->wide = mem_new(PART * (size_t)about.channels * sizeof *s->wide);
    s->safe = UINT64_MAX;
    if (s->flac.promised)
        s->claimed = s->flac.promised;
    if (!s->claimed)
        s->claimed = s->promised;
    if (is_ogg(s))
        look_at_pages(s);
    if (s->promised != SOURCE_UNKNOWN)
        try_length(s);
    return &s->base;
}

/* --- frames --------------------------------------------------------------- */

static size_t read_wide(struct snd_source *s, float *frames, size_t count)
{
    size_t done = 0;
    while (done < count) {
        sf_count_t part = count - done < PART ? (sf_count_t)(count - done) : PART;
        sf_count_t got = sf_readf_float(s->file, s->wide, part);
        if (got <= 0)
            break;
        mix(s->wide, s->channels, frames + done * 2, 2, (size_t)got);
        done += (size_t)got;
    }
    return done;
}

static size_t snd_read(struct source *base, float *frames, size_t count)
{
    struct snd_source *s = of(base);
    sf_count_t got = s->wide ? (sf_count_t)read_wide(s, frames, count)
                             : sf_readf_float(s->file, frames, (sf_count_t)count);
    size_t done = got > 0 ? (size_t)got : 0;
    s->position += done;
    if (done < count && !s->reader.failed) /* what it promised or not: here it ends */
        atomic_store(&s->length, s->position);
    return done;
}

/* Opus remembers: what it plays depends a little on what it played before. It has converged
 * after the 80 ms that RFC 7845 asks for; half a second leaves no difference to be measured.
 * Vorbis overlaps blocks of up to 8192 frames, and libsndfile gets the first one after a seek
 * wrong. */
static uint64_t run_up(const struct snd_source *s)
{
    switch (s->base.what.kind) {
    case SOUND_OPUS:
        return (uint64_t)s->base.rate / 2;
    case SOUND_VORBIS:
        return 8192;
    default:
        return 0;
    }
}

static bool go_to(struct snd_source *s, uint64_t frame)
{
    uint64_t before = run_up(s), from = frame > before ? frame - before : 0;
    from = from < s->safe ? from : s->safe;
    if (sf_seek(s->file, (sf_count_t)from, SEEK_SET) < 0)
        return false;
    s->position = from;
    float thrown_away[PART * 2];
    while (s->position < frame) {
        uint64_t left = frame - s->position;
        if (snd_read(&s->base, thrown_away, left < PART ? (size_t)left : PART) == 0)
            return false;
    }
    return true;
}

/* After a seek into garbage libsndfile refuses every other one; a fresh look does not. */
static bool go_to_again(struct snd_source *s, uint64_t frame)
{
    open_again(s);
    return go_to(s, frame);
}

static uint64_t snd_seek(struct source *base, uint64_t frame)
{
    struct snd_source *s = of(base);
    uint64_t length = atomic_load(&s->length);
    if (length != SOURCE_UNKNOWN && frame >= length)
        frame = length;
    if (frame == length || (!go_to(s, frame) && !go_to_again(s, frame))) {
        /* To read nothing from here on, stand at the end. */
        sf_seek(s->file, 0, SEEK_END);
        s->position = length != SOURCE_UNKNOWN ? length : s->position;
    }
    return s->position;
}

static uint64_t snd_length(struct source *base, bool *exact)
{
    uint64_t length = atomic_load(&of(base)->length);
    *exact = length != SOURCE_UNKNOWN;
    return *exact ? length : of(base)->promised;
}

/* Where nothing believable is said, only reading tells. */
static void snd_settle(struct source *base)
{
    struct snd_source *s = of(base);
    float part[PART * 2];
    if (atomic_load(&s->length) != SOURCE_UNKNOWN)
        return;
    sf_seek(s->file, 0, SEEK_SET);
    s->position = 0;
    while (snd_read(base, part, PART) == PART)
        ;
}

static void snd_describe(struct source *base, struct vb_sound_info *info)
{
    struct snd_source *s = of(base);
    static const char *const codecs[] = {[SOUND_WAV] = "wav",
                                         [SOUND_FLAC] = "flac",
                                         [SOUND_VORBIS] = "vorbis",
                                         [SOUND_OPUS] = "opus"};
    strcpy(info->codec, codecs[base->what.kind]);
    info->channels = s->channels;
    const struct {
        int which;
        char *into;
        size_t room;
    } tags[] = {
        {SF_STR_TITLE,  info->title,  sizeof info->title },
        {SF_STR_ARTIST, info->artist, sizeof info->artist},
    };
    for (size_t i = 0; i < COUNT(tags); i++)
        tag_take(sf_get_string(s->file, tags[i].which), tags[i].into, tags[i].room);
    uint64_t length = atomic_load(&s->length);
    if (is_ogg(s) && ogg_is_chained(&s->reader, s->base_at))
        sound_loss(info, _("several recordings stand one behind the other in this file; only "
                           "the first is played"));
    if (s->claimed != SOURCE_UNKNOWN && length < s->claimed)
        sound_loss(info, _("it ends at %s, though it promises %s: a part is missing"),
                   time_text((double)length / base->rate).text,
                   time_text((double)s->claimed / base->rate).text);
}

const struct decoder decoder_sndfile = {
    .name = "sndfile",
    .kinds = 1U << SOUND_WAV | 1U << SOUND_FLAC | 1U << SOUND_VORBIS | 1U << SOUND_OPUS,
    .open = snd_open,
    .read = snd_read,
    .seek = snd_seek,
    .length = snd_length,
    .settle = snd_settle,
    .describe = snd_describe,
    .close = snd_close,
};
