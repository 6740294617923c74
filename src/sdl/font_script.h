/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scripts, as shaping has to know them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The OpenType name of a character's script ("Arab"); NULL: of Latin, or of any (signs, digits,
 * marks). */
const char *script_of(uint32_t character);
/* Marks, joiners, variation selectors, skin tones: what is set with the character before it. */
bool script_clings(uint32_t character);
/* Of those, the ones that only choose a form: where a font does not know them nothing is lost.
 */
bool script_is_silent(uint32_t character);
