/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page after a small correction, without reading all of it again.
 *
 * A letter typed inside a plain paragraph changes that paragraph's words and moves what
 * follows; everything else a reader would say is as it was.  Whether the correction is of that
 * kind is asked strictly: the paragraph has to be one that the bare rules of words make out of
 * its source exactly as the reader did, and neither what goes nor what comes may mean anything
 * to a reader.  In all other cases the page is read anew. */
#pragma once

#include "base/buf.h"
#include "verbatim/timeline.h"

/* `text`: what `t` was read from; bytes [span) of it become `with`. NULL: read it anew. */
struct vb_transcript *transcript_patched(const struct vb_transcript *t, vb_str text,
                                         struct vb_span span, vb_str with);
/* Did `after` come of `before` by one such correction?  Then `kept` tells which words are the
 * same, marks and paragraphs included. Asks nothing of the words. */
bool transcript_is_patched(const struct vb_transcript *before,
                           const struct vb_transcript *after, struct vb_kept *kept);

struct source;
/* A text that was just read from `source`, before anybody else has it, keeps no copy of what
 * stands there as it is shown. */
void transcript_read_in(struct vb_transcript *t, struct source *source, size_t len);
