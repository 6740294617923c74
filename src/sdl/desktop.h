/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window shares with the other programs of the desktop. */
#pragma once

#include "app/clipboard.h"

struct clipboard desktop_clipboard(void);
