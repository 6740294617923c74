/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the sockets of running programs stand, and talk over one that is bounded in time. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"

/* For how long, and what ends it early: `wake` becomes readable; -1: nothing does. */
struct patience {
    int wake;
    int64_t until_ms; /* of socket_clock_ms() */
};

int64_t socket_clock_ms(void);
struct patience socket_patience(int wake, int64_t ms);
/* $XDG_RUNTIME_DIR/verbatim, else /tmp/verbatim-UID; made when it is missing. False: others may
 * enter it, or it is not ours. */
bool socket_folder(struct buf *into);
/* Listens there, taking the place of what a dead program left. -1: errno tells. */
int socket_listen(const char *path);
/* -1: nobody listens there (ECONNREFUSED), or so many wait that patience ended (EAGAIN). */
int socket_connect(const char *path, struct patience patience);
/* This one is the youngest now. */
void socket_touch(const char *path);

struct socket_file {
    struct buf path;
    int64_t changed_ns;
};
typedef VEC(struct socket_file) socket_files;

/* The sockets in a folder, the youngest first. */
socket_files socket_find(const char *folder);
void socket_forget(socket_files *files);

/* Reads up to `room` bytes, when there are any: 0 at the end, -1 when patience is at its end.
 */
long socket_read(int fd, char *into, size_t room, struct patience patience);
/* False: not all was taken in time. */
bool socket_write(int fd, vb_str text, struct patience patience);
