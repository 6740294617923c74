/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections that are not in the file, and a user who wants to go: asked in the window before
 * it is closed and before another page takes this one's place. */
#pragma once

#include "app/session.h"

/* True: the answer is waited for; when it has come the program ends, or what has arrived is
 * taken. False: nothing is asked, go on. */
bool leaving_asks(struct session *s, bool quits);
/* The answer is waited for; who answers another question since stays. */
bool leaving_waits(const struct session *s);
/* … by a page that has arrived. */
bool leaving_holds_up(const struct session *s);
/* Another question took its place: the page that waited is not wanted any more. */
bool leaving_lapsed(const struct session *s);
/* Answers. Saving that fails is said, and asks for another name. */
void leaving_save(struct session *s);
void leaving_discard(struct session *s);
void leaving_cancel(struct session *s);
/* The page was saved by another way: what waits for it goes on. */
void leaving_go_on(struct session *s);
