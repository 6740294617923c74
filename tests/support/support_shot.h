/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of the window, with the bundled fonts and no display: the same bytes everywhere. */
#pragma once

#include "base/buf.h"
#include "sdl/font.h"
#include "view/screen.h"

struct shot {
    int width, height;
    uint8_t *rgb; /* three bytes a pixel, row by row */
};

/* The screen as it is now, painted anew. */
struct shot shot_take(struct screen *on, struct fonts *fonts, int width, int height);
void shot_free(struct shot *shot);
/* A number made of all pixels there. */
uint64_t shot_hash(const struct shot *shot, struct rect at);
/* A PNG, not compressed: for looking at, not for keeping. */
void shot_write(const struct shot *shot, const char *path);
