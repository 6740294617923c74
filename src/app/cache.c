/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache folder. */
#include "app/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/str.h"
#include "base/vec.h"

static bool put_root(struct buf *into)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    bool given = cache && cache[0] == '/';
    buf_clear(into);
    if (!given && !(home && *home))
        return false;
    buf_printf(into, "%s%s", given ? cache : home, given ? "" : "/.cache");
    return true;
}

bool cache_path(const char *folder, const char *name, struct buf *into)
{
    if (!put_root(into))
        return false;
    mkdir(into->data, 0700);
    buf_puts(into, "/verbatim");
    mkdir(into->data, 0700);
    buf_printf(into, "/%s", folder);
    mkdir(into->data, 0700);
    buf_printf(into, "/%s", name);
    return true;
}

void cache_touch(const char *path)
{
    utimensat(AT_FDCWD, path, NULL, 0);
}

struct kept {
    char *path;
    uint64_t bytes;
    struct timespec used;
};

static int by_age(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    if (x->used.tv_sec != y->used.tv_sec)
        return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
    return (x->used.tv_nsec > y->used.tv_nsec) - (x->used.tv_nsec < y->used.tv_nsec);
}

void cache_trim(const char *folder, uint64_t most)
{
    struct buf path = {0};
    VEC(struct kept) files = {0};
    struct stat status;
    uint64_t all = 0;
    DIR *dir = cache_path(folder, "", &path) ? opendir(path.data) : NULL;
    size_t root = path.len;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        path.len = root;
        buf_puts(&path, entry->d_name);
        if (lstat(path.data, &status) != 0 || !S_ISREG(status.st_mode))
            continue;
        all += (uint64_t)status.st_size;
        char *copy = mem_new(path.len + 1);
        snprintf(copy, path.len + 1, "%s", path.data);
        vec_push(&files, (struct kept){copy, (uint64_t)status.st_size, status.st_mtim});
    }
    if (dir)
        closedir(dir);
    if (files.count)
        qsort(files.items, files.count, sizeof *files.items, by_age);
    for (size_t i = 0; i < files.count; i++) {
        if (all > most && remove(files.items[i].path) == 0)
            all -= files.items[i].bytes;
        free(files.items[i].path);
    }
    free(files.items);
    buf_free(&path);
}
