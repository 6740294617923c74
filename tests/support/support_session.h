/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session for tests: what a user does, and what is said to her. */
#pragma once

#include "app/session.h"

void begin_session(struct session *s);           /* silent; its clock is away from 0 */
void pass(struct session *s, vb_time time);      /* a frame, so much later */
void act(struct session *s, const char *action); /* as the key of that action would */

/* The newest message; "": nothing was said. */
const char *last_said(const struct session *s);
/* Does one of the messages that are kept hold `part`? */
bool was_said(const struct session *s, const char *part);

/* ---- a page, and the caret in it ---- */

/* Makes the file and opens it. */
void open_made(struct session *s, const char *name, const char *text);
/* Where `text` stands in the page; it does. */
uint32_t place_of(const struct session *s, const char *text);
void caret_before(struct session *s, const char *text);
void type(struct session *s, const char *text); /* letter by letter */
void rest_a_while(struct session *s);           /* until the page has what was typed */
void text_holds(const struct session *s, const char *text);
void whole_page_is(const struct session *s, const char *text);
