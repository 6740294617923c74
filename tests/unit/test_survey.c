/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The survey of a sound: what grows, what is kept, what is made again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "app/cache.h"
#include "app/survey.h"
#include "audio/peaks_file.h"
#include "base/content_key.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"

static const char *made_sound(const char *name, double length)
{
    struct sound sound = noise(seconds(length), 1);
    for (size_t i = sound.count / 2; i < sound.count; i++)
        sound.frames[i] *= 0.25f;
    const char *path = temp_path(name);
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
    return path;
}

static void assert_same(const struct vb_peaks *a, const struct vb_peaks *b)
{
    assert_int_equal(vb_peaks_known(a), vb_peaks_known(b));
    for (vb_time at = 0; at < vb_peaks_known(a); at += VB_SECOND / 25) {
        struct vb_peak x, y;
        assert_true(vb_peaks_over(a, at, at + VB_SECOND / 10, &x));
        assert_true(vb_peaks_over(b, at, at + VB_SECOND / 10, &y));
        assert_memory_equal(&x, &y, sizeof x);
    }
}

/* ---- the file ---- */

static struct vb_peaks *filled(const char *path)
{
    struct vb_peaks *peaks = vb_peaks_new();
    assert_true(vb_peaks_fill(peaks, path, NULL, NULL));
    return peaks;
}

static void what_was_saved_is_loaded_as_it_was(void **state)
{
    (void)state;
    struct vb_peaks *made = filled(made_sound("kept.wav", 6.013)), *kept = vb_peaks_new();
    vb_time a[2], b[2];
    assert_true(peaks_save(made, temp_path("kept.peaks"), NULL));
    assert_true(peaks_load(kept, temp_path("kept.peaks"), NULL));
    assert_same(made, kept);
    bool silent = vb_peaks_next_silence(made, 0, VB_SECOND / 10, &a[0], &a[1]);
    assert_int_equal(vb_peaks_next_silence(kept, 0, VB_SECOND / 10, &b[0], &b[1]), silent);
    vb_peaks_free(made);
    vb_peaks_free(kept);
}

static void a_damaged_file_is_refused_and_nothing_is_taken(void **state)
{
    (void)state;
    struct vb_peaks *made = filled(made_sound("kept.wav", 2));
    const char *path = temp_path("damaged.peaks");
    assert_true(peaks_save(made, path, NULL));
    size_t count;
    uint8_t *bytes = read_bytes(path, &count);
    struct vb_error error;
    for (size_t i = 0; i < count; i += i < 40 ? 1 : 17) {
        bytes[i] ^= 1;
        write_bytes(path, bytes, count);
        bytes[i] ^= 1;
        struct vb_peaks *kept = vb_peaks_new();
        assert_false(peaks_load(kept, path, &error));
        assert_non_null(strstr(error.text, "damaged"));
        assert_int_equal(vb_peaks_known(kept), 0);
        vb_peaks_free(kept);
    }
    for (size_t cut = 0; cut < count; cut += 13) {
        write_bytes(path, bytes, cut);
        struct vb_peaks *kept = vb_peaks_new();
        assert_false(peaks_load(kept, path, NULL));
        vb_peaks_free(kept);
    }
    free(bytes);
    vb_peaks_free(made);
}

/* ---- the folder ---- */

static void put_file(const char *name, size_t size, long age)
{
    struct buf path = {0};
    char *bytes = mem_new(size);
    assert_true(cache_path("some", name, &path));
    write_bytes(path.data, bytes, size);
    const struct timespec times[2] = {{.tv_sec = 1000000 - age}, {.tv_sec = 1000000 - age}};
    assert_int_equal(utimensat(AT_FDCWD, path.data, times, 0), 0);
    free(bytes);
    buf_free(&path);
}

static bool has_file(const char *name)
{
    struct buf path = {0};
    assert_true(cache_path("some", name, &path));
    bool there = file_exists(path.data);
    buf_free(&path);
    return there;
}

static void the_oldest_are_dropped_until_the_rest_fits(void **state)
{
    (void)state;
    struct buf path = {0};
    put_file("old", 400, 30);
    put_file("middle", 300, 20);
    put_file("new", 300, 10);
    cache_trim("some", 1000);
    assert_true(has_file("old"));
    cache_trim("some", 700);
    assert_true(!has_file("old") && has_file("middle") && has_file("new"));
    assert_true(cache_path("some", "middle", &path));
    cache_touch(path.data); /* used just now */
    cache_trim("some", 300);
    assert_true(has_file("middle") && !has_file("new"));
    cache_trim("nothing-there", 0);
    cache_trim("some", 0);
    assert_false(has_file("middle"));
    buf_free(&path);
}

static void without_a_home_nothing_is_kept(void **state)
{
    (void)state;
    struct buf path = {0};
    char *cache = strdup(getenv("XDG_CACHE_HOME"));
    const char *home = getenv("HOME");
    char *kept = home ? strdup(home) : NULL;
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    assert_false(cache_path("some", "x", &path));
    cache_trim("some", 0);
    setenv("XDG_CACHE_HOME", cache, 1);
    if (kept)
        setenv("HOME", kept, 1);
    free(cache);
    free(kept);
    buf_free(&path);
}

/* ---- the worker ---- */

static atomic_int news;

static void count_news(void *ctx)
{
    (void)ctx;
    atomic_fetch_add(&news, 1);
}

static void wait_until_done(const struct survey *survey)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    while (!survey_is_done(survey))
        nanosleep(&moment, NULL);
}

static const char *cached(const char *sound)
{
    static struct buf path;
    char key[SHA256_HEX];
    assert_true(content_key_of_sound(sound, key, NULL));
    assert_true(cache_path("peaks", key, &path));
    return path.data;
}

static void a_survey_ends_with_the_whole_sound_and_keeps_it(void **state)
{
    (void)state;
    const char *path = made_sound("whole.wav", 4);
    struct vb_peaks *expected = filled(path);
    atomic_store(&news, 0);
    struct survey *survey = survey_start(path, NULL, count_news, NULL);
    assert_non_null(survey);
    wait_until_done(survey);
    assert_same(survey_peaks(survey), expected);
    assert_true(file_exists(cached(path)));
    assert_non_null(survey_info(survey));
    assert_int_equal(survey_info(survey)->channels, 1);
    survey_stop(survey);
    assert_true(atomic_load(&news) >= 2); /* of the file's own words, and of the end */
    survey_stop(NULL);
    vb_peaks_free(expected);
}

/* What is in the cache is what is shown: here something that the sound is not. */
static void the_next_survey_takes_what_was_kept(void **state)
{
    (void)state;
    const char *path = made_sound("again.wav", 2);
    struct vb_peaks *other = filled(made_sound("other.wav", 3));
    assert_true(peaks_save(other, cached(path), NULL));
    struct survey *survey = survey_start(path, NULL, NULL, NULL);
    wait_until_done(survey);
    assert_same(survey_peaks(survey), other);
    survey_stop(survey);
    write_bytes(cached(path), "VBPEAKS1 and junk", 17); /* damaged: made again, and mended */
    survey = survey_start(path, NULL, NULL, NULL);
    wait_until_done(survey);
    assert_int_equal(vb_peaks_known(survey_peaks(survey)), 2 * VB_SECOND);
    survey_stop(survey);
    struct vb_peaks *mended = vb_peaks_new();
    assert_true(peaks_load(mended, cached(path), NULL));
    vb_peaks_free(mended);
    vb_peaks_free(other);
}

static void a_survey_can_be_stopped_at_any_moment(void **state)
{
    (void)state;
    const char *path = made_sound("long.wav", 30);
    for (int i = 0; i < 20; i++) {
        const struct timespec moment = {.tv_nsec = i * 300000};
        struct survey *survey = survey_start(path, NULL, count_news, NULL);
        nanosleep(&moment, NULL);
        survey_stop(survey);
        remove(cached(path));
    }
}

static void a_file_that_is_no_sound_has_an_empty_survey(void **state)
{
    (void)state;
    write_bytes(temp_path("page.mp3"), "<html>", 6);
    struct survey *survey = survey_start(temp_path("page.mp3"), NULL, NULL, NULL);
    wait_until_done(survey);
    assert_null(survey_info(survey));
    assert_int_equal(vb_peaks_known(survey_peaks(survey)), 0);
    survey_stop(survey);
}

static int own_cache(void **state)
{
    (void)state;
    return setenv("XDG_CACHE_HOME", temp_path("cache"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_saved_is_loaded_as_it_was),
        cmocka_unit_test(a_damaged_file_is_refused_and_nothing_is_taken),
        cmocka_unit_test(the_oldest_are_dropped_until_the_rest_fits),
        cmocka_unit_test(without_a_home_nothing_is_kept),
        cmocka_unit_test(a_survey_ends_with_the_whole_sound_and_keeps_it),
        cmocka_unit_test(the_next_survey_takes_what_was_kept),
        cmocka_unit_test(a_survey_can_be_stopped_at_any_moment),
        cmocka_unit_test(a_file_that_is_no_sound_has_an_empty_survey),
    };
    return cmocka_run_group_tests(tests, own_cache, NULL);
}
