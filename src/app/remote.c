/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How `verbatim --send` reaches the running program.
 *
 * A message is one line; an answer is "+" or "-" and text up to the end of the connection.
 * --send tries the sockets from the youngest on, and clears away those that nobody answers any
 * more. */
#include "app/remote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "app/socket.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum { ORDER_MAX = 4096, TALK_MS = 2000, ANSWER_MS = 10000, ACCEPT_AGAIN_MS = 100 };

struct remote {
    /* never changes after open */
    int listening;
    int wake[2]; /* a pipe: its reading end becomes ready when the thread shall end */
    struct buf path;
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
    uint64_t serial; /* of the order */
    struct buf answer;

    /* user interface only: the order it was given, which the sender may have given up on */
    char in_hand[ORDER_MAX];
    uint64_t in_hand_serial;
};

/* ---- the listening side ---- */

/* One line from a sender, who may be slow or hostile: bounded in length and time. NULL: it is
 * there; else why not. An end without a line's end is one, too. */
static const char *read_order(const struct remote *r, int fd, char order[ORDER_MAX],
                              size_t *len)
{
    struct patience patience = socket_patience(r->wake[0], TALK_MS);
    *len = 0;
    for (;;) {
        long got = socket_read(fd, order + *len, ORDER_MAX - *len, patience);
        if (got < 0)
            return _("the order did not arrive in time");
        const char *end = memchr(order + *len, '\n', (size_t)got);
        *len += (size_t)got;
        if (end)
            *len = (size_t)(end - order);
        if (end || got == 0)
            return NULL;
        if (*len == ORDER_MAX)
            return _("the order is too long");
    }
}

static struct timespec wall_clock_in(int64_t ms)
{
    struct timespec then;
    clock_gettime(CLOCK_REALTIME, &then);
    then.tv_sec += ms / 1000;
    return then;
}

/* Hands the order to the user interface and waits for what it says. */
static void pass_on(struct remote *r, const char *order, size_t len, struct buf *reply)
{
    struct timespec until = wall_clock_in(ANSWER_MS);
    pthread_mutex_lock(&r->lock);
    memcpy(r->order, order, len);
    r->order_len = len;
    r->serial++;
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
    else
        buf_puts(reply, r->closing ? _("the running verbatim is being closed")
                                   : _("the running verbatim is busy; try again"));
    pthread_mutex_unlock(&r->lock);
}

static void serve(struct remote *r, int fd)
{
    char order[ORDER_MAX];
    size_t len;
    struct buf reply = {0};
    const char *refusal = read_order(r, fd, order, &len);
    if (refusal)
        buf_printf(&reply, "-%s", refusal);
    else if (len)
        pass_on(r, order, len, &reply);
    socket_write(fd, buf_str(&reply), socket_patience(r->wake[0], TALK_MS));
    buf_free(&reply);
    close(fd);
}

static void *listen_loop(void *of)
{
    struct remote *r = of;
    for (;;) {
        struct pollfd watched[2] = {
            {.fd = r->wake[0],   .events = POLLIN},
            {.fd = r->listening, .events = POLLIN}
        };
        if (poll(watched, 2, -1) < 0 && errno != EINTR)
            return NULL;
        if (watched[0].revents)
            return NULL;
        if (!watched[1].revents)
            continue;
        int fd = accept4(r->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0)
            serve(r, fd);
        else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
            poll(watched, 1, ACCEPT_AGAIN_MS); /* it stays ready: do not turn in circles */
    }
}

static bool start_listening(struct remote *r)
{
    if (!socket_folder(&r->path))
        return false;
    buf_printf(&r->path, "/%ld.sock", (long)getpid());
    r->listening = socket_listen(r->path.data);
    return r->listening >= 0;
}

static void remote_free(struct remote *r)
{
    for (int i = 0; i < 2; i++)
        if (r->wake[i] >= 0)
            close(r->wake[i]);
    if (r->listening >= 0) {
        close(r->listening);
        unlink(r->path.data);
    }
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->answered);
    buf_free(&r->path);
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
    if (waits) {
        memcpy(r->in_hand, r->order, r->order_len);
        r->in_hand_serial = r->serial;
    }
    *order = (vb_str){r->in_hand, waits ? r->order_len : 0};
    pthread_mutex_unlock(&r->lock);
    return waits;
}

void remote_answer(struct remote *r, bool obeyed, vb_str answer)
{
    pthread_mutex_lock(&r->lock);
    if (r->waiting && r->serial == r->in_hand_serial) {
        r->obeyed = obeyed;
        buf_clear(&r->answer);
        buf_add(&r->answer, answer);
        r->waiting = false;
        pthread_cond_signal(&r->answered);
    }
    pthread_mutex_unlock(&r->lock);
}

void remote_focused(struct remote *r)
{
    if (r)
        socket_touch(r->path.data);
}

/* ---- the sending side ---- */

static int connect_to_youngest(void)
{
    struct buf folder = {0};
    int fd = -1;
    if (socket_folder(&folder)) {
        socket_files files = socket_find(folder.data);
        for (size_t i = 0; i < files.count && fd < 0; i++) {
            fd = socket_connect(files.items[i].path.data, socket_patience(-1, TALK_MS));
            if (fd < 0 && errno == EAGAIN)
                break; /* this one is meant, however busy */
            if (fd < 0 && errno == ECONNREFUSED)
                unlink(files.items[i].path.data); /* left by a program that died */
        }
        socket_forget(&files);
    }
    buf_free(&folder);
    return fd;
}

/* The other side may take its whole time to read, and to answer. */
static void ask(int fd, vb_str order, struct buf *reply)
{
    struct patience patience = socket_patience(-1, TALK_MS + ANSWER_MS + TALK_MS);
    char part[4096];
    long got;
    if (!socket_write(fd, order, patience) || !socket_write(fd, VB_STR("\n"), patience))
        return;
    while ((got = socket_read(fd, part, sizeof part, patience)) > 0)
        buf_add(reply, (vb_str){part, (size_t)got});
}

bool remote_send(vb_str order, struct buf *answer, struct vb_error *error)
{
    if (order.len >= ORDER_MAX)
        return err_set(error, VB_UNSUPPORTED, _("the order is too long"));
    int fd = connect_to_youngest();
    if (fd < 0)
        return err_set(error, VB_NOT_FOUND,
                       _("no running verbatim was found to send to; start one first"));
    struct buf reply = {0};
    ask(fd, order, &reply);
    close(fd);
    bool obeyed = reply.len > 0 && reply.data[0] == '+';
    vb_str said = str_from(buf_str(&reply), 1);
    buf_add(answer, said);
    if (reply.len == 0)
        err_set(error, VB_UNREADABLE, _("the running verbatim did not answer"));
    else if (!obeyed)
        err_set(error, VB_UNSUPPORTED, "%.*s", (int)said.len, said.data);
    buf_free(&reply);
    return obeyed;
}
