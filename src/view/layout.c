/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrapping: greedy, ragged right, over the stored widths of the whole document. */
#include "view/layout.h"

#include <unigbrk.h>

#include "base/str.h"

/* ---- a word wider than the column is cut ---- */

/* After these a long word is best cut: "intervenant·e·s", "https://…/…". */
static bool is_good_cut(uint32_t c)
{
    static const uint32_t cuts[] = {0xB7, 0x2022, '-', 0x2010, '/', '.',
                                    '_',  '@',    ':', '=',    '&'};
    for (size_t i = 0; i < COUNT(cuts); i++)
        if (c == cuts[i])
            return true;
    return false;
}

/* The byte where the next line begins: behind what fits, but never behind less than one
 * character as a reader sees it. */
static size_t cut_word(const struct measure *m, enum face face, vb_str text, size_t from,
                       uint32_t limit)
{
    uint32_t width = 0, good_width = 0;
    size_t at = from, good = 0;
    const uint8_t *end = (const uint8_t *)text.data + text.len;
    while (at < text.len) {
        const uint8_t *here = (const uint8_t *)text.data + at;
        size_t next = at + (size_t)(u8_grapheme_next(here, end) - here);
        width += m->width(m->ctx, face, str_cut(text, at, next));
        if (width > limit && at > from)
            break;
        at = next;
        if (is_good_cut(str_before(text, at))) {
            good = at;
            good_width = width;
        }
    }
    return good && at < text.len && good_width > limit / 3 ? good : at;
}

/* ---- one paragraph ---- */

struct wrap {
    struct layout *layout;
    uint32_t limit; /* of a line, in 1/1024 em */
};

static void begin_line(struct wrap *w, uint32_t word, size_t at)
{
    vec_push(&w->layout->lines, (struct layout_line){word, (uint32_t)at});
}

static enum face face_of(const struct layout *l, uint32_t word)
{
    return l->joins[word] & JOIN_ITALIC ? FACE_TEXT_ITALIC : FACE_TEXT;
}

/* The word begins a line and is too wide for it; returns the width of its last part. */
static uint32_t cut_over_lines(struct wrap *w, uint32_t word)
{
    const struct measure *m = w->layout->measure;
    vb_str text = vb_word_text(w->layout->transcript, word);
    enum face face = face_of(w->layout, word);
    size_t at = cut_word(m, face, text, 0, w->limit);
    while (at < text.len) {
        begin_line(w, word, at);
        size_t next = cut_word(m, face, text, at, w->limit);
        if (next >= text.len)
            break;
        at = next;
    }
    return m->width(m->ctx, face, str_from(text, at < text.len ? at : 0));
}

static uint32_t width_between(const struct layout *l, uint32_t first, uint32_t until)
{
    uint32_t width = 0;
    for (uint32_t word = first; word < until; word++)
        width += l->widths[word] +
                 (word > first && !(l->joins[word] & JOIN_GLUED) ? l->spaces[FACE_TEXT] : 0);
    return width;
}

/* `word` does not fit any more: a line begins at the last place that allows it, else right
 * here. Returns the width of the new line so far, that word included. */
static uint32_t break_before(struct wrap *w, uint32_t word, uint32_t start, uint32_t *breakable)
{
    struct layout *l = w->layout;
    uint32_t at = *breakable > start ? *breakable : word;
    uint32_t width = width_between(l, at, word + 1);
    if (width > w->limit && at < word) { /* words tied together, wider than a line */
        width = l->widths[word];
        if (at > start)
            begin_line(w, at, 0);
        at = word;
    }
    if (at > start)
        begin_line(w, at, 0);
    *breakable = at;
    return width > w->limit ? cut_over_lines(w, word) : width;
}

static void wrap_words(struct wrap *w, uint32_t first, uint32_t until)
{
    const struct layout *l = w->layout;
    const uint16_t *widths = l->widths;
    const uint8_t *joins = l->joins;
    uint32_t space = l->spaces[FACE_TEXT], width = 0;
    uint32_t start = first, breakable = first; /* this line's first word; where it may break */
    begin_line(w, first, 0);
    for (uint32_t word = first; word < until; word++) {
        uint8_t join = joins[word] & (JOIN_GLUED | JOIN_TIED | JOIN_LINE);
        if (word > first && join & JOIN_LINE) {
            begin_line(w, word, 0);
            start = breakable = word;
            width = 0;
        }
        width += widths[word] + (word > start && !(join & JOIN_GLUED) ? space : 0);
        breakable = join & JOIN_TIED ? breakable : word;
        if (width > w->limit) {
            width = break_before(w, word, start, &breakable);
            start = breakable;
        }
    }
}

static void wrap_heading(struct layout *l, uint32_t section)
{
    uint32_t limit = (uint32_t)((int64_t)l->style.width * EM / l->style.head_size);
    uint32_t width = 0, first = l->head_first[section];
    for (uint32_t i = first; i < l->head_first[section + 1]; i++) {
        uint32_t wider = width + l->spaces[FACE_TEXT_BOLD] + l->head_words.items[i].width;
        bool breaks = i == first || wider > limit;
        if (breaks)
            vec_push(&l->lines, (struct layout_line){i, 0});
        width = breaks ? l->head_words.items[i].width : wider;
    }
}

/* ---- from top to bottom ---- */

static bool follows_heading(const struct layout *l, uint32_t block)
{
    return block > 0 && l->blocks[block - 1].kind == VB_BLOCK_SECTION;
}

static int gap_above(const struct layout *l, uint32_t block)
{
    const struct layout_style *s = &l->style;
    const struct layout_block *b = &l->blocks[block];
    if (block == 0)
        return b->begins_turn ? s->name_height : 0;
    if (b->kind == VB_BLOCK_SECTION)
        return follows_heading(l, block) ? s->head_gap / 3 : s->head_gap;
    if (b->kind == VB_BLOCK_MARKER)
        return s->paragraph_gap;
    int gap = b->begins_turn ? s->turn_gap : s->paragraph_gap;
    if (follows_heading(l, block))
        gap = s->head_gap * 2 / 5;
    return b->begins_turn ? gap + s->name_height : gap;
}

static void wrap_block(struct wrap *w, struct layout_block *b)
{
    struct layout *l = w->layout;
    if (b->kind == VB_BLOCK_SECTION)
        wrap_heading(l, b->index);
    if (b->kind != VB_BLOCK_PARAGRAPH)
        return;
    const struct vb_paragraph *p = vb_paragraph(l->transcript, b->index);
    if (p->word_count)
        wrap_words(w, p->first_word, p->first_word + p->word_count);
}

void layout_wrap(struct layout *l, struct layout_style style)
{
    l->style = style;
    l->lines.count = 0;
    int width = style.width > style.size ? style.width : style.size;
    struct wrap w = {l, (uint32_t)((int64_t)width * EM / style.size)};
    int y = style.top;
    for (uint32_t i = 0; i < l->block_count; i++) {
        struct layout_block *b = &l->blocks[i];
        b->first_line = (uint32_t)l->lines.count;
        wrap_block(&w, b);
        b->y = y + gap_above(l, i);
        int lines = (int)((uint32_t)l->lines.count - b->first_line);
        y = b->y + (b->kind == VB_BLOCK_MARKER    ? style.mark_height
                    : b->kind == VB_BLOCK_SECTION ? lines * style.head_line
                                                  : lines * style.line);
    }
    l->height = y + style.bottom;
}
