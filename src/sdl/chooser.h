/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog to choose a file with, by a helper program (zenity or kdialog): where there is no
 * portal (bus/portal.h). */
#pragma once

#include <stdbool.h>

/* Opens the dialog and returns at once; what is chosen comes as an SDL_DROPFILE event. False:
 * there is no such program here. */
bool chooser_open(void);
