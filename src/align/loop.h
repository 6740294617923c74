/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a frame sounds like if any phone may follow any other: the measure for "speech, but not
 * of this text". */
#pragma once

#include "align/scorer.h"

enum { LOOP_SILENCE = 255 };

struct loop {
    float *score;      /* one a frame: of the state that the best path is in */
    uint8_t *phone;    /* one a frame: or LOOP_SILENCE */
    double random_gap; /* how much better it is than a phone drawn from the text; in voice */
};

void loop_run(struct loop *loop, const struct models *m, const struct scorer *scorer,
              const struct look *look);
void loop_free(struct loop *loop);
