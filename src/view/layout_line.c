/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of one line, each at its place.
 *
 * In a paragraph with right-to-left letters a line is made of pieces of one level each: words,
 * parts of words, spaces.  They are put in the order of UAX 9 and set side by side. */
#include "base/str.h"
#include "view/bidi.h"
#include "view/layout.h"

/* ---- what stands in a line ---- */

struct stretch { /* from a byte of a word to a byte of another */
    struct layout_line from, until;
};

static struct stretch stretch_of(const struct layout *l, uint32_t block, uint32_t line)
{
    const struct layout_block *b = &l->blocks[block];
    const struct vb_paragraph *p = vb_paragraph(l->transcript, b->index);
    struct stretch s = {
        l->lines.items[b->first_line + line], {p->first_word + p->word_count, 0}
    };
    if (line + 1 < layout_line_count(l, block))
        s.until = l->lines.items[b->first_line + line + 1];
    return s;
}

static enum face face_of(const struct layout *l, uint32_t word)
{
    return l->joins[word] & JOIN_ITALIC ? FACE_TEXT_ITALIC : FACE_TEXT;
}

static uint32_t width_of_part(const struct layout *l, uint32_t word, size_t from, size_t until)
{
    vb_str text = vb_word_text(l->transcript, word);
    if (from == 0 && until >= text.len)
        return l->widths[word];
    return l->measure->width(l->measure->ctx, face_of(l, word), str_cut(text, from, until));
}

/* ---- from left to right ---- */

/* The part of a word from `from` until `until`, put behind what stands in the line already. */
static void place_part(struct layout *l, uint32_t word, size_t from, size_t until, uint32_t *em)
{
    vb_str text = vb_word_text(l->transcript, word);
    if (l->placed.count)
        *em += l->gaps[l->joins[word]];
    int x = measure_px(*em, l->style.size);
    *em += width_of_part(l, word, from, until);
    vec_push(&l->placed, (struct layout_placed){
                             .word = word,
                             .text = str_cut(text, from, until),
                             .x = x,
                             .width = measure_px(*em, l->style.size) - x,
                             .face = face_of(l, word),
                             .direction = DIRECTION_LEFT_TO_RIGHT,
                             .sign = l->joins[word] & JOIN_SIGN && until >= text.len,
                         });
}

static void place_words(struct layout *l, struct stretch s)
{
    uint32_t em = 0;
    for (uint32_t word = s.from.word; word < s.until.word; word++)
        place_part(l, word, word == s.from.word ? s.from.at : 0, SIZE_MAX, &em);
    if (s.until.at)
        place_part(l, s.until.word, s.until.word == s.from.word ? s.from.at : 0, s.until.at,
                   &em);
}

/* ---- both ways ---- */

/* So many words of a paragraph are put in order together: a longer one is cut, which only an
 * embedding across the cut would show. */
enum { WORDS_TOGETHER = 4096 };

static void find_levels(struct layout *l, uint32_t block, uint32_t word)
{
    struct layout_levels *s = &l->levels;
    const struct vb_paragraph *p = vb_paragraph(l->transcript, l->blocks[block].index);
    if (s->block == block && word >= s->first && word < s->until)
        return;
    uint32_t end = p->first_word + p->word_count;
    s->block = block;
    s->first = p->first_word + (word - p->first_word) / WORDS_TOGETHER * WORDS_TOGETHER;
    s->until = s->first + WORDS_TOGETHER < end ? s->first + WORDS_TOGETHER : end;
    s->starts.count = 0;
    buf_clear(&s->text);
    for (uint32_t i = s->first; i < s->until; i++) {
        if (i > s->first && !(l->joins[i] & JOIN_GLUED))
            buf_putc(&s->text, ' ');
        vec_push(&s->starts, (uint32_t)s->text.len);
        buf_add(&s->text, vb_word_text(l->transcript, i));
    }
    vec_reserve(&s->levels, s->text.len + 1);
    bidi_levels(buf_str(&s->text),
                l->blocks[block].right_to_left ? DIRECTION_RIGHT_TO_LEFT
                                               : DIRECTION_LEFT_TO_RIGHT,
                s->levels.items);
}

/* How far the bytes from `at` on are of one level. */
static size_t end_of_level(const uint8_t *levels, size_t at, size_t until)
{
    size_t end = at;
    while (end < until && levels[end] == levels[at])
        end++;
    return end;
}

static void add_pieces(struct layout *l, uint32_t block, uint32_t word, size_t from,
                       size_t until)
{
    find_levels(l, block, word);
    vb_str text = vb_word_text(l->transcript, word);
    until = until < text.len ? until : text.len;
    uint32_t start = l->levels.starts.items[word - l->levels.first];
    const uint8_t *levels = l->levels.levels.items + start;
    struct layout_piece piece = {.word = word, .face = face_of(l, word)};
    piece.width = l->gaps[l->joins[word]];
    piece.level = start ? levels[-1] : l->blocks[block].right_to_left;
    if (l->pieces.count && piece.width)
        vec_push(&l->pieces, piece);
    for (size_t at = from; at < until; at += piece.text.len) {
        size_t end = end_of_level(levels, at, until);
        piece.text = str_cut(text, at, end);
        piece.width = width_of_part(l, word, at, end);
        piece.level = levels[at];
        piece.sign = l->joins[word] & JOIN_SIGN && end == text.len;
        vec_push(&l->pieces, piece);
    }
}

static void order_pieces(struct layout *l)
{
    size_t count = l->pieces.count;
    vec_reserve(&l->piece_levels, count);
    vec_reserve(&l->order, count);
    for (size_t i = 0; i < count; i++)
        l->piece_levels.items[i] = l->pieces.items[i].level;
    bidi_order(l->piece_levels.items, count, l->order.items);
}

/* Side by side, spaces left out; from the right edge when the paragraph is read from there. */
static void place_pieces(struct layout *l, int size, bool right_to_left)
{
    uint32_t em = 0;
    order_pieces(l);
    for (size_t i = 0; i < l->pieces.count; i++) {
        const struct layout_piece *piece = &l->pieces.items[l->order.items[i]];
        int x = measure_px(em, size);
        em += piece->width;
        if (!piece->text.len)
            continue;
        vec_push(&l->placed, (struct layout_placed){
                                 .word = piece->word,
                                 .text = piece->text,
                                 .x = x,
                                 .width = measure_px(em, size) - x,
                                 .face = piece->face,
                                 .direction = piece->level & 1 ? DIRECTION_RIGHT_TO_LEFT
                                                               : DIRECTION_LEFT_TO_RIGHT,
                                 .sign = piece->sign,
                             });
    }
    int shift = right_to_left ? l->style.width - measure_px(em, size) : 0;
    for (size_t i = 0; i < l->placed.count; i++)
        l->placed.items[i].x += shift;
}

static void place_both_ways(struct layout *l, uint32_t block, struct stretch s)
{
    l->pieces.count = 0;
    for (uint32_t word = s.from.word; word < s.until.word; word++)
        add_pieces(l, block, word, word == s.from.word ? s.from.at : 0, SIZE_MAX);
    if (s.until.at)
        add_pieces(l, block, s.until.word, s.until.word == s.from.word ? s.from.at : 0,
                   s.until.at);
    place_pieces(l, l->style.size, l->blocks[block].right_to_left);
}

/* ---- headings: their words are no words of the transcript ---- */

static void add_head_word(struct layout *l, const struct head_word *h, const uint8_t *levels)
{
    struct layout_piece piece = {.word = VB_NONE, .face = FACE_TEXT_BOLD};
    if (l->pieces.count && !h->glued) {
        piece.width = l->spaces[FACE_TEXT_BOLD];
        piece.level = levels ? levels[-1] : 0;
        vec_push(&l->pieces, piece);
    }
    for (size_t at = 0; at < h->text.len; at += piece.text.len) {
        size_t end = levels ? end_of_level(levels, at, h->text.len) : h->text.len;
        piece.text = str_cut(h->text, at, end);
        piece.level = levels ? levels[at] : 0;
        piece.width = piece.text.len == h->text.len
                          ? h->width
                          : l->measure->width(l->measure->ctx, FACE_TEXT_BOLD, piece.text);
        vec_push(&l->pieces, piece);
    }
}

static void place_heading(struct layout *l, uint32_t block, uint32_t line)
{
    const struct layout_block *b = &l->blocks[block];
    vb_str title = vb_section(l->transcript, b->index)->title;
    uint32_t word = l->lines.items[b->first_line + line].word;
    uint32_t until = line + 1 < layout_line_count(l, block)
                         ? l->lines.items[b->first_line + line + 1].word
                         : l->head_first[b->index + 1];
    if (b->is_mixed) {
        l->levels.block = VB_NONE; /* the memory is the same */
        vec_reserve(&l->levels.levels, title.len + 1);
        bidi_levels(title, b->right_to_left ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT,
                    l->levels.levels.items);
    }
    l->pieces.count = 0;
    for (; word < until; word++) {
        const struct head_word *h = &l->head_words.items[word];
        add_head_word(
            l, h, b->is_mixed ? l->levels.levels.items + (h->text.data - title.data) : NULL);
    }
    place_pieces(l, l->style.head_size, b->right_to_left);
}

const struct layout_placed *layout_line_words(struct layout *l, uint32_t block, uint32_t line,
                                              size_t *count)
{
    l->placed.count = 0;
    const struct layout_block *b = &l->blocks[block];
    if (line < layout_line_count(l, block)) {
        if (b->kind == VB_BLOCK_SECTION)
            place_heading(l, block, line);
        else if (b->is_mixed)
            place_both_ways(l, block, stretch_of(l, block, line));
        else
            place_words(l, stretch_of(l, block, line));
    }
    *count = l->placed.count;
    return l->placed.items;
}
