/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound for tests: made here, written as any kind of file, played by hand.
 *
 * tone(440, seconds(2)) is a sound; noise() is one in which no two moments are alike, so that a
 * frame at the wrong place is seen. */
#pragma once

#include "verbatim/player.h"

enum { TEST_RATE = 44100 };

struct sound {
    float *frames; /* interleaved */
    size_t count;
    int rate, channels;
};

size_t seconds(double count); /* frames at TEST_RATE */
struct sound tone(double hertz, size_t count);
struct sound noise(size_t count, int channels);
/* Frame i holds i / 2^23, exact in 24 bits: what is heard tells where it is from. */
struct sound counting(size_t count);
struct sound at_rate(struct sound sound, int rate); /* the same frames, another label */
void sound_free(struct sound *sound);

/* A path in a folder that goes away when the program ends. Good until the next call but 7. */
const char *temp_path(const char *name);
void write_bytes(const char *path, const void *bytes, size_t count);
/* All of a file; free() it. */
uint8_t *read_bytes(const char *path, size_t *count);

enum sound_file { AS_WAV, AS_WAV_FLOAT, AS_FLAC, AS_VORBIS, AS_OPUS };
void write_sound(const char *path, const struct sound *sound, enum sound_file as);
/* By the command lame; false: it is not there. */
bool write_mp3(const char *path, const struct sound *sound, const char *options);
bool has_command(const char *name);

/* A sound card that the test pulls by hand, one at a time. */
extern const struct vb_sink hand_sink;
struct hand {
    int rate, channels;
    bool open, paused;
    vb_time latency;
};
struct hand hand_now(void);
void hand_set_latency(vb_time latency);
void hand_pull(float *out, int frames);
/* A sound card that is not there. */
extern const struct vb_sink broken_sink;

/* A clock that the test moves by hand. */
int64_t hand_time(void *ctx);
void hand_pass(int64_t ns);
