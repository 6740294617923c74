/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog to choose a file with, by a helper program (zenity or kdialog): where there is no
 * portal (bus/portal.h). */
#pragma once

#include "app/session.h"

/* Asks for the file that answers the question, beginning at the one that is offered, and returns
 * at once.  What is chosen comes as an SDL_USEREVENT with the question as its `code` and the path
 * as `data1`, for SDL_free().  False: there is no such program here. */
bool chooser_ask(enum ask what, const char *offered);
