/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound for tests. */
#include "support/support_sound.h"

#include <math.h>
#include <sndfile.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"

size_t seconds(double count)
{
    return (size_t)llround(count * TEST_RATE);
}

static struct sound new_sound(size_t count, int channels)
{
    float *frames = mem_new(count * (size_t)channels * sizeof *frames);
    return (struct sound){frames, count, TEST_RATE, channels};
}

struct sound tone(double hertz, size_t count)
{
    struct sound sound = new_sound(count, 1);
    for (size_t i = 0; i < count; i++)
        sound.frames[i] =
            0.5F * (float)sin(2 * 3.14159265358979 * hertz * (double)i / TEST_RATE);
    return sound;
}

struct sound noise(size_t count, int channels)
{
    struct sound sound = new_sound(count, channels);
    uint32_t state = 12345;
    float smooth = 0;
    for (size_t i = 0; i < count * (size_t)channels; i++) {
        state = state * 1664525 + 1013904223;
        smooth = 0.7F * smooth + 0.3F * ((float)(state >> 8) / (float)(1 << 23) - 1);
        sound.frames[i] = 0.5F * smooth;
    }
    return sound;
}

struct sound counting(size_t count)
{
    struct sound sound = new_sound(count, 1);
    for (size_t i = 0; i < count; i++)
        sound.frames[i] = (float)i / (float)(1 << 23);
    return sound;
}

struct sound at_rate(struct sound sound, int rate)
{
    sound.rate = rate;
    return sound;
}

void sound_free(struct sound *sound)
{
    free(sound->frames);
    *sound = (struct sound){0};
}

/* --- files ---------------------------------------------------------------- */

static char folder[64];

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s was left behind\n", folder);
}

const char *temp_path(const char *name)
{
    static char paths[8][512];
    static int next;
    if (!folder[0]) {
        snprintf(folder, sizeof folder, "/tmp/verbatim-test-XXXXXX");
        if (!mkdtemp(folder))
            abort();
        atexit(remove_folder);
    }
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

void write_bytes(const char *path, const void *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, count, file) != count || fclose(file) != 0)
        abort();
}

uint8_t *read_bytes(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        abort();
    *count = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = mem_new(*count);
    if (fread(bytes, 1, *count, file) != *count)
        abort();
    fclose(file);
    return bytes;
}

void write_sound(const char *path, const struct sound *sound, enum sound_file as)
{
    static const int formats[] = {
        [AS_WAV] = SF_FORMAT_WAV | SF_FORMAT_PCM_16,
        [AS_WAV_FLOAT] = SF_FORMAT_WAV | SF_FORMAT_FLOAT,
        [AS_FLAC] = SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
        [AS_VORBIS] = SF_FORMAT_OGG | SF_FORMAT_VORBIS,
        [AS_OPUS] = SF_FORMAT_OGG | SF_FORMAT_OPUS,
    };
    SF_INFO about = {
        .samplerate = sound->rate, .channels = sound->channels, .format = formats[as]};
    SNDFILE *file = sf_open(path, SFM_WRITE, &about);
    if (!file)
        abort();
    /* In parts: the Vorbis writer has no bound on its stack. */
    size_t part = 4096;
    for (size_t at = 0; at < sound->count; at += part) {
        size_t count = sound->count - at < part ? sound->count - at : part;
        sf_writef_float(file, sound->frames + at * (size_t)sound->channels, (sf_count_t)count);
    }
    sf_close(file);
}

bool has_command(const char *name)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", name);
    return system(command) == 0;
}

bool write_mp3(const char *path, const struct sound *sound, const char *options)
{
    if (!has_command("lame"))
        return false;
    const char *wav = temp_path("before-mp3.wav");
    write_sound(wav, sound, AS_WAV);
    char command[1400];
    snprintf(command, sizeof command, "lame --quiet %s '%s' '%s' 2>/dev/null", options, wav,
             path);
    if (system(command) != 0)
        abort();
    unlink(wav);
    return true;
}

/* --- a sound card by hand ------------------------------------------------- */

static struct {
    struct hand state;
    void (*pull)(void *ctx, float *out, int frames);
    void *ctx;
    atomic_bool paused;
    _Atomic vb_time latency;
} hand;

static void *hand_open(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                       struct vb_error *error)
{
    (void)error;
    hand.state = (struct hand){.rate = rate, .channels = channels, .open = true};
    atomic_store(&hand.paused, true);
    hand.pull = pull;
    hand.ctx = ctx;
    return &hand;
}

static vb_time hand_latency(void *card)
{
    (void)card;
    return atomic_load(&hand.latency);
}

static void hand_pause(void *card, bool paused)
{
    (void)card;
    atomic_store(&hand.paused, paused);
}

static void hand_close(void *card)
{
    (void)card;
    hand.state.open = false;
    atomic_store(&hand.latency, 0);
}

const struct vb_sink hand_sink = {.name = "hand",
                                  .open = hand_open,
                                  .latency = hand_latency,
                                  .pause = hand_pause,
                                  .close = hand_close};

struct hand hand_now(void)
{
    struct hand now = hand.state;
    now.paused = atomic_load(&hand.paused);
    now.latency = atomic_load(&hand.latency);
    return now;
}

void hand_set_latency(vb_time latency)
{
    atomic_store(&hand.latency, latency);
}

void hand_pull(float *out, int frames)
{
    hand.pull(hand.ctx, out, frames);
}

static void *broken_open(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                         struct vb_error *error)
{
    (void)rate, (void)channels, (void)pull, (void)ctx;
    err_set(error, VB_DEVICE, "no card");
    return NULL;
}

const struct vb_sink broken_sink = {.name = "broken",
                                    .open = broken_open,
                                    .latency = hand_latency,
                                    .pause = hand_pause,
                                    .close = hand_close};

static atomic_int_least64_t time_by_hand = 1000000000;

int64_t hand_time(void *ctx)
{
    (void)ctx;
    return atomic_load(&time_by_hand);
}

void hand_pass(int64_t ns)
{
    atomic_fetch_add(&time_by_hand, ns);
}
