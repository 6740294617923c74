/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a paragraph's pieces to words.
 *
 * A word is a run between white space that holds a letter or digit.  Punctuation that stands
 * alone in French, « » : ; ? !, joins the word it belongs to, with the space that was there:
 * the layout never breaks inside a word, so French spacing holds by construction. */
#include <assert.h>
#include <stdlib.h>

#include "base/str.h"
#include "transcript/building.h"

/* A longer run (a pasted blob) is cut in pieces that the layout can break between. */
enum { RUN_MAX = 240 };

struct run {                    /* of characters without white space */
    uint32_t text_at, text_len; /* in the splitter's text */
    uint32_t from, until;       /* bytes of the source */
    uint16_t marks;
    vb_time start, end;
    uint32_t space; /* the white space before it: 0 none, ' ' or a no-break one */
    bool is_word;   /* holds a letter or digit */
    bool opens;     /* lone punctuation that belongs to the word after it */
};

struct splitter {
    struct buf text;
    VEC(struct run) runs;
    bool open;      /* the last run may grow */
    uint32_t space; /* seen since the last run */
};

static bool is_no_break(uint32_t c)
{
    return c == 0xA0 || c == 0x202F || c == 0x2007;
}

static void open_run(struct splitter *s, const struct piece *piece, uint32_t from)
{
    vec_push(&s->runs, (struct run){
                           .text_at = (uint32_t)s->text.len,
                           .from = from,
                           .marks = piece->marks,
                           .start = piece->start,
                           .end = piece->end,
                           .space = s->space,
                       });
    s->open = true;
    s->space = 0;
}

static void add_character(struct splitter *s, const struct piece *piece, uint32_t c,
                          uint32_t from, uint32_t until)
{
    struct run *run = s->open ? &s->runs.items[s->runs.count - 1] : NULL;
    if (!run || run->text_len >= RUN_MAX) {
        open_run(s, piece, from);
        run = &s->runs.items[s->runs.count - 1];
    }
    size_t before = s->text.len;
    buf_char(&s->text, c < 0x20 || c == 0x7F ? 0xFFFD : c);
    run->text_len += (uint32_t)(s->text.len - before);
    run->until = until;
    run->end = piece->end != VB_NO_TIME ? piece->end : run->end;
    run->is_word = run->is_word || is_letter_or_digit(c);
}

static void take_piece(struct splitter *s, const struct piece *piece)
{
    bool exact = piece->text.len == piece->span.len;
    for (size_t at = 0; at < piece->text.len;) {
        size_t next = at;
        uint32_t c = str_next(piece->text, &next);
        if (is_space(c)) {
            s->space = is_no_break(c) ? c : s->space ? s->space : ' ';
            s->open = false;
        } else {
            uint32_t from = piece->span.at + (exact ? (uint32_t)at : 0);
            uint32_t until = piece->span.at + (exact ? (uint32_t)next : piece->span.len);
            add_character(s, piece, c, from, until);
        }
        at = next;
    }
}

static bool is_opening(uint32_t c)
{
    static const uint32_t opening[] = {'(', '[', '{', 0xAB, 0x201C, 0x201E, 0x2039, 0xBF, 0xA1};
    for (size_t i = 0; i < COUNT(opening); i++)
        if (c == opening[i])
            return true;
    return false;
}

/* Straight quotes open and close by turns. */
static void find_openers(struct splitter *s)
{
    bool in_quotes = false;
    for (size_t i = 0; i < s->runs.count; i++) {
        struct run *run = &s->runs.items[i];
        size_t at = 0;
        uint32_t c = str_next((vb_str){s->text.data + run->text_at, run->text_len}, &at);
        if (c == '"' && !run->is_word)
            in_quotes = !in_quotes;
        run->opens = !run->is_word && (is_opening(c) || (c == '"' && in_quotes));
    }
}

static void state_times(struct builder *b, const struct run *first, const struct run *last)
{
    const struct stated_times none = {VB_NO_TIME, VB_NO_TIME};
    if (first->start != VB_NO_TIME || last->end != VB_NO_TIME)
        b->any_stated = true;
    if (!b->any_stated)
        return;
    while (b->stated.count + 1 < b->words.count)
        vec_push(&b->stated, none);
    vec_push(&b->stated, (struct stated_times){first->start, last->end});
}

/* Adds one word made of the runs first … last. */
static void add_word(struct builder *b, const struct splitter *s, size_t first, size_t last,
                     uint16_t marks)
{
    const struct run *from = &s->runs.items[first], *until = &s->runs.items[last];
    struct stored_word word = {.text_at = (uint32_t)b->text.len, .span_at = from->from};
    for (const struct run *run = from; run <= until; run++) {
        if (run != from && run->space)
            buf_char(&b->text, run->space);
        buf_add(&b->text, (vb_str){s->text.data + run->text_at, run->text_len});
    }
    size_t text_len = b->text.len - word.text_at;
    uint32_t span_len = until->until > from->from ? until->until - from->from : 0;
    word.text_len = text_len < UINT16_MAX ? (uint16_t)text_len : UINT16_MAX;
    word.span_len = span_len < UINT16_MAX ? (uint16_t)span_len : UINT16_MAX;
    vec_push(&b->words, word);
    if (first && !from->space)
        marks |= VB_GLUED;
    if (is_no_break(from->space))
        marks |= VB_TIED;
    vec_push(&b->marks, (uint8_t)marks);
    state_times(b, from, until);
}

/* How many of the runs from `first` on are punctuation that stands before a word. */
static size_t skip_openers(const struct splitter *s, size_t first)
{
    size_t i = first;
    while (i < s->runs.count && !s->runs.items[i].is_word && (i == 0 || s->runs.items[i].opens))
        i++;
    return i;
}

/* Where the word's own run is followed by punctuation of its own: the last of it. At most a
 * line's worth joins, so that a row of dots stays breakable. */
static size_t take_closers(const struct splitter *s, size_t word)
{
    size_t i = word;
    while (i + 1 < s->runs.count && !s->runs.items[i + 1].is_word && i - word < 4 &&
           !s->runs.items[i + 1].opens)
        i++;
    return i;
}

static void make_words(struct builder *b, const struct splitter *s)
{
    for (size_t i = 0; i < s->runs.count;) {
        size_t word = skip_openers(s, i);
        if (word >= s->runs.count || word - i > 4) { /* nothing but signs: shown, not spoken */
            size_t last = word - i > 4 ? i + 3 : s->runs.count - 1;
            add_word(b, s, i, last, s->runs.items[i].marks | VB_UNSPOKEN);
            i = last + 1;
            continue;
        }
        bool spoken = s->runs.items[word].is_word;
        size_t last = take_closers(s, word);
        uint16_t marks = s->runs.items[word].marks;
        add_word(b, s, i, last, spoken ? marks : marks | VB_UNSPOKEN);
        i = last + 1;
    }
}

void builder_text(struct builder *b, const struct piece *pieces, size_t count)
{
    assert(b->paragraphs.count);
    struct splitter s = {.text = b->scratch};
    buf_clear(&s.text);
    for (size_t i = 0; i < count; i++)
        take_piece(&s, &pieces[i]);
    find_openers(&s);
    make_words(b, &s);
    b->scratch = s.text;
    free(s.runs.items);
}
