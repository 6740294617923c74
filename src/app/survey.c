/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The survey of a sound.
 *
 * Who stops it waits a moment for the thread; a disk that hangs is not waited for: then the
 * thread frees the survey whenever it comes back. */
#include "app/survey.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "app/cache.h"
#include "audio/peaks_file.h"
#include "base/content_key.h"
#include "base/mem.h"

enum { NICE = 10, NEWS_A_SECOND = 8, PATIENCE_MS = 200 };
#define CACHE_FOLDER "peaks"
#define CACHE_MOST   (UINT64_C(64) * 1024 * 1024) /* some hundred hours of sound */

struct survey {
    /* never changes after the start */
    char *path;
    char key[SHA256_HEX]; /* "": not known; the worker's, then */
    void (*notify)(void *ctx);
    void *notify_ctx;
    pthread_t thread;

    /* under lock */
    pthread_mutex_t lock;
    pthread_cond_t news;
    bool finished, abandoned;

    struct vb_peaks *peaks; /* the worker fills, anyone looks */
    atomic_bool cancelled, done, has_info;
    struct vb_sound_info info; /* final once has_info is set */

    struct timespec told; /* the worker's */
};

/* Under lock, so that nobody is told after survey_stop(). */
static void tell(struct survey *survey)
{
    clock_gettime(CLOCK_MONOTONIC, &survey->told);
    pthread_mutex_lock(&survey->lock);
    if (survey->notify && !atomic_load(&survey->cancelled))
        survey->notify(survey->notify_ctx);
    pthread_mutex_unlock(&survey->lock);
}

/* Each piece of news is a frame to be drawn: a few a second are growth enough to see. */
static void tell_sometimes(void *context, float done)
{
    (void)done;
    struct survey *survey = context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long passed = (long)(now.tv_sec - survey->told.tv_sec) * 1000 +
                  (now.tv_nsec - survey->told.tv_nsec) / 1000000;
    if (passed >= 1000 / NEWS_A_SECOND)
        tell(survey);
}

static bool is_cancelled(void *context)
{
    return atomic_load(&((struct survey *)context)->cancelled);
}

static void read_info(struct survey *survey)
{
    if (!vb_sound_read_info(survey->path, &survey->info, NULL))
        return;
    atomic_store(&survey->has_info, true);
    tell(survey);
}

static bool put_cache_path(struct survey *survey, struct buf *into)
{
    char *key = survey->key;
    return (key[0] || content_key_of_sound(survey->path, key, NULL)) &&
           cache_path(CACHE_FOLDER, key, into);
}

static void find_peaks(struct survey *survey)
{
    struct buf kept = {0};
    const struct vb_task task = {tell_sometimes, is_cancelled, survey};
    bool has_place = put_cache_path(survey, &kept);
    if (has_place && peaks_load(survey->peaks, kept.data, NULL)) {
        cache_touch(kept.data);
    } else if (vb_peaks_fill(survey->peaks, survey->path, &task, NULL) && has_place) {
        peaks_save(survey->peaks, kept.data, NULL); /* no room for it: made again next time */
        cache_trim(CACHE_FOLDER, CACHE_MOST);
    }
    buf_free(&kept);
}

static void free_survey(struct survey *survey)
{
    pthread_cond_destroy(&survey->news);
    pthread_mutex_destroy(&survey->lock);
    vb_peaks_free(survey->peaks);
    free(survey->path);
    free(survey);
}

static void finish(struct survey *survey)
{
    pthread_mutex_lock(&survey->lock);
    survey->finished = true;
    bool abandoned = survey->abandoned;
    pthread_cond_signal(&survey->news);
    pthread_mutex_unlock(&survey->lock);
    if (abandoned)
        free_survey(survey);
}

static void *run(void *context)
{
    struct survey *survey = context;
#ifdef __linux__
    setpriority(PRIO_PROCESS, 0, NICE); /* of this thread alone, on Linux */
#endif
    read_info(survey);
    if (!atomic_load(&survey->cancelled))
        find_peaks(survey);
    atomic_store(&survey->done, true);
    tell(survey);
    finish(survey);
    return NULL;
}

struct survey *survey_start(const char *sound_path, const char *sound_key,
                            void (*notify)(void *), void *ctx)
{
    struct survey *survey = mem_new(sizeof *survey);
    pthread_mutex_init(&survey->lock, NULL);
    pthread_cond_init(&survey->news, NULL);
    survey->path = strdup(sound_path);
    snprintf(survey->key, sizeof survey->key, "%s", sound_key ? sound_key : "");
    survey->notify = notify;
    survey->notify_ctx = ctx;
    survey->peaks = vb_peaks_new();
    if (pthread_create(&survey->thread, NULL, run, survey) == 0)
        return survey;
    free_survey(survey);
    return NULL;
}

void survey_stop(struct survey *survey)
{
    if (!survey)
        return;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PATIENCE_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&survey->lock);
    atomic_store(&survey->cancelled, true);
    for (int late = 0; !survey->finished && !late;)
        late = pthread_cond_timedwait(&survey->news, &survey->lock, &until);
    survey->abandoned = !survey->finished;
    bool abandoned = survey->abandoned;
    pthread_t thread = survey->thread;
    pthread_mutex_unlock(&survey->lock);
    if (abandoned) {
        pthread_detach(thread);
        return;
    }
    pthread_join(thread, NULL);
    free_survey(survey);
}

const struct vb_peaks *survey_peaks(const struct survey *survey)
{
    return survey->peaks;
}

bool survey_is_done(const struct survey *survey)
{
    return atomic_load(&survey->done);
}

const struct vb_sound_info *survey_info(const struct survey *survey)
{
    return atomic_load(&survey->has_info) ? &survey->info : NULL;
}

void survey_forget(const char *sound_path)
{
    char key[SHA256_HEX];
    struct buf kept = {0};
    if (!sound_path)
        cache_trim(CACHE_FOLDER, 0);
    else if (content_key_of_sound(sound_path, key, NULL) &&
             cache_path(CACHE_FOLDER, key, &kept))
        unlink(kept.data);
    buf_free(&kept);
}
