/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waking a thread that waits: any thread writes a byte into a pipe, the waiting one reads it.
 */
#pragma once

#include <stdbool.h>

struct wake {
    int to_read, to_write;
};

bool wake_open(struct wake *wake);
void wake_close(struct wake *wake);
void wake_up(void *wake);                 /* a struct wake; any thread, never waits */
void wake_clear(const struct wake *wake); /* all that was written is read */
