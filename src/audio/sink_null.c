/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sound card that is none: it pulls as a card would, and throws the sound away.
 *
 * Each pull is due at a moment counted from the first one, so that nothing adds up. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "verbatim/player.h"

enum { PERIODS_A_SECOND = 32 };

struct null_card {
    /* never changes after open */
    int rate;
    void (*pull)(void *ctx, float *out, int frames);
    void *ctx;
    float *frames;
    pthread_t thread;

    /* under lock */
    pthread_mutex_t lock;
    pthread_cond_t news;
    bool paused, quit;
};

static struct timespec later(struct timespec from, int64_t frames, int rate)
{
    int64_t ns = from.tv_nsec + frames % rate * INT64_C(1000000000) / rate;
    return (struct timespec){.tv_sec = from.tv_sec + frames / rate + ns / 1000000000,
                             .tv_nsec = ns % 1000000000};
}

/* More than a second late: the machine slept, and so did the sound. */
static bool is_far_behind(struct timespec due)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > due.tv_sec + 1;
}

static void *run(void *context)
{
    struct null_card *card = context;
    struct timespec start = {0};
    int64_t pulled = 0;
    int period = card->rate / PERIODS_A_SECOND;
    pthread_mutex_lock(&card->lock);
    while (!card->quit) {
        if (card->paused) {
            pthread_cond_wait(&card->news, &card->lock);
            pulled = 0;
            continue;
        }
        struct timespec due = later(start, pulled, card->rate);
        if (pulled == 0 || is_far_behind(due)) {
            clock_gettime(CLOCK_MONOTONIC, &start);
            pulled = 0;
            due = start;
        }
        pulled += period;
        while (!card->paused && !card->quit &&
               pthread_cond_timedwait(&card->news, &card->lock, &due) != ETIMEDOUT)
            ;
        bool stopped = card->paused || card->quit;
        pthread_mutex_unlock(&card->lock);
        if (!stopped)
            card->pull(card->ctx, card->frames, period);
        pthread_mutex_lock(&card->lock);
    }
    pthread_mutex_unlock(&card->lock);
    return NULL;
}

static void null_close(void *opened)
{
    struct null_card *card = opened;
    pthread_mutex_lock(&card->lock);
    card->quit = true;
    pthread_cond_signal(&card->news);
    pthread_mutex_unlock(&card->lock);
    pthread_join(card->thread, NULL);
    pthread_cond_destroy(&card->news);
    pthread_mutex_destroy(&card->lock);
    free(card->frames);
    free(card);
}

static void *null_open(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                       struct vb_error *error)
{
    struct null_card *card = mem_new(sizeof *card);
    card->rate = rate;
    card->pull = pull;
    card->ctx = ctx;
    card->paused = true;
    card->frames = mem_new((size_t)(rate / PERIODS_A_SECOND * channels) * sizeof(float));
    pthread_mutex_init(&card->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&card->news, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&card->thread, NULL, run, card) == 0)
        return card;
    free(card->frames);
    free(card);
    err_set(error, VB_DEVICE, _("the system allows no more threads"));
    return NULL;
}

static vb_time null_latency(void *card)
{
    (void)card;
    return 0;
}

static void null_pause(void *opened, bool paused)
{
    struct null_card *card = opened;
    pthread_mutex_lock(&card->lock);
    card->paused = paused;
    pthread_cond_signal(&card->news);
    pthread_mutex_unlock(&card->lock);
}

const struct vb_sink vb_sink_null = {
    .name = "null",
    .open = null_open,
    .latency = null_latency,
    .pause = null_pause,
    .close = null_close,
};
