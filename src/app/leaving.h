/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections that are not in the file, and a user who wants to go: asked in the window before
 * it is closed and before another page takes this one's place. */
#pragma once

#include "app/session.h"

/* True: the answer is waited for, and `first` and `second` (NULL: alone; both NULL: to quit)
 * are opened when it has come. False: nothing is asked, go on. */
bool leaving_asks(struct session *s, const char *first, const char *second);
/* Answers. Saving that fails is said, and asks for another name. */
void leaving_save(struct session *s);
void leaving_discard(struct session *s);
void leaving_cancel(struct session *s);
/* The page was saved by another way: what waits for it goes on. */
void leaving_go_on(struct session *s);
void leaving_free(struct session *s);
