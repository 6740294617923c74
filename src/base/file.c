/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: read within a limit, written all or nothing. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"

bool file_refuse(const char *path, int reason, struct vb_error *error)
{
    switch (reason) {
    case ENOENT:
    case ENOTDIR:
        err_set(error, VB_NOT_FOUND, _("there is no such file; check its name and folder"));
        break;
    case EISDIR:
        err_set(error, VB_UNREADABLE, _("this is a folder; name a file in it"));
        break;
    case EACCES:
    case EPERM:
        err_set(error, VB_UNREADABLE, _("you may not read this file; change its permissions"));
        break;
    default:
        err_set(error, VB_UNREADABLE, "%s", strerror(reason));
    }
    return err_wrap(error, "%s", path);
}

/* Opens for reading, never waits (a FIFO without a writer), never a folder. -1: errno tells. */
static int open_to_read(const char *path, struct stat *about)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return -1;
    if (fstat(fd, about) != 0 || S_ISDIR(about->st_mode)) {
        close(fd);
        errno = EISDIR;
        return -1;
    }
    fcntl(fd, F_SETFL, 0);
    return fd;
}

/* `size`: as much is likely to come. */
static bool read_all(int fd, size_t size, size_t limit, struct buf *into)
{
    enum { PART = 64 * 1024 };
    ssize_t got;
    buf_reserve(into, (size < limit ? size : limit) + 1);
    while ((got = read(fd, into->data + into->len, into->room - into->len - 1)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        into->len += (size_t)got;
        if (into->len > limit) {
            errno = EFBIG;
            return false;
        }
        if (into->len + 1 == into->room)
            buf_reserve(into, PART);
    }
    into->data[into->len] = '\0';
    return true;
}

bool file_read(const char *path, size_t limit, struct buf *into, struct vb_error *error)
{
    struct stat about;
    int fd = open_to_read(path, &about);
    if (fd < 0)
        return file_refuse(path, errno, error);
    bool whole = read_all(fd, S_ISREG(about.st_mode) ? (size_t)about.st_size : 0, limit, into);
    int reason = errno;
    close(fd);
    if (whole)
        return true;
    buf_free(into);
    if (reason != EFBIG)
        return file_refuse(path, reason, error);
    err_set(error, VB_UNSUPPORTED,
            _("the file is larger than %zu MB; split it and open a part"), limit >> 20);
    return err_wrap(error, "%s", path);
}

static bool write_all(int fd, vb_str bytes)
{
    while (bytes.len) {
        ssize_t put = write(fd, bytes.data, bytes.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = str_from(bytes, (size_t)put);
    }
    return fsync(fd) == 0 || errno == EINVAL;
}

/* A pipe or a device is written in place: there is nothing to keep whole. So is the file that a
 * link leads to and that is not there yet. */
static bool write_in_place(const char *path, vb_str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return false;
    bool done = write_all(fd, bytes);
    return close(fd) == 0 && done;
}

static bool is_link(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
}

/* A new file in the folder of `target`, under a name that nobody has. -1: errno tells. Not
 * mkstemp(): the permissions of a new file are the system's to choose. */
static int open_beside(const char *target, struct buf *name)
{
    size_t folder = (size_t)(file_name(target) - target);
    int fd = -1;
    for (int i = 0; i < 100 && (i == 0 || (fd < 0 && errno == EEXIST)); i++) {
        buf_clear(name);
        buf_printf(name, "%.*s.verbatim-%ld-%d", (int)folder, target, (long)getpid(), i);
        fd = open(name->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    return fd;
}

/* Owner and group where we may, permissions always. */
static bool take_after(int fd, const struct stat *old)
{
    if (fchown(fd, old->st_uid, old->st_gid) != 0 && fchown(fd, (uid_t)-1, old->st_gid) != 0)
        errno = 0; /* another's file that we may write: it becomes ours */
    return fchmod(fd, old->st_mode & 07777) == 0;
}

/* False: another program holds it. Where a disk knows no locks nobody does. */
static bool hold(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

/* `old` NULL: there is no file yet. `held`: the new file is held from its first byte on, and
 * stays open; NULL: it is not. */
static bool replace(const char *target, vb_str bytes, const struct stat *old, int *held)
{
    struct buf beside = {0};
    int fd = open_beside(target, &beside);
    bool done =
        fd >= 0 && (!held || hold(fd)) && write_all(fd, bytes) && (!old || take_after(fd, old));
    if (!held)
        done = fd >= 0 && close(fd) == 0 && done;
    done = done && rename(beside.data, target) == 0;
    int reason = errno;
    if (fd >= 0 && !done)
        unlink(beside.data);
    if (held && !done && fd >= 0)
        close(fd);
    if (held)
        *held = done ? fd : -1;
    buf_free(&beside);
    errno = reason;
    return done;
}

static bool write_whole(const char *path, vb_str bytes)
{
    struct stat old;
    if (stat(path, &old) != 0)
        return is_link(path) ? write_in_place(path, bytes) : replace(path, bytes, NULL, NULL);
    if (!S_ISREG(old.st_mode))
        return write_in_place(path, bytes);
    if (access(path, W_OK) != 0)
        return false;                    /* its owner wants it unchanged */
    char *target = realpath(path, NULL); /* through a link */
    bool done = target && replace(target, bytes, &old, NULL);
    int reason = errno;
    free(target);
    errno = reason;
    return done;
}

bool file_write(const char *path, vb_str bytes, struct vb_error *error)
{
    if (write_whole(path, bytes))
        return true;
    err_set(error, VB_UNREADABLE, _("can't be written: %s"), strerror(errno));
    return err_wrap(error, "%s", path);
}

int file_write_held(const char *path, vb_str bytes, struct vb_error *error)
{
    int held;
    if (!replace(path, bytes, NULL, &held)) {
        err_set(error, VB_UNREADABLE, _("can't be written: %s"), strerror(errno));
        err_wrap(error, "%s", path);
    }
    return held;
}

/* Nobody put another file there meanwhile. */
static bool is_at(int fd, const char *path)
{
    struct stat here, there;
    return fstat(fd, &here) == 0 && stat(path, &there) == 0 && here.st_ino == there.st_ino &&
           here.st_dev == there.st_dev;
}

int file_hold(const char *path)
{
    struct stat about;
    int fd = open_to_read(path, &about);
    if (fd < 0 || (hold(fd) && is_at(fd, path)))
        return fd;
    close(fd);
    return -1;
}

bool file_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISDIR(about.st_mode);
}

bool file_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void file_make_folders(const char *path)
{
    struct buf part = {0};
    for (const char *c = path; *c; c++) {
        if (*c == '/' && c > path)
            mkdir(part.data, 0700);
        buf_putc(&part, *c);
    }
    buf_free(&part);
}
