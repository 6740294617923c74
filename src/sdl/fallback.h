/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts of the system for what the bundled ones lack.  Asked once for each 128 characters, and
 * not at all while a text needs no more than the bundled ones have. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { FALLBACKS_MAX = 24, NO_FALLBACK = 255, FALLBACK_STRAYS = 256 };

struct fallback_font {
    char *path;
    int index;    /* in a collection */
    bool colored; /* its signs bring their own colours */
};

/* A character that the font of its block lacks. */
struct fallback_stray {
    uint32_t character;
    uint8_t font; /* or NO_FALLBACK */
};

struct fallbacks {
    struct fallback_font fonts[FALLBACKS_MAX];
    uint8_t count;
    uint8_t
        *blocks; /* of each 128 characters: 0 not asked, else the font + 1, or NO_FALLBACK */
    struct fallback_stray strays[FALLBACK_STRAYS];
    uint32_t stray_count;
    bool given; /* only the fonts that were given: the system is not asked */
};

/* The font for most characters of its block, or NO_FALLBACK. */
uint8_t fallback_for(struct fallbacks *f, uint32_t character);
/* The same for this character alone, after that font was found to lack it. */
uint8_t fallback_for_stray(struct fallbacks *f, uint32_t character);
/* A font that is used before all others; the system is not asked any more. False: too many. */
bool fallback_give(struct fallbacks *f, const char *path, int index);
void fallbacks_free(struct fallbacks *f);
