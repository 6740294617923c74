/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words joined again to text. */
#include "transcript/text.h"

#include "base/spaceless.h"
#include "base/str.h"

static void add_gap(uint16_t marks, struct buf *out)
{
    if (marks & VB_GLUED)
        return;
    if (marks & VB_NEW_LINE)
        buf_putc(out, '\n');
    else
        buf_char(out, marks & VB_TIED ? 0xA0 : ' ');
}

void text_of_words(const struct vb_transcript *t, uint32_t first, uint32_t count,
                   struct buf *out)
{
    for (uint32_t word = first; word < first + count; word++) {
        if (word > first)
            add_gap(vb_word_marks(t, word), out);
        buf_add(out, vb_word_text(t, word));
    }
}

bool text_is_tied(const struct vb_transcript *t, uint32_t word)
{
    uint16_t marks = vb_word_marks(t, word);
    if (!(marks & VB_GLUED))
        return marks & VB_TIED;
    vb_str before = vb_word_text(t, word - 1), text = vb_word_text(t, word);
    size_t at = 0;
    bool spaceless =
        is_spaceless(str_before(before, before.len)) || is_spaceless(str_next(text, &at));
    return !spaceless || !line_breaks_between(before, text);
}
