/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passages of a page. */
#include "app/passages.h"

#include "app/session.h"
#include "base/str.h"

/* ---- of a block ---- */

static bool has_letters(vb_str text)
{
    for (size_t at = 0; at < text.len;)
        if (is_letter_or_digit(str_next(text, &at)))
            return true;
    return false;
}

static vb_str source(const struct session *s, size_t from, size_t until)
{
    return str_cut(vb_document_text(s->document), from, until);
}

/* What the reader took for markup before the first word belongs to the passage, a label does
 * not. */
static bool of_paragraph(const struct session *s, const struct vb_paragraph *p,
                         struct vb_span *span)
{
    if (!p->word_count)
        return false;
    struct vb_span first = vb_word(s->transcript, p->first_word).span;
    struct vb_span last = vb_word(s->transcript, p->first_word + p->word_count - 1).span;
    uint32_t from = first.at, until = last.at + last.len, end = p->span.at + p->span.len;
    if (!first.len || until < from)
        return false;
    if (p->start == VB_NO_TIME && p->span.len) {
        if (p->span.at < from && !has_letters(source(s, p->span.at, from)))
            from = p->span.at;
        if (end > until && str_find_char(source(s, until, end), '\n') == STR_NOT_FOUND)
            until = end;
    }
    *span = (struct vb_span){from, until - from};
    return true;
}

bool passage_of_block(const struct session *s, uint32_t block, struct vb_span *span)
{
    struct vb_block b = vb_block(s->transcript, block);
    switch (b.kind) {
    case VB_BLOCK_SECTION:
        *span = vb_section(s->transcript, b.index)->span;
        break;
    case VB_BLOCK_MARKER:
        *span = vb_marker(s->transcript, b.index)->span;
        break;
    case VB_BLOCK_PARAGRAPH:
        return of_paragraph(s, vb_paragraph(s->transcript, b.index), span);
    }
    return span->len > 0;
}

/* ---- by place ---- */

static uint32_t start_of(const struct session *s, uint32_t block)
{
    struct vb_block b = vb_block(s->transcript, block);
    if (b.kind == VB_BLOCK_SECTION)
        return vb_section(s->transcript, b.index)->span.at;
    if (b.kind == VB_BLOCK_MARKER)
        return vb_marker(s->transcript, b.index)->span.at;
    const struct vb_paragraph *p = vb_paragraph(s->transcript, b.index);
    return p->word_count ? vb_word(s->transcript, p->first_word).span.at : p->span.at;
}

/* The last block that begins at the place or before; the count: none does. Blocks stand in the
 * order of the file. */
static uint32_t block_before(const struct session *s, uint32_t place)
{
    uint32_t low = 0, high = vb_block_count(s->transcript);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (start_of(s, middle) <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : vb_block_count(s->transcript);
}

static bool is_blank_line(const struct session *s, uint32_t place)
{
    vb_str text = vb_document_text(s->document);
    size_t from = place, until = place;
    while (from > 0 && text.data[from - 1] != '\n')
        from--;
    while (until < text.len && text.data[until] != '\n')
        until++;
    return place <= text.len && !str_trim(str_cut(text, from, until)).len;
}

static uint32_t distance(struct vb_span span, uint32_t place)
{
    uint32_t end = span.at + span.len;
    return place < span.at ? span.at - place : place > end ? place - end : 0;
}

bool passage_at(const struct session *s, uint32_t place, struct vb_span *span)
{
    uint32_t count = vb_block_count(s->transcript), here = block_before(s, place);
    uint32_t first = here == count || here == 0 ? 0 : here - 1, nearest = VB_NONE;
    struct vb_span one;
    for (uint32_t i = first; i < count; i++) {
        if (!passage_of_block(s, i, &one))
            continue;
        uint32_t away = distance(one, place);
        if (away < nearest)
            *span = one;
        nearest = away < nearest ? away : nearest;
        if (one.at > place) /* those behind are farther */
            break;
    }
    for (uint32_t i = first; nearest == VB_NONE && i-- > 0;)
        if (passage_of_block(s, i, span))
            nearest = distance(*span, place);
    if (nearest && nearest != VB_NONE && is_blank_line(s, place))
        *span = (struct vb_span){place, 0};
    return nearest != VB_NONE;
}

bool passage_beside(const struct session *s, struct vb_span from, int by, struct vb_span *span)
{
    uint32_t count = vb_block_count(s->transcript), block = block_before(s, from.at);
    if (block == count)
        block = by > 0 ? VB_NONE : count; /* before the first one */
    else if (by < 0 && start_of(s, block) < from.at && !from.len)
        block++; /* an empty one stands behind that block */
    for (block += (uint32_t)by; block < count; block += (uint32_t)by)
        if (passage_of_block(s, block, span) &&
            (by > 0 ? span->at > from.at : span->at < from.at))
            return true;
    return false;
}

void passage_blocks(const struct session *s, struct vb_span span, uint32_t *first,
                    uint32_t *until)
{
    uint32_t count = vb_block_count(s->transcript);
    uint32_t end = span.at + span.len;
    *until = block_before(s, end) + 1;
    *until = *until > count ? 0 : *until;
    *first = span.at ? block_before(s, span.at - 1) + 1 : 0;
    *first = *first > count ? 0 : *first;
    *first = *first > *until ? *until : *first;
}

/* ---- about the page ---- */

bool passages_are_cues(const struct session *s)
{
    for (uint32_t i = 0; i < vb_paragraph_count(s->transcript); i++)
        if (vb_paragraph(s->transcript, i)->word_count)
            return vb_paragraph(s->transcript, i)->end != VB_NO_TIME;
    return false;
}

/* Between paragraphs `i` and the next of the same turn; false: more than line ends stands
 * there.
 */
static bool divider_after(const struct session *s, uint32_t i, struct buf *into)
{
    const struct vb_paragraph *p = vb_paragraph(s->transcript, i), *next;
    struct vb_span a, b;
    if (i + 1 >= vb_paragraph_count(s->transcript))
        return false;
    next = vb_paragraph(s->transcript, i + 1);
    if (p->turn != next->turn || !of_paragraph(s, p, &a) || !of_paragraph(s, next, &b) ||
        b.at < a.at + a.len)
        return false;
    vb_str between = source(s, a.at + a.len, b.at);
    if (str_trim(between).len || str_find_char(between, '\n') == STR_NOT_FOUND)
        return false;
    buf_clear(into);
    for (size_t k = 0; k < between.len; k++)
        if (between.data[k] == '\n')
            buf_putc(into, '\n');
    return true;
}

void passage_divider(const struct session *s, uint32_t place, struct buf *into)
{
    uint32_t word = passage_word(s, place);
    uint32_t here = word == VB_NONE ? 0 : vb_paragraph_of_word(s->transcript, word);
    uint32_t count = vb_paragraph_count(s->transcript);
    for (uint32_t away = 0; away < count; away++)
        if ((here >= away && divider_after(s, here - away, into)) ||
            (here + away < count && divider_after(s, here + away, into)))
            return;
    buf_clear(into);
    buf_puts(into, "\n\n");
}

uint32_t passage_word(const struct session *s, uint32_t place)
{
    uint32_t low = 0, high = vb_word_count(s->transcript);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (vb_word(s->transcript, middle).span.at <= place)
            low = middle + 1;
        else
            high = middle;
    }
    if (low)
        return low - 1;
    return vb_word_count(s->transcript) ? 0 : VB_NONE;
}
