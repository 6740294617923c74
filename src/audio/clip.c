/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A passage of a sound as a file of its own, by libsndfile's writers.
 *
 * Samples go out as integers: a float that was read from 16 or 24 bits is that very number
 * again, which libsndfile's own scaling of floats does not promise. */
#include "verbatim/clip.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "audio/source.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum { PART = 4096 }; /* frames at a time: libsndfile's Vorbis writer needs its stack */
#define FADE            (10 * VB_SECOND / 1000)
#define WAV_BYTES_LIMIT 4000000000u

/* What libsndfile was built without is not offered. */
#ifndef SF_FORMAT_MPEG
#define SF_FORMAT_MPEG           0x230000
#define SF_FORMAT_MPEG_LAYER_III 0x0082
#endif

static const struct kind {
    const char *ending;
    int exact, lossy; /* libsndfile's formats for sound that was kept whole, and that was not */
    double quality;   /* 0 … 1; below 0: there is no such choice */
} kinds[] = {
    {"wav",  SF_FORMAT_WAV | SF_FORMAT_PCM_24,          SF_FORMAT_WAV | SF_FORMAT_PCM_16,  -1},
    {"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24,         SF_FORMAT_FLAC | SF_FORMAT_PCM_16, -1},
    {"ogg",  SF_FORMAT_OGG | SF_FORMAT_VORBIS,          SF_FORMAT_OGG | SF_FORMAT_VORBIS,  .6},
    {"opus", SF_FORMAT_OGG | SF_FORMAT_OPUS,            SF_FORMAT_OGG | SF_FORMAT_OPUS,    -1},
    {"mp3",  SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III,
     SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III,                                            -1},
};

/* ---- which kind ---- */

static bool can_write(int format, int rate, int channels)
{
    SF_INFO info = {.format = format, .samplerate = rate, .channels = channels};
    return sf_format_check(&info);
}

const char *vb_clip_endings(void)
{
    static char endings[64];
    size_t len = 0;
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (can_write(kinds[i].lossy, 48000, 1))
            len += (size_t)snprintf(endings + len, sizeof endings - len, "%s%s", len ? " " : "",
                                    kinds[i].ending);
    return endings;
}

static const struct kind *kind_of(const char *path, struct vb_error *error)
{
    const char *name = file_name(path), *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < COUNT(kinds); i++)
        if (!strcasecmp(dot + 1, kinds[i].ending) && can_write(kinds[i].lossy, 48000, 1))
            return &kinds[i];
    err_set(error, VB_UNSUPPORTED, _("%s: a clip's name ends in one of: %s"), path,
            vb_clip_endings());
    return NULL;
}

static bool is_lossless(const struct source *s)
{
    return s->what.kind == SOUND_WAV || s->what.kind == SOUND_FLAC;
}

/* ---- the passage ---- */

struct passage {
    struct source *source;
    uint64_t from, until, at; /* frames */
    uint64_t fade;
};

static bool open_passage(struct passage *p, const char *path, vb_time from, vb_time until,
                         struct vb_error *error)
{
    p->source = source_open(path, (struct source_news){0}, error);
    if (!p->source)
        return false;
    source_settle(p->source); /* only then every place can be reached */
    bool exact;
    uint64_t length = source_length(p->source, &exact);
    p->from = frames_of_time(from < 0 ? 0 : from, p->source->rate);
    p->until = frames_of_time(until < 0 ? 0 : until, p->source->rate);
    p->until = p->until < length ? p->until : length;
    if (p->from >= p->until)
        return err_set(error, VB_NOT_FOUND, "%s", _("there is no sound in that passage"));
    uint64_t half = (p->until - p->from) / 2;
    p->fade = frames_of_time(FADE, p->source->rate);
    p->fade = p->fade < half ? p->fade : half;
    p->at = source_seek(p->source, p->from);
    return true;
}

/* 0 at the very edge, 1 from the fade's end on. */
static float loudness_at(const struct passage *p, uint64_t frame)
{
    uint64_t inside = frame - p->from, left = p->until - 1 - frame;
    uint64_t edge = inside < left ? inside : left;
    return edge >= p->fade ? 1 : (float)edge / (float)p->fade;
}

/* Returns the frames read into `frames`. */
static size_t read_part(struct passage *p, float *frames)
{
    uint64_t left = p->until - p->at;
    size_t wanted = left < PART ? (size_t)left : PART;
    size_t got = wanted ? source_read(p->source, frames, wanted) : 0;
    int channels = p->source->channels;
    for (size_t i = 0; i < got; i++, p->at++) {
        float loudness = loudness_at(p, p->at);
        for (int c = 0; c < channels && loudness < 1; c++)
            frames[i * (size_t)channels + (size_t)c] *= loudness;
    }
    return got;
}

/* ---- writing ---- */

/* The sample as the integer it was read from, in the upper bits. */
static int whole(float sample, double steps)
{
    double value = rint((double)sample * steps);
    value = value < -steps ? -steps : value > steps - 1 ? steps - 1 : value;
    return (int)(value * (2147483648. / steps));
}

static bool write_part(SNDFILE *to, const float *frames, size_t count, int channels,
                       double steps)
{
    size_t samples = count * (size_t)channels;
    if (steps == 0)
        return sf_writef_float(to, frames, (sf_count_t)count) == (sf_count_t)count;
    int *whole_samples = mem_new(samples * sizeof *whole_samples);
    for (size_t i = 0; i < samples; i++)
        whole_samples[i] = whole(frames[i], steps);
    bool written = sf_writef_int(to, whole_samples, (sf_count_t)count) == (sf_count_t)count;
    free(whole_samples);
    return written;
}

static bool is_cancelled(const struct vb_task *task)
{
    return task && task->cancelled && task->cancelled(task->ctx);
}

static double steps_of(int format)
{
    int kind = format & SF_FORMAT_SUBMASK;
    return kind == SF_FORMAT_PCM_24 ? 8388608 : kind == SF_FORMAT_PCM_16 ? 32768 : 0;
}

static bool write_passage(struct passage *p, SNDFILE *to, int format,
                          const struct vb_task *task, struct vb_error *error)
{
    const uint64_t all = p->until - p->from;
    float *frames = mem_new(PART * (size_t)p->source->channels * sizeof *frames);
    bool fine = true;
    size_t got;
    while (fine && (got = read_part(p, frames)) > 0) {
        if (is_cancelled(task))
            fine = err_set(error, VB_CANCELLED, "%s", _("cancelled"));
        else if (!write_part(to, frames, got, p->source->channels, steps_of(format)))
            fine = err_set(error, VB_UNREADABLE, "%s", sf_strerror(to));
        if (task && task->progress)
            task->progress(task->ctx, (float)(p->at - p->from) / (float)all);
    }
    free(frames);
    return fine;
}

static SNDFILE *open_writer(int file, const struct passage *p, const struct kind *kind,
                            int format, const char *path, struct vb_error *error)
{
    SF_INFO info = {
        .format = format, .samplerate = p->source->rate, .channels = p->source->channels};
    if (!sf_format_check(&info)) {
        err_set(error, VB_UNSUPPORTED,
                _("%s: this kind of file can't hold %d samples a second; take wav or flac"),
                path, p->source->rate);
        return NULL;
    }
    SNDFILE *to = sf_open_fd(file, SFM_WRITE, &info, SF_FALSE);
    double quality = kind->quality;
    if (to && quality >= 0)
        sf_command(to, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
    if (!to)
        err_set(error, VB_UNREADABLE, "%s: %s", path, sf_strerror(NULL));
    return to;
}

static bool is_too_long(const struct passage *p, const struct kind *kind)
{
    uint64_t bytes = (p->until - p->from) * (uint64_t)p->source->channels * 3;
    return !strcmp(kind->ending, "wav") && bytes > WAV_BYTES_LIMIT;
}

/* Into the open file that will be renamed. */
static bool fill(int file, struct passage *p, const struct kind *kind, const char *path,
                 const struct vb_task *task, struct vb_error *error)
{
    int format = is_lossless(p->source) ? kind->exact : kind->lossy;
    if (is_too_long(p, kind))
        return err_set(error, VB_UNSUPPORTED,
                       _("%s: a WAV file holds no more than 4 GB; take flac"), path);
    SNDFILE *to = open_writer(file, p, kind, format, path, error);
    if (!to)
        return false;
    bool written = write_passage(p, to, format, task, error);
    bool closed = !sf_close(to);
    if (written && (!closed || fsync(file)))
        return err_set(error, VB_UNREADABLE, "%s: %s", path, strerror(errno));
    return written;
}

/* Gives the whole file its name; unlike rename() alone, link() replaces nothing. Some file
 * systems (FAT) know no links. */
static bool name_it(const char *part, const char *path)
{
    if (link(part, path) == 0) {
        unlink(part);
        return true;
    }
    return errno != EEXIST && !file_exists(path) && rename(part, path) == 0;
}

static bool write_whole(struct passage *p, const struct kind *kind, const char *path,
                        const struct vb_task *task, struct vb_error *error)
{
    struct buf part = {0};
    buf_printf(&part, "%s.%ld.part", path, (long)getpid());
    int file = open(part.data, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool made = file >= 0;
    bool written = made && fill(file, p, kind, path, task, error);
    if (!made || (written && !name_it(part.data, path)))
        written =
            err_set(error, VB_UNREADABLE, _("%s can't be written: %s"), path, strerror(errno));
    if (made)
        close(file);
    if (made && !written)
        unlink(part.data);
    buf_free(&part);
    return written;
}

bool vb_clip_write(const char *sound_path, vb_time from, vb_time until, const char *path,
                   const struct vb_task *task, struct vb_error *error)
{
    struct passage p = {0};
    const struct kind *kind = kind_of(path, error);
    if (!kind)
        return false;
    if (file_exists(path))
        return err_set(error, VB_UNREADABLE, _("%s is there already; choose another name"),
                       path);
    bool written = open_passage(&p, sound_path, from, until, error) &&
                   write_whole(&p, kind, path, task, error);
    source_close(p.source);
    return written;
}
