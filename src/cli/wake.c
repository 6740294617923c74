/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waking a thread that waits. */
#include "cli/wake.h"

#include <fcntl.h>
#include <unistd.h>

bool wake_open(struct wake *wake)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    *wake = (struct wake){.to_read = ends[0], .to_write = ends[1]};
    return true;
}

void wake_close(struct wake *wake)
{
    close(wake->to_read);
    close(wake->to_write);
}

void wake_up(void *wake)
{
    const struct wake *w = wake;
    /* A full pipe wakes just as well: nothing is lost when this fails. */
    ssize_t written = write(w->to_write, "", 1);
    (void)written;
}

void wake_clear(const struct wake *wake)
{
    char bytes[64];
    while (read(wake->to_read, bytes, sizeof bytes) > 0)
        ;
}
