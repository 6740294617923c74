/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's own dialog to choose a file with, by its helper program (zenity or kdialog). */
#pragma once

#include "app/session.h"

/* Asks for the file that answers the question, and returns at once.  What is chosen comes as an
 * event: what is to be opened as an SDL_DROPFILE, else as an SDL_USEREVENT with the question as
 * its `code` and the path as `data1`, for SDL_free().  False: there is no such program here.
 * For struct session. */
bool chooser_ask(void *ctx, enum ask what, const char *offered);
