/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections that are not in the file, and a user who wants to go. */
#include "app/leaving.h"

#include "app/editing.h"
#include "app/keeping.h"

static void ask(struct session *s, enum ask what)
{
    session_ask(s, what);
    s->leaving.waits = s->asks;
}

bool leaving_asks(struct session *s, bool quits)
{
    if (!s->has_dialogs || !session_changed(s))
        return false;
    s->leaving.quits = quits;
    ask(s, ASK_LEAVE);
    return true;
}

bool leaving_waits(const struct session *s)
{
    return s->leaving.waits && s->leaving.waits == s->asks;
}

bool leaving_holds_up(const struct session *s)
{
    return leaving_waits(s) && !s->leaving.quits;
}

bool leaving_lapsed(const struct session *s)
{
    return s->leaving.waits && !leaving_waits(s) && !s->leaving.quits;
}

void leaving_go_on(struct session *s)
{
    if (!leaving_waits(s))
        return;
    s->leaving.waits = 0;
    s->asked = ASK_NOTHING;
    s->quit = s->leaving.quits;
    if (s->quit)
        return;
    s->arrival.may_leave = true;
    session_arrive(s);
}

void leaving_save(struct session *s)
{
    if (session_save(s))
        leaving_go_on(s);
    else if (s->asked != ASK_CONFLICT) /* which of the two texts is to be saved comes first */
        ask(s, ASK_SAVE_AS);
}

/* As the file has it: what waits would only come back as a draft. */
void leaving_discard(struct session *s)
{
    caret_close(s);
    keeping_forget(s);
    leaving_go_on(s);
}

void leaving_cancel(struct session *s)
{
    if (leaving_holds_up(s))
        session_stop_opening(s);
    s->leaving.waits = 0;
    s->asked = ASK_NOTHING;
}
