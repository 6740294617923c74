/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders reach the running program, and no sender can hold it up.
 *
 * The test is the user interface; senders are threads, other instances are processes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/remote.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

static char runtime[] = "/tmp/verbatim-test-XXXXXX";
static char folder[64];

static int make_runtime_folder(void **state)
{
    (void)state;
    if (!mkdtemp(runtime))
        return -1;
    snprintf(folder, sizeof folder, "%s/verbatim", runtime);
    return setenv("XDG_RUNTIME_DIR", runtime, 1);
}

static int remove_runtime_folder(void **state)
{
    (void)state;
    rmdir(folder);
    return rmdir(runtime);
}

static void count_news(void *ctx)
{
    atomic_fetch_add((atomic_int *)ctx, 1);
}

static atomic_int news;

static struct remote *open_remote(void)
{
    atomic_store(&news, 0);
    struct remote *r = remote_open(count_news, &news);
    assert_non_null(r);
    return r;
}

/* ---- senders ---- */

struct sender {
    pthread_t thread;
    char order[64];
    struct buf answer;
    struct vb_error error;
    bool obeyed;
    atomic_bool done;
};

static void *send_it(void *of)
{
    struct sender *sender = of;
    sender->obeyed = remote_send(str_of(sender->order), &sender->answer, &sender->error);
    atomic_store(&sender->done, true);
    return NULL;
}

static void start_sender(struct sender *sender, const char *order)
{
    memset(sender, 0, sizeof *sender);
    snprintf(sender->order, sizeof sender->order, "%s", order);
    assert_int_equal(pthread_create(&sender->thread, NULL, send_it, sender), 0);
}

static void end_sender(struct sender *sender)
{
    pthread_join(sender->thread, NULL);
    buf_free(&sender->answer);
}

static void a_little(void)
{
    usleep(500);
}

/* The next order, which must come. */
static vb_str wait_for_order(struct remote *r)
{
    vb_str order;
    for (int i = 0; i < 60000; i++, a_little())
        if (remote_next(r, &order))
            return order;
    fail_msg("no order came");
    return VB_STR("");
}

/* Answers every order with "you said ORDER", refuses "no", until the sender has its answer. */
static void serve_until_done(struct remote *r, struct sender *sender)
{
    struct buf answer = {0};
    for (; !atomic_load(&sender->done); a_little()) {
        vb_str order;
        if (!remote_next(r, &order))
            continue;
        buf_clear(&answer);
        buf_printf(&answer, "you said %.*s", (int)order.len, order.data);
        remote_answer(r, !str_eq(order, "no"), buf_str(&answer));
    }
    buf_free(&answer);
}

/* A connection by hand: what a sender of another make, or of bad will, may do. */
static int connect_by_hand(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/%ld.sock", folder, (long)getpid());
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void read_to_end(int fd, char *into, size_t room)
{
    size_t len = 0;
    ssize_t got;
    while (len + 1 < room && (got = read(fd, into + len, room - 1 - len)) > 0)
        len += (size_t)got;
    into[len] = '\0';
}

/* ---- orders and answers ---- */

static void an_order_is_answered_by_the_user_interface(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    struct sender sender;
    start_sender(&sender, "seek 16’20");
    serve_until_done(r, &sender);
    assert_true(sender.obeyed);
    assert_string_equal(sender.answer.data, "you said seek 16’20");
    assert_int_equal(atomic_load(&news), 1);
    end_sender(&sender);
    remote_close(r);
}

static void a_refusal_comes_back_as_the_error(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    struct sender sender;
    start_sender(&sender, "no");
    serve_until_done(r, &sender);
    assert_false(sender.obeyed);
    assert_string_equal(sender.error.text, "you said no");
    end_sender(&sender);
    remote_close(r);
}

static void nothing_waits_when_nobody_sent(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    vb_str order;
    assert_false(remote_next(r, &order));
    assert_int_equal(order.len, 0);
    remote_answer(r, true, VB_STR("to nobody"));
    remote_close(r);
    remote_close(NULL);
    remote_focused(NULL);
}

static void without_a_running_program_the_sender_is_told(void **state)
{
    (void)state;
    struct buf answer = {0};
    struct vb_error error = {0};
    assert_false(remote_send(VB_STR("play"), &answer, &error));
    assert_int_equal(error.code, VB_NOT_FOUND);
    assert_non_null(strstr(error.text, "no running verbatim was found"));
    buf_free(&answer);
}

static void a_long_answer_arrives_whole(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    struct sender sender;
    struct buf answer = {0};
    while (answer.len < 1 << 20)
        buf_puts(&answer, "mot ");
    start_sender(&sender, "state");
    wait_for_order(r);
    remote_answer(r, true, buf_str(&answer));
    end_sender(&(struct sender){.thread = sender.thread});
    assert_true(sender.obeyed);
    assert_true(str_is(buf_str(&sender.answer), buf_str(&answer)));
    buf_free(&sender.answer);
    buf_free(&answer);
    remote_close(r);
}

/* The interface took an order, was slow, and answers when the next one already waits. */
static void an_answer_that_comes_late_is_not_taken_for_the_next_order(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    struct sender first, second;
    start_sender(&first, "first");
    assert_true(str_eq(wait_for_order(r), "first"));
    remote_answer(r, true, VB_STR("to the first"));
    pthread_join(first.thread, NULL);
    start_sender(&second, "second");
    while (atomic_load(&news) < 2)
        a_little();
    remote_answer(r, true, VB_STR("to the first, again"));
    serve_until_done(r, &second);
    assert_string_equal(first.answer.data, "to the first");
    assert_string_equal(second.answer.data, "you said second");
    buf_free(&first.answer);
    end_sender(&second);
    remote_close(r);
}

static void every_sender_of_a_crowd_gets_its_own_answer(void **state)
{
    (void)state;
    enum { CROWD = 24 };
    struct remote *r = open_remote();
    struct sender *senders = mem_new(CROWD * sizeof *senders);
    for (int i = 0; i < CROWD; i++) {
        char order[16];
        snprintf(order, sizeof order, "order %d", i);
        start_sender(&senders[i], order);
    }
    for (int i = 0; i < CROWD; i++) {
        struct buf expected = {0};
        serve_until_done(r, &senders[i]);
        buf_printf(&expected, "you said order %d", i);
        assert_true(senders[i].obeyed);
        assert_string_equal(senders[i].answer.data, expected.data);
        end_sender(&senders[i]);
        buf_free(&expected);
    }
    free(senders);
    remote_close(r);
}

/* ---- senders that do not behave ---- */

static void an_order_that_is_too_long_is_refused(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    static char order[5000], answer[256];
    memset(order, 'x', sizeof order);
    struct buf none = {0};
    struct vb_error error = {0};
    assert_false(remote_send((vb_str){order, sizeof order}, &none, &error));
    assert_string_equal(error.text, "the order is too long");

    int fd = connect_by_hand();
    assert_true(send(fd, order, sizeof order, MSG_NOSIGNAL) > 0);
    read_to_end(fd, answer, sizeof answer);
    close(fd);
    assert_string_equal(answer, "-the order is too long");
    assert_int_equal(atomic_load(&news), 0);
    buf_free(&none);
    remote_close(r);
}

static void a_sender_that_dawdles_is_sent_away(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    char answer[256];
    int fd = connect_by_hand();
    assert_int_equal(send(fd, "pl", 2, MSG_NOSIGNAL), 2);
    read_to_end(fd, answer, sizeof answer);
    close(fd);
    assert_string_equal(answer, "-the order did not arrive in time");
    assert_int_equal(atomic_load(&news), 0); /* half an order is none */
    remote_close(r);
}

static void an_order_may_end_with_the_connection(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    char answer[256];
    int fd = connect_by_hand();
    assert_int_equal(send(fd, "play", 4, MSG_NOSIGNAL), 4);
    shutdown(fd, SHUT_WR);
    assert_true(str_eq(wait_for_order(r), "play"));
    remote_answer(r, true, VB_STR(""));
    read_to_end(fd, answer, sizeof answer);
    close(fd);
    assert_string_equal(answer, "+");
    remote_close(r);
}

static void only_the_first_line_is_an_order(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    char answer[256];
    int fd = connect_by_hand();
    assert_int_equal(send(fd, "play\nquit\n", 10, MSG_NOSIGNAL), 10);
    assert_true(str_eq(wait_for_order(r), "play"));
    remote_answer(r, true, VB_STR("yes"));
    read_to_end(fd, answer, sizeof answer);
    close(fd);
    assert_string_equal(answer, "+yes");
    assert_int_equal(atomic_load(&news), 1);
    remote_close(r);
}

static void a_sender_that_leaves_harms_nobody(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    close(connect_by_hand()); /* said nothing */
    int fd = connect_by_hand();
    assert_int_equal(send(fd, "play\n", 5, MSG_NOSIGNAL), 5);
    close(fd); /* does not wait for the answer */
    assert_true(str_eq(wait_for_order(r), "play"));
    remote_answer(r, true, VB_STR("to nobody"));
    struct sender sender;
    start_sender(&sender, "after");
    serve_until_done(r, &sender);
    assert_true(sender.obeyed);
    end_sender(&sender);
    remote_close(r);
}

/* Closing must not wait for anybody: each of these would hold it up for ever, or for long. */
static void closing_waits_for_no_sender(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    int silent = connect_by_hand(), waiting = connect_by_hand();
    assert_int_equal(send(waiting, "play\n", 5, MSG_NOSIGNAL), 5);
    remote_close(r); /* the silent one is being served */
    close(silent);
    close(waiting);

    r = open_remote();
    struct sender sender;
    start_sender(&sender, "play");
    wait_for_order(r);
    remote_close(r); /* the order is never answered */
    pthread_join(sender.thread, NULL);
    assert_false(sender.obeyed);
    assert_string_equal(sender.error.text, "the running verbatim is being closed");
    buf_free(&sender.answer);
}

static void an_answer_that_nobody_reads_does_not_hold_up_closing(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    struct buf answer = {0};
    while (answer.len < 4 << 20)
        buf_puts(&answer, "more than the system keeps for a reader ");
    int fd = connect_by_hand();
    assert_int_equal(send(fd, "state\n", 6, MSG_NOSIGNAL), 6);
    wait_for_order(r);
    remote_answer(r, true, buf_str(&answer));
    remote_close(r);
    close(fd);
    buf_free(&answer);
    assert_int_equal(access(folder, F_OK), 0);
}

/* ---- several instances ---- */

struct instance {
    pid_t process;
    int tell, hear; /* a byte each: 'f' focus, 'q' quit; '.' done */
};

static void ignore_news(void *ctx)
{
    (void)ctx;
}

/* Answers every order with its name. */
static void run_instance(const char *name, int hear, int tell)
{
    struct remote *r = remote_open(ignore_news, NULL);
    char what = r ? '.' : '!';
    if (write(tell, &what, 1) != 1)
        _exit(1);
    for (struct timespec moment = {0, 1000000};; nanosleep(&moment, NULL)) {
        vb_str order;
        if (remote_next(r, &order))
            remote_answer(r, true, str_of(name));
        ssize_t got = recv(hear, &what, 1, MSG_DONTWAIT);
        if (got == 0 || (got == 1 && what == 'q'))
            break;
        if (got != 1)
            continue;
        remote_focused(r);
        if (write(tell, ".", 1) != 1)
            _exit(1);
    }
    remote_close(r);
    _exit(0);
}

static struct instance start_instance(const char *name)
{
    int pair[2];
    char ready;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    fflush(NULL);
    struct instance instance = {.process = fork(), .tell = pair[0], .hear = pair[0]};
    if (instance.process == 0) {
        close(pair[0]);
        run_instance(name, pair[1], pair[1]);
    }
    close(pair[1]);
    assert_int_equal(read(instance.hear, &ready, 1), 1);
    assert_int_equal(ready, '.');
    return instance;
}

static void focus(struct instance *instance)
{
    char done;
    assert_int_equal(write(instance->tell, "f", 1), 1);
    assert_int_equal(read(instance->hear, &done, 1), 1);
}

static void end_instance(struct instance *instance)
{
    int status = -1;
    assert_int_equal(write(instance->tell, "q", 1), 1);
    close(instance->tell);
    assert_int_equal(waitpid(instance->process, &status, 0), instance->process);
    assert_int_equal(status, 0);
}

static void assert_reached(const char *name)
{
    struct buf answer = {0};
    struct vb_error error = {0};
    if (!remote_send(VB_STR("who"), &answer, &error))
        fail_msg("%s", error.text);
    assert_string_equal(answer.data, name);
    buf_free(&answer);
}

static void an_order_goes_to_the_newest_or_last_focused_instance(void **state)
{
    (void)state;
    struct instance one = start_instance("one");
    assert_reached("one");
    struct instance two = start_instance("two");
    assert_reached("two");
    focus(&one);
    assert_reached("one");
    focus(&two);
    focus(&one);
    focus(&two);
    assert_reached("two");
    end_instance(&two);
    assert_reached("one");
    end_instance(&one);
    assert_false(remote_send(VB_STR("who"), &(struct buf){0}, NULL));
}

/* What a program that died leaves behind: a socket file that nobody listens to. */
static void leave_dead_socket(const char *name, struct timespec changed)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/%s", folder, name);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    struct timespec times[2] = {changed, changed};
    assert_int_equal(utimensat(0, address.sun_path, times, 0), 0);
}

static void dead_sockets_are_cleared_away(void **state)
{
    (void)state;
    struct remote *r = open_remote();
    struct timespec later;
    clock_gettime(CLOCK_REALTIME, &later);
    later.tv_sec += 60;
    leave_dead_socket("1.sock", later);
    leave_dead_socket("2.sock", later); /* of the same age: neither hides the living one */
    char path[128];
    snprintf(path, sizeof path, "%s/3.sock", folder);
    FILE *file = fopen(path, "w"); /* no socket at all: not ours to clear */
    fclose(file);
    struct sender sender;
    start_sender(&sender, "play");
    serve_until_done(r, &sender);
    assert_true(sender.obeyed);
    end_sender(&sender);
    remote_close(r);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else is left */
}

/* ---- where sockets may stand ---- */

static void a_folder_that_others_may_enter_is_refused(void **state)
{
    (void)state;
    struct vb_error error = {0};
    rmdir(folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    chmod(folder, 0755);
    assert_null(remote_open(count_news, &news));
    assert_false(remote_send(VB_STR("play"), &(struct buf){0}, &error));
    assert_int_equal(error.code, VB_NOT_FOUND);
    rmdir(folder);

    assert_int_equal(symlink("/tmp", folder), 0); /* nor through a link */
    assert_null(remote_open(count_news, &news));
    unlink(folder);
}

static void a_folder_whose_name_is_too_long_is_no_trouble(void **state)
{
    (void)state;
    char path[160];
    snprintf(path, sizeof path, "%s/%0100d", runtime, 0);
    assert_int_equal(mkdir(path, 0700), 0);
    setenv("XDG_RUNTIME_DIR", path, 1);
    assert_null(remote_open(count_news, &news));
    assert_false(remote_send(VB_STR("play"), &(struct buf){0}, NULL));
    setenv("XDG_RUNTIME_DIR", runtime, 1);
    strcat(path, "/verbatim");
    rmdir(path);
    *strrchr(path, '/') = '\0';
    assert_int_equal(rmdir(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_is_answered_by_the_user_interface),
        cmocka_unit_test(a_refusal_comes_back_as_the_error),
        cmocka_unit_test(nothing_waits_when_nobody_sent),
        cmocka_unit_test(without_a_running_program_the_sender_is_told),
        cmocka_unit_test(a_long_answer_arrives_whole),
        cmocka_unit_test(an_answer_that_comes_late_is_not_taken_for_the_next_order),
        cmocka_unit_test(every_sender_of_a_crowd_gets_its_own_answer),
        cmocka_unit_test(an_order_that_is_too_long_is_refused),
        cmocka_unit_test(a_sender_that_dawdles_is_sent_away),
        cmocka_unit_test(an_order_may_end_with_the_connection),
        cmocka_unit_test(only_the_first_line_is_an_order),
        cmocka_unit_test(a_sender_that_leaves_harms_nobody),
        cmocka_unit_test(closing_waits_for_no_sender),
        cmocka_unit_test(an_answer_that_nobody_reads_does_not_hold_up_closing),
        cmocka_unit_test(an_order_goes_to_the_newest_or_last_focused_instance),
        cmocka_unit_test(dead_sockets_are_cleared_away),
        cmocka_unit_test(a_folder_that_others_may_enter_is_refused),
        cmocka_unit_test(a_folder_whose_name_is_too_long_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, make_runtime_folder, remove_runtime_folder);
}
