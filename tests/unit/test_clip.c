/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A passage of a sound as a file: the very samples, faded at its edges, whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/export.h"
#include "app/session.h"
#include "audio/source.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"
#include "support/support_transcript.h"
#include "verbatim/clip.h"

#define MS(n) ((vb_time)((n) * (VB_SECOND / 1000)))

static char path[512]; /* of the recording */

static const char *record(const char *name, struct sound sound, enum sound_file as)
{
    snprintf(path, sizeof path, "%s", temp_path(name));
    write_sound(path, &sound, as);
    sound_free(&sound);
    return path;
}

/* A name that is free. */
static const char *clip_path(const char *name)
{
    const char *clip = temp_path(name);
    unlink(clip);
    return clip;
}

static void write_clip(vb_time from, vb_time until, const char *clip)
{
    struct vb_error error = {0};
    if (!vb_clip_write(path, from, until, clip, NULL, &error))
        fail_msg("%s", error.text);
}

/* All frames of a file; returns how many. */
static size_t read_frames(const char *file, float *frames, size_t most)
{
    struct vb_error error = {0};
    struct source *s = source_open(file, (struct source_news){0}, &error);
    if (!s)
        fail_msg("%s", error.text);
    size_t count = 0, got;
    while (count < most && (got = source_read(s, frames + count, most - count)) > 0)
        count += got;
    source_close(s);
    return count;
}

static void lossless_clips_hold_the_very_samples(void **state)
{
    (void)state;
    static const char *const names[] = {"clip.wav", "clip.flac"};
    static float frames[TEST_RATE * 2];
    record("count.wav", counting(TEST_RATE * 3), AS_WAV_FLOAT);
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *clip = clip_path(names[i]);
        write_clip(MS(500), MS(1500), clip);
        assert_int_equal(read_frames(clip, frames, COUNT(frames)), TEST_RATE);
        size_t fade = TEST_RATE / 100;
        for (size_t k = fade; k < TEST_RATE - fade; k++) {
            long source = TEST_RATE / 2 + (long)k;
            assert_int_equal(lrint((double)frames[k] * 8388608), source);
        }
        assert_true(frames[0] == 0 && frames[TEST_RATE - 1] == 0);
    }
}

static void the_edges_fade_within_a_hundredth_of_a_second(void **state)
{
    (void)state;
    static float frames[TEST_RATE];
    struct sound loud = tone(0, TEST_RATE * 2);
    for (size_t i = 0; i < loud.count; i++)
        loud.frames[i] = .5f;
    record("loud.wav", loud, AS_WAV);
    const char *clip = clip_path("fade.wav");
    write_clip(0, MS(500), clip);
    size_t count = read_frames(clip, frames, COUNT(frames)), fade = TEST_RATE / 100;
    for (size_t i = 1; i <= fade; i++)
        assert_true(frames[i] >= frames[i - 1] && frames[count - i - 1] >= frames[count - i]);
    assert_true(fabsf(frames[fade / 2] - .25f) < .01f);
    assert_true(fabsf(frames[fade] - .5f) < .0001f);
}

static void a_passage_beyond_the_end_is_cut_there(void **state)
{
    (void)state;
    static float frames[TEST_RATE * 3];
    record("short.wav", tone(440, TEST_RATE), AS_WAV);
    const char *clip = clip_path("beyond.wav");
    write_clip(MS(900), MS(60000), clip);
    assert_int_equal(read_frames(clip, frames, COUNT(frames)), TEST_RATE / 10);
    clip = clip_path("negative.wav");
    write_clip(MS(-5), MS(100), clip);
    assert_int_equal(read_frames(clip, frames, COUNT(frames)), TEST_RATE / 10);
}

static void lossy_clips_can_be_heard_again(void **state)
{
    (void)state;
    static float frames[48000 * 3];
    record("stereo.wav", at_rate(noise(48000 * 2, 2), 48000), AS_WAV);
    for (const char *at = vb_clip_endings(); at; at = strchr(at, ' ')) {
        at += *at == ' ';
        struct buf name = {0};
        struct vb_sound_info info;
        buf_printf(&name, "clip-of-kind.%.*s", (int)strcspn(at, " "), at);
        const char *clip = clip_path(name.data);
        write_clip(MS(500), MS(1500), clip);
        assert_true(vb_sound_read_info(clip, &info, NULL));
        assert_int_equal(info.channels, 2);
        if (llabs(info.duration - MS(1000)) > MS(80))
            fail_msg("%s lasts %.3f s", name.data, (double)info.duration / 1e6);
        assert_true(read_frames(clip, frames, COUNT(frames) / 2) > 40000);
        buf_free(&name);
    }
}

static void the_usual_kinds_can_be_written(void **state)
{
    (void)state;
    assert_non_null(strstr(vb_clip_endings(), "wav flac ogg"));
}

static void a_clip_of_an_mp3_is_exact(void **state)
{
    (void)state;
    static float whole[TEST_RATE * 4], part[TEST_RATE * 2];
    struct sound sound = noise(TEST_RATE * 3, 1);
    snprintf(path, sizeof path, "%s", temp_path("talk.mp3"));
    bool made = write_mp3(path, &sound, "-V 5");
    sound_free(&sound);
    if (!made) {
        printf("skipped: no lame here to make an MP3 with\n");
        return;
    }
    read_frames(path, whole, COUNT(whole));
    const char *clip = clip_path("of-mp3.wav");
    write_clip(MS(1000), MS(2000), clip);
    assert_int_equal(read_frames(clip, part, COUNT(part)), TEST_RATE);
    for (size_t i = TEST_RATE / 100; i < TEST_RATE - TEST_RATE / 100; i++)
        assert_true(fabsf(part[i] - whole[TEST_RATE + i]) < 1.f / 32000);
}

/* ---- refusals ---- */

static void assert_refused(vb_time from, vb_time until, const char *clip, const char *part)
{
    struct vb_error error = {0};
    assert_false(vb_clip_write(path, from, until, clip, NULL, &error));
    if (!strstr(error.text, part))
        fail_msg("“%s” does not tell “%s”", error.text, part);
}

static void what_can_not_be_written_is_told(void **state)
{
    (void)state;
    record("one.wav", tone(440, TEST_RATE), AS_WAV);
    assert_refused(0, MS(10), clip_path("clip.txt"), "ends in one of: wav");
    assert_refused(0, MS(10), clip_path("clip"), "ends in one of");
    assert_refused(MS(500), MS(500), clip_path("a.wav"), "no sound in that passage");
    assert_refused(MS(5000), MS(9000), clip_path("a.wav"), "no sound in that passage");
    assert_refused(0, MS(10), "/nowhere/at/all/a.wav", "can't be written");
    write_bytes(temp_path("there.wav"), "precious", 8);
    assert_refused(0, MS(10), temp_path("there.wav"), "there already");
    size_t count;
    uint8_t *bytes = read_bytes(temp_path("there.wav"), &count);
    assert_int_equal(count, 8);
    free(bytes);
    assert_false(file_exists(clip_path("a.wav")));
}

static bool at_once(void *ctx)
{
    (void)ctx;
    return true;
}

static void a_clip_that_is_given_up_leaves_nothing(void **state)
{
    (void)state;
    struct vb_task task = {.cancelled = at_once};
    struct vb_error error = {0};
    struct buf beside = {0};
    record("two.wav", tone(440, TEST_RATE), AS_WAV);
    const char *clip = clip_path("gone.flac");
    assert_false(vb_clip_write(path, 0, MS(900), clip, &task, &error));
    assert_int_equal(error.code, VB_CANCELLED);
    assert_false(file_exists(clip));
    buf_printf(&beside, "%s.%ld.part", clip, (long)getpid());
    assert_false(file_exists(beside.data));
    buf_free(&beside);
}

/* ---- from the window ---- */

static void wait_until_saved(struct session *s)
{
    for (int i = 0; i < 2000 && s->export; i++) {
        export_update(s);
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    assert_null(s->export);
}

static void what_is_selected_is_saved_beside_the_recording(void **state)
{
    (void)state;
    struct session s;
    struct buf name = {0}, why = {0};
    struct vb_sound_info info;
    record("Un exposé.wav", tone(440, TEST_RATE * 3), AS_WAV);
    session_init(&s, &hand_sink, NULL, NULL);
    assert_true(session_open(&s, path, NULL));
    s.transcript = transcript_from("<0 1> Un.\n<1 2> Deux.\n<2 3> Trois.\n", VB_NO_TIME);
    s.timeline = vb_timeline_new(s.transcript, 3 * VB_SECOND);
    selection_set(&s, 1, 1);
    export_offer(&s, &name);
    assert_string_equal(file_name(name.data), "Un exposé 00-01 – 00-02.ogg");
    unlink(name.data);
    assert_true(export_clip(&s, buf_str(&name), &why));
    wait_until_saved(&s);
    assert_non_null(strstr(session_message(&s, s.said - 1)->text, "saved: "));
    assert_true(vb_sound_read_info(name.data, &info, NULL));
    vb_time from, until;
    selection_times(&s, (struct selected){1, 1}, &from, &until);
    assert_true(from == VB_SECOND && until > from);
    assert_true(llabs(info.duration - (until - from)) < MS(50));
    assert_false(export_clip(&s, buf_str(&name), &why));
    assert_non_null(strstr(why.data, "there already"));
    unlink(name.data);
    buf_free(&name);
    buf_free(&why);
    vb_transcript_unref(s.transcript);
    s.transcript = NULL;
    session_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lossless_clips_hold_the_very_samples),
        cmocka_unit_test(the_edges_fade_within_a_hundredth_of_a_second),
        cmocka_unit_test(a_passage_beyond_the_end_is_cut_there),
        cmocka_unit_test(lossy_clips_can_be_heard_again),
        cmocka_unit_test(the_usual_kinds_can_be_written),
        cmocka_unit_test(a_clip_of_an_mp3_is_exact),
        cmocka_unit_test(what_can_not_be_written_is_told),
        cmocka_unit_test(a_clip_that_is_given_up_leaves_nothing),
        cmocka_unit_test(what_is_selected_is_saved_beside_the_recording),
    };
    return cmocka_run_group_tests_name("clip", tests, NULL, NULL);
}
