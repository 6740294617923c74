/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in the recording, as people say them. */
#pragma once

#include "base/buf.h"
#include "verbatim/types.h"

struct session;

/* "16:20", "16’20", "1h02", "980"; from here "+30", "-5"; "50%" of the whole. False: `why`
 * holds a sentence. */
bool place_find(const struct session *s, vb_str text, vb_time *time, struct buf *why);
/* The same, and a jump there. */
bool place_go(struct session *s, vb_str text, struct buf *why);
/* The time as the page writes its markers: "16’ 20"; "16:20" when it has none. */
void place_as_page(const struct session *s, vb_time time, struct buf *out);
