/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts of the system for what the bundled ones lack.  Asked once for each 128 characters, and
 * not at all while a text needs no more than the bundled ones have. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { FALLBACKS_MAX = 24, NO_FALLBACK = 255 };

struct fallback_font {
    char *path;
    int index; /* in a collection */
};

struct fallbacks {
    struct fallback_font fonts[FALLBACKS_MAX];
    uint8_t count;
    uint8_t
        *blocks; /* of each 128 characters: 0 not asked, else the font + 1, or NO_FALLBACK */
};

/* The font for a character, or NO_FALLBACK. */
uint8_t fallback_for(struct fallbacks *f, uint32_t character);
void fallbacks_free(struct fallbacks *f);

/* The OpenType name of a character's script ("Arab") where shaping must know it; NULL: it need
 * not. `right_to_left` is set only with a script. */
const char *script_of(uint32_t character, bool *right_to_left);
