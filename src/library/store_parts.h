/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a store: two connections to one database, and the queue between them.
 *
 * The caller's thread reads on one connection; the store's thread takes the queue, all of it at
 * once, and writes it on the other in one transaction.  A store in memory has one connection
 * for both. */
#pragma once

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "base/vec.h"
#include "library/store.h"

enum value_kind { VALUE_NULL, VALUE_NUMBER, VALUE_REAL, VALUE_TEXT, VALUE_BYTES };

/* What stands for a "?" of a statement. */
struct value {
    enum value_kind kind;
    int64_t number;
    double real;
    vb_str bytes;
};

enum { VALUES_MOST = 12 };

struct job {
    const char *sql; /* lives for ever */
    struct value values[VALUES_MOST];
    size_t count;
    char *bytes; /* that the values look into */
};

typedef VEC(struct job) jobs;

struct line { /* to the database */
    sqlite3 *db;
    pthread_mutex_t lock; /* held while it is used; both, first `reading`, to change them */
};

struct store {
    /* never changes after opening */
    struct buf path; /* empty: in memory */
    void (*notify)(void *ctx);
    void *notify_ctx;
    pthread_t thread;
    bool has_thread;

    struct line writing, reading;
    struct line *to_read; /* the one of both that serves; under the lock of `reading` */

    /* under the lock */
    pthread_mutex_t lock;
    pthread_cond_t news, rest;
    jobs queue;
    int held;     /* the queue is being added to: take nothing yet */
    bool busy;    /* jobs were taken and are not done */
    bool stuck;   /* they could not be written: tried again later */
    bool damaged; /* the reader found that the file is no sound database */
    bool closing;
    struct vb_error trouble;
    bool has_trouble;
};

/* ---- schema.c ---- */

/* Opens `store->path` in both lines: makes what is missing, sets aside what is damaged;
 * `thoroughly`: looks at every page. When it can't be used the lines lead into memory, with
 * what could be read of it. Tells trouble. */
void schema_open(struct store *store, bool thoroughly);
void schema_close(struct store *store);
bool schema_is_damage(int code); /* of the file: it is to be set aside */

/* ---- store.c ---- */

void store_tell(struct store *store, const struct vb_error *error);
/* Of one transaction: between the two nothing is taken from the queue. */
void store_hold(struct store *store);
void store_release(struct store *store);
void store_queue(struct store *store, const char *sql, const struct value *values,
                 size_t count);
/* Rows of a question, on the caller's thread; `row` sees each. Waits a little for what was
 * queued before. */
void store_ask(struct store *store, const char *sql, const struct value *values, size_t count,
               void (*row)(sqlite3_stmt *from, void *ctx), void *ctx);

/* ---- values.c ---- */

struct value value_number(int64_t number);
struct value value_word(uint32_t word); /* VB_NONE is -1 in the file */
struct value value_real(double number);
struct value value_text(vb_str text);
struct value value_key(const struct store_key *key);
struct value value_bytes(vb_str bytes);

int values_bind(sqlite3_stmt *statement, const struct value *values, size_t count);
vb_str column_text(sqlite3_stmt *from, int column); /* good until the row's end */
vb_str column_bytes(sqlite3_stmt *from, int column);
uint32_t column_word(sqlite3_stmt *from, int column); /* or VB_NONE, whatever stands there */
/* µs since 1970 */
int64_t store_now(void);

#define QUEUE(store, sql, ...)                                                                 \
    store_queue(store, sql, (const struct value[]){__VA_ARGS__},                               \
                COUNT(((const struct value[]){__VA_ARGS__})))
#define ASK(store, sql, row, ctx, ...)                                                         \
    store_ask(store, sql, (const struct value[]){__VA_ARGS__},                                 \
              COUNT(((const struct value[]){__VA_ARGS__})), row, ctx)
