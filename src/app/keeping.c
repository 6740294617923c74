/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping what is not saved. */
#include "app/keeping.h"

#include "app/editing.h"
#include "base/i18n.h"

enum { DRAFT_AFTER_US = 900 * 1000, DRAFT_AGAIN_US = 100 * 1000 };

void keeping_soon(struct session *s)
{
    if (s->draft_due == VB_NO_TIME)
        s->draft_due = s->clock + DRAFT_AFTER_US;
}

void keeping_settle(struct session *s)
{
    struct vb_error error = {0};
    bool writing = s->draft, kept = draft_finish(s->draft, &error);
    s->draft = NULL;
    if (writing && kept)
        drafts_written(&s->drafts);
    if (kept || s->said_draft)
        return;
    s->said_draft = true;
    session_say(s, MESSAGE_WARNING, _("unsaved corrections can't be kept safe: %s"),
                error.text);
}

/* One at a time: a disk that is slower than the hand gets the newest when it is ready. */
void keeping_begin(struct session *s)
{
    const struct caret *c = &s->caret;
    struct vb_change typed = {c->span, buf_str(&c->text)};
    s->draft_due = VB_NO_TIME;
    if (!s->keeps_drafts)
        return;
    keeping_settle(s);
    s->draft = draft_keep(&s->drafts.own, s->document, c->changed ? &typed : NULL);
}

void keeping_update(struct session *s)
{
    bool busy = s->draft && !draft_is_kept(s->draft);
    if (s->draft && !busy)
        keeping_settle(s);
    if (s->draft_due == VB_NO_TIME || s->clock < s->draft_due)
        return;
    if (busy)
        s->draft_due = s->clock + DRAFT_AGAIN_US;
    else
        keeping_begin(s);
}

void keeping_forget(struct session *s)
{
    s->draft_due = VB_NO_TIME;
    keeping_settle(s);
    drafts_forget(&s->drafts);
}

/* Nothing is unsaved: what came back was seen, and taken away again. */
void keeping_close(struct session *s)
{
    if (s->document && s->draft_due != VB_NO_TIME)
        keeping_begin(s);
    keeping_settle(s);
    if (s->document && !session_changed(s))
        drafts_forget(&s->drafts);
    else
        drafts_release(&s->drafts);
}
