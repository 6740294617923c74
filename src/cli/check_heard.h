/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What listening says of a transcript and its recording: remembered by the window, or found
 * now. */
#pragma once

#include "verbatim/align.h"
#include "verbatim/document.h"

struct check_heard {
    struct vb_timeline *times; /* NULL: nobody listened */
    struct vb_doubt *doubts;
    size_t count;
};

/* False: nobody listened to this text with this recording; nothing is written. */
bool check_remembered(const struct vb_document *document, const char *sound,
                      struct check_heard *heard);
/* Takes a minute or so for an hour of sound. False: `error` says why. */
bool check_listen(const struct vb_document *document, const char *sound, const char *language,
                  struct check_heard *heard, struct vb_error *error);
void check_heard_free(struct check_heard *heard);
