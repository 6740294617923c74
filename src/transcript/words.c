/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a paragraph's pieces to words.
 *
 * A word is a run between white space that holds a letter or digit.  Punctuation that stands
 * alone in French, « » : ; ? !, joins the word it belongs to, with the space that was there:
 * the layout never breaks inside a word, so French spacing holds by construction.  A run of a
 * script without spaces is parted where a dictionary finds words (base/spaceless.h). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>

#include "base/spaceless.h"
#include "base/str.h"
#include "transcript/building.h"

/* A longer run (a pasted blob) is cut in pieces that the layout can break between. */
enum { RUN_MAX = 240 };

struct run {                    /* of characters without white space */
    uint32_t text_at, text_len; /* in the splitter's text */
    uint32_t from, until;       /* bytes of the source */
    uint16_t marks;
    vb_time start, end;
    uint8_t sure;
    uint32_t space; /* the white space before it: 0 none, ' ' or a no-break one */
    bool is_word;   /* holds a letter or digit */
    bool opens;     /* lone punctuation that belongs to the word after it */
};

/* What the dictionary is asked at once: a stretch of a script without spaces, over the pieces
 * that it runs through. */
enum { STRETCH_MAX = 1024, LOOKED_AHEAD = 160 };

struct stretch {
    char text[STRETCH_MAX + 4], starts[STRETCH_MAX + 4];
    size_t len, at; /* of it, and how much of it became runs */
};

struct splitter {
    struct builder *b;
    struct buf text;
    VEC(struct run) runs;
    size_t judged;  /* of so many runs it is known whether they open */
    bool in_quotes; /* between two straight quotes */
    bool open;      /* the last run may grow */
    bool fresh;     /* the piece has opened no run yet */
    bool parted;    /* the next run goes on with what the last one's piece said */
    bool begun;     /* words were made already, their runs are forgotten */
    uint32_t space; /* seen since the last run */
    struct stretch stretch;
};

static bool is_no_break(uint32_t c)
{
    return c == 0xA0 || c == 0x202F || c == 0x2007;
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
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
    for (; s->judged < s->runs.count; s->judged++) {
        struct run *run = &s->runs.items[s->judged];
        size_t at = 0;
        uint32_t c = str_next((vb_str){s->text.data + run->text_at, run->text_len}, &at);
        if (c == '"' && !run->is_word)
            s->in_quotes = !s->in_quotes;
        run->opens = !run->is_word && (is_opening(c) || (c == '"' && s->in_quotes));
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

static void state_confidence(struct builder *b, uint8_t sure)
{
    if (!sure && !b->sure.count)
        return;
    while (b->sure.count + 1 < b->words.count)
        vec_push(&b->sure, 0);
    vec_push(&b->sure, sure);
}

/* Adds one word made of the runs first … last; `word` is the one that is no punctuation. */
static void add_word(const struct splitter *s, size_t first, size_t word, size_t last,
                     uint16_t marks)
{
    struct builder *b = s->b;
    const struct run *from = &s->runs.items[first], *until = &s->runs.items[last];
    struct stored_word stored = {.text_at = (uint32_t)b->text.len, .span_at = from->from};
    for (const struct run *run = from; run <= until; run++) {
        if (run != from && run->space)
            buf_char(&b->text, run->space);
        buf_add(&b->text, (vb_str){s->text.data + run->text_at, run->text_len});
    }
    size_t text_len = b->text.len - stored.text_at;
    uint32_t span_len = until->until > from->from ? until->until - from->from : 0;
    stored.text_len = text_len < UINT16_MAX ? (uint16_t)text_len : UINT16_MAX;
    stored.span_len = span_len < UINT16_MAX ? (uint16_t)span_len : UINT16_MAX;
    vec_push(&b->words, stored);
    if ((first || s->begun) && !from->space)
        marks |= VB_GLUED;
    if (is_no_break(from->space))
        marks |= VB_TIED;
    vec_push(&b->marks, (uint8_t)marks);
    state_times(b, from, until);
    state_confidence(b, s->runs.items[word].sure);
}

/* At most so many signs join a word at either end: a row of dots stays breakable. */
enum { SIGNS_MAX = 4 };

/* The word that the punctuation from `first` on stands before; where there is none, the first
 * run that does not open one. */
static size_t skip_openers(const struct splitter *s, size_t first)
{
    size_t i = first;
    while (i < s->runs.count && i - first < SIGNS_MAX) {
        const struct run *run = &s->runs.items[i];
        bool begins = (i == 0 && !s->begun) || run->marks & VB_NEW_LINE; /* "- Oui" */
        if (run->is_word || !(begins || run->opens))
            break;
        i++;
    }
    return i;
}

/* The last run of punctuation behind `word` that belongs to it. A line of its own does not. */
static size_t take_closers(const struct splitter *s, size_t word)
{
    size_t i = word;
    while (i + 1 < s->runs.count && i - word < SIGNS_MAX) {
        const struct run *next = &s->runs.items[i + 1];
        if (next->is_word || next->opens || next->marks & VB_NEW_LINE)
            break;
        i++;
    }
    return i;
}

/* The first `count` runs have become words. */
static void forget_runs(struct splitter *s, size_t count)
{
    size_t left = s->runs.count - count;
    uint32_t from = left ? s->runs.items[count].text_at : (uint32_t)s->text.len;
    memmove(s->text.data, s->text.data + from, s->text.len - from);
    s->text.len -= from;
    s->text.data[s->text.len] = '\0';
    memmove(s->runs.items, s->runs.items + count, left * sizeof *s->runs.items);
    for (size_t i = 0; i < left; i++)
        s->runs.items[i].text_at -= from;
    s->runs.count = s->judged = left;
    s->begun = true;
}

/* Words of all runs but the last `ahead`, which may belong to one whose end is still to come.
 */
static void make_words(struct splitter *s, size_t ahead)
{
    find_openers(s);
    size_t i = 0;
    while (i + ahead < s->runs.count) {
        size_t word = skip_openers(s, i);
        if (word >= s->runs.count) /* nothing but signs up to the end */
            word = s->runs.count - 1;
        const struct run *run = &s->runs.items[word];
        uint16_t marks = run->marks | (s->runs.items[i].marks & VB_NEW_LINE);
        size_t last = take_closers(s, word);
        add_word(s, i, word, last, run->is_word ? marks : marks | VB_UNSPOKEN);
        i = last + 1;
    }
    if (s->runs.count)
        forget_runs(s, i);
}

/* A paragraph of a million words is made word by word, not held as runs. */
enum { RUNS_MAX = 4096 };

/* Only the first word of a piece can begin its line. */
static void open_run(struct splitter *s, const struct piece *piece, uint32_t from)
{
    uint16_t marks = piece->marks & (s->fresh ? UINT16_MAX : ~VB_NEW_LINE);
    s->fresh = false;
    if (s->runs.count >= RUNS_MAX)
        make_words(s, 3 * SIGNS_MAX);
    vec_push(&s->runs, (struct run){
                           .text_at = (uint32_t)s->text.len,
                           .from = from,
                           .marks = marks,
                           .start = s->parted ? VB_NO_TIME : piece->start,
                           .end = piece->end,
                           .sure = piece->sure,
                           .space = s->space,
                       });
    s->open = true;
    s->parted = false;
    s->space = 0;
}

/* A terminal would obey it. */
static uint32_t shown_instead(struct builder *b, uint32_t from, uint32_t until)
{
    if (b->controls++ == 0)
        b->first_control = (struct vb_span){from, until - from};
    return 0xFFFD;
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
    buf_char(&s->text, is_control(c) ? shown_instead(s->b, from, until) : c);
    run->text_len += (uint32_t)(s->text.len - before);
    run->until = until;
    run->end = piece->end != VB_NO_TIME ? piece->end : run->end;
    run->is_word = run->is_word || is_letter_or_digit(c);
}

/* ---- scripts without spaces ---- */

static bool goes_on(const struct piece *piece, const struct piece *next)
{
    return piece->marks == next->marks && piece->start == next->start &&
           piece->end == next->end && piece->sure == next->sure;
}

/* The characters from byte `at` of the piece on. Of a stretch that is longer the last words are
 * left to the next one: the dictionary looks that far ahead. */
static void begin_stretch(struct splitter *s, const struct piece *piece,
                          const struct piece *end, size_t at)
{
    struct stretch *stretch = &s->stretch;
    stretch->len = stretch->at = 0;
    for (;;) {
        size_t from = at;
        if (at == piece->text.len && piece + 1 < end && goes_on(piece, piece + 1)) {
            piece++;
            at = 0;
            continue;
        }
        if (stretch->len >= STRETCH_MAX || !is_spaceless(str_next(piece->text, &at)))
            break;
        for (; from < at; from++)
            stretch->text[stretch->len++] = piece->text.data[from];
    }
    spaceless_words((vb_str){stretch->text, stretch->len}, stretch->starts);
    size_t last = stretch->len < STRETCH_MAX ? 0 : STRETCH_MAX - LOOKED_AHEAD;
    while (last > 0 && !stretch->starts[last])
        last--;
    stretch->len = last ? last : stretch->len;
}

/* Signs stay with the word they follow, or stand before; no word begins inside a letter. */
static bool parts_run(const struct run *run, vb_str text, uint32_t c)
{
    if (!run->is_word || !uc_is_grapheme_break(str_before(text, text.len), c))
        return false;
    return is_letter_or_digit(c) ||
           uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Ps | UC_CATEGORY_MASK_Pi);
}

/* A word begins with this character, unless it is none that could. */
static void part_before(struct splitter *s, uint32_t c)
{
    struct run *last = s->open ? &s->runs.items[s->runs.count - 1] : NULL;
    if (!last || !parts_run(last, buf_str(&s->text), c))
        return;
    s->open = false;
    s->parted = !s->fresh;
    last->end = s->parted ? VB_NO_TIME : last->end;
}

/* Is this character of such a script the first of a word? `len`: its bytes. */
static void part_at_word(struct splitter *s, uint32_t c, size_t len)
{
    struct stretch *stretch = &s->stretch;
    bool starts = stretch->starts[stretch->at];
    stretch->at += len;
    if (starts)
        part_before(s, c);
}

/* Letters and digits of other scripts among such: "2026年にGoogleは". */
static void part_at_letter(struct splitter *s, uint32_t c)
{
    if (SPACELESS_WORDS_KNOWN && s->open &&
        is_spaceless(str_before(buf_str(&s->text), s->text.len)))
        part_before(s, c);
}

/* U+200B, which Khmer and Burmese pages set between words: it has no width. */
static bool ends_word_unseen(const struct splitter *s, uint32_t c)
{
    return c == 0x200B && s->open && is_spaceless(str_before(buf_str(&s->text), s->text.len));
}

/* ---- from pieces to runs ---- */

static bool is_ascii_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters and digits of ASCII in a row, all at once: most of most texts. */
static void add_ascii(struct splitter *s, const struct piece *piece, size_t at, size_t end)
{
    bool exact = piece->text.len == piece->span.len;
    while (at < end) {
        struct run *run = s->open ? &s->runs.items[s->runs.count - 1] : NULL;
        if (!run || run->text_len >= RUN_MAX) {
            open_run(s, piece, piece->span.at + (exact ? (uint32_t)at : 0));
            run = &s->runs.items[s->runs.count - 1];
        }
        size_t len = end - at < RUN_MAX - run->text_len ? end - at : RUN_MAX - run->text_len;
        buf_add(&s->text, str_cut(piece->text, at, at + len));
        at += len;
        run->text_len += (uint32_t)len;
        run->until = piece->span.at + (exact ? (uint32_t)at : piece->span.len);
        run->end = piece->end != VB_NO_TIME ? piece->end : run->end;
        run->is_word = true;
    }
}

static size_t end_of_ascii(vb_str text, size_t at)
{
    while (at < text.len && is_ascii_word(text.data[at]))
        at++;
    return at;
}

static void take_piece(struct splitter *s, const struct piece *piece, const struct piece *end)
{
    bool exact = piece->text.len == piece->span.len;
    s->fresh = true;
    if (piece->marks & VB_NEW_LINE) {
        s->open = false; /* a line's end parts words as a space does */
        s->space = s->space ? s->space : ' ';
    }
    for (size_t at = 0; at < piece->text.len;) {
        size_t next = end_of_ascii(piece->text, at);
        if (next > at) {
            part_at_letter(s, (uint32_t)piece->text.data[at]);
            add_ascii(s, piece, at, next);
            at = next;
            continue;
        }
        uint32_t c = str_next(piece->text, &next);
        if (is_spaceless(c)) {
            if (s->stretch.at >= s->stretch.len)
                begin_stretch(s, piece, end, at);
            part_at_word(s, c, next - at);
        } else {
            part_at_letter(s, c);
        }
        if (ends_word_unseen(s, c)) {
            s->open = false;
        } else if (is_space(c)) {
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

void builder_text(struct builder *b, const struct piece *pieces, size_t count)
{
    assert(b->paragraphs.count);
    struct splitter s = {.b = b, .text = b->scratch};
    buf_clear(&s.text);
    for (size_t i = 0; i < count; i++)
        take_piece(&s, &pieces[i], pieces + count);
    make_words(&s, 0);
    b->scratch = s.text;
    free(s.runs.items);
}
