/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a line may break inside a run of characters without white space. */
#pragma once

#include "view/measure.h"

/* The byte where a line that has `room` left ends inside the text, from `from` on; `from`: no
 * break fits. */
size_t break_that_fits(const struct measure *m, enum face face, vb_str text, size_t from,
                       uint32_t room);
/* The byte where the next line begins when the text is wider than a line: behind what fits, but
 * never behind less than one character as a reader sees it. */
size_t cut_that_fits(const struct measure *m, enum face face, vb_str text, size_t from,
                     uint32_t limit);
/* The end of the part of a heading's word that begins at `at`. */
size_t head_part_end(vb_str text, size_t at);
