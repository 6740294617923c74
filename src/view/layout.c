/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrapping: greedy, ragged right, over the stored widths of the whole document. */
#include "view/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "view/layout_breaks.h"

enum { WORDS_A_LINE = 4 }; /* or more, in most columns */

/* ---- one paragraph ---- */

struct wrap {
    struct layout *layout;
    uint32_t limit;      /* of a line, in 1/1024 em */
    uint32_t steps[256]; /* before a word in a line, by its joins: its gap, or too much */
};

enum { AT_ONCE = 16, TOO_MUCH = 1 << 24 }; /* wider than any line */

static struct wrap begin_wrap(struct layout *l)
{
    const struct layout_style *s = &l->style;
    int width = s->width > s->size ? s->width : s->size;
    uint32_t limit = (uint32_t)((int64_t)width * EM / s->size);
    struct wrap w = {.layout = l, .limit = limit < TOO_MUCH ? limit : TOO_MUCH - 1};
    for (int join = 0; join < 256; join++)
        w.steps[join] = join & JOIN_LINE ? TOO_MUCH : l->gaps[join];
    return w;
}

static void begin_line(struct wrap *w, uint32_t word, size_t at)
{
    vec_push(&w->layout->lines, (struct layout_line){word, (uint32_t)at});
}

static enum face face_of(const struct layout *l, uint32_t word)
{
    return l->joins[word] & JOIN_ITALIC ? FACE_TEXT_ITALIC : FACE_TEXT;
}

/* Where the next line begins in a word that does not fit into one. */
static size_t next_cut(const struct wrap *w, uint32_t word, vb_str text, size_t from)
{
    const struct measure *m = w->layout->measure;
    enum face face = face_of(w->layout, word);
    if (w->layout->joins[word] & JOIN_BREAKS) {
        size_t at = break_that_fits(m, face, text, from, w->limit);
        if (at > from)
            return at;
    }
    return cut_that_fits(m, face, text, from, w->limit);
}

static uint32_t width_from(const struct layout *l, uint32_t word, vb_str text, size_t at)
{
    return l->measure->width(l->measure->ctx, face_of(l, word), str_from(text, at));
}

/* A line begins inside the word, at `from`, and others as long as the rest does not fit;
 * returns the width of the last part. */
static uint32_t cut_over_lines(struct wrap *w, uint32_t word, size_t from)
{
    vb_str text = vb_word_text(w->layout->transcript, word);
    uint32_t left;
    while ((left = width_from(w->layout, word, text, from)) > w->limit) {
        size_t at = next_cut(w, word, text, from);
        if (at >= text.len)
            break;
        begin_line(w, word, at);
        from = at;
    }
    return left;
}

/* A word of a script without spaces fills the line that it does not fit into. Returns the width
 * of what stands in the new line, 0 when nothing fits here; `room`: what is left of this one.
 */
static uint32_t fill_line(struct wrap *w, uint32_t word, uint32_t room)
{
    const struct layout *l = w->layout;
    vb_str text = vb_word_text(l->transcript, word);
    size_t at = break_that_fits(l->measure, face_of(l, word), text, 0, room);
    if (!at)
        return 0;
    begin_line(w, word, at);
    return cut_over_lines(w, word, at);
}

static uint32_t width_between(const struct layout *l, uint32_t first, uint32_t until)
{
    uint32_t width = 0;
    for (uint32_t word = first; word < until; word++)
        width += l->widths[word] + (word > first ? l->gaps[l->joins[word]] : 0);
    return width;
}

/* The last word of the line from `start` that it may break before, up to `word`; else `start`.
 */
static uint32_t last_break(const struct layout *l, uint32_t start, uint32_t word)
{
    while (word > start && l->joins[word] & JOIN_TIED)
        word--;
    return word;
}

/* `word` does not fit any more: a line begins at the last place that allows it, else right
 * here. Returns the width of the new line so far, that word included; `start`: its first word.
 */
static uint32_t break_before(struct wrap *w, uint32_t word, uint32_t *start)
{
    struct layout *l = w->layout;
    uint32_t at = last_break(l, *start, word);
    at = at > *start ? at : word;
    uint32_t width = width_between(l, at, word + 1);
    if (width > w->limit && at < word) { /* words tied together, wider than a line */
        width = l->widths[word];
        if (at > *start)
            begin_line(w, at, 0);
        at = word;
    }
    if (at > *start)
        begin_line(w, at, 0);
    *start = at;
    return width > w->limit ? cut_over_lines(w, word, 0) : width;
}

/* How many of the words from `word` on fit behind what is `filled`, of at most AT_ONCE.  All of
 * them are weighed: where a line ends is what a processor can't foresee, and guessing wrong
 * would cost it more than the sum. */
static uint32_t count_fitting(const struct wrap *w, uint32_t word, uint32_t *filled)
{
    const uint16_t *widths = w->layout->widths + word;
    const uint8_t *joins = w->layout->joins + word;
    uint32_t ends[AT_ONCE + 1] = {*filled}, fits = 0;
    for (uint32_t i = 0; i < AT_ONCE; i++) {
        ends[i + 1] = ends[i] + w->steps[joins[i]] + widths[i];
        fits += ends[i + 1] <= w->limit;
    }
    *filled = ends[fits];
    return fits;
}

/* The first word from `word` on that does not simply stand behind the ones before it. */
static uint32_t fill_up(const struct wrap *w, uint32_t word, uint32_t until, uint32_t *width)
{
    const struct layout *l = w->layout;
    for (uint32_t fits = AT_ONCE; fits == AT_ONCE && until - word >= AT_ONCE; word += fits) {
        fits = count_fitting(w, word, width);
        if (fits < AT_ONCE)
            return word + fits;
    }
    for (; word < until; word++) {
        uint32_t wider = *width + w->steps[l->joins[word]] + l->widths[word];
        if (wider > w->limit)
            break;
        *width = wider;
    }
    return word;
}

/* Most words that don't fit any more begin a line, and nothing else. */
static bool just_begins(const struct wrap *w, uint32_t word)
{
    const struct layout *l = w->layout;
    return !(l->joins[word] & (JOIN_TIED | JOIN_BREAKS)) && l->widths[word] <= w->limit;
}

/* Returns the width of the line that the word then stands in; `start`: its first word. */
static uint32_t begin_or_break(struct wrap *w, uint32_t word, uint32_t before, uint32_t *start)
{
    const struct layout *l = w->layout;
    uint8_t join = l->joins[word];
    if (word > *start && join & JOIN_LINE) {
        begin_line(w, word, 0);
        *start = word;
        before = 0;
    }
    before += word > *start ? l->gaps[join] : 0;
    uint32_t width = before + l->widths[word], filled = 0;
    if (width <= w->limit)
        return width;
    bool may_break = word == *start || !(join & JOIN_TIED);
    if (join & JOIN_BREAKS && may_break && before < w->limit)
        filled = fill_line(w, word, w->limit - before);
    if (!filled)
        return break_before(w, word, start);
    *start = word;
    return filled;
}

static void wrap_words(struct wrap *w, uint32_t first, uint32_t until)
{
    uint32_t width = 0, start = first; /* of this line, its first word */
    begin_line(w, first, 0);
    for (uint32_t word = first; word < until;) {
        if (word > first && just_begins(w, word)) {
            begin_line(w, word, 0);
            start = word;
            width = w->layout->widths[word];
        } else {
            width = begin_or_break(w, word, width, &start);
        }
        word = fill_up(w, word + 1, until, &width);
    }
}

static void wrap_heading(struct layout *l, uint32_t section)
{
    uint32_t limit = (uint32_t)((int64_t)l->style.width * EM / l->style.head_size);
    uint32_t width = 0, first = l->head_first[section];
    for (uint32_t i = first; i < l->head_first[section + 1]; i++) {
        const struct head_word *h = &l->head_words.items[i];
        uint32_t wider = width + (h->glued ? 0 : l->spaces[FACE_TEXT_BOLD]) + h->width;
        bool breaks = i == first || wider > limit;
        if (breaks)
            vec_push(&l->lines, (struct layout_line){i, 0});
        width = breaks ? h->width : wider;
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

/* Headings are as much smaller as it takes for their longest word to fit into the column. */
static void fit_headings(const struct layout *l, struct layout_style *style)
{
    uint32_t widest = 1;
    for (size_t i = 0; i < l->head_words.count; i++)
        widest = l->head_words.items[i].width > widest ? l->head_words.items[i].width : widest;
    int fits = (int)((int64_t)style->width * EM / widest);
    if (fits >= style->head_size)
        return;
    fits = fits < 1 ? 1 : fits;
    style->head_line = style->head_line * fits / style->head_size + 1;
    style->head_size = fits;
}

/* Memory is the dearest when it is met for the first time: once for all narrower columns. */
static void make_room(struct layout *l)
{
    vec_reserve(&l->lines, vb_word_count(l->transcript) / WORDS_A_LINE + 1);
    memset(l->lines.items, 0, l->lines.room * sizeof *l->lines.items);
}

void layout_wrap(struct layout *l, struct layout_style style)
{
    fit_headings(l, &style);
    l->style = style;
    l->live = (struct layout_room){0};
    l->lines.count = 0;
    if (!l->lines.room)
        make_room(l);
    struct wrap w = begin_wrap(l);
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

/* ---- one block anew ---- */

/* The block's lines, wrapped behind all others, take the place of those from `first` to
 * `until`.
 */
static void put_lines(struct layout *l, uint32_t first, uint32_t until, uint32_t behind)
{
    uint32_t fresh = (uint32_t)l->lines.count - behind;
    struct layout_line *lines = l->lines.items;
    struct layout_line *held = mem_new(fresh * sizeof *held + 1);
    memcpy(held, lines + behind, fresh * sizeof *held);
    memmove(lines + first + fresh, lines + until, (behind - until) * sizeof *lines);
    memcpy(lines + first, held, fresh * sizeof *held);
    l->lines.count -= until - first;
    free(held);
}

static uint32_t end_of_lines(const struct layout *l, uint32_t block)
{
    return block + 1 < l->block_count ? l->blocks[block + 1].first_line
                                      : (uint32_t)l->lines.count;
}

static void count_words_on(struct layout *l, uint32_t block, uint32_t more)
{
    if (l->blocks[block].kind != VB_BLOCK_PARAGRAPH)
        return;
    for (uint32_t i = l->blocks[block].first_line; i < end_of_lines(l, block); i++)
        l->lines.items[i].word += more;
}

void layout_wrap_anew(struct layout *l, uint32_t block, uint32_t more)
{
    struct layout_block *b = &l->blocks[block];
    struct wrap w = begin_wrap(l);
    uint32_t until = end_of_lines(l, block), behind = (uint32_t)l->lines.count;
    wrap_block(&w, b);
    uint32_t lines = (uint32_t)l->lines.count - behind + b->first_line - until;
    put_lines(l, b->first_line, until, behind);
    int taller = (int)lines * l->style.line;
    for (uint32_t i = block + 1; i < l->block_count; i++) {
        l->blocks[i].first_line += lines;
        l->blocks[i].y += taller;
    }
    for (uint32_t i = block + 1; i < l->block_count && more; i++)
        count_words_on(l, i, more);
    l->height += taller;
}

/* ---- room for what is being typed ---- */

static void move_from(struct layout *l, uint32_t block, int by)
{
    for (; block < l->block_count && by; block++)
        l->blocks[block].y += by;
    l->height += by;
}

void layout_make_room(struct layout *l, uint32_t first, uint32_t until, int height)
{
    struct layout_room room = {.first = first, .until = until, .height = height};
    move_from(l, l->live.until, -l->live.shift);
    l->live = (struct layout_room){0};
    if (!height)
        return;
    if (first < until) {
        room.y = l->blocks[first].y;
        room.shift = height - (layout_block_bottom(l, until - 1) - room.y);
    } else {
        room.y =
            first ? layout_block_bottom(l, first - 1) + l->style.paragraph_gap : l->style.top;
        room.shift = height + l->style.paragraph_gap;
    }
    l->live = room;
    move_from(l, until, room.shift);
}
