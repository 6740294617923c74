/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database file: its tables, how it is opened, and what becomes of one that can't be used.
 *
 * A damaged file is renamed, never deleted: somebody may be able to save what it holds. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "library/store_parts.h"

enum {
    VERSION = 1,
    APPLICATION = 0x56626d31, /* tells that the file is ours */
    PATIENCE_MS = 2000,       /* for another program that is writing */
};

static const char *const tables[] = {
    /* words: versions.c. next: what the text was saved as */
    "CREATE TABLE text(key TEXT PRIMARY KEY, words BLOB, next TEXT, seen INTEGER)",
    "CREATE TABLE place(sound TEXT, text TEXT, position INTEGER, top_word INTEGER, "
    "top_lines REAL, selected_first INTEGER, selected_last INTEGER, zoom INTEGER, "
    "speed INTEGER, offset INTEGER, seen INTEGER, PRIMARY KEY(sound, text))",
    "CREATE TABLE times(sound TEXT, text TEXT, verdict INTEGER, method INTEGER, words BLOB, "
    "sentence TEXT, made INTEGER, PRIMARY KEY(sound, text))",
    "CREATE TABLE mark(id INTEGER PRIMARY KEY, kind INTEGER, sound TEXT, text TEXT, "
    "word INTEGER, count INTEGER, time INTEGER, state INTEGER, content INTEGER, note TEXT, "
    "made INTEGER)",
    "CREATE INDEX mark_of ON mark(text, sound)",
    "CREATE TABLE heard(id INTEGER PRIMARY KEY, sound TEXT, start INTEGER, end INTEGER, "
    "speed INTEGER)",
    "CREATE INDEX heard_of ON heard(sound, speed)",
    "CREATE TABLE label(text TEXT, label TEXT, decision INTEGER, PRIMARY KEY(text, label))",
    "CREATE TABLE recent(sound TEXT, text TEXT, title TEXT, seen INTEGER, "
    "PRIMARY KEY(sound, text))",
};

/* ---- one connection ---- */

static int number_row(void *into, int columns, char **values, char **names)
{
    (void)names;
    *(int64_t *)into = columns && values[0] ? strtoll(values[0], NULL, 10) : 0;
    return 0;
}

static int ask_number(sqlite3 *db, const char *sql, int64_t *into)
{
    *into = 0;
    return sqlite3_exec(db, sql, number_row, into, NULL);
}

static int run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* A write may wait for another program; losing the last second to a power cut is no harm, and a
 * sync at each write would be. */
static int set_up(sqlite3 *db)
{
    sqlite3_extended_result_codes(db, 0);
    sqlite3_busy_timeout(db, PATIENCE_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    int code = run(db, "PRAGMA trusted_schema=OFF; PRAGMA synchronous=NORMAL");
    return code ? code : run(db, "PRAGMA journal_mode=WAL");
}

static int make_tables(sqlite3 *db)
{
    int64_t version;
    int code = run(db, "BEGIN IMMEDIATE");
    if (!code) /* another program may have been first */
        code = ask_number(db, "PRAGMA user_version", &version);
    for (size_t i = 0; !code && version == 0 && i < COUNT(tables); i++)
        code = run(db, tables[i]);
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT",
             APPLICATION, VERSION);
    if (!code)
        code = run(db, sql);
    if (code)
        run(db, "ROLLBACK");
    return code;
}

/* Can each table be read? Damage farther inside shows when it is met. */
static int try_tables(sqlite3 *db)
{
    static const char *const names[] = {"text",  "place", "times", "mark",
                                        "heard", "label", "recent"};
    int code = SQLITE_OK;
    for (size_t i = 0; !code && i < COUNT(names); i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT 1 FROM %s LIMIT 1", names[i]);
        code = run(db, sql);
    }
    return code == SQLITE_ERROR ? SQLITE_CORRUPT : code; /* a table is missing */
}

/* A file that is no database of ours is as good as damaged. SQLITE_MISMATCH: a newer program's.
 */
static int check(sqlite3 *db)
{
    int64_t version, application, objects;
    int code = ask_number(db, "PRAGMA application_id", &application);
    if (!code)
        code = ask_number(db, "PRAGMA user_version", &version);
    if (!code)
        code = ask_number(db, "SELECT count(*) FROM sqlite_master", &objects);
    if (code)
        return code;
    if (application == 0 && version == 0 && objects == 0)
        return make_tables(db);
    if (application != APPLICATION)
        return SQLITE_NOTADB;
    return version > VERSION ? SQLITE_MISMATCH : try_tables(db);
}

/* Every page, every row, every index. */
static int check_all(sqlite3 *db)
{
    int64_t good; /* the answer is "ok", or a list of what is wrong */
    int code = ask_number(db,
                          "SELECT count(*) FROM pragma_integrity_check(1) "
                          "WHERE integrity_check='ok'",
                          &good);
    return code || good ? code : SQLITE_CORRUPT;
}

static int connect(const char *path, sqlite3 **db)
{
    int code = sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (!code)
        code = set_up(*db);
    return code;
}

static void disconnect(sqlite3 **db)
{
    sqlite3_close(*db);
    *db = NULL;
}

/* ---- the file ---- */

/* Made with the permissions it is to have; the database's other files take after it. */
static bool make_file(const char *path)
{
    file_make_folders(path);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct stat about;
    if (fd < 0)
        return false;
    if (fstat(fd, &about) == 0 && about.st_mode & 077)
        fchmod(fd, 0600);
    close(fd);
    struct buf folder = {0};
    buf_add(&folder, (vb_str){path, (size_t)(file_name(path) - path)});
    bool may_write = access(folder.len ? folder.data : ".", W_OK) == 0;
    buf_free(&folder);
    errno = EACCES;
    return may_write;
}

/* One program at a time looks whether the file is sound: of two, the second would set aside the
 * new one. Does not wait for ever: -1 is as good. */
static int lock_file(const char *path)
{
    struct buf name = {0};
    buf_printf(&name, "%s.lock", path);
    int fd = open(name.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    buf_free(&name);
    const struct timespec moment = {0, 20000000};
    for (int i = 0; fd >= 0 && i < PATIENCE_MS / 20; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return fd;
        nanosleep(&moment, NULL);
    }
    return fd;
}

/* "state.db.damaged-20260131-142501", and -2 … when there is one. */
static void name_aside(const char *path, struct buf *into)
{
    time_t now = time(NULL);
    struct tm local;
    char stamp[32];
    localtime_r(&now, &local);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
    for (int i = 1; i == 1 || file_exists(into->data); i++) {
        buf_clear(into);
        buf_printf(into, "%s.damaged-%s", path, stamp);
        if (i > 1)
            buf_printf(into, "-%d", i);
    }
}

static bool rename_part(const char *path, const char *aside, const char *ending)
{
    struct buf from = {0}, to = {0};
    buf_printf(&from, "%s%s", path, ending);
    buf_printf(&to, "%s%s", aside, ending);
    bool done = rename(from.data, to.data) == 0;
    buf_free(&from);
    buf_free(&to);
    return done;
}

static bool set_aside(struct store *store)
{
    struct buf aside = {0}, shm = {0};
    struct vb_error error = {0};
    name_aside(store->path.data, &aside);
    bool done = rename_part(store->path.data, aside.data, "");
    if (done) {
        rename_part(store->path.data, aside.data, "-wal");
        buf_printf(&shm, "%s-shm", store->path.data);
        unlink(shm.data);
        err_set(&error, VB_UNREADABLE,
                _("what was remembered can't be read any more: it was kept as %s, and a new "
                  "memory is begun"),
                aside.data);
        store_tell(store, &error);
    }
    buf_free(&shm);
    buf_free(&aside);
    return done && make_file(store->path.data);
}

bool schema_is_damage(int code)
{
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_FORMAT;
}

static int open_checked(struct store *store, bool thoroughly)
{
    int code = connect(store->path.data, &store->writing.db);
    if (!code)
        code = check(store->writing.db);
    if (!code && thoroughly)
        code = check_all(store->writing.db);
    if (schema_is_damage(code)) {
        disconnect(&store->writing.db);
        code = SQLITE_CANTOPEN;
        if (set_aside(store))
            code = connect(store->path.data, &store->writing.db);
        if (!code)
            code = check(store->writing.db);
    }
    if (!code)
        code = connect(store->path.data, &store->reading.db);
    return code;
}

/* ---- in memory ---- */

/* What the file holds, where it may at least be read. */
static bool copy_from(const char *path, sqlite3 *into)
{
    sqlite3 *from = NULL;
    struct buf uri = {0};
    buf_puts(&uri, "file:");
    for (const char *c = path; *c; c++)
        if (strchr("%?#", *c))
            buf_printf(&uri, "%%%02X", (unsigned char)*c);
        else
            buf_putc(&uri, *c);
    buf_puts(&uri, "?immutable=1");
    bool copied = false;
    if (sqlite3_open_v2(uri.data, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) ==
        SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(into, "main", from, "main");
        if (backup) {
            sqlite3_backup_step(backup, -1);
            copied = sqlite3_backup_finish(backup) == SQLITE_OK;
        }
    }
    sqlite3_close(from);
    buf_free(&uri);
    return copied;
}

static void open_in_memory(struct store *store, const char *from)
{
    sqlite3_open_v2(":memory:", &store->writing.db,
                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_CREATE, NULL);
    bool whole =
        from && copy_from(from, store->writing.db) && check(store->writing.db) == SQLITE_OK;
    if (!whole) {
        disconnect(&store->writing.db);
        sqlite3_open_v2(":memory:", &store->writing.db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_CREATE, NULL);
        make_tables(store->writing.db);
    }
    store->to_read = &store->writing;
}

static void tell_unused(struct store *store, const char *why)
{
    struct vb_error error = {0};
    err_set(&error, VB_UNREADABLE,
            _("nothing new is remembered after the end of this program: %s: %s"),
            store->path.data, why);
    store_tell(store, &error);
}

void schema_open(struct store *store, bool thoroughly)
{
    store->to_read = &store->reading;
    if (!store->path.len) {
        open_in_memory(store, NULL);
        return;
    }
    if (!make_file(store->path.data)) {
        tell_unused(store, strerror(errno));
        open_in_memory(store, store->path.data);
        return;
    }
    int lock = lock_file(store->path.data);
    int code = open_checked(store, thoroughly);
    if (lock >= 0)
        close(lock);
    if (code == SQLITE_OK)
        return;
    tell_unused(store, code == SQLITE_MISMATCH ? _("a newer Verbatim wrote it")
                                               : sqlite3_errstr(code));
    schema_close(store);
    open_in_memory(store, code == SQLITE_MISMATCH ? NULL : store->path.data);
}

void schema_close(struct store *store)
{
    disconnect(&store->reading.db);
    disconnect(&store->writing.db);
}
