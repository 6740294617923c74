/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times before anybody has listened. */
#pragma once

#include "align/script.h"

/* Spreads the words of a script that was said, by how long the synthesiser took, between the
 * times that are known. One entry a word of the transcript; free() it. */
struct vb_heard *estimate_spoken(const struct script *s, const struct passage *passage);
