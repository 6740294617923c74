/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line's text, piece by piece, into the builder: emphasis, what stands in brackets, notes. */
#include "format/april.h"

#include <stdlib.h>
#include <unictype.h>

#include "base/str.h"
#include "transcript/speaker_names.h"

/* ---- brackets ---- */

/* What a stage direction begins with. Folded. */
static const char stage_words[] =
    "rires rire applaudissements applaudissement virgule jingle pause silence "
    "silences inaudible musique générique bruit bruits brouhaha toux soupir soupirs "
    "chanson chant extrait diffusion coupure passage sonnerie huées sifflets "
    "intermède blanc clip";

enum { STAGE_WORDS_MAX = 6 };

static bool is_stage_word(vb_str word)
{
    struct buf folded = {0};
    name_fold(word, &folded);
    bool is = is_word_of(buf_str(&folded), stage_words);
    buf_free(&folded);
    return is;
}

enum bracket bracket_kind(vb_str inside)
{
    inside = str_trim(inside);
    size_t words = 0, first_len = 0, at = 0;
    bool gap = true, capital = uc_is_upper(str_next(inside, &at));
    for (at = 0; at < inside.len && words <= STAGE_WORDS_MAX;) {
        size_t here = at;
        uint32_t c = str_next(inside, &at);
        bool inner = is_letter_or_digit(c) || c == '\'' || c == 0x2019 || c == '-';
        if (words == 1 && !gap && !inner && !first_len)
            first_len = here;
        words += gap && !is_space(c);
        gap = is_space(c);
        if (c < 0x80 && is_digit((char)c))
            return BRACKET_TEXT;
    }
    if (!words || words > STAGE_WORDS_MAX)
        return BRACKET_TEXT;
    if (is_stage_word(str_cut(inside, 0, first_len ? first_len : inside.len)))
        return BRACKET_STAGE;
    return capital ? BRACKET_GLOSS : BRACKET_TEXT;
}

/* ---- a walk over one line ---- */

/* A part of the line's text that is not ordinary speech. */
struct part {
    size_t from, until; /* in the page's text */
    uint16_t marks;
};

struct walk {
    const struct page *page;
    const struct line *line;
    struct builder *b;
    uint16_t marks; /* of all words */
    size_t until;   /* in the page's text */
    VEC(struct part) brackets;
    VEC(struct piece) pieces;
};

static void add_bracket(struct walk *w, size_t from, size_t until)
{
    static const uint16_t marks[] = {
        [BRACKET_TEXT] = 0,
        [BRACKET_STAGE] = VB_UNSPOKEN | VB_EMPHASIS,
        [BRACKET_GLOSS] = VB_UNSPOKEN,
    };
    enum bracket kind = bracket_kind(str_cut(w->page->text, from + 1, until - 1));
    if (kind != BRACKET_TEXT)
        vec_push(&w->brackets, (struct part){from, until, marks[kind]});
}

/* "[…]" of the line, but for those that <nowiki> made plain text. */
static void find_brackets(struct walk *w, size_t from)
{
    size_t open = SIZE_MAX;
    for (uint32_t i = line_run_at(w->page, w->line, from); i < line_runs_end(w->page, w->line);
         i++) {
        const struct run *run = &w->page->runs.items[i];
        if (run->at >= w->until)
            break;
        for (size_t at = run->at; at < run->at + run->len && !(run->style & RUN_LITERAL);
             at++) {
            char c = w->page->text.data[at];
            if (at < from || at >= w->until)
                continue;
            if (c == ']' && open != SIZE_MAX)
                add_bracket(w, open, at + 1);
            open = c == '[' ? at : c == ']' ? SIZE_MAX : open;
        }
    }
}

/* A paragraph of a million pieces is given over in parts, cut where white space is. */
enum { PIECES_MAX = 4096 };

static void flush(struct walk *w)
{
    if (w->pieces.count)
        builder_text(w->b, w->pieces.items, w->pieces.count);
    w->pieces.count = 0;
}

/* Adds the page's text from … until, which stands in one run and one part. */
static void add_piece(struct walk *w, const struct run *run, size_t from, size_t until,
                      uint16_t marks)
{
    bool exact = run->len == run->span.len;
    size_t first = 0;
    vb_str text = str_cut(w->page->text, from, until);
    if (w->pieces.count >= PIECES_MAX && is_space(str_next(text, &first)))
        flush(w);
    struct vb_span span = run->span;
    if (exact)
        span = (struct vb_span){span.at + (uint32_t)(from - run->at), (uint32_t)(until - from)};
    marks |= w->marks | (run->style & RUN_ITALIC ? VB_EMPHASIS : 0);
    vec_push(&w->pieces, (struct piece){text, span, marks, VB_NO_TIME, VB_NO_TIME});
}

/* Adds from … until, in as many pieces as runs and brackets make of it. */
static void add_text(struct walk *w, size_t from, size_t until, uint32_t *run, size_t *bracket)
{
    while (from < until && *run < line_runs_end(w->page, w->line)) {
        const struct run *here = &w->page->runs.items[*run];
        if (here->at + here->len <= from) {
            ++*run;
            continue;
        }
        while (*bracket < w->brackets.count && w->brackets.items[*bracket].until <= from)
            ++*bracket;
        size_t end = here->at + here->len < until ? here->at + here->len : until;
        uint16_t marks = 0;
        if (*bracket < w->brackets.count) {
            const struct part *part = &w->brackets.items[*bracket];
            bool inside = part->from <= from;
            size_t edge = inside ? part->until : part->from;
            end = edge < end ? edge : end;
            marks = inside ? part->marks : 0;
        }
        from = from < here->at ? here->at : from;
        if (from < end)
            add_piece(w, here, from, end, marks);
        from = end;
    }
}

/* ---- notes ---- */

/* Where the word ends that stands at `at`, with the signs that join it: "points[1] :".  They
 * are looked for no further than this; a hundred thousand notes may hang before a gap. */
enum { SIGNS_WITHIN = 64 };

size_t end_of_word_in(vb_str text, size_t at)
{
    size_t next = at;
    while (next < text.len && !is_space(str_next(text, &next)))
        at = next;
    size_t sign = at, end = at;
    while (sign < text.len && sign < at + SIGNS_WITHIN) {
        uint32_t c = str_next(text, &sign);
        if (is_space(c))
            continue;
        bool closes = c == ':' || c == ';' || c == '!' || c == '?' || c == 0xBB || c == '.' ||
                      c == ',' || c == 0x2026;
        if (!closes)
            break;
        end = sign;
    }
    size_t behind = end;
    bool alone = end >= text.len || is_space(str_next(text, &behind));
    return alone ? end : at;
}

static vb_str text_of_note(const struct page *page, const struct footnote_mark *note)
{
    if (!note->number)
        return note->text;
    return note->number <= page->notes.count ? page->notes.items[note->number - 1] : VB_STR("");
}

/* The first note that hangs at or behind `from`: by halves. */
static size_t first_note(const struct page *page, size_t from)
{
    size_t low = 0, high = page->footnotes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->footnotes.items[middle].at < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The notes of the last part of a line may hang behind its last, trimmed byte. */
static size_t reach_of_notes(const struct walk *w)
{
    const struct line *line = w->line;
    if (w->until < line->text_at + line->text_len)
        return w->until;
    bool last = line == &w->page->lines.items[w->page->lines.count - 1];
    return last ? SIZE_MAX : line[1].text_at;
}

void april_put_words(const struct page *page, const struct line *line, size_t from,
                     size_t until, uint16_t marks, struct builder *b)
{
    struct walk w = {.page = page, .line = line, .b = b, .marks = marks};
    size_t at = line->text_at + from, bracket = 0;
    uint32_t run = line_run_at(page, line, at);
    w.until = line->text_at + until;
    find_brackets(&w, at);
    size_t reach = reach_of_notes(&w);
    /* A note on the label is one on the first word. */
    size_t first = first_note(page, from == line->skip ? line->text_at : at);
    for (size_t i = first; i < page->footnotes.count; i++) {
        const struct footnote_mark *note = &page->footnotes.items[i];
        if (note->at >= reach)
            break;
        size_t end = note->at < at ? at : note->at < w.until ? note->at : w.until;
        add_text(&w, at, end, &run, &bracket);
        at = note->at < end ? end : end + note->shown_len;
        end = at < w.until ? end_of_word_in(str_cut(page->text, 0, w.until), at) : w.until;
        add_text(&w, at, end, &run, &bracket);
        at = end > at ? end : at;
        flush(&w);
        builder_footnote(b, text_of_note(page, note));
    }
    if (at < w.until)
        add_text(&w, at, w.until, &run, &bracket);
    flush(&w);
    free(w.brackets.items);
    free(w.pieces.items);
}
