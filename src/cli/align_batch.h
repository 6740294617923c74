/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many recordings with their transcripts, one process each. */
#pragma once

#include "cli/align_pair.h"

/* `list`: a file of lines "AUDIO <tab> TRANSCRIPT [<tab> OUTPUT]", or "-". Ends with a table,
 * or with `json` a line an object for each pair. The exit code. */
int align_batch(const char *list, const struct aligning *how, bool json);
