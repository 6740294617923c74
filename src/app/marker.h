/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time written into the page, as the page writes its times. */
#pragma once

#include "app/session.h"

/* Before this word, which is heard at `at`; a paragraph is divided where it is in the middle of
 * one. A correction like any other. False: `error` says why. */
bool marker_write(struct session *s, uint32_t word, vb_time at, struct vb_error *error);
/* At the caret, else at the word that is heard: what is heard now is written there. Says what
 * came of it. */
void marker_here(struct session *s);
/* The marker that the caret is in, else the last one before, comes here instead. */
void marker_move_here(struct session *s);
