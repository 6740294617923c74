/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the session remembers from one sitting to the next: the place where the user left each
 * pair of files, what was really heard, which files were open.
 *
 * Everything is kept by content (library/store.h), and written on the side: no frame waits. */
#pragma once

#include "app/session.h"

/* Takes the store; session_free() closes it. Before anything is opened. */
void memory_begin(struct session *s, struct store *store);

/* What is open, for questions to the store. While a text is corrected its key changes: what was
 * said of its words is carried over here, before anything new is said. */
const struct store_pair *memory_pair(struct session *s);

/* What was said of a doubtful label of this text. */
void memory_put_label(struct session *s, vb_str label, bool is_speaker);

/* ---- parts of opening, and of the session's frame ---- */

/* Something was opened: `sound_is_new`: the sound, so that its place is to be restored. */
void memory_opened(struct session *s, bool sound_is_new);
/* Only the beginning of the text is there: what is remembered of it waits for the whole. */
void memory_opened_part(struct session *s, bool sound_is_new);
/* What is open is about to be closed: its place is put down. */
void memory_leave(struct session *s);
void memory_update(struct session *s);
void memory_end(struct session *s);
