/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watching one file. */
#include "base/watch.h"

#ifdef __linux__

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

enum { SETTLE_MS = 80 }; /* a save is a burst of events */

struct watch {
    int events, stop;
    pthread_t thread;
    char *name;
    void (*changed)(void *ctx);
    void *ctx;
    atomic_bool news;
};

/* Reads what is there; true: our file is among it. */
static bool concerns_us(struct watch *w)
{
    char room[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    ssize_t got = read(w->events, room, sizeof room);
    bool ours = false;
    for (char *at = room; got > 0 && at < room + got;) {
        const struct inotify_event *event = (const struct inotify_event *)at;
        ours |= event->len && strcmp(event->name, w->name) == 0;
        at += sizeof *event + event->len;
    }
    return ours;
}

static void *watch_on(void *of)
{
    struct watch *w = of;
    bool pending = false;
    for (;;) {
        struct pollfd fds[] = {
            {.fd = w->events, .events = POLLIN},
            {.fd = w->stop,   .events = POLLIN},
        };
        int ready = poll(fds, 2, pending ? SETTLE_MS : -1);
        if (fds[1].revents)
            return NULL;
        if (ready > 0 && fds[0].revents)
            pending |= concerns_us(w);
        if (ready != 0 || !pending)
            continue;
        pending = false;
        atomic_store(&w->news, true);
        w->changed(w->ctx);
    }
}

static bool begin(struct watch *w, const char *folder)
{
    w->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    w->stop = eventfd(0, EFD_CLOEXEC);
    uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE;
    return w->events >= 0 && w->stop >= 0 && inotify_add_watch(w->events, folder, mask) >= 0 &&
           pthread_create(&w->thread, NULL, watch_on, w) == 0;
}

static void release(struct watch *w)
{
    if (w->events >= 0)
        close(w->events);
    if (w->stop >= 0)
        close(w->stop);
    free(w->name);
    free(w);
}

struct watch *watch_open(const char *path, void (*changed)(void *ctx), void *ctx)
{
    char *real = realpath(path, NULL); /* through a link */
    if (!real)
        return NULL;
    struct watch *w = mem_new(sizeof *w);
    w->changed = changed;
    w->ctx = ctx;
    w->name = strdup(file_name(real));
    *(char *)file_name(real) = '\0';
    bool begun = begin(w, real);
    free(real);
    if (begun)
        return w;
    release(w);
    return NULL;
}

void watch_close(struct watch *w)
{
    if (!w)
        return;
    eventfd_write(w->stop, 1);
    pthread_join(w->thread, NULL);
    release(w);
}

bool watch_news(struct watch *w)
{
    return w && atomic_exchange(&w->news, false);
}

#else

struct watch *watch_open(const char *path, void (*changed)(void *ctx), void *ctx)
{
    (void)path, (void)changed, (void)ctx;
    return NULL;
}

void watch_close(struct watch *watch)
{
    (void)watch;
}

bool watch_news(struct watch *watch)
{
    (void)watch;
    return false;
}

#endif
