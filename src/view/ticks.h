/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in the whole the matches of a search lie: ticks on the scroll track, dots under the
 * time line.  Worked out when the search, the text's layout or the room changes, not each
 * frame. */
#pragma once

#include "view/screen.h"

/* Lists the matches among the track's own ticks. */
void ticks_keep_track(struct screen *on, struct rect track);
/* The match that was gone to, over all others. */
void ticks_draw_here(struct screen *on, struct rect track);
void ticks_free(struct screen *on);
