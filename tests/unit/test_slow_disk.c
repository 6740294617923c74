/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that hangs, or is pulled out: the interface stays alive and says what is the case.
 *
 * All bytes of sound come by pread(); here is one that does as it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "audio/player.h"
#include "support/support_sound.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool hangs, is_gone;
static int held_up, reads_left = -1; /* until it hangs; below 0: no end */

ssize_t pread(int fd, void *into, size_t count, off_t at)
{
    pthread_mutex_lock(&lock);
    held_up++;
    hangs |= reads_left == 0;
    reads_left -= reads_left > 0;
    while (hangs)
        pthread_cond_wait(&changed, &lock);
    held_up--;
    bool gone = is_gone;
    pthread_mutex_unlock(&lock);
    if (gone) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_pread64, fd, into, count, at);
}

static void set_disk(bool hanging, bool gone)
{
    pthread_mutex_lock(&lock);
    hangs = hanging;
    is_gone = gone;
    reads_left = -1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static void set_reads(int left)
{
    pthread_mutex_lock(&lock);
    reads_left = left;
    pthread_mutex_unlock(&lock);
}

static void moment(void)
{
    struct timespec time = {.tv_nsec = 1000000};
    nanosleep(&time, NULL);
}

static void wait_until_held_up(void)
{
    for (bool held = false; !held; moment()) {
        pthread_mutex_lock(&lock);
        held = held_up > 0;
        pthread_mutex_unlock(&lock);
    }
}

enum { PERIOD = 441 };
static float out[PERIOD];

static void pull(void)
{
    hand_pull(out, PERIOD);
    hand_pass(10000000);
}

static struct vb_player *playing(void)
{
    struct sound sound = noise(seconds(60), 1);
    const char *path = temp_path("disk.wav");
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
    struct vb_player *p = player_open_at(
        path, &hand_sink, (struct player_time){hand_time, NULL}, NULL, NULL, NULL);
    assert_non_null(p);
    vb_player_play(p);
    player_fill(p);
    pull();
    return p;
}

static void a_jump_onto_a_hanging_disk_is_seen_and_goes_on_with_it(void **state)
{
    (void)state;
    struct vb_player *p = playing();
    set_disk(true, false);
    vb_player_seek(p, 40 * VB_SECOND);
    wait_until_held_up();
    for (int i = 0; i < 20; i++) {
        pull();
        struct vb_player_state now = vb_player_now(p);
        assert_int_equal(now.phase, VB_PLAYING);
        assert_int_equal(now.position, 40 * VB_SECOND);
        assert_true(now.seeking);
    }
    vb_player_seek(p, 30 * VB_SECOND); /* the newest order counts */
    set_disk(false, false);
    player_fill(p);
    pull();
    pull();
    assert_false(vb_player_now(p).seeking);
    assert_in_range(vb_player_now(p).position, 30 * VB_SECOND, 30 * VB_SECOND + 20000);
    vb_player_close(p);
}

static void where_the_disk_hangs_the_clock_stands_and_says_so(void **state)
{
    (void)state;
    struct vb_player *p = playing();
    set_disk(true, false);
    int pulls = 0;
    while (!vb_player_now(p).waiting && pulls < 1000) {
        pull();
        moment();
        pulls++;
    }
    struct vb_player_state stands = vb_player_now(p);
    assert_true(stands.waiting);
    assert_int_equal(stands.phase, VB_PLAYING);
    assert_int_equal(stands.underruns, 1);
    for (int i = 0; i < 20; i++)
        pull();
    vb_time held = vb_player_now(p).position;
    pull();
    assert_int_equal(vb_player_now(p).position, held);
    set_disk(false, false);
    player_fill(p);
    pull();
    pull();
    assert_false(vb_player_now(p).waiting);
    assert_true(vb_player_now(p).position > held);
    vb_player_close(p);
}

static void closing_does_not_wait_for_a_hanging_disk(void **state)
{
    (void)state;
    struct vb_player *p = playing();
    set_disk(true, false);
    vb_player_seek(p, 40 * VB_SECOND);
    wait_until_held_up();
    vb_player_close(p);
    assert_false(hand_now().open);
    set_disk(false, false); /* the decoder comes back, and frees all; or it is told as a leak */
    for (int i = 0; i < 100; i++)
        moment();
}

/* Decoding is ahead of it; the scan is what hangs. */
static void closing_does_not_wait_for_a_hanging_scan(void **state)
{
    (void)state;
    const char *sample = "assets/sample/casilli.mp3";
    set_reads(4); /* enough to open it */
    struct vb_player *p = vb_player_prepare(sample, NULL);
    assert_non_null(p);
    assert_true(vb_player_start(p, &vb_sink_null, NULL, NULL, NULL));
    wait_until_held_up();
    vb_player_close(p);
    set_disk(false, false);
    for (int i = 0; i < 100; i++)
        moment();
}

static void a_disk_pulled_out_is_told_and_heals(void **state)
{
    (void)state;
    struct vb_player *p = playing();
    set_disk(false, true);
    for (int i = 0; i < 3000 && vb_player_now(p).phase == VB_PLAYING; i++) {
        player_fill(p);
        pull();
    }
    struct vb_player_state now = vb_player_now(p);
    assert_int_equal(now.phase, VB_FAILED);
    assert_non_null(strstr(now.failure, strerror(EIO)));
    assert_int_equal(now.duration, 60 * VB_SECOND); /* it is still so long */
    vb_player_play(p);                              /* it is tried again, in vain … */
    for (int i = 0; i < 5; i++) {
        player_fill(p);
        pull();
    }
    assert_int_equal(vb_player_now(p).phase, VB_FAILED);
    set_disk(false, false); /* … until the disk is back */
    vb_player_play(p);
    for (int i = 0; i < 5; i++) {
        player_fill(p);
        pull();
    }
    assert_int_equal(vb_player_now(p).phase, VB_PLAYING);
    assert_true(vb_player_now(p).position > now.position);
    vb_player_close(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_jump_onto_a_hanging_disk_is_seen_and_goes_on_with_it),
        cmocka_unit_test(where_the_disk_hangs_the_clock_stands_and_says_so),
        cmocka_unit_test(closing_does_not_wait_for_a_hanging_disk),
        cmocka_unit_test(closing_does_not_wait_for_a_hanging_scan),
        cmocka_unit_test(a_disk_pulled_out_is_told_and_heals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
