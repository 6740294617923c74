/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A title or a name as a file has it. */
#pragma once

#include "verbatim/types.h"

/* UTF-8 into `into`, which ends with a whole character. */
void tag_keep(vb_str text, char *into, size_t room);
/* The same of text whose encoding nobody tells, unless `into` holds something already. */
void tag_take(const char *text, char *into, size_t room);
