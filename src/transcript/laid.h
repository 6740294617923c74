/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words laid over the time between known times, in proportion to their natural lengths.
 *
 * What is kept is a row for each stretch, and the natural lengths; a word's own times are
 * worked out when they are asked for. */
#pragma once

#include "base/vec.h"
#include "transcript/natural.h"
#include "transcript/speech_time.h"
#include "verbatim/timeline.h"

/* The times of a word, and how they are known. */
struct slot {
    vb_time start;
    uint32_t length; /* µs */
    uint8_t origin;
    uint8_t confidence; /* hundredths, and one: 0 is not known */
};

struct stretch { /* of words, up to the next one's first */
    uint32_t first;
    uint8_t origin; /* of its first word; the others are estimated */
    vb_time at;     /* where it begins, on the clock over which words are laid */
    vb_time before; /* the natural length of all words before it */
    double scale;   /* times the natural length */
    vb_time known;  /* the known time that its first word begins at, or VB_NO_TIME */
};

struct laid {
    const struct vb_transcript *transcript; /* lent */
    struct naturals *naturals;
    VEC(struct stretch) stretches; /* from the first word to the last */
    uint32_t cut_from;             /* words from here on end with `cut_at` at the latest */
    vb_time cut_at;
    bool is_over_speech; /* `at` and `cut_at` are times of this clock */
    struct speech_time clock;
};

void laid_free(struct laid *laid);
/* Stretches come in order; an empty one is none. */
void laid_add(struct laid *laid, uint32_t from, uint32_t until, vb_time at, double scale);
struct slot laid_slot(const struct laid *laid, uint32_t word);
enum vb_origin laid_origin(const struct laid *laid, uint32_t word); /* of that, cheaper */
