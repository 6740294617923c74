/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoders: every frame of a file, wherever one starts to read, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio/source.h"
#include "base/mem.h"
#include "support/support_sound.h"

static struct source *open_it(const char *path)
{
    struct vb_error error = {0};
    struct source *s = source_open(path, (struct source_news){NULL, NULL}, &error);
    if (!s)
        fail_msg("%s", error.text);
    return s;
}

static struct sound decode_all(const char *path)
{
    struct source *s = open_it(path);
    struct sound all = {.rate = s->rate, .channels = s->channels};
    size_t room = 0, got;
    do {
        room += 65536;
        all.frames = mem_grow(all.frames, room * (size_t)s->channels * sizeof(float));
        got = source_read(s, all.frames + all.count * (size_t)s->channels, room - all.count);
        all.count += got;
    } while (all.count == room);
    source_close(s);
    return all;
}

static double largest_difference(const float *a, const float *b, size_t count)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs((double)a[i] - b[i]));
    return largest;
}

static void check_seek(struct source *s, const struct sound *all, uint64_t to, double limit)
{
    enum { LOOK = 1500 };
    float frames[LOOK * 2];
    size_t channels = (size_t)s->channels;
    uint64_t expected = to < all->count ? to : all->count;
    assert_int_equal(source_seek(s, to), expected);
    size_t left = all->count - (size_t)expected, want = left < LOOK ? left : LOOK;
    assert_int_equal(source_read(s, frames, LOOK), want);
    double off = largest_difference(frames, all->frames + expected * channels, want * channels);
    if (off > limit)
        fail_msg("after a seek to %llu of %zu the sound differs by %g", (unsigned long long)to,
                 all->count, off);
}

static void check_all_seeks(const char *path, double limit)
{
    struct sound all = decode_all(path);
    struct source *s = open_it(path);
    const uint64_t edges[] = {
        0,    1,    1151,          1152,          1153,      2304,         4607,
        4608, 5000, all.count - 1, all.count - 2, all.count, all.count + 1};
    for (size_t i = 0; i < COUNT(edges); i++)
        check_seek(s, &all, edges[i], limit);
    srand(7);
    for (int i = 0; i < 400; i++)
        check_seek(s, &all, (uint64_t)rand() % all.count, limit);
    bool exact;
    assert_int_equal(source_length(s, &exact), all.count);
    assert_true(exact);
    source_close(s);
    sound_free(&all);
}

static void check_mp3(const char *options, int channels, int rate)
{
    struct sound sound = at_rate(noise(seconds(12), channels), rate);
    const char *path = temp_path("seek.mp3");
    if (!write_mp3(path, &sound, options)) {
        print_message("skipped: lame is missing\n");
        skip();
    }
    check_all_seeks(path, 1e-6);
    sound_free(&sound);
}

static void a_seek_lands_on_the_very_sample_in_cbr(void **state)
{
    (void)state;
    check_mp3("-b 64 -m m", 1, TEST_RATE);
    check_mp3("-b 128", 2, TEST_RATE);
    check_mp3("-b 320", 2, TEST_RATE);
}

static void a_seek_lands_on_the_very_sample_in_vbr(void **state)
{
    (void)state;
    check_mp3("-V 4", 2, TEST_RATE);
    check_mp3("-V 4 -t", 2, TEST_RATE);
    check_mp3("-V 9 -m m", 1, TEST_RATE);
    check_mp3("--abr 56 --resample 22.05", 1, TEST_RATE);
}

static void a_seek_lands_on_the_very_sample_at_the_lowest_bitrates(void **state)
{
    (void)state;
    check_mp3("-b 8 -m m", 1, 24000);
    check_mp3("-b 8 -m m", 1, 8000);
    check_mp3("-b 32 -m m", 1, TEST_RATE);
    check_mp3("-b 32 -m s", 2, 48000);
}

static void a_seek_lands_on_the_very_sample_in_free_format(void **state)
{
    (void)state;
    check_mp3("--freeformat -b 100", 1, TEST_RATE);
}

static void a_seek_lands_on_the_very_sample_in_wav_and_flac(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(5), 2);
    const char *path = temp_path("seek.wav");
    write_sound(path, &sound, AS_WAV);
    check_all_seeks(path, 0);
    write_sound(path, &sound, AS_WAV_FLOAT);
    check_all_seeks(path, 0);
    write_sound(path, &sound, AS_FLAC);
    check_all_seeks(path, 0);
    sound_free(&sound);
}

static uint64_t length_of(const char *path)
{
    bool exact;
    struct source *s = open_it(path);
    uint64_t length = source_length(s, &exact);
    assert_true(exact);
    source_close(s);
    return length;
}

static void a_flac_file_may_end_with_a_block_of_any_size(void **state)
{
    (void)state;
    const char *path = temp_path("last-block.flac");
    for (size_t last = 256; last <= 4096; last += 256) {
        struct sound sound = noise(8192 + last, 1);
        write_sound(path, &sound, AS_FLAC);
        assert_int_equal(length_of(path), sound.count);
        sound_free(&sound);
    }
}

/* Its checksum is right, and it would begin hours later. */
static void what_looks_like_a_frame_in_a_cover_is_none(void **state)
{
    (void)state;
    static const uint8_t head[] = {0xFF, 0xF8, 0xC9, 0x08, 0xFC, 0x84,
                                   0x80, 0x80, 0x80, 0x80, 0x81};
    enum { FRONT = 4 + 4 + 34, COVER = 64 }; /* "fLaC" and what the stream is like */
    struct sound sound = noise(seconds(1), 1);
    const char *path = temp_path("cover.flac");
    size_t count;
    write_sound(path, &sound, AS_FLAC);
    uint8_t *plain = read_bytes(path, &count), *covered = mem_new(count + 4 + COVER);
    memcpy(covered, plain, FRONT);
    covered[FRONT] = 1; /* padding */
    covered[FRONT + 3] = COVER;
    memcpy(covered + FRONT + 4 + 20, head, sizeof head);
    memcpy(covered + FRONT + 4 + COVER, plain + FRONT, count - FRONT);
    covered[4] &= 0x7F; /* it is not the last one of these */
    write_bytes(path, covered, count + 4 + COVER);
    assert_int_equal(length_of(path), sound.count);
    check_all_seeks(path, 0);
    free(plain);
    free(covered);
    sound_free(&sound);
}

static void a_seek_lands_on_the_very_sample_in_ogg(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(5), 1);
    const char *path = temp_path("seek.ogg");
    write_sound(path, &sound, AS_VORBIS);
    check_all_seeks(path, 1e-6);
    /* Opus converges again after a jump: the place is right, the last bits may not be. */
    struct sound other = at_rate(sound, 48000);
    write_sound(path, &other, AS_OPUS);
    check_all_seeks(path, 5e-2);
    sound_free(&sound);
}

static void what_is_read_from_wav_is_what_was_written(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(1), 2);
    const char *path = temp_path("float.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct sound back = decode_all(path);
    assert_int_equal(back.count, sound.count);
    assert_memory_equal(back.frames, sound.frames, sound.count * 2 * sizeof(float));
    sound_free(&back);
    sound_free(&sound);
}

static void six_channels_become_two(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(1), 6);
    const char *path = temp_path("six.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct sound back = decode_all(path);
    assert_int_equal(back.channels, 2);
    assert_int_equal(back.count, sound.count);
    const float *in = sound.frames + 6 * 1000, c = 0.7071068F;
    float left = (in[0] + c * in[2] + c * in[4]) / (1 + 2 * c);
    assert_true(fabsf(back.frames[2 * 1000] - left) < 1e-6F);
    sound_free(&back);
    sound_free(&sound);
}

/* --- the same timeline as ffmpeg ------------------------------------------- */

static struct sound decode_with_ffmpeg(const char *path, const struct sound *like)
{
    char command[1400];
    const char *raw = temp_path("ffmpeg.raw");
    snprintf(command, sizeof command,
             "ffmpeg -v error -y -i '%s' -f f32le -ac %d -ar %d '%s' 2>/dev/null", path,
             like->channels, like->rate, raw);
    if (system(command) != 0)
        fail_msg("ffmpeg failed");
    struct sound sound = *like;
    sound.frames = (float *)(void *)read_bytes(raw, &sound.count);
    sound.count /= sizeof(float) * (size_t)like->channels;
    unlink(raw);
    return sound;
}

/* From the first frame to the last: the decoders differ in the last bits, and in no place. */
static void check_timeline(const char *path)
{
    struct sound ours = decode_all(path);
    struct sound theirs = decode_with_ffmpeg(path, &ours);
    assert_int_equal(ours.count, theirs.count);
    size_t values = ours.count * (size_t)ours.channels;
    assert_true(largest_difference(ours.frames, theirs.frames, values) < 1e-4);
    sound_free(&ours);
    sound_free(&theirs);
}

static void need_lame_and_ffmpeg(void)
{
    if (has_command("lame") && has_command("ffmpeg"))
        return;
    print_message("skipped: lame or ffmpeg is missing\n");
    skip();
}

static void time_counts_as_in_ffmpeg(void **state)
{
    (void)state;
    need_lame_and_ffmpeg();
    static const char *const options[] = {"-b 64 -m m", "-V 4", "-V 4 -t", "-b 128 -t",
                                          "--abr 56 --resample 22.05"};
    for (size_t i = 0; i < COUNT(options); i++) {
        struct sound sound = noise(seconds(8), 1);
        const char *path = temp_path("timeline.mp3");
        write_mp3(path, &sound, options[i]);
        check_timeline(path);
        sound_free(&sound);
    }
}

/* Puts files one behind the other. */
static void join(const char *path, const char *const *parts, size_t count)
{
    uint8_t *all = NULL;
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        size_t size;
        uint8_t *part = read_bytes(parts[i], &size);
        all = mem_grow(all, len + size);
        memcpy(all + len, part, size);
        len += size;
        free(part);
    }
    write_bytes(path, all, len);
    free(all);
}

static void time_counts_as_in_ffmpeg_behind_a_splice(void **state)
{
    (void)state;
    need_lame_and_ffmpeg();
    struct sound sound = noise(seconds(6), 1);
    const char *a = temp_path("a.mp3"), *b = temp_path("b.mp3"), *path = temp_path("ab.mp3");
    write_mp3(a, &sound, "-b 64 -m m");
    write_mp3(b, &sound, "-b 96 -m m");
    join(path, (const char *[]){a, b, a}, 3);
    check_timeline(path);
    check_all_seeks(path, 1e-6);
    sound_free(&sound);
}

/* --- what an index must bear ----------------------------------------------- */

static void an_advert_at_another_rate_keeps_its_pitch_and_place(void **state)
{
    (void)state;
    if (!has_command("lame")) {
        print_message("skipped: lame is missing\n");
        skip();
    }
    struct sound talk = tone(440, seconds(4));
    struct sound advert = at_rate(tone(440 * 44100 / 48000.0, 4 * 48000), 48000);
    advert.channels = 1;
    const char *a = temp_path("a.mp3"), *b = temp_path("b.mp3"), *path = temp_path("aba.mp3");
    write_mp3(a, &talk, "-b 64 -m m -t");
    write_mp3(b, &advert, "-b 64 -m m -t");
    join(path, (const char *[]){a, b, a}, 3);
    struct sound all = decode_all(path);
    assert_true(fabs((double)all.count - 12.0 * TEST_RATE) < 0.2 * TEST_RATE);
    /* In the middle of each part: 440 Hz, so many crossings of zero in a second. */
    for (int part = 0; part < 3; part++) {
        size_t from = seconds(part * 4.02 + 1.5), crossings = 0;
        for (size_t i = from; i < from + TEST_RATE; i++)
            crossings += all.frames[i] < 0 && all.frames[i + 1] >= 0;
        assert_in_range(crossings, 439, 441);
    }
    check_all_seeks(path, 1e-6);
    sound_free(&all);
    sound_free(&talk);
    sound_free(&advert);
}

/* Where is ours in theirs?  The offset with the least difference, and that difference. */
static int offset_between(const struct sound *ours, const struct sound *theirs, size_t at,
                          double *difference)
{
    enum { SEARCH = 3500, LOOK = 2000 };
    int best = 0;
    *difference = 1e9;
    size_t channels = (size_t)ours->channels;
    for (int offset = -SEARCH; offset <= SEARCH; offset++) {
        const float *a = ours->frames + at * channels;
        const float *b = theirs->frames + (at + (size_t)(offset + SEARCH) - SEARCH) * channels;
        double sum = 0;
        for (size_t i = 0; i < LOOK * channels; i++)
            sum += fabs((double)a[i] - b[i]);
        if (sum < *difference) {
            *difference = sum;
            best = offset;
        }
    }
    *difference /= LOOK * (double)channels;
    return best;
}

static void rubbish_in_the_middle_is_skipped(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(10), 1);
    const char *clean = temp_path("clean.mp3"), *path = temp_path("rubbish.mp3");
    if (!write_mp3(clean, &sound, "-b 64 -m m")) {
        print_message("skipped: lame is missing\n");
        skip();
    }
    size_t len, junk = 5 << 20;
    uint8_t *bytes = read_bytes(clean, &len);
    uint8_t *with = mem_new(len + junk);
    memcpy(with, bytes, len / 2);
    srand(3);
    for (size_t i = 0; i < junk; i++)
        with[len / 2 + i] = (uint8_t)rand();
    memcpy(with + len / 2 + junk, bytes + len / 2, len - len / 2);
    write_bytes(path, with, len + junk);

    struct vb_sound_info info;
    struct vb_error error;
    assert_true(vb_sound_read_info(path, &info, &error));
    assert_true(llabs(info.duration - 10 * VB_SECOND) < VB_SECOND / 5);
    assert_int_equal(info.note_count, 1);
    assert_non_null(strstr(info.notes[0].text, "no sound are skipped"));
    check_all_seeks(path, 1e-6);

    /* What comes behind the hole is the sound that was there. */
    struct sound whole = decode_all(clean), holed = decode_all(path);
    double difference;
    offset_between(&whole, &holed, whole.count - 40000, &difference);
    assert_true(difference < 1e-6);
    sound_free(&whole);
    sound_free(&holed);
    free(bytes);
    free(with);
    sound_free(&sound);
}

static void a_tag_that_lies_about_the_length_changes_nothing(void **state)
{
    (void)state;
    struct sound sound = noise(seconds(6), 1);
    const char *path = temp_path("lies.mp3");
    if (!write_mp3(path, &sound, "-V 4")) {
        print_message("skipped: lame is missing\n");
        skip();
    }
    struct sound honest = decode_all(path);
    size_t len;
    uint8_t *bytes = read_bytes(path, &len);
    uint8_t *tag = memmem(bytes, len, "Xing", 4);
    assert_non_null(tag);
    const uint32_t lies[] = {0, 50, 5000, UINT32_MAX};
    for (size_t i = 0; i < COUNT(lies); i++) {
        for (int byte = 0; byte < 4; byte++)
            tag[8 + byte] = (uint8_t)(lies[i] >> (24 - 8 * byte));
        write_bytes(path, bytes, len);
        struct sound lied = decode_all(path);
        /* Only the filling at the end is no longer known to be one. */
        assert_true(lied.count >= honest.count && lied.count < honest.count + 3 * 1152);
        assert_memory_equal(lied.frames, honest.frames, honest.count * sizeof(float));
        sound_free(&lied);
    }
    free(bytes);
    sound_free(&honest);
    sound_free(&sound);
}

static void the_sample_is_decoded_whole(void **state)
{
    (void)state;
    const char *path = "assets/sample/casilli.mp3";
    if (access(path, R_OK) != 0) {
        print_message("skipped: %s is missing\n", path);
        skip();
    }
    struct vb_sound_info info;
    assert_true(vb_sound_read_info(path, &info, NULL));
    assert_string_equal(info.codec, "mp3");
    assert_true(info.duration > 980 * VB_SECOND);
    assert_int_equal(info.note_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seek_lands_on_the_very_sample_in_cbr),
        cmocka_unit_test(a_seek_lands_on_the_very_sample_in_vbr),
        cmocka_unit_test(a_seek_lands_on_the_very_sample_at_the_lowest_bitrates),
        cmocka_unit_test(a_seek_lands_on_the_very_sample_in_free_format),
        cmocka_unit_test(a_seek_lands_on_the_very_sample_in_wav_and_flac),
        cmocka_unit_test(a_flac_file_may_end_with_a_block_of_any_size),
        cmocka_unit_test(what_looks_like_a_frame_in_a_cover_is_none),
        cmocka_unit_test(a_seek_lands_on_the_very_sample_in_ogg),
        cmocka_unit_test(what_is_read_from_wav_is_what_was_written),
        cmocka_unit_test(six_channels_become_two),
        cmocka_unit_test(time_counts_as_in_ffmpeg),
        cmocka_unit_test(time_counts_as_in_ffmpeg_behind_a_splice),
        cmocka_unit_test(an_advert_at_another_rate_keeps_its_pitch_and_place),
        cmocka_unit_test(rubbish_in_the_middle_is_skipped),
        cmocka_unit_test(a_tag_that_lies_about_the_length_changes_nothing),
        cmocka_unit_test(the_sample_is_decoded_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
