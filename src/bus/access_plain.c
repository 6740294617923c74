/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text that is told: the whole page with its caret, one block of it, a sheet, or what is
 * typed into a field.
 *
 * The whole is its blocks with a line end between; where each begins is counted once for each
 * text, the characters of a block are made when they are asked for. */
#include <string.h>

#include "base/str.h"
#include "bus/access_parts.h"

/* ---- what is written on a sheet ---- */

void access_take_sheet(struct access *a)
{
    struct buf text = {0};
    a->has_sheet = a->screen->modal_from > 0;
    if (a->has_sheet)
        access_put_sheet(a, &text);
    plain_text_of_line(&a->sheet, buf_str(&text));
    buf_free(&text);
}

/* ---- the whole ---- */

static void count_blocks(struct access *a)
{
    uint32_t at = 0, count = vb_block_count(a->transcript);
    a->starts.count = 0;
    for (uint32_t block = 0; block < count; block++) {
        vec_push(&a->starts, at);
        at += access_plain(a, block)->length + 1;
    }
    vec_push(&a->starts, at ? at - 1 : 0);
}

/* Another text is another thing: nobody's cache may mix the two. */
void access_take_text(struct access *a)
{
    const struct vb_transcript *now = a->screen->layout ? a->screen->laid_transcript : NULL;
    if (now == a->transcript)
        return;
    vb_transcript_unref(a->transcript);
    a->transcript = now ? vb_transcript_ref(now) : NULL;
    a->text_id++;
    a->starts.count = 0;
    a->plain_block = VB_NONE;
}

const struct plain_text *access_plain(struct access *a, uint32_t block)
{
    const struct layout_style *style = &a->screen->layout->style;
    bool same = block == a->plain_block && !memcmp(style, &a->plain_style, sizeof *style);
    if (!same)
        plain_text_of_block(&a->plain, a->screen, block);
    a->plain_block = block;
    a->plain_style = *style;
    return &a->plain;
}

bool access_has_text(struct access *a)
{
    if (a->transcript && !a->starts.count)
        count_blocks(a);
    return a->transcript && a->starts.count > 1;
}

uint32_t access_length(struct access *a)
{
    return access_has_text(a) ? a->starts.items[a->starts.count - 1] : 0;
}

static uint32_t block_at(struct access *a, uint32_t offset)
{
    size_t low = 0, high = a->starts.count - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (a->starts.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

uint32_t access_offset(struct access *a, uint32_t word)
{
    uint32_t block = layout_block_of_word(a->screen->layout, word);
    if (block == VB_NONE)
        return 0;
    return a->starts.items[block] + plain_text_offset(access_plain(a, block), word);
}

/* At the word being heard, else at the one that is read. */
uint32_t access_caret(struct access *a)
{
    const struct session *s = a->screen->session;
    uint32_t word = s->word != VB_NONE ? s->word : s->reading.top_word;
    bool is_there = access_has_text(a) && word < vb_word_count(a->transcript);
    return is_there ? access_offset(a, word) : 0;
}

/* ---- one thing's text: a stretch of the whole, or a field's line ---- */

struct part { /* of a text: the plain text that holds an offset, and where it begins */
    const struct plain_text *plain;
    uint32_t from;
    bool is_last; /* no line end follows */
};

static const struct plain_text *line_of(const struct thing *thing)
{
    struct access *a = thing->access;
    const struct control *c = &a->controls.items[thing->index];
    plain_text_of_line(&a->line, field_text(c->field));
    return &a->line;
}

static const struct plain_text *empty(struct access *a)
{
    plain_text_of_line(&a->line, VB_STR(""));
    return &a->line;
}

static struct part part_at(const struct thing *thing, uint32_t offset)
{
    struct access *a = thing->access;
    if (thing->kind == THING_CONTROL)
        return (struct part){line_of(thing), 0, true};
    if (thing->kind == THING_SHEET)
        return (struct part){&a->sheet, 0, true};
    if (thing->kind == THING_BLOCK)
        return (struct part){access_plain(a, thing->index), 0, true};
    if (!access_has_text(a))
        return (struct part){empty(a), 0, true};
    uint32_t block = block_at(a, offset);
    bool is_last = block + 2 >= a->starts.count;
    return (struct part){access_plain(a, block), a->starts.items[block], is_last};
}

void access_put_text(const struct thing *thing, uint32_t from, uint32_t until, struct buf *out)
{
    uint32_t length = (uint32_t)thing->characters;
    until = until > length ? length : until;
    while (from < until) {
        struct part part = part_at(thing, from);
        uint32_t end = part.from + part.plain->length;
        struct plain_range range = {from - part.from, (until < end ? until : end) - part.from};
        if (from < end)
            buf_add(out, plain_text_cut(part.plain, range));
        if (!part.is_last && until > end)
            buf_putc(out, '\n');
        from = end + !part.is_last;
        if (part.is_last)
            break;
    }
    buf_puts(out, "");
}

struct plain_range access_range(const struct thing *thing, enum plain_part how, uint32_t at)
{
    uint32_t length = (uint32_t)thing->characters;
    if (at >= length)
        return (struct plain_range){length, length};
    struct part part = part_at(thing, at);
    if (at == part.from + part.plain->length && how == PLAIN_CHARACTER)
        return (struct plain_range){at, at + 1}; /* the line end */
    struct plain_range range = plain_text_part(part.plain, how, at - part.from);
    bool to_end = range.until == part.plain->length && how != PLAIN_CHARACTER && !part.is_last;
    return (struct plain_range){part.from + range.from, part.from + range.until + to_end};
}

uint32_t access_word(const struct thing *thing, int at)
{
    if (at < 0 || at > thing->characters || thing->kind == THING_CONTROL)
        return VB_NONE;
    struct part part = part_at(thing, (uint32_t)at);
    return plain_text_word(part.plain, (uint32_t)at - part.from);
}
