/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The partner of a file: the sound that belongs to a transcript, or the reverse. */
#pragma once

#include "base/buf.h"

/* The same folder and base name, a language between name and ending allowed ("talk.fr.txt").
 * False: there is none. */
bool partner_find(const char *path, struct buf *into);
/* Does its name end as those of recordings do? Then it is meant as one, whatever it holds. */
bool partner_is_named_as_sound(const char *path);
