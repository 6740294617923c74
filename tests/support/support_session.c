/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session for tests. */
#include "support/support_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/actions.h"
#include "base/str.h"

void act(struct session *s, const char *action)
{
    const struct action *found = action_named(str_of(action));
    if (!found)
        fail_msg("there is no action “%s”", action);
    found->run(s, found->amount);
}

const char *last_said(const struct session *s)
{
    const struct message *message = s->said ? session_message(s, s->said - 1) : NULL;
    return message ? message->text : "";
}

bool was_said(const struct session *s, const char *part)
{
    for (uint64_t i = 0; i < s->said; i++)
        if (session_message(s, i) && strstr(session_message(s, i)->text, part))
            return true;
    return false;
}
