/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that are answered with a button. */
#include "app/dialogs.h"

#include "app/editing.h"
#include "app/leaving.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

static void tell_unsaved(const struct session *s, struct buf *out)
{
    buf_printf(out, _("“%s” has corrections that are not in the file yet."),
               file_name(vb_document_path(s->document)));
}

static void tell_conflict(const struct session *s, struct buf *out)
{
    buf_puts(out, s->conflict.data ? s->conflict.data : "");
    buf_puts(out, "\n\n");
    buf_puts(out, _("Whichever is taken, the other one can be had back with Ctrl+Z."));
}

static void take_ours(struct session *s)
{
    s->asked = ASK_NOTHING;
    session_read_again(s, VB_RELOAD_OURS);
}

static void take_theirs(struct session *s)
{
    s->asked = ASK_NOTHING;
    session_read_again(s, VB_RELOAD_THEIRS);
}

static void later(struct session *s)
{
    s->asked = ASK_NOTHING;
}

static const struct dialog dialogs[] = {
    [ASK_LEAVE] = {N_("Save the corrections?"),
                   tell_unsaved,  {{N_("Save"), leaving_save},
                    {N_("Don't save"), leaving_discard},
                    {N_("Cancel"), leaving_cancel}}},
    [ASK_CONFLICT] = {N_("Another program changed the file"),
                   tell_conflict, {{N_("Keep my text"), take_ours},
                       {N_("Take the file's"), take_theirs},
                       {N_("Later"), later}}      },
};

const struct dialog *dialog_of(enum ask what)
{
    return (size_t)what < COUNT(dialogs) && dialogs[what].title ? &dialogs[what] : NULL;
}
