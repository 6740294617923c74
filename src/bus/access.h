/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window for screen readers and braille lines: AT-SPI, spoken directly over its own bus
 * (https://gitlab.gnome.org/GNOME/at-spi2-core, xml/).
 *
 *   program > window > the text (its caret at the word being heard) > headings, paragraphs
 *                    > buttons, sliders, fields: the spots of the screen
 *
 * Exists only while assistive technology is switched on; tells changes only while somebody has
 * asked for them. */
#pragma once

#include <systemd/sd-bus.h>

#include "view/screen.h"

struct access;

/* Joins the bus at `address`; NULL: it can't. `on` must outlive it. */
struct access *access_open(const char *address, struct screen *on);
void access_close(struct access *a); /* NULL is allowed */
sd_bus *access_bus(struct access *a);
/* Once a frame. `window`: where it stands on the display. */
void access_tell(struct access *a, struct rect window, bool has_focus);
