/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that polls. */
#include "bus/lookout.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

struct orders { /* what to wait for */
    struct pollfd files[LOOKOUT_MOST];
    uint64_t until_us; /* of the monotone clock; UINT64_MAX: for ever */
    bool armed, over;
};

struct lookout {
    void (*notify)(void *ctx);
    void *ctx;
    pthread_t thread;
    int wake[2]; /* a byte: there are new orders */
    pthread_mutex_t lock;
    struct orders orders; /* under lock */
};

static uint64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static int milliseconds_left(const struct orders *orders)
{
    uint64_t now = now_us();
    if (!orders->armed || orders->until_us == UINT64_MAX)
        return -1;
    if (orders->until_us <= now)
        return 0;
    uint64_t left = (orders->until_us - now) / 1000 + 1;
    return left > 3600000 ? 3600000 : (int)left;
}

static struct orders read_orders(struct lookout *l)
{
    pthread_mutex_lock(&l->lock);
    struct orders orders = l->orders;
    pthread_mutex_unlock(&l->lock);
    return orders;
}

/* The news were told; what comes meanwhile will be found with them. */
static void rest(struct lookout *l)
{
    pthread_mutex_lock(&l->lock);
    l->orders.armed = false;
    pthread_mutex_unlock(&l->lock);
}

static void *keep_watch(void *ctx)
{
    struct lookout *l = ctx;
    for (;;) {
        struct orders orders = read_orders(l);
        if (orders.over)
            return NULL;
        struct pollfd files[LOOKOUT_MOST + 1] = {
            {.fd = l->wake[0], .events = POLLIN}
        };
        for (size_t i = 0; i < LOOKOUT_MOST; i++)
            files[i + 1] = orders.armed ? orders.files[i] : (struct pollfd){.fd = -1};
        int ready = poll(files, LOOKOUT_MOST + 1, milliseconds_left(&orders));
        char bytes[16];
        if (files[0].revents && read(l->wake[0], bytes, sizeof bytes) > 0)
            continue;
        if (ready >= 0 && orders.armed) {
            rest(l);
            l->notify(l->ctx);
        }
    }
}

struct lookout *lookout_new(void (*notify)(void *ctx), void *ctx)
{
    struct lookout *l = mem_new(sizeof *l);
    l->notify = notify;
    l->ctx = ctx;
    pthread_mutex_init(&l->lock, NULL);
    if (pipe(l->wake) == 0) {
        if (pthread_create(&l->thread, NULL, keep_watch, l) == 0)
            return l;
        close(l->wake[0]);
        close(l->wake[1]);
    }
    pthread_mutex_destroy(&l->lock);
    free(l);
    return NULL;
}

static bool is_the_same(const struct orders *a, const struct orders *b)
{
    for (size_t i = 0; i < LOOKOUT_MOST; i++)
        if (a->files[i].fd != b->files[i].fd || a->files[i].events != b->files[i].events)
            return false;
    return a->until_us == b->until_us && a->armed == b->armed && a->over == b->over;
}

static void give_orders(struct lookout *l, const struct orders *orders)
{
    pthread_mutex_lock(&l->lock);
    bool same = is_the_same(&l->orders, orders);
    l->orders = *orders;
    pthread_mutex_unlock(&l->lock);
    if (!same && write(l->wake[1], "", 1) < 0)
        return; /* it is awake already: its pipe is full */
}

void lookout_free(struct lookout *l)
{
    if (!l)
        return;
    give_orders(l, &(struct orders){.over = true});
    pthread_join(l->thread, NULL);
    close(l->wake[0]);
    close(l->wake[1]);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

void lookout_arm(struct lookout *l, sd_bus *const buses[LOOKOUT_MOST])
{
    struct orders orders = {.until_us = UINT64_MAX, .armed = true};
    for (size_t i = 0; i < LOOKOUT_MOST; i++) {
        uint64_t until = UINT64_MAX;
        orders.files[i].fd = -1;
        if (!buses[i])
            continue;
        orders.files[i].fd = sd_bus_get_fd(buses[i]);
        orders.files[i].events = (short)sd_bus_get_events(buses[i]);
        if (sd_bus_get_timeout(buses[i], &until) >= 0 && until < orders.until_us)
            orders.until_us = until;
    }
    give_orders(l, &orders);
}
