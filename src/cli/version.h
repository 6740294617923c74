/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program is and what it was built with. */
#pragma once

#include "base/buf.h"

void version_write(const char *version, struct buf *out);
