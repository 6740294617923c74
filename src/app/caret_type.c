/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What typing does to the passage that is open. */
#include <string.h>

#include "app/caret_parts.h"
#include "app/editing.h"
#include "app/keeping.h"
#include "app/passages.h"
#include "app/session.h"
#include "app/turns.h"
#include "app/typography.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"

#define COMMIT_AFTER  VB_SECOND /* nobody types */
#define RESUME_AFTER  (VB_SECOND * 3 / 2)
#define RESUME_BEFORE (VB_SECOND / 2)

enum { COMMITS_AT_REST = 2 << 20 }; /* bytes: reading a longer page anew would be felt */

/* ---- one change ---- */

static void begin_group(struct session *s, enum caret_group group)
{
    struct caret *c = &s->caret;
    if (c->changed && c->group != group) {
        struct buf state = {0};
        buf_puts(&state, "");
        buf_add(&state, buf_str(&c->text));
        vec_push(&c->states, state);
    }
    c->group = group;
}

/* Listening and typing at once is hard: the sound may wait. */
static void hold_sound(struct session *s)
{
    if (!s->settings.typing_pauses || s->now.phase != VB_PLAYING)
        return;
    session_pause(s);
    s->caret.resumes = true;
}

static void note_change(struct session *s)
{
    struct caret *c = &s->caret;
    c->changed = true;
    c->refused = false;
    c->changed_at = s->clock;
    c->version++;
    c->moves++;
    keeping_soon(s);
    hold_sound(s);
}

/* Takes the place of [from, until) of the passage; the caret stands behind it. */
static void put(struct session *s, size_t from, size_t until, vb_str with,
                enum caret_group group)
{
    struct caret *c = &s->caret;
    struct buf text = {0};
    begin_group(s, group);
    buf_puts(&text, "");
    buf_add(&text, str_cut(buf_str(&c->text), 0, from));
    buf_add(&text, with);
    buf_add(&text, str_from(buf_str(&c->text), until));
    buf_free(&c->text);
    c->text = text;
    c->at = c->anchor = from + with.len;
    note_change(s);
}

/* Over several passages: the document's own change, at once. */
static bool replace_elsewhere(struct session *s, vb_str with)
{
    struct vb_span span;
    struct vb_error error = {0};
    if (!caret_selection(s, &span))
        return false;
    if (!session_replace(s, span, with, &error)) {
        session_say(s, MESSAGE_WARNING, "%s", error.text);
        return false;
    }
    caret_go(s, span.at + (uint32_t)with.len, false);
    return true;
}

/* False: it was refused, and is still selected. */
static bool replace_selected(struct session *s, vb_str with, enum caret_group group)
{
    struct caret *c = &s->caret;
    size_t from = c->at < c->anchor ? c->at : c->anchor;
    size_t until = c->at < c->anchor ? c->anchor : c->at;
    if (c->elsewhere)
        return replace_elsewhere(s, with);
    if (from != until)
        caret_break_group(s);
    put(s, from, until, with, group);
    return true;
}

/* ---- typing ---- */

static bool format_is(const struct session *s, const char *const *names)
{
    const char *format = vb_format_name(vb_document_format(s->document));
    for (size_t i = 0; names[i]; i++)
        if (!strcmp(format, names[i]))
            return true;
    return false;
}

/* The field of a table would end at such a sign. */
static bool would_end_field(const struct session *s, vb_str text)
{
    static const char signs[] = ",;\"\t";
    vb_str page = vb_document_text(s->document);
    uint32_t at = s->caret.span.at;
    if (at && page.data[at - 1] == '"')
        return false;
    for (size_t i = 0; i < sizeof signs - 1; i++)
        if (str_find_char(text, signs[i]) != STR_NOT_FOUND)
            return true;
    return false;
}

/* As it must stand in the file. What is open shows the source itself, so what is typed is
 * source, markup too; only the signs of a table mean something that nobody types on purpose. */
static bool quoted(struct session *s, vb_str text, struct buf *into)
{
    if (!vb_document_format(s->document)->is_table) {
        buf_add(into, text);
        return true;
    }
    if (would_end_field(s, text)) {
        session_say(s, MESSAGE_INFO, "%s",
                    _("this sign would end the field: it does not stand between quotes"));
        return false;
    }
    vb_document_format(s->document)->quote(text, into);
    return true;
}

void caret_type(struct session *s, vb_str text)
{
    struct caret *c = &s->caret;
    struct buf typed = {0};
    size_t takes = 0;
    buf_clear(&c->composed);
    if (!c->on || !text.len)
        return;
    bool marks = c->elsewhere || c->at != c->anchor;
    if (!marks)
        takes = typography_of(s, str_cut(caret_text(s), 0, c->at), text, &typed);
    if (!typed.len && !quoted(s, text, &typed))
        return;
    if (takes)
        c->anchor = c->at - takes;
    enum caret_group before = c->group;
    if (takes && before == GROUP_OF_TYPING) { /* no step of its own */
        put(s, c->anchor, c->at, buf_str(&typed), GROUP_OF_TYPING);
        buf_free(&typed);
        return;
    }
    replace_selected(s, buf_str(&typed), GROUP_OF_TYPING);
    buf_free(&typed);
}

/* What is no text is left out; line ends stay. */
static void clean(vb_str text, struct buf *out)
{
    vb_str line;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        str_line(text, &at, &line);
        for (size_t i = 0; i < line.len;) {
            uint32_t c = str_next(line, &i);
            if ((c >= ' ' && c != 0x7F && c != 0xFFFD) || c == '\t')
                buf_char(out, c);
        }
        if (at > from + line.len)
            buf_putc(out, '\n');
    }
}

void caret_paste(struct session *s, vb_str text)
{
    struct buf cleaned = {0}, put_in = {0};
    clean(text, &cleaned);
    if (!quoted(s, buf_str(&cleaned), &put_in))
        buf_clear(&put_in);
    caret_break_group(s);
    if (put_in.len)
        replace_selected(s, buf_str(&put_in), GROUP_OF_TYPING);
    caret_break_group(s);
    if (str_find_char(buf_str(&cleaned), '\n') != STR_NOT_FOUND && caret_commit(s))
        caret_follow(s, VB_NONE);
    buf_free(&cleaned);
    buf_free(&put_in);
}

void caret_compose(struct session *s, vb_str text, int characters)
{
    struct caret *c = &s->caret;
    buf_clear(&c->composed);
    clean(text, &c->composed);
    size_t at = 0;
    while (characters-- > 0 && at < c->composed.len)
        str_next(buf_str(&c->composed), &at);
    c->composed_caret = at;
    c->version++;
    c->moves++;
}

/* ---- erasing ---- */

void caret_erase(struct session *s, enum caret_step step)
{
    struct caret *c = &s->caret;
    bool back = step == STEP_GRAPHEME_BACK || step == STEP_WORD_BACK;
    if (!c->on)
        return;
    if (c->elsewhere || c->at != c->anchor) {
        replace_selected(s, VB_STR(""), GROUP_OF_ERASING);
        return;
    }
    size_t to = caret_step_from(s, step, c->at);
    if (to != c->at)
        put(s, back ? to : c->at, back ? c->at : to, VB_STR(""), GROUP_OF_ERASING);
    else
        turns_join_at_caret(s, back);
}

/* ---- a new paragraph ---- */

static bool is_plain_space(vb_str text, size_t at)
{
    return at < text.len && (text.data[at] == ' ' || text.data[at] == '\t');
}

/* The spaces around the caret give way to the line ends. */
static void break_here(struct session *s, vb_str divider)
{
    struct caret *c = &s->caret;
    vb_str text = caret_text(s);
    size_t from = c->at, until = c->at;
    while (from > 0 && is_plain_space(text, from - 1))
        from--;
    while (is_plain_space(text, until))
        until++;
    caret_break_group(s);
    put(s, from, until, divider, GROUP_OF_TYPING);
    caret_break_group(s);
}

void caret_enter(struct session *s)
{
    static const char *const in_lines[] = {"srt", "vtt", "sbv", NULL};
    struct caret *c = &s->caret;
    struct buf divider = {0};
    if (!c->on)
        return;
    bool marks = c->elsewhere || c->at != c->anchor;
    if (marks && !replace_selected(s, VB_STR(""), GROUP_OF_ERASING))
        return;
    if (passages_are_cues(s)) {
        if (format_is(s, in_lines))
            break_here(s, VB_STR("\n"));
        else
            session_say(s, MESSAGE_INFO, "%s", _("a row of this file holds a single line"));
        return;
    }
    passage_divider(s, c->span.at, &divider);
    break_here(s, buf_str(&divider));
    buf_free(&divider);
    if (caret_commit(s))
        caret_follow(s, VB_NONE);
}

/* ---- from frame to frame ---- */

static bool commits_at_rest(const struct session *s)
{
    return s->caret.changed && !s->caret.refused && !s->caret.composed.len &&
           vb_document_text(s->document).len < COMMITS_AT_REST;
}

static void resume(struct session *s)
{
    session_skip(s, -RESUME_BEFORE);
    session_play(s);
}

void caret_update(struct session *s)
{
    struct caret *c = &s->caret;
    if (c->on && commits_at_rest(s) && s->clock - c->changed_at >= COMMIT_AFTER)
        caret_commit(s);
    if (c->resumes && (!c->on || s->clock - c->changed_at >= RESUME_AFTER))
        resume(s);
}

vb_time caret_next(const struct session *s)
{
    const struct caret *c = &s->caret;
    vb_time due = VB_NO_TIME;
    if (c->on && commits_at_rest(s))
        due = c->changed_at + COMMIT_AFTER;
    if (c->resumes && (due == VB_NO_TIME || c->changed_at + RESUME_AFTER < due))
        due = c->changed_at + RESUME_AFTER;
    if (due == VB_NO_TIME)
        return VB_NO_TIME;
    return due > s->clock ? due - s->clock : 0;
}
