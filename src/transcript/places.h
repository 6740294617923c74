/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in a long text, and where its words begin in it: as little memory as it takes. */
#pragma once

#include "base/vec.h"
#include "verbatim/types.h"

/* ---- a set of places: a bit for each byte of the text ---- */

struct places {
    uint64_t *bits;
    uint32_t *before; /* of each group of bits: how many are set before it */
    uint32_t groups;
    size_t count; /* how many there are; known to places_number() */
};

void places_init(struct places *p, uint32_t text_len);
void places_free(struct places *p);
void places_clear(struct places *p);
static inline void places_add(struct places *p, uint32_t place)
{
    p->bits[place / 64] |= UINT64_C(1) << place % 64;
}
/* After the last one was added, and before anything is asked. */
void places_number(struct places *p);
uint32_t places_nth(const struct places *p, size_t i);        /* in order, from 0 */
size_t places_before(const struct places *p, uint32_t place); /* how many are less */

/* ---- where words begin: a byte for each ---- */

struct long_step {
    uint32_t word, step;
};

struct starts {
    uint32_t count;
    uint32_t *groups;            /* the start of each sixteenth */
    uint8_t *steps;              /* to the next one; STEP_LONG: it is among `longs` */
    VEC(struct long_step) longs; /* in order */
    uint32_t last;
};

void starts_init(struct starts *s, uint32_t count);
void starts_free(struct starts *s);
/* In order, from word 0 to the last; never less than the one before. */
void starts_add(struct starts *s, uint32_t word, uint32_t start);
uint32_t starts_of(const struct starts *s, uint32_t word);
/* The last word but the end that begins at `place` or before; 0 before the first. */
uint32_t starts_find(const struct starts *s, uint32_t place);
