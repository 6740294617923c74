/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the sound for alignment.
 *
 * Podcasts are cut off at 4 to 7 kHz by their codecs, each in its own way; bands that hold
 * nothing but the codec's noise make models from synthetic speech useless.  So the limit is
 * found first, from stretches all over the file, and the same limit is given to the synthetic
 * speech.  Times are exact: frame t begins at sample t * rate / 100, counted in integers. */
#include "align/hearing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audio/source.h"
#include "base/mem.h"

enum {
    AIM_RATE = 20000,
    CHUNK = 32768,       /* frames read at once */
    SPOTS = 240,         /* stretches listened to for the band limit … */
    SPOT_FRAMES = 16384, /* … each so long */
    LONGEST_HOURS = 24,
};
#define BAND_DROP 50.0 /* dB below 200–1000 Hz: nothing is heard there */

/* ---- the band limit ---- */

struct spectrum {
    struct mel mel;
    double power[SPECTRUM_BINS];
    double emphasised;
    uint64_t samples;
};

static void add_spot(struct spectrum *s, const float *samples, size_t count)
{
    const struct kernels *kernels = kernels_best();
    const uint32_t at_once = (uint32_t)kernels->lanes;
    float power[SPECTRUM_BINS * MOST_LANES];
    s->emphasised += emphasised_power(samples, count);
    s->samples += count;
    for (size_t at = 1; at + SPECTRUM_POINTS * at_once <= count;
         at += SPECTRUM_POINTS * at_once) {
        uint32_t starts[MOST_LANES];
        for (uint32_t i = 0; i < at_once; i++)
            starts[i] = (uint32_t)at + i * SPECTRUM_POINTS;
        kernels->powers(&s->mel, samples, starts, power);
        for (int k = 0; k < SPECTRUM_BINS; k++)
            for (uint32_t i = 0; i < at_once; i++)
                s->power[k] += power[(uint32_t)k * at_once + i];
    }
}

static double mean_level(const struct spectrum *s, int from, int until)
{
    double sum = 0;
    for (int k = from; k < until; k++)
        sum += 10 * log10(s->power[k] + 1e-20);
    return sum / (until - from);
}

static double band_limit(const struct spectrum *s)
{
    double width = (double)s->mel.rate / SPECTRUM_POINTS;
    int low = (int)(200 / width), voice = (int)(1000 / width), k = SPECTRUM_BINS - 1;
    double level = mean_level(s, low, voice);
    while (k > voice && mean_level(s, k - 7, k + 1) <= level - BAND_DROP)
        k--;
    double limit = k * width;
    return limit < MEL_HIGH ? limit : MEL_HIGH;
}

/* ---- reading ---- */

/* Mono, thinned out. */
static size_t read_samples(struct hearing *h, float *raw, size_t frames, float *out)
{
    size_t got = source_read(h->source, raw, frames);
    if (h->source->channels == 2)
        for (size_t i = 0; i < got; i++)
            raw[i] = (raw[2 * i] + raw[2 * i + 1]) * 0.5f;
    return decimator_run(h->decimator, raw, got, out);
}

static void listen_here_and_there(struct hearing *h)
{
    float *raw = mem_new(2 * (SPOT_FRAMES + 8) * sizeof *raw);
    float *samples = mem_new((SPOT_FRAMES + 8) * sizeof *samples);
    struct spectrum *spectrum = mem_new(sizeof *spectrum);
    mel_init_spectrum(&spectrum->mel, (int)h->rate);
    uint64_t spots = h->length / SPOT_FRAMES + 1;
    spots = spots < SPOTS ? spots : SPOTS;
    for (uint64_t i = 0; i < spots; i++) {
        source_seek(h->source, h->length / spots * i);
        decimator_reset(h->decimator);
        add_spot(spectrum, samples, read_samples(h, raw, SPOT_FRAMES, samples));
    }
    h->mean_power = spectrum->emphasised / ((double)spectrum->samples + 1);
    h->high = band_limit(spectrum);
    free(spectrum);
    free(samples);
    free(raw);
}

bool hearing_open(struct hearing *h, const char *path, struct vb_error *error)
{
    memset(h, 0, sizeof *h);
    h->source = source_open(path, (struct source_news){NULL, NULL}, error);
    if (!h->source)
        return false;
    source_settle(h->source);
    bool exact;
    h->length = source_length(h->source, &exact);
    h->duration = time_of_frames(h->length, h->source->rate);
    if (h->length == 0 || h->length == SOURCE_UNKNOWN ||
        h->duration > LONGEST_HOURS * 3600 * VB_SECOND) {
        hearing_close(h);
        return err_set(
            error, VB_UNSUPPORTED,
            _("%s: a sound of no length, or of more than %d hours, can't be aligned"), path,
            LONGEST_HOURS);
    }
    h->factor = (h->source->rate + AIM_RATE / 2) / AIM_RATE;
    h->factor = h->factor > 1 ? h->factor : 1;
    h->decimator = decimator_new(h->factor);
    h->rate = (double)h->source->rate / h->factor;
    listen_here_and_there(h);
    return true;
}

void hearing_close(struct hearing *h)
{
    source_close(h->source);
    decimator_free(h->decimator);
    memset(h, 0, sizeof *h);
}

/* Samples not yet needed for the last time: line[0] is sample `first` of the whole. */
struct pending {
    const struct mel *mel;
    double rate;
    float *line;
    size_t count;
    int64_t first;
    uint32_t frame, frames; /* of the whole: the first that is wanted; how many are */
};

/* The sample at which the t-th wanted frame begins. */
static int64_t sample_of(const struct pending *p, uint32_t t)
{
    return (int64_t)((double)((uint64_t)p->frame + t) * p->rate / FRAMES_A_SECOND);
}

/* All frames that are complete. */
static void take_frames(struct pending *p, struct features *into)
{
    uint32_t starts[CHUNK / 32], count = 0;
    uint32_t t = into->count;
    while (t + count < p->frames && count < COUNT(starts)) {
        int64_t at = sample_of(p, t + count) - p->first;
        if (at + p->mel->window > (int64_t)p->count)
            break;
        starts[count++] = (uint32_t)at;
    }
    features_of_frames(p->mel, p->line, starts, count, into->cepstra + (size_t)t * CEPSTRA);
    into->count += count;
    int64_t used = sample_of(p, into->count) - p->first - 1;
    used = used < 0 ? 0 : used > (int64_t)p->count ? (int64_t)p->count : used;
    memmove(p->line, p->line + used, (p->count - (size_t)used) * sizeof *p->line);
    p->count -= (size_t)used;
    p->first += used;
}

/* Puts the source before the first wanted frame; line[0] is the sample before it. */
static void go_to_beginning(struct hearing *h, struct pending *p)
{
    int64_t first = sample_of(p, 0) - 1;
    bool at_zero = first < 0;
    p->first = first;
    p->count = at_zero; /* there is none before the very first */
    source_seek(h->source, at_zero ? 0 : (uint64_t)first * (uint64_t)h->factor);
    decimator_reset(h->decimator);
}

static bool read_frames(struct hearing *h, struct pending *p, const struct work *work,
                        struct features *into)
{
    float *raw = mem_new(2 * CHUNK * sizeof *raw);
    size_t got = 1;
    bool stopped = false;
    while (got > 0 && into->count < p->frames && !(stopped = work_stopped(work))) {
        got = read_samples(h, raw, CHUNK, p->line + p->count);
        p->count += got;
        take_frames(p, into);
        work_done(work, (double)into->count / (p->frames + 1));
    }
    free(raw);
    return !stopped;
}

bool hearing_listen(struct hearing *h, vb_time from, vb_time until, const struct work *work,
                    struct features *into, struct vb_error *error)
{
    struct mel *mel = mem_new(sizeof *mel);
    mel_init(mel, (int)h->rate, MEL_LOW, h->high, h->mean_power);
    uint64_t all = h->length * FRAMES_A_SECOND / (uint64_t)h->source->rate;
    uint64_t first = (uint64_t)from / FRAME_US, end = (uint64_t)until / FRAME_US;
    end = end < all ? end : all;
    first = first < end ? first : end;
    struct pending p = {.mel = mel,
                        .rate = h->rate,
                        .line = mem_new((2 * CHUNK + 2 * SPECTRUM_POINTS) * sizeof(float)),
                        .frame = (uint32_t)first,
                        .frames = (uint32_t)(end - first)};
    into->count = 0;
    into->cepstra = mem_new(((size_t)p.frames + 1) * CEPSTRA * sizeof *into->cepstra);
    into->is_voice = mem_new((size_t)p.frames + 1);
    go_to_beginning(h, &p);
    bool going = read_frames(h, &p, work, into);
    free(p.line);
    free(mel);
    if (!going)
        return work_say_stopped(error);
    features_normalise(into);
    return true;
}
