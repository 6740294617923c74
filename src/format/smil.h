/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media overlays: which part of a text is heard in which part of a recording.  Read by
 * fmt_smil.c from a file, by fmt_epub.c from a publication. */
#pragma once

#include "format/cues.h"
#include "format/ids.h"
#include "format/tree.h"

/* A text that was fetched. */
struct smil_text {
    struct buf name;
    struct buf bytes; /* decoded */
    struct tree tree;
    struct ids ids;
    bool found;
};

struct smil {
    struct cues cues;
    VEC(struct smil_text *) texts;
    struct buf audio, path; /* audio: of the part read last */
    struct pieces pieces;
    bool several; /* recordings: said once */
};

/* Every <par> of the tree as a cue. `folder`: where the file stands, "" or "mo/". */
bool smil_read(struct smil *smil, struct tree *tree, vb_str folder, struct vb_error *error);
void smil_end(struct smil *smil);
/* A text of the publication, fetched, decoded and parsed once. NULL: it is not there. */
struct smil_text *smil_fetch(struct smil *smil, vb_str name);
