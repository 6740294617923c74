/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session for tests: what a user does, and what is said to her. */
#pragma once

#include "app/session.h"

/* What the action of that name does, as its key would. */
void act(struct session *s, const char *action);
/* The newest message; "": nothing was said. */
const char *last_said(const struct session *s);
/* Does one of the messages that are kept hold `part`? */
bool was_said(const struct session *s, const char *part);
