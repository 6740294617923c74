/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing, and the thread that writes. */
#include "library/store.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "library/store_parts.h"

enum {
    ASK_PATIENCE_MS = 1000, /* of a question, for what was queued before it */
    RETRY_MS = 5000,
    QUEUE_MOST = 4096, /* of jobs that can't be written for now: the oldest give way */
};

bool store_path(const char *name, struct buf *into)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    bool given = state && state[0] == '/';
    if (!given && !(home && *home))
        return false;
    buf_clear(into);
    buf_printf(into, "%s%s/verbatim/%s", given ? state : home, given ? "" : "/.local/state",
               name);
    return true;
}

/* ---- trouble ---- */

void store_tell(struct store *store, const struct vb_error *error)
{
    pthread_mutex_lock(&store->lock);
    store->trouble = *error;
    store->has_trouble = true;
    pthread_mutex_unlock(&store->lock);
    if (store->notify)
        store->notify(store->notify_ctx);
}

bool store_trouble(struct store *store, struct vb_error *error)
{
    if (!store)
        return false;
    pthread_mutex_lock(&store->lock);
    bool has = store->has_trouble;
    if (has && error)
        *error = store->trouble;
    store->has_trouble = false;
    pthread_mutex_unlock(&store->lock);
    return has;
}

static void tell_unwritten(struct store *store, int code)
{
    struct vb_error error = {0};
    err_set(&error, VB_UNREADABLE, _("what you do can't be remembered for now: %s: %s"),
            store->path.len ? store->path.data : "-", sqlite3_errstr(code));
    store_tell(store, &error);
}

/* ---- waiting ---- */

static struct timespec from_now(int ms)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000L;
    if (at.tv_nsec >= 1000000000L) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000L;
    }
    return at;
}

/* Under the lock. `ms` below 0: as long as it takes. */
static void wait_for_rest(struct store *store, int ms)
{
    const struct timespec until = from_now(ms < 0 ? 0 : ms);
    int code = 0;
    while (store->has_thread && (store->queue.count || store->busy || store->damaged) &&
           !store->stuck && !store->held && code == 0)
        code = ms < 0 ? pthread_cond_wait(&store->rest, &store->lock)
                      : pthread_cond_timedwait(&store->rest, &store->lock, &until);
}

void store_settle(struct store *store)
{
    if (!store)
        return;
    pthread_mutex_lock(&store->lock);
    wait_for_rest(store, -1);
    pthread_mutex_unlock(&store->lock);
}

/* ---- the queue ---- */

/* The values' bytes move into the job. */
static struct job job_of(const char *sql, const struct value *values, size_t count)
{
    struct job job = {.sql = sql, .count = count};
    size_t size = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        size += values[i].bytes.len;
    job.bytes = mem_new(size);
    for (size_t i = 0; i < count; i++) {
        job.values[i] = values[i];
        if (values[i].bytes.len)
            memcpy(job.bytes + at, values[i].bytes.data, values[i].bytes.len);
        job.values[i].bytes.data = job.bytes + at;
        at += values[i].bytes.len;
    }
    return job;
}

static void free_jobs(jobs *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].bytes);
    free(list->items);
    *list = (jobs){0};
}

void store_queue(struct store *store, const char *sql, const struct value *values, size_t count)
{
    if (!store)
        return;
    struct job job = job_of(sql, values, count);
    pthread_mutex_lock(&store->lock);
    if (store->queue.count >= QUEUE_MOST && store->stuck) {
        free(store->queue.items[0].bytes);
        memmove(store->queue.items, store->queue.items + 1,
                --store->queue.count * sizeof *store->queue.items);
    }
    vec_push(&store->queue, job);
    if (!store->held)
        pthread_cond_signal(&store->news);
    pthread_mutex_unlock(&store->lock);
}

void store_hold(struct store *store)
{
    if (!store)
        return;
    pthread_mutex_lock(&store->lock);
    store->held++;
    pthread_mutex_unlock(&store->lock);
}

void store_release(struct store *store)
{
    if (!store)
        return;
    pthread_mutex_lock(&store->lock);
    if (--store->held == 0)
        pthread_cond_signal(&store->news);
    pthread_mutex_unlock(&store->lock);
}

/* ---- writing ---- */

static int run_job(sqlite3 *db, const struct job *job)
{
    sqlite3_stmt *statement;
    int code = sqlite3_prepare_v2(db, job->sql, -1, &statement, NULL);
    if (code)
        return code;
    code = values_bind(statement, job->values, job->count);
    while (code == SQLITE_OK || code == SQLITE_ROW)
        code = sqlite3_step(statement);
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* All of them or none. */
static int write_jobs(sqlite3 *db, const jobs *list)
{
    int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (size_t i = 0; i < list->count && !code; i++)
        code = run_job(db, &list->items[i]);
    if (!code)
        code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    if (code)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}

/* The file turned out to be damaged: it is set aside and a new one begun, unless another
 * program just did that. */
static void mend(struct store *store)
{
    pthread_mutex_lock(&store->reading.lock);
    pthread_mutex_lock(&store->writing.lock);
    schema_close(store);
    schema_open(store, true);
    pthread_mutex_unlock(&store->writing.lock);
    pthread_mutex_unlock(&store->reading.lock);
}

static int write_once(struct store *store, const jobs *list)
{
    pthread_mutex_lock(&store->writing.lock);
    int code = write_jobs(store->writing.db, list);
    pthread_mutex_unlock(&store->writing.lock);
    return code;
}

static int write_or_mend(struct store *store, const jobs *list)
{
    int code = write_once(store, list);
    if (!schema_is_damage(code))
        return code;
    mend(store);
    return write_once(store, list);
}

/* Under the lock: what could not be written goes before what came since. */
static void put_back(struct store *store, jobs *list)
{
    for (size_t i = 0; i < store->queue.count; i++)
        vec_push(list, store->queue.items[i]);
    free(store->queue.items);
    store->queue = *list;
    *list = (jobs){0};
}

/* Under the lock, which is let go while writing. */
static void write_queue(struct store *store)
{
    jobs list = store->queue;
    store->queue = (jobs){0};
    store->busy = true;
    bool was_stuck = store->stuck;
    pthread_mutex_unlock(&store->lock);
    int code = write_or_mend(store, &list);
    if (code && !was_stuck)
        tell_unwritten(store, code);
    pthread_mutex_lock(&store->lock);
    store->busy = false;
    store->stuck = code != SQLITE_OK;
    if (code)
        put_back(store, &list);
    else
        free_jobs(&list);
    pthread_cond_broadcast(&store->rest);
}

/* Under the lock. */
static bool has_work(const struct store *store)
{
    return store->damaged || (store->queue.count && !store->held);
}

/* Under the lock, which is let go meanwhile. */
static void mend_now(struct store *store)
{
    store->damaged = false;
    store->busy = true;
    pthread_mutex_unlock(&store->lock);
    mend(store);
    pthread_mutex_lock(&store->lock);
    store->busy = false;
    pthread_cond_broadcast(&store->rest);
}

/* What could not be written is tried again at every news, after a while, and at the end. */
static void *write_all(void *ctx)
{
    struct store *store = ctx;
    bool last = false;
    pthread_mutex_lock(&store->lock);
    while (!last || (store->queue.count && !store->stuck)) {
        while (!store->closing && !has_work(store))
            pthread_cond_wait(&store->news, &store->lock);
        last = store->closing;
        if (store->damaged)
            mend_now(store);
        if (store->queue.count && !store->held)
            write_queue(store);
        if (store->stuck && !store->closing) {
            const struct timespec until = from_now(RETRY_MS);
            pthread_cond_timedwait(&store->news, &store->lock, &until);
        }
    }
    pthread_mutex_unlock(&store->lock);
    return NULL;
}

/* Signals are for the threads that ask for them. */
static bool start_thread(struct store *store)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&store->thread, NULL, write_all, store) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* ---- reading ---- */

static int read_rows(sqlite3 *db, const char *sql, const struct value *values, size_t count,
                     void (*row)(sqlite3_stmt *from, void *ctx), void *ctx)
{
    sqlite3_stmt *statement;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code)
        return code;
    code = values_bind(statement, values, count);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            row(statement, ctx);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static void tell_damage(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    store->damaged = true;
    pthread_cond_signal(&store->news);
    pthread_mutex_unlock(&store->lock);
}

void store_ask(struct store *store, const char *sql, const struct value *values, size_t count,
               void (*row)(sqlite3_stmt *from, void *ctx), void *ctx)
{
    if (!store)
        return;
    pthread_mutex_lock(&store->lock);
    wait_for_rest(store, ASK_PATIENCE_MS);
    pthread_mutex_unlock(&store->lock);
    pthread_mutex_lock(&store->reading.lock);
    bool shared = store->to_read == &store->writing;
    if (shared)
        pthread_mutex_lock(&store->writing.lock);
    int code = read_rows(store->to_read->db, sql, values, count, row, ctx);
    if (shared)
        pthread_mutex_unlock(&store->writing.lock);
    pthread_mutex_unlock(&store->reading.lock);
    if (schema_is_damage(code))
        tell_damage(store);
}

/* ---- opening and closing ---- */

static void init_locks(struct store *store)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&store->lock, NULL);
    pthread_mutex_init(&store->writing.lock, NULL);
    pthread_mutex_init(&store->reading.lock, NULL);
    pthread_cond_init(&store->news, &monotonic);
    pthread_cond_init(&store->rest, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

static struct store *open_store(const char *path, void (*notify)(void *ctx), void *ctx)
{
    struct store *store = mem_new(sizeof *store);
    buf_puts(&store->path, path);
    init_locks(store);
    schema_open(store, false);
    store->notify = notify;
    store->notify_ctx = ctx;
    store->has_thread = start_thread(store);
    return store;
}

struct store *store_open(const char *path, void (*notify)(void *ctx), void *ctx)
{
    struct buf own = {0};
    if (!path && store_path("state.db", &own))
        path = own.data;
    struct store *store = open_store(path ? path : "", notify, ctx);
    buf_free(&own);
    return store;
}

struct store *store_open_nothing(void)
{
    return open_store("", NULL, NULL);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    pthread_mutex_lock(&store->lock);
    store->closing = true;
    store->held = 0;
    pthread_cond_signal(&store->news);
    pthread_mutex_unlock(&store->lock);
    if (store->has_thread)
        pthread_join(store->thread, NULL);
    schema_close(store);
    pthread_cond_destroy(&store->news);
    pthread_cond_destroy(&store->rest);
    pthread_mutex_destroy(&store->lock);
    pthread_mutex_destroy(&store->writing.lock);
    pthread_mutex_destroy(&store->reading.lock);
    free_jobs(&store->queue);
    buf_free(&store->path);
    free(store);
}
