/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To the clipboard. */
#include "app/copy.h"

#include "app/place.h"
#include "app/session.h"
#include "base/i18n.h"

enum { OFFER_WORDS_MAX = 100000 }; /* a middle button is for a passage */

/* False: `text` is not on the clipboard now, and that was said. */
static bool put(struct session *s, const struct buf *text)
{
    const struct clipboard *board = &s->clipboard;
    if (text->len > CLIPBOARD_MAX) {
        session_say(s, MESSAGE_WARNING, "%s",
                    _("that is too much for the clipboard; export the transcript instead"));
        return false;
    }
    if (text->len && board->put && board->put(board->ctx, CLIPBOARD, text->data))
        return true;
    session_say(s, MESSAGE_WARNING, "%s", _("nothing was copied: there is no clipboard here"));
    return false;
}

static bool words_to_copy(struct session *s, struct selected *words)
{
    if (s->timeline && selection_or_turn(s, words))
        return true;
    session_say(s, MESSAGE_INFO, "%s", _("there is no text to copy"));
    return false;
}

void copy_selection(struct session *s)
{
    struct selected words;
    struct buf text = {0};
    if (!words_to_copy(s, &words))
        return;
    quote_text(s, words, &text);
    unsigned count = words.last - words.first + 1;
    if (put(s, &text))
        session_say(s, MESSAGE_INFO, P_("copied: %u word", "copied: %u words", count), count);
    buf_free(&text);
}

void copy_quote(struct session *s, enum quote_form form)
{
    struct selected words;
    struct buf text = {0};
    if (!words_to_copy(s, &words))
        return;
    quote_put(s, words, form, &text);
    if (put(s, &text))
        session_say(s, MESSAGE_INFO, _("copied as a quote: %s"), quote_form_title(form));
    buf_free(&text);
}

void copy_time(struct session *s)
{
    struct buf text = {0};
    if (!s->player) {
        session_say(s, MESSAGE_INFO, "%s", _("no recording is open"));
        return;
    }
    place_as_page(s, s->now.position, &text);
    if (put(s, &text))
        session_say(s, MESSAGE_INFO, _("copied: %s"), text.data);
    buf_free(&text);
}

void copy_offer_selection(struct session *s)
{
    struct selected words;
    struct buf text = {0};
    if (!s->clipboard.put || !selection_get(s, &words) ||
        words.last - words.first >= OFFER_WORDS_MAX)
        return;
    quote_text(s, words, &text);
    s->clipboard.put(s->clipboard.ctx, CLIPBOARD_PRIMARY, text.data);
    buf_free(&text);
}
