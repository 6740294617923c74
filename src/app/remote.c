/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket by which `verbatim --send` reaches the running program.
 *
 * One Unix socket an instance, PID.sock, in a folder that only the user may enter.  The
 * instance last focused has the youngest socket file: --send tries them from the youngest on,
 * and clears away those that nobody answers any more.  A message is one line; an answer is "+"
 * or "-" and text up to the end of the connection. */
#include "app/remote.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum { ORDER_MAX = 4096, SENDER_TIMEOUT_MS = 2000, ANSWER_TIMEOUT_S = 10 };

struct remote {
    /* never changes after open */
    int listening;
    int wake[2]; /* a pipe: its reading end becomes ready when the thread shall end */
    char path[108];
    void (*notify)(void *ctx);
    void *ctx;
    pthread_t thread;

    /* under lock */
    pthread_mutex_t lock;
    pthread_cond_t answered;
    bool waiting; /* an order waits for the user interface */
    bool closing;
    bool obeyed;
    char order[ORDER_MAX];
    size_t order_len;
    struct buf answer;
};

/* ---- where sockets stand ---- */

static bool is_ours(const char *folder)
{
    struct stat about;
    return lstat(folder, &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == geteuid() &&
           (about.st_mode & 077) == 0;
}

/* $XDG_RUNTIME_DIR/verbatim, else /tmp/verbatim-UID; made when it is missing. */
static bool socket_folder(struct buf *into)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    buf_clear(into);
    if (runtime && runtime[0] == '/')
        buf_printf(into, "%s/verbatim", runtime);
    else
        buf_printf(into, "/tmp/verbatim-%u", (unsigned)geteuid());
    mkdir(into->data, 0700);
    return is_ours(into->data);
}

static bool set_address(struct sockaddr_un *address, const char *path)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->sun_path)
        return false;
    strcpy(address->sun_path, path);
    return true;
}

/* ---- the listening side ---- */

static int wait_readable(int fd, int timeout_ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    int ready;
    while ((ready = poll(&poll_fd, 1, timeout_ms)) < 0 && errno == EINTR)
        ;
    return ready;
}

/* One line from a sender, who may be slow or hostile: bounded in length and time. */
static size_t read_order(int fd, char order[ORDER_MAX])
{
    size_t len = 0;
    while (len < ORDER_MAX && wait_readable(fd, SENDER_TIMEOUT_MS) > 0) {
        ssize_t got = read(fd, order + len, ORDER_MAX - len);
        if (got <= 0)
            break;
        len += (size_t)got;
        if (memchr(order, '\n', len))
            break;
    }
    char *end = memchr(order, '\n', len);
    return end ? (size_t)(end - order) : len;
}

static void write_whole(int fd, vb_str text)
{
    while (text.len) {
        ssize_t put = send(fd, text.data, text.len, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return;
        text = str_from(text, (size_t)put);
    }
}

/* Hands the order to the user interface and waits for what it says. */
static void pass_on(struct remote *r, const char *order, size_t len, struct buf *reply)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ANSWER_TIMEOUT_S;
    pthread_mutex_lock(&r->lock);
    memcpy(r->order, order, len);
    r->order_len = len;
    r->waiting = true;
    pthread_mutex_unlock(&r->lock);
    r->notify(r->ctx);
    pthread_mutex_lock(&r->lock);
    int late = 0;
    while (r->waiting && !r->closing && !late)
        late = pthread_cond_timedwait(&r->answered, &r->lock, &until);
    bool answered = !r->waiting;
    r->waiting = false;
    buf_putc(reply, answered && r->obeyed ? '+' : '-');
    if (answered)
        buf_add(reply, buf_str(&r->answer));
    pthread_mutex_unlock(&r->lock);
}

static void serve(struct remote *r, int fd)
{
    char order[ORDER_MAX];
    size_t len = read_order(fd, order);
    if (len) {
        struct buf reply = {0};
        pass_on(r, order, len, &reply);
        write_whole(fd, buf_str(&reply));
        buf_free(&reply);
    }
    close(fd);
}

static void *listen_loop(void *of)
{
    struct remote *r = of;
    struct pollfd watched[2] = {
        {.fd = r->listening, .events = POLLIN},
        {.fd = r->wake[0],   .events = POLLIN}
    };
    for (;;) {
        if (poll(watched, 2, -1) < 0 && errno != EINTR)
            return NULL;
        if (watched[1].revents)
            return NULL;
        int fd = watched[0].revents ? accept4(r->listening, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd >= 0)
            serve(r, fd);
        watched[0].revents = 0;
    }
}

static int make_socket(const char *path)
{
    struct sockaddr_un address;
    if (!set_address(&address, path))
        return -1;
    unlink(path); /* our own process id: left by a dead one */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        listen(fd, 8) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool start_listening(struct remote *r)
{
    struct buf folder = {0};
    bool placed = socket_folder(&folder);
    int len =
        snprintf(r->path, sizeof r->path, "%s/%ld.sock", buf_str(&folder).data, (long)getpid());
    buf_free(&folder);
    if (!placed || len >= (int)sizeof r->path)
        return false;
    r->listening = make_socket(r->path);
    return r->listening >= 0;
}

static void remote_free(struct remote *r)
{
    for (int i = 0; i < 2; i++)
        if (r->wake[i] >= 0)
            close(r->wake[i]);
    if (r->listening >= 0) {
        close(r->listening);
        unlink(r->path);
    }
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->answered);
    buf_free(&r->answer);
    free(r);
}

struct remote *remote_open(void (*notify)(void *ctx), void *ctx)
{
    struct remote *r = mem_new(sizeof *r);
    r->notify = notify;
    r->ctx = ctx;
    r->listening = r->wake[0] = r->wake[1] = -1;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->answered, NULL);
    if (pipe2(r->wake, O_CLOEXEC) == 0 && start_listening(r) &&
        pthread_create(&r->thread, NULL, listen_loop, r) == 0)
        return r;
    remote_free(r);
    return NULL;
}

void remote_close(struct remote *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_signal(&r->answered);
    pthread_mutex_unlock(&r->lock);
    if (write(r->wake[1], "", 1) == 1)
        pthread_join(r->thread, NULL);
    remote_free(r);
}

bool remote_next(struct remote *r, vb_str *order)
{
    pthread_mutex_lock(&r->lock);
    bool waits = r->waiting;
    *order = (vb_str){r->order, r->order_len};
    pthread_mutex_unlock(&r->lock);
    return waits;
}

void remote_answer(struct remote *r, bool obeyed, vb_str answer)
{
    pthread_mutex_lock(&r->lock);
    r->obeyed = obeyed;
    buf_clear(&r->answer);
    buf_add(&r->answer, answer);
    r->waiting = false;
    pthread_cond_signal(&r->answered);
    pthread_mutex_unlock(&r->lock);
}

void remote_focused(struct remote *r)
{
    if (r)
        utimensat(AT_FDCWD, r->path, NULL, 0);
}

/* ---- the sending side ---- */

/* Puts the youngest socket younger than none yet tried into `path`. */
static bool find_youngest(const char *folder, struct timespec older_than, char *path,
                          size_t room, struct timespec *age)
{
    DIR *dir = opendir(folder);
    bool found = false;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char candidate[400];
        struct stat about;
        if (!str_ends(str_of(entry->d_name), ".sock"))
            continue;
        snprintf(candidate, sizeof candidate, "%s/%s", folder, entry->d_name);
        if (stat(candidate, &about) != 0)
            continue;
        struct timespec t = about.st_mtim;
        bool older = t.tv_sec < older_than.tv_sec ||
                     (t.tv_sec == older_than.tv_sec && t.tv_nsec < older_than.tv_nsec);
        bool younger = !found || t.tv_sec > age->tv_sec ||
                       (t.tv_sec == age->tv_sec && t.tv_nsec > age->tv_nsec);
        if (older && younger && strlen(candidate) < room) {
            found = true;
            *age = t;
            strcpy(path, candidate);
        }
    }
    if (dir)
        closedir(dir);
    return found;
}

/* -1: nobody listens there. */
static int connect_to(const char *path)
{
    struct sockaddr_un address;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && set_address(&address, path) &&
        connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static int connect_to_newest(void)
{
    struct buf folder = {0};
    char path[400];
    struct timespec age = {.tv_sec = INT64_MAX};
    int fd = -1;
    if (socket_folder(&folder))
        while (fd < 0 && find_youngest(folder.data, age, path, sizeof path, &age)) {
            fd = connect_to(path);
            if (fd < 0 && errno == ECONNREFUSED)
                unlink(path); /* left by a program that died */
        }
    buf_free(&folder);
    return fd;
}

static void read_answer(int fd, struct buf *answer)
{
    char part[4096];
    ssize_t got;
    while (wait_readable(fd, (ANSWER_TIMEOUT_S + 1) * 1000) > 0 &&
           (got = read(fd, part, sizeof part)) > 0)
        buf_add(answer, (vb_str){part, (size_t)got});
}

bool remote_send(vb_str order, struct buf *answer, struct vb_error *error)
{
    int fd = connect_to_newest();
    if (fd < 0)
        return err_set(error, VB_NOT_FOUND,
                       _("no running verbatim was found to send to; start one first"));
    struct buf reply = {0};
    write_whole(fd, order);
    write_whole(fd, VB_STR("\n"));
    read_answer(fd, &reply);
    close(fd);
    bool obeyed = reply.len > 0 && reply.data[0] == '+';
    buf_add(answer, str_from(buf_str(&reply), 1));
    if (reply.len == 0)
        err_set(error, VB_UNREADABLE, _("the running verbatim did not answer"));
    else if (!obeyed)
        err_set(error, VB_UNSUPPORTED, "%.*s", (int)answer->len, buf_str(answer).data);
    buf_free(&reply);
    return obeyed;
}
