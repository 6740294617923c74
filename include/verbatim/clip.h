/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A passage of a sound as a file of its own. */
#pragma once

#include "verbatim/error.h"
#include "verbatim/task.h"

/* The kinds of file that can be written here, by their endings: "wav flac ogg opus mp3". */
VB_API const char *vb_clip_endings(void);

/* Writes what is heard from `from` until `until` (exact to the sample, clamped to the sound) to
 * `path`, whose ending says the kind; WAV and FLAC keep every bit of the decoded sound.  The
 * first and the last hundredth of a second fade, so that nothing clicks; the frame in the
 * middle of a passage is as it was.  The file appears when it is whole and replaces none: a
 * file that is there is refused.  `task` may be NULL. */
VB_API bool vb_clip_write(const char *sound_path, vb_time from, vb_time until, const char *path,
                          const struct vb_task *task, struct vb_error *error);
