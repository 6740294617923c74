/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scripts that are written without spaces between words: Chinese and Japanese, Thai, Lao,
 * Burmese and Khmer.
 *
 * Where their words begin only a dictionary knows: ICU's, opened when such a text is met for
 * the first time.  Without ICU a run between spaces is one word, as in any other script. */
#pragma once

#include "verbatim/types.h"

#ifdef HAVE_ICU
enum { SPACELESS_WORDS_KNOWN = true };
#else
enum { SPACELESS_WORDS_KNOWN = false };
#endif

/* Is it of such a script, or one of its signs (。「)? */
bool is_spaceless(uint32_t character);
bool has_spaceless(vb_str text);
/* Of Chinese or Japanese, whose lines may break inside words as well? */
bool has_ideographs(vb_str text);

/* Sets `starts`, one a byte, to 1 where a word begins and to 0 elsewhere: all 0 without ICU.
 * May be called from any thread. The cost is that of the length; callers bound it. */
void spaceless_words(vb_str text, char *starts);

/* Where lines may break: UC_BREAK_… of unilbrk.h for each byte, by UAX 14, and where a word
 * begins in the scripts for which that asks for a dictionary. */
void line_breaks(vb_str text, char *breaks);
/* Two parts of one run: may a line begin with the second? */
bool line_breaks_between(vb_str before, vb_str text);
