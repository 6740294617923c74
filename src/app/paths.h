/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of files as people and programs give them. */
#pragma once

#include "base/buf.h"

/* The file that is meant by "~/talk.mp3" or "file:///home/anne/a%20talk.mp3"; any other name is
 * taken as it is. */
void path_from_word(vb_str word, struct buf *out);
/* The same of a line that is typed, pasted or dropped: blanks around it, and quotes around all
 * of it, are no part of the name. */
void path_from_line(vb_str line, struct buf *out);
