/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the sockets of running programs stand, and talk over one that is bounded in time.
 *
 * One Unix socket an instance in a folder that only the user may enter.  The instance last
 * focused has the youngest socket file.  No socket here ever blocks: every wait is a poll()
 * with a moment when it ends. */
#include "app/socket.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"

/* ---- where they stand ---- */

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool is_ours_alone(const char *folder)
{
    struct stat about;
    return lstat(folder, &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == geteuid() &&
           (about.st_mode & 077) == 0;
}

bool socket_folder(struct buf *into)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    buf_clear(into);
    if (runtime && runtime[0] == '/' && is_folder(runtime))
        buf_printf(into, "%s/verbatim", runtime);
    else
        buf_printf(into, "/tmp/verbatim-%u", (unsigned)geteuid());
    mkdir(into->data, 0700);
    return is_ours_alone(into->data);
}

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* By a clock finer than the file system's own, so that two instances are never of one age. */
void socket_touch(const char *path)
{
    struct timespec now[2];
    clock_gettime(CLOCK_REALTIME, &now[0]);
    now[1] = now[0];
    utimensat(AT_FDCWD, path, now, 0);
}

static int compare_age(const void *a, const void *b)
{
    const struct socket_file *x = a, *y = b;
    return (x->changed_ns < y->changed_ns) - (x->changed_ns > y->changed_ns);
}

socket_files socket_find(const char *folder)
{
    socket_files found = {0};
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        struct socket_file file = {0};
        struct stat about;
        buf_printf(&file.path, "%s/%s", folder, entry->d_name);
        if (lstat(file.path.data, &about) == 0 && S_ISSOCK(about.st_mode)) {
            file.changed_ns = nanoseconds(about.st_mtim);
            vec_push(&found, file);
        } else {
            buf_free(&file.path);
        }
    }
    if (dir)
        closedir(dir);
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, compare_age);
    return found;
}

void socket_forget(socket_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        buf_free(&files->items[i].path);
    free(files->items);
}

/* ---- making one ---- */

static bool set_address(struct sockaddr_un *address, const char *path)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(address->sun_path, path, strlen(path) + 1);
    return true;
}

static int new_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* Always -1, errno as it was. */
static int give_up(int fd)
{
    int reason = errno;
    if (fd >= 0)
        close(fd);
    errno = reason;
    return -1;
}

int socket_listen(const char *path)
{
    struct sockaddr_un address;
    if (!set_address(&address, path))
        return -1;
    unlink(path);
    int fd = new_socket();
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, 8) != 0)
        return give_up(fd);
    socket_touch(path);
    return fd;
}

int socket_connect(const char *path, struct patience patience)
{
    struct sockaddr_un address;
    if (!set_address(&address, path))
        return -1;
    int fd = new_socket();
    while (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        if (errno != EAGAIN || socket_clock_ms() >= patience.until_ms)
            return give_up(fd);
        poll(NULL, 0, 10); /* a queue of senders: there is no event for its end */
    }
    return fd;
}

/* ---- talk ---- */

int64_t socket_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return nanoseconds(now) / 1000000;
}

struct patience socket_patience(int wake, int64_t ms)
{
    return (struct patience){wake, socket_clock_ms() + ms};
}

static bool wait_for(int fd, short events, struct patience patience)
{
    struct pollfd watched[2] = {
        {.fd = fd,            .events = events},
        {.fd = patience.wake, .events = POLLIN},
    };
    for (;;) {
        int64_t left = patience.until_ms - socket_clock_ms();
        if (left <= 0)
            return false;
        int ready = poll(watched, 2, (int)left);
        if (ready >= 0)
            return ready > 0 && !watched[1].revents;
        if (errno != EINTR)
            return false;
    }
}

long socket_read(int fd, char *into, size_t room, struct patience patience)
{
    while (wait_for(fd, POLLIN, patience)) {
        ssize_t got = read(fd, into, room);
        if (got >= 0)
            return (long)got;
        if (errno != EINTR && errno != EAGAIN)
            return 0; /* the other side is gone */
    }
    return -1;
}

bool socket_write(int fd, vb_str text, struct patience patience)
{
    while (text.len) {
        ssize_t put = send(fd, text.data, text.len, MSG_NOSIGNAL);
        if (put > 0)
            text = str_from(text, (size_t)put);
        else if (errno != EINTR && (errno != EAGAIN || !wait_for(fd, POLLOUT, patience)))
            return false;
    }
    return true;
}
