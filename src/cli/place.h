/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program's own files are: fonts, sample, translations.
 *
 * They are looked for beside the executable, so that a program runs from where it was installed
 * (PREFIX/bin and PREFIX/share/verbatim) and from its source tree (build/MODE and assets). */
#pragma once

#include "base/buf.h"

/* The folder that holds fonts/ and sample/; VERBATIM_DATA in the environment goes first.
 * False: there is none. */
bool place_of_data(struct buf *folder);
/* The folder of the translations, for bindtextdomain(). */
bool place_of_translations(struct buf *folder);
