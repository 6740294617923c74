/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correcting the open page: the document's own steps, and what the session makes of them.
 *
 * Sound and times stay: words that are still there keep theirs.  What is unsaved is kept as a
 * draft within a second (app/draft.h).  When another program writes the file it is read again,
 * and both changes are brought together where they do not touch. */
#pragma once

#include "app/session.h"

/* The open page can be corrected; else says why not. */
bool session_correctable(struct session *s);
/* The caret at the word that is meant: the one with the menu, the first that is selected, that
 * of the doubt at hand, or the one that is heard or read. */
void session_edit_here(struct session *s);
/* False: nothing changed, `error` says why. */
bool session_edit(struct session *s, const struct vb_change *changes, size_t count,
                  struct vb_error *error);
bool session_replace(struct session *s, struct vb_span span, vb_str text,
                     struct vb_error *error);
/* The span becomes these texts, one after the other: a step of undo each. */
bool session_retype(struct session *s, struct vb_span span, const vb_str *texts, size_t count,
                    struct vb_error *error);
/* A label is a speaker's, or text: the page is read anew, nothing is written into it; what was
 * said is remembered with the text. */
void session_judge_label(struct session *s, vb_str label, bool is_speaker);
/* The same, when it is what is remembered. `label` must not stand in the text itself. */
bool session_judged(struct session *s, vb_str label, bool is_speaker, struct vb_error *error);
/* Goes to what changed. */
void session_undo_edit(struct session *s);
void session_redo_edit(struct session *s);

/* Is there anything that is not in the file? */
bool session_changed(const struct session *s);

/* Says what came of it. */
bool session_save(struct session *s);
bool session_save_as(struct session *s, const char *path);
/* Corrections that a program left behind, and that don't fit: the newest, as a step of undo. */
void session_bring_draft(struct session *s);
/* When the file on the disk is another one: takes it, or both; else says where they meet. */
void session_read_again(struct session *s, enum vb_reload how);

/* True: nothing would be lost. Else `error` says so, and it is true when asked again soon. */
bool session_may_leave(struct session *s, struct vb_error *error);
void session_quit(struct session *s); /* when it may leave; else asks */

/* The parts of the session's frame. */
void editing_opened(struct session *s); /* a transcript was opened: its draft, its watch */
void editing_update(struct session *s);
/* When editing_update() has to run, in µs of the clock; VB_NO_TIME: not by itself. */
vb_time editing_next(const struct session *s);
void editing_close(struct session *s); /* the document is about to be closed */
