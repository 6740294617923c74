/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AAC, videos and whatever else ffmpeg reads: the same frames as ffmpeg's at the same places,
 * read on or jumped to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/source.h"
#include "base/mem.h"
#include "support/support_sound.h"

#ifdef HAVE_LIBAV
static const bool has_libav = true;
#else
static const bool has_libav = false;
#endif

/* --- made by ffmpeg, all at one go: it starts slowly ------------------------ */

static struct made {
    const char *name, *options, *codec;
    bool has_video;
} files[] = {
  /* Noise substitution would be different noise after a jump. */
    {"a.m4a",     "-c:a aac -aac_pns 0 -b:a 96k",         "aac",       false},
    {"adts.aac",  "-c:a aac -aac_pns 0 -b:a 96k -f adts", "aac",       false},
    {"aac.mkv",   "-c:a aac -aac_pns 0 -b:a 96k",         "aac",       false},
    {"vor.mkv",   "-c:a libvorbis -q:a 2",                "vorbis",    false},
    {"opus.mkv",  "-c:a libopus -ar 48000 -b:a 64k",      "opus",      false},
    {"mp3.mkv",   "-c:a libmp3lame -b:a 96k",             "mp3",       false},
    {"alac.m4a",  "-c:a alac",                            "alac",      false},
    {"a.aiff",    "-c:a pcm_s16be",                       "pcm_s16be", false},
    {"a.wma",     "-c:a wmav2 -b:a 96k",                  "wmav2",     false},
    {"flac.ogg",  "-c:a flac -f ogg",                     "flac",      false},
    {"video.mp4", "-c:v mpeg4 -c:a aac -aac_pns 0",       "aac",       true },
    {"video.avi", "-c:v mpeg4 -c:a libmp3lame",           "mp3",       true },
    {"video.ts",  "-c:v mpeg2video -c:a mp2",             "mp2",       true },
};

static char command[8000];

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *format, ...)
{
    size_t len = strlen(command);
    va_list args;
    va_start(args, format);
    vsnprintf(command + len, sizeof command - len, format, args);
    va_end(args);
}

static void run(void)
{
    if (system(command) != 0)
        fail_msg("failed: %s", command);
    command[0] = '\0';
}

static int make_files(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(4), 2);
    const char *wav = temp_path("in.wav");
    write_sound(wav, &sound, AS_WAV);
    sound_free(&sound);
    say("ffmpeg -v error -y -i '%s' -f lavfi -i testsrc=s=64x48:d=4", wav);
    for (struct made *f = files; f < files + COUNT(files); f++)
        say(" -map 0:a %s %s '%s'", f->has_video ? "-map 1:v" : "", f->options,
            temp_path(f->name));
    run();
    say("ffmpeg -v error -y");
    for (struct made *f = files; f < files + COUNT(files); f++)
        say(" -i '%s'", temp_path(f->name));
    for (struct made *f = files; f < files + COUNT(files); f++)
        say(" -map %d:a -f f32le '%s.f32'", (int)(f - files), temp_path(f->name));
    run();
    return 0;
}

/* All frames as ffmpeg puts them out. */
static float *frames_of_ffmpeg(const char *name, size_t channels, size_t *count)
{
    char raw[64];
    size_t len;
    snprintf(raw, sizeof raw, "%s.f32", name);
    float *frames = (float *)(void *)read_bytes(temp_path(raw), &len);
    *count = len / sizeof *frames / channels;
    return frames;
}

static struct source *opened(const char *path)
{
    struct vb_error error = {0};
    struct source *s = source_open(path, (struct source_news){NULL, NULL}, &error);
    if (!s)
        fail_msg("%s", error.text);
    return s;
}

static double largest_difference(const float *a, const float *b, size_t count)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs((double)a[i] - (double)b[i]));
    return largest;
}

static void check_reading(const char *name, struct source *s, const float *expected,
                          size_t count)
{
    size_t channels = (size_t)s->channels;
    float *got = mem_new((count + 5000) * channels * sizeof *got);
    size_t read = source_read(s, got, count + 5000);
    if (read != count)
        fail_msg("%s: %zu frames, where ffmpeg has %zu", name, read, count);
    double off = largest_difference(got, expected, count * channels);
    if (off > 1e-6)
        fail_msg("%s: off by up to %g", name, off);
    free(got);
}

static void check_seeks(const char *name, struct source *s, const float *expected, size_t count)
{
    enum { PART = 1000 };
    float got[PART * 2];
    size_t channels = (size_t)s->channels;
    srand(3);
    for (int i = 0; i < 25; i++) {
        size_t to = i == 0 ? count - 1 : i == 1 ? 0 : (size_t)rand() % (count - PART);
        size_t part = count - to < PART ? count - to : PART;
        assert_int_equal(source_seek(s, to), to);
        assert_int_equal(source_read(s, got, part), part);
        double off = largest_difference(got, expected + to * channels, part * channels);
        if (off > 2e-4)
            fail_msg("%s: off by %g after a jump to %zu", name, off, to);
    }
    assert_int_equal(source_seek(s, count + 70), count);
    assert_int_equal(source_read(s, got, PART), 0);
}

static void every_frame_is_where_ffmpeg_has_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        const char *path = temp_path(files[i].name);
        struct source *s = opened(path);
        size_t count;
        float *expected = frames_of_ffmpeg(files[i].name, (size_t)s->channels, &count);
        struct vb_sound_info info;
        source_describe(s, &info);
        assert_string_equal(info.codec, files[i].codec);
        check_reading(files[i].name, s, expected, count);
        if (i > 0) /* AAC is placed right before all is known, too */
            source_settle(s);
        check_seeks(files[i].name, s, expected, count);
        source_close(s);
        free(expected);
    }
}

/* Each of the recordings in an Ogg file that holds several is played. */
static void a_chained_ogg_is_played_whole(void **state)
{
    (void)state;
    const char *chained = temp_path("chained.ogg");
    FILE *out = fopen(chained, "wb");
    for (int i = 0; i < 2; i++) {
        struct sound sound = at_rate(noise(seconds(2), 1), i ? 48000 : TEST_RATE);
        const char *path = temp_path("link.ogg");
        size_t len;
        write_sound(path, &sound, AS_VORBIS);
        uint8_t *bytes = read_bytes(path, &len);
        /* Their serial numbers are made from the time, and so might be the same: no matter. */
        assert_true(fwrite(bytes, 1, len, out) == len);
        free(bytes);
        sound_free(&sound);
    }
    fclose(out);
    struct source *s = opened(chained);
    size_t count;
    say("ffmpeg -v fatal -y -i '%s' -f f32le '%s'", chained, temp_path("chained.ogg.f32"));
    run();
    float *expected = frames_of_ffmpeg("chained.ogg", 1, &count);
    source_settle(s);
    bool exact;
    uint64_t length = source_length(s, &exact);
    assert_true(exact && length > seconds(3.8) && length < seconds(4.1));
    float got[1000];
    for (int i = 0; i < 20; i++) {
        size_t to = (size_t)(rand() % (int)seconds(1.9));
        assert_int_equal(source_seek(s, to), to);
        assert_int_equal(source_read(s, got, 1000), 1000);
        assert_true(largest_difference(got, expected + to, 1000) < 2e-4);
    }
    assert_int_equal(source_seek(s, seconds(3)), seconds(3));
    assert_int_equal(source_read(s, got, 1000), 1000);
    source_close(s);
    free(expected);
}

int main(void)
{
    if (!has_libav || !has_command("ffmpeg")) {
        printf("skipped: %s\n", has_libav ? "ffmpeg is missing" : "built without libav");
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_frame_is_where_ffmpeg_has_it),
        cmocka_unit_test(a_chained_ogg_is_played_whole),
    };
    return cmocka_run_group_tests(tests, make_files, NULL);
}
