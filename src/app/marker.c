/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time written into the page. */
#include "app/marker.h"

#include "app/editing.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/timecode.h"

static size_t line_start(vb_str text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n')
        at--;
    return at;
}

/* Before a paragraph: before its label, too. Inside one: in place of the space. */
static struct vb_span place_for(const struct session *s, uint32_t word, bool *inside)
{
    vb_str text = vb_document_text(s->document);
    size_t at = vb_word(s->transcript, word).span.at, from = at;
    const struct vb_paragraph *p =
        vb_paragraph(s->transcript, vb_paragraph_of_word(s->transcript, word));
    *inside = p->first_word != word;
    if (!*inside)
        return (struct vb_span){(uint32_t)line_start(text, at), 0};
    while (from > 0 && text.data[from - 1] == ' ')
        from--;
    return (struct vb_span){(uint32_t)from, (uint32_t)(at - from)};
}

/* The reader has the last word on whether it is one. */
static bool is_there(const struct session *s, uint32_t least, vb_time at)
{
    for (uint32_t i = 0; i < vb_marker_count(s->transcript); i++) {
        vb_time off = vb_marker(s->transcript, i)->time - at;
        if (off <= VB_SECOND && off >= -VB_SECOND)
            return vb_marker_count(s->transcript) > least;
    }
    return false;
}

/* The lines to be written before the word, and where. */
static bool compose(const struct session *s, uint32_t word, vb_time at, struct vb_span *span,
                    struct buf *text, struct vb_error *error)
{
    const struct vb_format *format = vb_document_format(s->document);
    bool inside;
    if (!format->marker)
        return err_set(error, VB_UNSUPPORTED,
                       _("a file of this format holds no time markers (%s)"), format->name);
    if (!vb_word(s->transcript, word).span.len)
        return err_set(error, VB_UNSUPPORTED, "%s", _("this word stands nowhere in the file"));
    *span = place_for(s, word, &inside);
    buf_puts(text, inside ? "\n\n" : "");
    format->marker(s->transcript, vb_document_text(s->document), at, text);
    buf_puts(text, "\n\n");
    return true;
}

/* `changes` are made; what would not be read as a marker is not written. */
static bool make(struct session *s, const struct vb_change *changes, size_t count,
                 uint32_t least, vb_time at, struct vb_error *error)
{
    if (!session_edit(s, changes, count, error))
        return false;
    if (is_there(s, least, at))
        return true;
    session_undo_edit(s);
    return err_set(error, VB_UNSUPPORTED, "%s",
                   _("a marker here would not be read as one; nothing was written"));
}

bool marker_write(struct session *s, uint32_t word, vb_time at, struct vb_error *error)
{
    struct buf text = {0};
    struct vb_span span;
    bool written = compose(s, word, at, &span, &text, error) &&
                   make(s, &(struct vb_change){span, buf_str(&text)}, 1,
                        vb_marker_count(s->transcript), at, error);
    buf_free(&text);
    return written;
}

/* ---- by hand ---- */

static uint32_t word_here(struct session *s)
{
    if (!s->player || !s->transcript)
        session_say(s, MESSAGE_INFO, "%s",
                    _("a recording and its transcript are needed to mark a time"));
    else if (caret_commit(s))
        return s->caret.on ? caret_word(s) : selection_reader(s);
    return VB_NONE;
}

static void say_written(struct session *s, vb_time at)
{
    struct buf time = {0};
    time_put(&time, at);
    session_say(s, MESSAGE_INFO, _("the marker %s was written into the page"), time.data);
    buf_free(&time);
}

/* It may have been far away: which one it was is said, too. */
static void say_moved(struct session *s, vb_time from, vb_time to)
{
    struct buf before = {0}, now = {0};
    time_put(&before, from);
    time_put(&now, to);
    session_say(s, MESSAGE_INFO, _("the marker %s stands at %s now; Ctrl+Z takes that back"),
                before.data, now.data);
    buf_free(&before);
    buf_free(&now);
}

void marker_here(struct session *s)
{
    struct vb_error error = {0};
    uint32_t word = word_here(s);
    vb_time at = s->now.position;
    if (word == VB_NONE)
        return;
    if (marker_write(s, word, at, &error))
        say_written(s, at);
    else
        session_say(s, MESSAGE_WARNING, "%s", error.text);
}

/* Its line, with the line ends behind it. */
static struct vb_span line_of(const struct session *s, const struct vb_marker *marker)
{
    vb_str text = vb_document_text(s->document);
    size_t from = line_start(text, marker->span.at), until = marker->span.at + marker->span.len;
    while (until < text.len && text.data[until] != '\n')
        until++;
    while (until < text.len && (text.data[until] == '\n' || text.data[until] == '\r'))
        until++;
    return (struct vb_span){(uint32_t)from, (uint32_t)(until - from)};
}

/* The one before the word; where there is none, the next. A heading's time is its own. */
static const struct vb_marker *marker_meant(const struct session *s, uint32_t word)
{
    const struct vb_marker *found = NULL;
    for (uint32_t i = 0; i < vb_marker_count(s->transcript); i++) {
        const struct vb_marker *marker = vb_marker(s->transcript, i);
        vb_str line = str_cut(vb_document_text(s->document), line_of(s, marker).at,
                              marker->span.at + marker->span.len);
        bool alone = str_trim(line).len <= marker->span.len + 4u;
        if (!alone || !marker->span.len)
            continue;
        if (found && marker->first_word > word + 1)
            break;
        found = marker;
    }
    return found;
}

void marker_move_here(struct session *s)
{
    struct vb_error error = {0};
    struct buf text = {0};
    struct vb_change changes[2];
    uint32_t word = word_here(s);
    vb_time at = s->now.position;
    if (word == VB_NONE)
        return;
    const struct vb_marker *marker = marker_meant(s, word);
    if (!marker) {
        session_say(s, MESSAGE_INFO, "%s",
                    _("the page has no time marker that could be moved"));
        return;
    }
    vb_time before = marker->time;
    changes[0] = (struct vb_change){line_of(s, marker), VB_STR("")};
    bool done = compose(s, word, at, &changes[1].span, &text, &error);
    changes[1].text = buf_str(&text);
    done = done && make(s, changes, 2, vb_marker_count(s->transcript) - 1, at, &error);
    if (done)
        say_moved(s, before, at);
    else
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    buf_free(&text);
}
