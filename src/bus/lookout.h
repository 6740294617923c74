/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sleeps on the message buses, so that the user interface need not.
 *
 * Its thread only waits until a connection has something to say, calls `notify` once, and waits
 * to be armed again; it never touches what comes.  So all of sd-bus belongs to the thread of
 * the user interface, and a silent bus wakes nobody. */
#pragma once

#include <stddef.h>
#include <systemd/sd-bus.h>

struct lookout;

/* NULL: no thread could be made. */
struct lookout *lookout_new(void (*notify)(void *ctx), void *ctx);
void lookout_free(struct lookout *l); /* NULL is allowed */
/* After everything was processed: watches these (NULLs are passed over) until one has news. */
enum { LOOKOUT_MOST = 2 };
void lookout_arm(struct lookout *l, sd_bus *const buses[LOOKOUT_MOST]);
