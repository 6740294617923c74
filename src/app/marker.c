/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time written into the page. */
#include "app/marker.h"

#include "app/editing.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"

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
static bool is_there(const struct session *s, uint32_t before, vb_time at)
{
    for (uint32_t i = 0; i < vb_marker_count(s->transcript); i++) {
        vb_time off = vb_marker(s->transcript, i)->time - at;
        if (off <= VB_SECOND && off >= -VB_SECOND)
            return vb_marker_count(s->transcript) > before;
    }
    return false;
}

bool marker_write(struct session *s, uint32_t word, vb_time at, struct vb_error *error)
{
    const struct vb_format *format = vb_document_format(s->document);
    if (!format->marker)
        return err_set(error, VB_UNSUPPORTED,
                       _("a file of this format holds no time markers (%s)"), format->name);
    if (!vb_word(s->transcript, word).span.len)
        return err_set(error, VB_UNSUPPORTED, "%s", _("this word stands nowhere in the file"));
    struct buf text = {0};
    bool inside;
    uint32_t markers = vb_marker_count(s->transcript);
    struct vb_span span = place_for(s, word, &inside);
    buf_puts(&text, inside ? "\n\n" : "");
    format->marker(s->transcript, vb_document_text(s->document), at, &text);
    buf_puts(&text, "\n\n");
    bool written = session_replace(s, span, buf_str(&text), error);
    buf_free(&text);
    if (!written || is_there(s, markers, at))
        return written;
    session_undo_edit(s);
    return err_set(error, VB_UNSUPPORTED, "%s",
                   _("a marker here would not be read as one; nothing was written"));
}
