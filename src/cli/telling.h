/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal player tells, and when: it goes through the text with the voice, and starts
 * afresh with the speaker's name where the voice was sent elsewhere. */
#pragma once

#include "app/session.h"
#include "cli/paper.h"

struct telling {
    const struct session *session;
    struct paper *paper;
    uint32_t next;           /* the first block that was not told */
    uint32_t turn;           /* whose header was told last; VB_NONE: tell it again */
    uint64_t said;           /* messages that were passed on */
    vb_time position, clock; /* as of the last look */
};

void telling_start(struct telling *telling, const struct session *session, struct paper *paper);
/* Tells what was reached since the last look. */
void telling_go_on(struct telling *telling);
/* All of the text at once, for a transcript without a recording. */
void telling_all(struct telling *telling);
