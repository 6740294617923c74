/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a file whose disk hangs: the program goes on meanwhile.
 *
 * The disk is open(2), which hangs here for the file named slow as long as the test wants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "app/editing.h"
#include "app/leaving.h"
#include "app/session.h"
#include "base/str.h"
#include "support/support_session.h"
#include "support/support_sound.h"
#include "support/support_transcript.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool hangs;
static int held_up; /* now */

static void meet_the_disk(const char *path)
{
    pthread_mutex_lock(&lock);
    held_up++;
    while (hangs && strstr(path, "/slow."))
        pthread_cond_wait(&changed, &lock);
    held_up--;
    pthread_mutex_unlock(&lock);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int mode = flags & O_CREAT ? va_arg(more, int) : 0;
    va_end(more);
    meet_the_disk(path);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static void moment(void)
{
    struct timespec time = {.tv_nsec = 1000000};
    nanosleep(&time, NULL);
}

static bool is_held_up(void)
{
    pthread_mutex_lock(&lock);
    bool held = held_up > 0;
    pthread_mutex_unlock(&lock);
    return held;
}

static void set_disk(bool hanging)
{
    pthread_mutex_lock(&lock);
    hangs = hanging;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

/* What nobody waits for any more comes back, too, and frees what it found. */
static void free_disk(void)
{
    set_disk(false);
    while (is_held_up())
        moment();
    for (int i = 0; i < 20; i++)
        moment();
}

static char slow_path[512], slow_text[512], quick_path[512];

static void write_tone(char path[512], const char *name, double length)
{
    struct sound sound = tone(220, seconds(length));
    snprintf(path, 512, "%s", temp_path(name));
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
}

static int make_files(void **state)
{
    (void)state;
    static const char page[] = "Transcription\n\nAnne Petit : Bonjour à tous.\n";
    write_tone(quick_path, "quick.wav", 2);
    write_tone(slow_path, "slow.wav", 3);
    snprintf(slow_text, sizeof slow_text, "%s", temp_path("slow.txt"));
    write_bytes(slow_text, page, sizeof page - 1);
    return 0;
}

static void told(void *ctx)
{
    (void)ctx;
}

static vb_time clock_now;

static void update(struct session *s)
{
    session_update(s, clock_now += VB_SECOND / 100);
}

static struct session start(void)
{
    struct session s;
    session_init(&s, &hand_sink, told, NULL);
    s.opens_aside = true;
    update(&s);
    return s;
}

static void open_slowly(struct session *s)
{
    set_disk(true);
    assert_true(session_open_pair(s, slow_path, NULL, NULL));
    assert_string_equal(session_awaits(s), "slow.wav");
    while (!is_held_up())
        moment();
}

static void wait_for_it(struct session *s)
{
    for (int i = 0; i < 5000 && session_awaits(s); i++, moment())
        update(s);
    assert_null(session_awaits(s));
}

static void a_disk_that_hangs_holds_nobody_up(void **state)
{
    (void)state;
    struct session s = start();
    assert_true(session_open(&s, quick_path, NULL));
    wait_for_it(&s); /* mostly it is there at once */
    open_slowly(&s);
    session_begin(&s, VB_SECOND, true);
    for (int i = 0; i < 300; i++)
        update(&s);
    assert_string_equal(s.sound_path, quick_path);
    assert_int_equal(s.now.phase, VB_PAUSED); /* the order is for the other one */
    assert_true(session_awaited(&s) > SESSION_SLOW);
    session_play(&s);
    update(&s);
    assert_int_equal(s.now.phase, VB_PLAYING);
    set_disk(false);
    wait_for_it(&s);
    assert_string_equal(s.sound_path, slow_path);
    assert_non_null(s.transcript); /* the partner came along */
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_int_equal(s.now.position, VB_SECOND);
    session_free(&s);
}

static void escape_ends_the_waiting(void **state)
{
    (void)state;
    struct session s = start();
    open_slowly(&s);
    act(&s, "close");
    assert_null(session_awaits(&s));
    free_disk();
    update(&s);
    assert_null(s.player);
    session_free(&s);
}

static void another_file_is_opened_meanwhile_and_stays(void **state)
{
    (void)state;
    struct session s = start();
    open_slowly(&s);
    assert_true(session_open(&s, quick_path, NULL));
    wait_for_it(&s);
    assert_string_equal(s.sound_path, quick_path);
    free_disk();
    update(&s);
    assert_string_equal(s.sound_path, quick_path);
    assert_null(s.transcript);
    session_free(&s);
}

static void what_can_not_be_opened_is_said_when_that_is_known(void **state)
{
    (void)state;
    struct session s = start();
    char missing[512];
    snprintf(missing, sizeof missing, "%s", slow_path);
    memcpy(strstr(missing, "slow.wav"), "slow.ogg", 8);
    set_disk(true);
    assert_true(session_open_pair(&s, missing, NULL, NULL));
    set_disk(false);
    wait_for_it(&s);
    const struct message *message = session_message(&s, s.said - 1);
    assert_non_null(strstr(message->text, "slow.ogg: there is no such file"));
    session_free(&s);
}

/* ---- a page with corrections is open ---- */

static struct session corrected(void)
{
    static const char page[] = "Transcription\n\nZoé : Salut à toutes.\n";
    struct session s = start();
    s.has_dialogs = true;
    write_bytes(temp_path("mine.txt"), page, sizeof page - 1);
    assert_true(session_open(&s, temp_path("mine.txt"), NULL));
    wait_for_it(&s);
    assert_true(session_edit_begin(&s, 28));
    caret_type(&s, VB_STR("bien "));
    assert_true(session_changed(&s));
    return s;
}

static void wait_for_the_question(struct session *s)
{
    for (int i = 0; i < 5000 && s->asked != ASK_LEAVE; i++, moment())
        update(s);
    assert_int_equal(s->asked, ASK_LEAVE);
    assert_null(session_awaits(s)); /* it is there */
    assert_true(session_changed(s));
}

static bool shows(const struct session *s, const char *word)
{
    return str_find(vb_document_text(s->document), str_of(word)) != STR_NOT_FOUND;
}

static void a_page_is_asked_about_when_the_next_one_is_there(void **state)
{
    (void)state;
    struct session s = corrected();
    set_disk(true);
    assert_true(session_open(&s, slow_text, NULL));
    for (int i = 0; i < 300; i++)
        update(&s);
    assert_int_equal(s.asked, ASK_NOTHING); /* nobody knows yet what it is */
    assert_true(session_awaited(&s) > SESSION_SLOW);
    set_disk(false);
    wait_for_the_question(&s);
    assert_true(shows(&s, "Salut"));
    leaving_discard(&s);
    assert_true(shows(&s, "Bonjour"));
    assert_false(session_changed(&s));
    session_free(&s);
}

static void a_partner_that_comes_along_is_asked_about(void **state)
{
    (void)state;
    struct session s = corrected();
    assert_true(session_open_pair(&s, slow_path, NULL, NULL));
    session_begin(&s, VB_SECOND, false);
    wait_for_the_question(&s);
    assert_null(s.player);
    leaving_cancel(&s);
    update(&s);
    assert_true(shows(&s, "Salut"));
    assert_null(s.player); /* of the two, neither came */

    assert_true(session_open_pair(&s, slow_path, NULL, NULL));
    session_begin(&s, VB_SECOND, false);
    wait_for_the_question(&s);
    leaving_discard(&s);
    assert_true(shows(&s, "Bonjour"));
    assert_int_equal(s.now.position, VB_SECOND);
    session_free(&s);
}

static void another_question_puts_the_next_page_off(void **state)
{
    (void)state;
    struct session s = corrected();
    assert_true(session_open(&s, slow_text, NULL));
    wait_for_the_question(&s);
    session_ask(&s, ASK_TIME);
    for (int i = 0; i < 20; i++)
        update(&s);
    assert_int_equal(s.asked, ASK_TIME);
    assert_true(shows(&s, "Salut"));
    leaving_go_on(&s); /* the page was saved: that is no answer any more */
    assert_true(shows(&s, "Salut"));
    session_quit(&s);
    act(&s, "close");
    leaving_go_on(&s);
    assert_false(s.quit);
    session_free(&s);
}

static void what_can_not_be_opened_asks_nothing(void **state)
{
    (void)state;
    struct session s = corrected();
    struct vb_error error = {0};
    assert_false(session_open(&s, "/no/such/page.txt", &error));
    assert_int_equal(s.asked, ASK_NOTHING);
    assert_non_null(strstr(error.text, "no such file"));
    session_free(&s);
}

static void leaving_does_not_wait_for_the_disk(void **state)
{
    (void)state;
    struct session s = start();
    open_slowly(&s);
    session_free(&s);
    assert_true(is_held_up());
    free_disk();
}

static void who_answers_another_question_since_keeps_the_page(void **state)
{
    (void)state;
    struct session s = corrected();
    assert_true(session_open(&s, slow_text, NULL));
    wait_for_the_question(&s);
    session_ask(&s, ASK_TIME);
    update(&s);
    assert_int_equal(s.asked, ASK_TIME);
    for (int i = 0; i < 50; i++, moment())
        update(&s);
    assert_true(shows(&s, "Salut"));
    assert_null(session_awaits(&s));
    leaving_discard(&s);
    assert_true(shows(&s, "Salut"));
    session_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disk_that_hangs_holds_nobody_up),
        cmocka_unit_test(escape_ends_the_waiting),
        cmocka_unit_test(another_file_is_opened_meanwhile_and_stays),
        cmocka_unit_test(what_can_not_be_opened_is_said_when_that_is_known),
        cmocka_unit_test(a_page_is_asked_about_when_the_next_one_is_there),
        cmocka_unit_test(who_answers_another_question_since_keeps_the_page),
        cmocka_unit_test(a_partner_that_comes_along_is_asked_about),
        cmocka_unit_test(another_question_puts_the_next_page_off),
        cmocka_unit_test(what_can_not_be_opened_asks_nothing),
        cmocka_unit_test(leaving_does_not_wait_for_the_disk),
    };
    return cmocka_run_group_tests(tests, make_files, NULL);
}
