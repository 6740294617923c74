/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people write and read them. */
#pragma once

#include "base/buf.h"

/* "1.5", "1,5", "-0,3", "+2", also with the typographic minus. False: it is none. */
bool number_from_user(vb_str text, double *number);
/* A number of `tenths` with one place behind the sign of the user's language: "1.7", "1,7";
 * `signs`: with + or a minus of full width before it, 0 without. */
void number_put_tenths(struct buf *out, long tenths, bool signs);
