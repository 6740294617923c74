/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which language a text is in. */
#pragma once

#include "verbatim/align.h"

/* The language that metadata names ("Langue : français", "lang: en-GB"); NULL: none. */
const char *language_named(vb_str name);
