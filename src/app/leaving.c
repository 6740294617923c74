/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections that are not in the file, and a user who wants to go. */
#include "app/leaving.h"

#include "app/editing.h"
#include "app/keeping.h"
#include "base/str.h"

static bool takes_the_page_away(const char *first, const char *second)
{
    return !first || !vb_is_sound(first) || (second && !vb_is_sound(second));
}

/* Who answers another question stays: leaving waits for its own. */
static void ask(struct session *s, enum ask what)
{
    session_ask(s, what);
    s->leaving.waits = s->asks;
}

bool leaving_asks(struct session *s, const char *first, const char *second)
{
    struct leaving *l = &s->leaving;
    if (!s->has_dialogs || l->granted || !session_changed(s) ||
        !takes_the_page_away(first, second))
        return false;
    buf_clear(&l->first);
    buf_clear(&l->second);
    buf_puts(&l->first, first ? first : "");
    buf_puts(&l->second, second ? second : "");
    ask(s, ASK_LEAVE);
    return true;
}

void leaving_go_on(struct session *s)
{
    struct leaving *l = &s->leaving;
    struct vb_error error = {0};
    if (!l->waits || l->waits != s->asks)
        return;
    l->waits = 0;
    s->asked = ASK_NOTHING;
    if (!l->first.len) {
        s->quit = true;
        return;
    }
    l->granted = true;
    if (!session_open_pair(s, l->first.data, l->second.len ? l->second.data : NULL, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    l->granted = false;
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
    s->leaving.waits = 0;
    s->asked = ASK_NOTHING;
}

void leaving_free(struct session *s)
{
    buf_free(&s->leaving.first);
    buf_free(&s->leaving.second);
}
