/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy for reading away from the program: the text with who speaks and when, as one HTML page
 * that any browser shows and prints. */
#pragma once

#include "app/session.h"

void reading_copy_write(const struct vb_transcript *t, const struct vb_timeline *times,
                        struct buf *out);
/* Beside the transcript, under a name that is free; says where, or what went wrong. */
void reading_copy_save(struct session *s);
