/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's own dialog to choose a file with, by its portal
 * (https://flatpak.github.io/xdg-desktop-portal/, FileChooser): the same call for every
 * desktop, also from within a sandbox.  Nothing here waits for the bus. */
#pragma once

#include <systemd/sd-bus.h>

#include "app/session.h"

struct portal;

/* `s` and `bus` must outlive it. */
struct portal *portal_open(sd_bus *bus, struct session *s);
void portal_close(struct portal *p); /* NULL is allowed */
/* Asks for the file that answers the question, beginning at the one that is offered; then
 * ask_chosen().  False: there is no portal here.  That may only turn out later: then the user is
 * asked again. */
bool portal_ask(struct portal *p, enum ask what, const char *offered);
