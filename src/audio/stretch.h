/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speech faster or slower at the same pitch, with the source position known at every hop. */
#pragma once

#include "audio/source.h"

#define STRETCH_SLOWEST 0.5
#define STRETCH_FASTEST 3.0

struct stretch;

struct stretch *stretch_new(int rate, int channels);
void stretch_free(struct stretch *s);

/* The most frames that one hop has. */
size_t stretch_hop(const struct stretch *s);
/* Goes on with this source frame, where the source stands. */
void stretch_start(struct stretch *s, uint64_t frame);
/* From the next hop on; what was heard so far goes over into it without a seam. */
void stretch_set_speed(struct stretch *s, double speed);

/* Of what the frames are: from source frame `from` on, but from frame `turn` of them on, of
 * source frame `then` on. */
struct hop {
    uint64_t from, then;
    size_t turn;   /* 0: there is none */
    bool is_plain; /* the source's own frames, untouched */
};
/* The next frames, at most `room` (at least stretch_hop()). 0: the end. */
size_t stretch_next(struct stretch *s, struct source *source, float *out, size_t room,
                    struct hop *hop);
/* One hop that goes over to source frame `to`, wherever that is.  0: there is not so much
 * there; nothing is changed then.  The source may have been moved meanwhile. */
size_t stretch_leap(struct stretch *s, struct source *source, uint64_t to, float *out,
                    struct hop *hop);
/* Puts the source, which was moved, back to where it is to be read on. */
void stretch_come_back(struct stretch *s, struct source *source);
/* The source frame that the next hop begins with. */
uint64_t stretch_at(const struct stretch *s);
