/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's bus, and the one for screen readers while somebody listens there. */
#include "bus/buses.h"

#include <stdlib.h>

#include "bus/lookout.h"
#include "bus/mpris.h"

struct buses {
    struct screen *screen;
    sd_bus *session; /* NULL: it went away */
    struct mpris *mpris;
    struct lookout *lookout;
};

/* The bus is the last to go: the others' slots lie in it. */
static void leave_session_bus(struct buses *b)
{
    mpris_close(b->mpris);
    b->mpris = NULL;
    sd_bus_flush_close_unref(b->session);
    b->session = NULL;
}

static void arm(struct buses *b)
{
    sd_bus *const buses[LOOKOUT_MOST] = {b->session, NULL};
    lookout_arm(b->lookout, buses);
}

struct buses *buses_open(struct screen *on, void (*notify)(void *ctx), void *ctx)
{
    struct buses *b = mem_new(sizeof *b);
    b->screen = on;
    if (sd_bus_open_user_with_description(&b->session, "verbatim") >= 0) {
        b->mpris = mpris_open(b->session, on->session);
        b->lookout = lookout_new(notify, ctx);
        if (b->mpris && b->lookout) {
            arm(b);
            return b;
        }
    }
    buses_close(b);
    return NULL;
}

void buses_close(struct buses *b)
{
    if (!b)
        return;
    lookout_free(b->lookout);
    leave_session_bus(b);
    free(b);
}

/* False: the connection is lost. */
static bool process(sd_bus *bus)
{
    int r;
    do
        r = sd_bus_process(bus, NULL);
    while (r > 0);
    return r >= 0;
}

void buses_obey(struct buses *b)
{
    if (!b || !b->session)
        return;
    mpris_refresh(b->mpris);
    if (!process(b->session))
        leave_session_bus(b);
}

void buses_tell(struct buses *b, struct rect window, bool has_focus)
{
    (void)window, (void)has_focus;
    if (!b)
        return;
    if (b->session)
        mpris_tell(b->mpris);
    arm(b);
}
