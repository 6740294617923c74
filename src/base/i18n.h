/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every text that a user sees stands in _(); N_() marks one that is translated where it is
 * used. The library never chooses a language: main() does, once. */
#pragma once

#include <libintl.h>

#define _(text)          dgettext("verbatim", text)
#define N_(text)         text
#define P_(one, many, n) dngettext("verbatim", one, many, n)
/* For a table: the two forms of a text that P_() picks from where it is used. */
#define NP_(one, many) one, many
