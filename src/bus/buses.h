/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop sees of the program beside its pixels: a player with media keys (mpris.h)
 * and a text for screen readers (access.h); and what it does for it: a dialog (portal.h).
 *
 * An optional part: without libsystemd, or without a bus, nothing of it is there.  All of it
 * runs in the thread of the user interface and waits for nobody. */
#pragma once

#include "view/screen.h"

struct buses;

#ifdef HAVE_SYSTEMD
/* `notify` is called from another thread when there is something to obey. NULL: no bus. */
struct buses *buses_open(struct screen *on, void (*notify)(void *ctx), void *ctx);
void buses_close(struct buses *b); /* NULL is allowed, here and below */
/* Does what was asked for since, and answers. */
void buses_obey(struct buses *b);
/* Once a frame: tells what has changed. `window`: where it stands on the display. */
void buses_tell(struct buses *b, struct rect window, bool has_focus);
/* As struct session's choose_file. */
bool buses_choose_file(struct buses *b, enum ask what, const char *offered);
#else
static inline struct buses *buses_open(struct screen *on, void (*notify)(void *ctx), void *ctx)
{
    (void)on, (void)notify, (void)ctx;
    return NULL;
}
static inline void buses_close(struct buses *b)
{
    (void)b;
}
static inline void buses_obey(struct buses *b)
{
    (void)b;
}
static inline void buses_tell(struct buses *b, struct rect window, bool has_focus)
{
    (void)b, (void)window, (void)has_focus;
}
static inline bool buses_choose_file(struct buses *b, enum ask what, const char *offered)
{
    (void)b, (void)what, (void)offered;
    return false;
}
#endif
