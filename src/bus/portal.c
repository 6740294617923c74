/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/portal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks.h"
#include "app/paths.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"

#define PORTAL      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define CHOOSER     "org.freedesktop.portal.FileChooser"
#define REQUEST     "org.freedesktop.portal.Request"

/* Microseconds, for a portal that has to be started first: one that can't start would hold the
 * user up for the bus's half a minute. */
#define PATIENCE 5000000

struct portal {
    sd_bus *bus;
    struct session *session;
    sd_bus_slot *call, *response; /* of the dialog that was asked for last; NULL: none */
    char request[160];            /* its path on the bus */
    enum ask what;                /* it asks */
    unsigned asked;               /* how often: each dialog has a name of its own */
    bool is_missing;
};

static void forget_dialog(struct portal *p)
{
    p->call = sd_bus_slot_unref(p->call);
    p->response = sd_bus_slot_unref(p->response);
}

/* One dialog at a time; nor does one that went astray keep the next from coming. */
static void close_dialog(struct portal *p)
{
    if (p->response)
        sd_bus_call_method_async(p->bus, NULL, PORTAL, p->request, REQUEST, "Close", NULL, NULL,
                                 "");
    forget_dialog(p);
}

/* ---- what was chosen ---- */

/* The first of "uris", among results and their values. */
static bool read_path(sd_bus_message *results, struct buf *path)
{
    const char *name, *address;
    if (sd_bus_message_enter_container(results, 'a', "{sv}") < 0)
        return false;
    while (sd_bus_message_enter_container(results, 'e', "sv") > 0) {
        if (sd_bus_message_read(results, "s", &name) < 0)
            return false;
        if (!strcmp(name, "uris")) {
            bool read = sd_bus_message_enter_container(results, 'v', "as") > 0 &&
                        sd_bus_message_enter_container(results, 'a', "s") > 0 &&
                        sd_bus_message_read(results, "s", &address) > 0;
            if (read)
                path_from_word(str_of(address), path);
            return read;
        }
        if (sd_bus_message_skip(results, "v") < 0 || sd_bus_message_exit_container(results) < 0)
            return false;
    }
    return false;
}

/* Above 0: the user closed it. */
static int take_response(sd_bus_message *signal, void *ctx, sd_bus_error *error)
{
    struct portal *p = ctx;
    struct buf path = {0};
    uint32_t closed = 1;
    (void)error;
    forget_dialog(p);
    if (sd_bus_message_read(signal, "u", &closed) >= 0 && !closed && read_path(signal, &path) &&
        path.len)
        ask_chosen(p->session, p->what, path.data);
    buf_free(&path);
    return 0;
}

/* ---- asking ---- */

static int take_handle(sd_bus_message *reply, void *ctx, sd_bus_error *error)
{
    struct portal *p = ctx;
    (void)error;
    p->call = sd_bus_slot_unref(p->call);
    if (!sd_bus_message_is_method_error(reply, NULL))
        return 0;
    forget_dialog(p);
    p->is_missing = true;
    ask_user(p->session, p->what);
    return 0;
}

/* As the portal makes it of our name and the token, so that its answer can't come too early. */
static void name_request(struct portal *p, const char *own, const char *token)
{
    snprintf(p->request, sizeof p->request, PORTAL_PATH "/request/%s/%s", own + (*own == ':'),
             token);
    for (char *c = p->request + sizeof PORTAL_PATH "/request/" - 1; *c; c++)
        if (*c == '.')
            *c = '_';
}

/* A name of a file is bytes, and with their end. */
static int add_folder(sd_bus_message *m, vb_str folder)
{
    struct buf bytes = {0};
    buf_add(&bytes, folder);
    int r = sd_bus_message_open_container(m, 'e', "sv");
    r = r < 0 ? r : sd_bus_message_append(m, "s", "current_folder");
    r = r < 0 ? r : sd_bus_message_open_container(m, 'v', "ay");
    r = r < 0 ? r : sd_bus_message_append_array(m, 'y', bytes.data, bytes.len + 1);
    r = r < 0 ? r : sd_bus_message_close_container(m);
    r = r < 0 ? r : sd_bus_message_close_container(m);
    buf_free(&bytes);
    return r;
}

static int add_options(sd_bus_message *m, const char *token, const char *offered)
{
    const char *name = file_name(offered);
    vb_str folder = str_cut(str_of(offered), 0, (size_t)(name - offered));
    int r = sd_bus_message_open_container(m, 'a', "{sv}");
    r = r < 0 ? r : sd_bus_message_append(m, "{sv}", "handle_token", "s", token);
    if (*name)
        r = r < 0 ? r : sd_bus_message_append(m, "{sv}", "current_name", "s", name);
    if (folder.len)
        r = r < 0 ? r : add_folder(m, folder);
    return r < 0 ? r : sd_bus_message_close_container(m);
}

static int ask(struct portal *p, const char *token, const char *offered)
{
    const struct question *question = question_of(p->what);
    const char *method = question->file == FILE_NEW ? "SaveFile" : "OpenFile";
    sd_bus_message *m = NULL;
    int r = sd_bus_match_signal_async(p->bus, &p->response, PORTAL, p->request, REQUEST,
                                      "Response", take_response, NULL, p);
    r = r < 0
            ? r
            : sd_bus_message_new_method_call(p->bus, &m, PORTAL, PORTAL_PATH, CHOOSER, method);
    r = r < 0 ? r : sd_bus_message_append(m, "ss", "", _(question->title));
    r = r < 0 ? r : add_options(m, token, offered);
    r = r < 0 ? r : sd_bus_call_async(p->bus, &p->call, m, take_handle, p, PATIENCE);
    sd_bus_message_unref(m);
    return r;
}

bool portal_ask(struct portal *p, enum ask what, const char *offered)
{
    const char *own;
    char token[32];
    if (p->is_missing || sd_bus_get_unique_name(p->bus, &own) < 0)
        return false;
    close_dialog(p);
    p->what = what;
    snprintf(token, sizeof token, "verbatim%u", ++p->asked);
    name_request(p, own, token);
    bool asked = ask(p, token, offered) >= 0;
    if (!asked)
        forget_dialog(p);
    return asked;
}

/* ---- coming and going ---- */

struct portal *portal_open(sd_bus *bus, struct session *s)
{
    struct portal *p = mem_new(sizeof *p);
    p->bus = bus;
    p->session = s;
    return p;
}

void portal_close(struct portal *p)
{
    if (!p)
        return;
    close_dialog(p);
    free(p);
}
