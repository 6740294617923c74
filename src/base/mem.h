/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory: allocation that never returns NULL, and arenas that are freed at once. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "verbatim/types.h"

/* Out of memory ends the program with a sentence: there is no sensible way on.  Sizes read from
 * files are bounded before they come here. */
void *mem_new(size_t size); /* zeroed */
void *mem_grow(void *old, size_t size);
/* After much was freed: what is free goes back to the system. */
void mem_give_back(void);

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* An arena: many small things with one life. */
struct arena {
    struct arena_block *blocks;
    size_t used, size; /* of the newest block */
    bool is_reused;    /* the newest block holds what was there before arena_reset() */
};

void *arena_new(struct arena *arena, size_t size);  /* aligned for any type, zeroed */
vb_str arena_str(struct arena *arena, vb_str text); /* a copy, with a NUL behind it */
void arena_free(struct arena *arena);
/* Forgets everything but keeps the newest block: for a frame's or a line's scraps. */
void arena_reset(struct arena *arena);
