/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parent's side of an alignment: a child, two pipes, and a thread that listens. */
#include "app/aligning.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#define TELL_EVERY (VB_SECOND / 4)

extern char **environ;

struct aligning {
    /* never changes after the start */
    char *program;
    struct wire_wish wish;
    void (*notify)(void *ctx);
    void *notify_ctx;
    pthread_t thread;

    /* under the lock */
    pthread_mutex_t lock;
    pid_t child; /* 0: not started, or already gone */
    bool stopped;
    struct aligning_news news; /* its words are not yet taken */

    /* the thread's */
    int in, out; /* the child's ends seen from here: its output, its input */
    vb_time told;
};

/* ---- the child ---- */

static void say_failed(struct aligning *a, const char *why)
{
    pthread_mutex_lock(&a->lock);
    a->news.state = ALIGNING_FAILED;
    err_set(&a->news.error, VB_DEVICE, "%s", why);
    pthread_mutex_unlock(&a->lock);
}

/* Our signals are masked in this thread: the child begins with none of that. */
static int spawn(struct aligning *a, int in, int out, pid_t *child)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, all;
    char name[] = "verbatim", argument[] = ALIGNING_ARGUMENT;
    char *arguments[] = {name, argument, NULL};
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
#endif
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int code = posix_spawn(child, a->program, &files, &how, arguments, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return code;
}

static bool start_child(struct aligning *a)
{
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    pid_t child = 0;
    int code = pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC) ? errno : 0;
    if (!code)
        code = spawn(a, to[0], from[1], &child);
    close(to[0]);
    close(from[1]);
    a->out = to[1];
    a->in = from[0];
    if (code) {
        say_failed(a, strerror(code));
        return false;
    }
    pthread_mutex_lock(&a->lock);
    a->child = child;
    if (a->stopped)
        kill(child, SIGKILL);
    pthread_mutex_unlock(&a->lock);
    return true;
}

/* Its number must not be another's when it is to be ended. */
static void bury_child(struct aligning *a)
{
    pid_t child = a->child;
    pthread_mutex_lock(&a->lock);
    siginfo_t about;
    a->child = 0;
    kill(child, SIGKILL);
    waitid(P_PID, (id_t)child, &about, WEXITED);
    pthread_mutex_unlock(&a->lock);
}

/* ---- what it says ---- */

static vb_time clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (vb_time)now.tv_sec * VB_SECOND + now.tv_nsec / 1000;
}

static void tell(struct aligning *a, bool at_once)
{
    vb_time now = clock_now();
    if (!a->notify || (!at_once && now - a->told < TELL_EVERY))
        return;
    a->told = now;
    a->notify(a->notify_ctx);
}

/* Under the lock. */
static void take_words(struct aligning_news *news, struct vb_heard *words)
{
    free(news->words);
    news->words = words;
}

/* False: there is nothing more to come. */
static bool take_message(struct aligning *a, char kind, vb_str payload)
{
    struct aligning_news *news = &a->news;
    struct vb_heard *words = NULL;
    pthread_mutex_lock(&a->lock);
    if (kind == 'P') {
        wire_get_done(payload, &news->done);
    } else if (kind == 'S') {
        words = wire_get_stage(payload, a->wish.words, &news->stage);
        if (words)
            take_words(news, words);
    } else if (kind == 'D') {
        words = wire_get_result(payload, a->wish.words, &news->report);
        if (words) {
            take_words(news, words);
            news->state = ALIGNING_DONE;
        }
    } else if (kind == 'E' && wire_get_error(payload, &news->error)) {
        news->state = ALIGNING_FAILED;
    }
    bool runs = news->state == ALIGNING_RUNS;
    pthread_mutex_unlock(&a->lock);
    tell(a, kind != 'P');
    return runs;
}

static bool converse(struct aligning *a)
{
    struct buf payload = {0};
    char kind;
    wire_put_wish(&a->wish, &payload);
    bool sent = wire_send(a->out, 'Q', buf_str(&payload));
    close(a->out);
    bool runs = true;
    while (sent && runs && wire_take(a->in, &kind, &payload))
        runs = take_message(a, kind, buf_str(&payload));
    buf_free(&payload);
    return !runs;
}

static void *listen_to_child(void *ctx)
{
    struct aligning *a = ctx;
    if (start_child(a)) {
        bool ended = converse(a);
        bury_child(a);
        if (!ended)
            say_failed(a, _("the alignment broke off"));
    } else {
        close(a->out);
    }
    close(a->in);
    tell(a, true);
    return NULL;
}

/* ---- from outside ---- */

/* Nothing that is meant for the program reaches this thread. */
static bool start_thread(struct aligning *a)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&a->thread, NULL, listen_to_child, a) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static void free_aligning(struct aligning *a)
{
    pthread_mutex_destroy(&a->lock);
    wire_wish_free(&a->wish);
    free(a->news.words);
    free(a->news.report.doubts);
    free(a->program);
    free(a);
}

struct aligning *aligning_start(const char *program, struct wire_wish *wish,
                                void (*notify)(void *ctx), void *ctx)
{
    struct aligning *a = mem_new(sizeof *a);
    a->program = strdup(program);
    a->wish = *wish;
    *wish = (struct wire_wish){0};
    a->notify = notify;
    a->notify_ctx = ctx;
    pthread_mutex_init(&a->lock, NULL);
    if (start_thread(a))
        return a;
    free_aligning(a);
    return NULL;
}

void aligning_stop(struct aligning *a)
{
    if (!a)
        return;
    pthread_mutex_lock(&a->lock);
    a->stopped = true;
    if (a->child)
        kill(a->child, SIGKILL);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    free_aligning(a);
}

struct aligning_news aligning_news(struct aligning *a)
{
    pthread_mutex_lock(&a->lock);
    struct aligning_news news = a->news;
    a->news.words = NULL;
    a->news.report.doubts = NULL;
    pthread_mutex_unlock(&a->lock);
    return news;
}
