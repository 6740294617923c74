/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a file, as text for people and as JSON for programs. */
#pragma once

#include "base/buf.h"
#include "verbatim/document.h"
#include "verbatim/sound.h"

/* One line of JSON, ended. */
void info_transcript_json(const struct vb_document *document, struct buf *out);
void info_sound_json(const char *path, const struct vb_sound_info *info, struct buf *out);

/* Lines for a person, aligned; notes like a compiler's: "talk.txt:12: warning: …". */
void info_transcript_text(const struct vb_document *document, struct buf *out);
void info_sound_text(const char *path, const struct vb_sound_info *info, struct buf *out);
