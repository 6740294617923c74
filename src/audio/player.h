/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests and benches need of the player beyond verbatim/player.h. */
#pragma once

#include "verbatim/player.h"

struct player_time {
    int64_t (*now)(void *ctx); /* ns, never going back */
    void *ctx;
};

struct vb_player *player_open_at(const char *path, const struct vb_sink *sink,
                                 struct player_time time, void (*notify)(void *), void *ctx,
                                 struct vb_error *error);
/* Returns when the ring is full, or holds all there is, in answer to the last order. For sinks
 * that pull faster than real time. */
void player_fill(struct vb_player *p);
