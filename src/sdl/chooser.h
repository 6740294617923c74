/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's own dialog to choose a file with, by its helper program (zenity or kdialog). */
#pragma once

#include <stdbool.h>

/* Opens the dialog and returns at once; what is chosen comes as an SDL_DROPFILE event. False:
 * there is no such program here. For struct session. */
bool chooser_open(void *ctx);
