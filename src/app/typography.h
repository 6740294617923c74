/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help with French signs while typing: the no-break spaces before : ; ? ! and inside « », the
 * apostrophe as the page mostly writes it. Only in a page in French, and where the settings
 * want it. */
#pragma once

#include "base/buf.h"

struct session;
struct vb_document;

/* How a page is written. */
struct typography {
    const struct vb_document *of; /* NULL: not looked at yet */
    bool french, wiki;            /* a wiki's source has plain spaces: it sets them itself */
    bool curly;                   /* apostrophes */
    uint32_t before_high;         /* the space before ; ? ! */
};

/* What stands in the text for `typed` behind `before`, where that is another thing than what
 * was typed; returns how many bytes of `before` it takes the place of. Nothing is added: as
 * typed.
 */
size_t typography_of(struct session *s, vb_str before, vb_str typed, struct buf *into);
