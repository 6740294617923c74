/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session for tests. */
#include "support/support_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/actions.h"
#include "app/editing.h"
#include "base/str.h"
#include "support/support_sound.h"

void begin_session(struct session *s)
{
    session_init(s, &vb_sink_null, NULL, NULL);
    s->clock = 1000 * VB_SECOND;
}

void pass(struct session *s, vb_time time)
{
    session_update(s, s->clock + time);
}

void act(struct session *s, const char *action)
{
    const struct action *found = action_named(str_of(action));
    if (!found)
        fail_msg("there is no action “%s”", action);
    action_run(s, found);
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

/* ---- a page, and the caret in it ---- */

void open_made(struct session *s, const char *name, const char *text)
{
    const char *path = temp_path(name);
    write_bytes(path, text, strlen(text));
    assert_true(session_open(s, path, NULL));
    pass(s, 1000);
}

uint32_t place_of(const struct session *s, const char *text)
{
    size_t at = str_find(vb_document_text(s->document), str_of(text));
    assert_true(at != STR_NOT_FOUND);
    return (uint32_t)at;
}

void caret_before(struct session *s, const char *text)
{
    assert_true(session_edit_begin(s, place_of(s, text)));
    assert_int_equal(caret_place(s), place_of(s, text));
}

void type(struct session *s, const char *text)
{
    vb_str rest = str_of(text);
    for (size_t at = 0; at < rest.len;) {
        size_t from = at;
        str_next(rest, &at);
        caret_type(s, str_cut(rest, from, at));
    }
}

void rest_a_while(struct session *s)
{
    pass(s, VB_SECOND / 2);
    pass(s, VB_SECOND);
}

void text_holds(const struct session *s, const char *text)
{
    vb_str is = vb_document_text(s->document);
    if (str_find(is, str_of(text)) == STR_NOT_FOUND)
        fail_msg("“%s” is not in the page:\n%.*s", text, (int)is.len, is.data);
}

void whole_page_is(const struct session *s, const char *text)
{
    vb_str is = vb_document_text(s->document);
    if (!str_is(is, str_of(text)))
        fail_msg("the page is:\n%.*s", (int)is.len, is.data);
}
