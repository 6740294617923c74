/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's bus, and the one for screen readers while assistive technology is switched on.
 */
#include "bus/buses.h"

#include <stdlib.h>
#include <string.h>

#include "bus/access.h"
#include "bus/lookout.h"
#include "bus/mpris.h"
#include "bus/portal.h"

#define A11Y      "org.a11y.Bus"
#define A11Y_PATH "/org/a11y/bus"
#define STATUS    "org.a11y.Status"

struct buses {
    struct screen *screen;
    sd_bus *session;       /* NULL: it went away */
    sd_bus_slot *slots[2]; /* of what is watched */
    struct mpris *mpris;
    struct portal *portal;
    struct access *access; /* NULL: nobody needs it */
    bool is_joining;
    struct lookout *lookout;
};

static void leave_access(struct buses *b)
{
    access_close(b->access);
    b->access = NULL;
}

/* The bus is the last to go: the others' slots lie in it. */
static void leave_session_bus(struct buses *b)
{
    leave_access(b);
    mpris_close(b->mpris);
    b->mpris = NULL;
    portal_close(b->portal);
    b->portal = NULL;
    for (size_t i = 0; i < COUNT(b->slots); i++)
        b->slots[i] = sd_bus_slot_unref(b->slots[i]);
    sd_bus_flush_close_unref(b->session);
    b->session = NULL;
}

static void arm(struct buses *b)
{
    sd_bus *const buses[LOOKOUT_MOST] = {b->session, b->access ? access_bus(b->access) : NULL};
    lookout_arm(b->lookout, buses);
}

/* ---- is assistive technology switched on? ---- */

static int join_access(sd_bus_message *reply, void *ctx, sd_bus_error *error)
{
    struct buses *b = ctx;
    const char *address;
    (void)error;
    bool told = !sd_bus_message_is_method_error(reply, NULL) &&
                sd_bus_message_read(reply, "s", &address) >= 0;
    if (told && b->is_joining && !b->access)
        b->access = access_open(address, b->screen);
    b->is_joining = false;
    return 0;
}

static void switch_access(struct buses *b, bool on)
{
    if (!on) {
        b->is_joining = false;
        leave_access(b);
    } else if (!b->access && !b->is_joining) {
        b->is_joining = true;
        sd_bus_call_method_async(b->session, NULL, A11Y, A11Y_PATH, A11Y, "GetAddress",
                                 join_access, b, "");
    }
}

/* "IsEnabled" or "ScreenReaderEnabled" among properties and their values. */
static bool is_switched_on(sd_bus_message *properties)
{
    bool on = false;
    if (sd_bus_message_enter_container(properties, 'a', "{sv}") < 0)
        return false;
    while (sd_bus_message_enter_container(properties, 'e', "sv") > 0) {
        const char *name;
        int value = 0;
        if (sd_bus_message_read(properties, "s", &name) < 0)
            break;
        bool ours = !strcmp(name, "IsEnabled") || !strcmp(name, "ScreenReaderEnabled");
        if (ours && sd_bus_message_read(properties, "v", "b", &value) >= 0)
            on |= value != 0;
        else if (!ours)
            sd_bus_message_skip(properties, "v");
        sd_bus_message_exit_container(properties);
    }
    return on;
}

static int take_status(sd_bus_message *reply, void *ctx, sd_bus_error *error)
{
    (void)error;
    switch_access(ctx, !sd_bus_message_is_method_error(reply, NULL) && is_switched_on(reply));
    return 0;
}

/* Asks who is there already; where nobody is, nothing is started for it. */
static void ask_status(struct buses *b)
{
    sd_bus_message *m = NULL;
    if (sd_bus_message_new_method_call(b->session, &m, A11Y, A11Y_PATH,
                                       "org.freedesktop.DBus.Properties", "GetAll") >= 0 &&
        sd_bus_message_set_auto_start(m, 0) >= 0 && sd_bus_message_append(m, "s", STATUS) >= 0)
        sd_bus_call_async(b->session, NULL, m, take_status, b, 0);
    sd_bus_message_unref(m);
}

static int status_changed(sd_bus_message *signal, void *ctx, sd_bus_error *error)
{
    (void)signal, (void)error;
    ask_status(ctx);
    return 0;
}

static bool watch_status(struct buses *b)
{
    static const char *const rules[] = {
        "type='signal',path='" A11Y_PATH "',interface='org.freedesktop.DBus.Properties',"
        "member='PropertiesChanged',arg0='" STATUS "'",
        "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
        "member='NameOwnerChanged',arg0='" A11Y "'",
    };
    for (size_t i = 0; i < COUNT(rules); i++)
        if (sd_bus_add_match_async(b->session, &b->slots[i], rules[i], status_changed, NULL,
                                   b) < 0)
            return false;
    ask_status(b);
    return true;
}

/* ---- coming and going ---- */

struct buses *buses_open(struct screen *on, void (*notify)(void *ctx), void *ctx)
{
    struct buses *b = mem_new(sizeof *b);
    b->screen = on;
    if (sd_bus_open_user_with_description(&b->session, "verbatim") >= 0) {
        b->mpris = mpris_open(b->session, on->session);
        b->portal = portal_open(b->session, on->session);
        b->lookout = lookout_new(notify, ctx);
        if (b->mpris && b->lookout && watch_status(b)) {
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
    if (b->access && !process(access_bus(b->access)))
        leave_access(b);
}

void buses_tell(struct buses *b, struct rect window, bool has_focus)
{
    if (!b)
        return;
    if (b->session)
        mpris_tell(b->mpris);
    if (b->access)
        access_tell(b->access, window, has_focus);
    arm(b);
}

bool buses_choose_file(struct buses *b, enum ask what, const char *offered)
{
    return b && b->portal && portal_ask(b->portal, what, offered);
}
