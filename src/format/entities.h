/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Character references of HTML and wikitext: &nbsp; &#233; &#xE9; */
#pragma once

#include "verbatim/types.h"

/* The reference that begins with '&' at `at`: its length in bytes and the character it stands
 * for. 0: none stands there, the '&' is one. */
size_t entity_at(vb_str text, size_t at, uint32_t *character);
