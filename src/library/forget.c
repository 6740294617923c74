/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forgetting: what was heard is personal.  The file is written anew afterwards, so that what
 * was erased does not linger in it. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "library/store_parts.h"
#include "verbatim/sound.h"

enum { TEXT_MOST = 64 << 20 };

/* What is counted and erased: of one file (?1 is its content, ?2 its path), and in all. */
static const struct erasing {
    const char *count_file, *drop_file, *count_all, *drop_all;
    size_t counted; /* where in struct store_forgotten; SIZE_MAX: it is not */
} erasings[] = {
/* `which`: of those that are erased these are counted. */
#define ERASING_SOME(table, of_file, which, counted)                                           \
    {                                                                                          \
        "SELECT count(*) FROM " table " WHERE " which " AND (" of_file ")",                    \
            "DELETE FROM " table " WHERE " of_file,                                            \
            "SELECT count(*) FROM " table " WHERE " which, "DELETE FROM " table, counted       \
    }
#define ERASING(table, of_file, counted) ERASING_SOME(table, of_file, "1", counted)
#define COUNTED(member)                  offsetof(struct store_forgotten, member)
    ERASING("place", "sound=?1 OR text=?1", COUNTED(places)),
    ERASING("times", "sound=?1 OR text=?1", COUNTED(times)),
    ERASING_SOME("mark", "sound=?1 OR text=?1", "kind IN (?3,?4,?5)", COUNTED(marks)),
    ERASING("heard", "sound=?1", COUNTED(heard)),
    ERASING("recent", "sound=?2 OR text=?2", COUNTED(files)),
    ERASING("label", "text=?1", COUNTED(decisions)),
    ERASING("text", "key=?1 OR next=?1", SIZE_MAX),
#undef ERASING_SOME
#undef ERASING
#undef COUNTED
};

struct parameters {
    struct value of[5]; /* what is bound to ?1 … ?5 */
};

/* The marks that a user set: what listening doubts and what another program brought are
 * nobody's.
 */
static struct parameters parameters(vb_str content, vb_str path)
{
    return (struct parameters){
        {value_text(content), value_text(path), value_number(STORE_PIN),
         value_number(STORE_BOOKMARK), value_number(STORE_CHECK)}
    };
}

static void take_count(sqlite3_stmt *from, void *ctx)
{
    *(unsigned *)ctx = (unsigned)sqlite3_column_int64(from, 0);
}

static unsigned *counter(struct store_forgotten *what, size_t at)
{
    return (unsigned *)(void *)((char *)what + at);
}

/* Truncates the log, too. */
static bool write_anew(struct store *store, struct vb_error *error)
{
    store_settle(store);
    pthread_mutex_lock(&store->writing.lock);
    int code = sqlite3_exec(store->writing.db, "VACUUM", NULL, NULL, NULL);
    sqlite3_exec(store->writing.db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    pthread_mutex_unlock(&store->writing.lock);
    if (store_trouble(store, error))
        return false;
    if (code == SQLITE_OK)
        return true;
    err_set(error, VB_UNREADABLE, "%s", sqlite3_errstr(code));
    return err_wrap(error, "%s", store->path.len ? store->path.data : "-");
}

bool store_forget_file(struct store *store, const char *path, struct store_forgotten *what,
                       struct vb_error *error)
{
    struct store_key key = {"-"}; /* no content's */
    struct buf bytes = {0};
    if (vb_is_sound(path)) {
        if (!content_key_of_sound(path, key.hex, error))
            return false;
    } else if (file_exists(path)) {
        if (!file_read(path, TEXT_MOST, &bytes, error))
            return false;
        content_key_of_text(buf_str(&bytes), key.hex);
    }
    buf_free(&bytes);
    char *real = realpath(path, NULL);
    const struct parameters which = parameters(str_of(key.hex), str_of(real ? real : path));
    store_settle(store);
    store_hold(store);
    for (size_t i = 0; i < COUNT(erasings); i++) {
        if (erasings[i].counted != SIZE_MAX)
            store_ask(store, erasings[i].count_file, which.of, COUNT(which.of), take_count,
                      counter(what, erasings[i].counted));
        store_queue(store, erasings[i].drop_file, which.of, COUNT(which.of));
    }
    store_release(store);
    free(real);
    return write_anew(store, error);
}

/* Files that were set aside. */
static void drop_damaged(const struct store *store)
{
    struct buf folder = {0}, begin = {0}, path = {0};
    const char *name = file_name(store->path.data);
    buf_add(&folder, (vb_str){store->path.data, (size_t)(name - store->path.data)});
    buf_printf(&begin, "%s.damaged-", name);
    DIR *dir = opendir(folder.len ? folder.data : ".");
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (strncmp(entry->d_name, begin.data, begin.len) != 0)
            continue;
        buf_clear(&path);
        buf_printf(&path, "%s%s", folder.len ? folder.data : "", entry->d_name);
        unlink(path.data);
    }
    if (dir)
        closedir(dir);
    buf_free(&folder);
    buf_free(&begin);
    buf_free(&path);
}

bool store_forget_all(struct store *store, struct store_forgotten *what, struct vb_error *error)
{
    const struct parameters every = parameters(str_of(NULL), str_of(NULL));
    store_settle(store);
    store_hold(store);
    for (size_t i = 0; i < COUNT(erasings); i++) {
        if (erasings[i].counted != SIZE_MAX)
            store_ask(store, erasings[i].count_all, every.of, COUNT(every.of), take_count,
                      counter(what, erasings[i].counted));
        store_queue(store, erasings[i].drop_all, NULL, 0);
    }
    store_release(store);
    if (store->path.len)
        drop_damaged(store);
    return write_anew(store, error);
}
