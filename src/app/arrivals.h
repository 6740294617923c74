/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that come by other ways than being named: by the hand, the sample, a page from the
 * clipboard, what was open lately. Each says what went wrong, as a message. */
#pragma once

#include "app/session.h"

/* Dropped, or chosen in a dialog: beside nothing it brings its partner; beside something it
 * takes the place of its kind. */
void arrivals_open(struct session *s, const char *path);
bool arrivals_has_sample(const struct session *s);
void arrivals_open_sample(struct session *s);
/* The clipboard's text is a page: it is kept in the cache and opened from there. */
void arrivals_paste(struct session *s);
void arrivals_open_recent(struct session *s, size_t i);
