/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that is read from the right, among text that is not: the order of UAX 9, by fribidi.
 *
 * A level is how deeply a letter is embedded: even ones are read from the left, odd ones from
 * the right.  Texts without a right-to-left letter, which a scan of bytes tells, need none. */
#pragma once

#include <stddef.h>

#include "view/measure.h"

/* Any letter read from the right, or a sign that changes the direction? */
bool bidi_is_needed(vb_str text);
/* That of the first letter that has one; AUTO where none has. */
enum direction bidi_direction_of(vb_str text);
/* The level of each byte of a paragraph, all bytes of a character alike. DIRECTION_AUTO: as
 * its first letter says. */
void bidi_levels(vb_str paragraph, enum direction base, uint8_t *levels);
/* The things of one line, in the order of reading, with their levels: `order` tells from left
 * to right which of them stands there. */
void bidi_order(const uint8_t *levels, size_t count, uint32_t *order);
