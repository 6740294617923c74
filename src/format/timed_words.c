/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each timed word begins in its text: looked for in order, and not far. */
#include "format/timed_words.h"

#include <stdlib.h>
#include <unictype.h>

#include "base/str.h"

uint8_t words_sure(float share)
{
    return share < 0 ? 0 : (uint8_t)(1 + (int)(share * 100 + 0.5F));
}

/* A word that was corrected in the text but not in the list is not looked for further. */
enum { LOOK_AHEAD = 160 };

static size_t find_word(vb_str text, size_t from, vb_str word)
{
    vb_str window = str_cut(text, from, from + word.len + LOOK_AHEAD);
    size_t at = word.len ? str_find(window, word) : STR_NOT_FOUND;
    return at == STR_NOT_FOUND ? at : from + at;
}

struct cut {
    size_t at, until; /* in the flat text: with the signs behind the word */
    const struct timed_word *word;
};

struct cuts {
    VEC(struct cut) items;
};

/* Behind the rest of the run that ends at `at` and behind signs that stand alone: where the
 * next word begins, which has a time of its own or none. */
static size_t next_word(vb_str text, size_t at)
{
    bool gap = false;
    while (at < text.len) {
        size_t here = at;
        uint32_t c = str_next(text, &at);
        if (is_space(c))
            gap = true;
        else if (gap && uc_is_alnum(c))
            return here;
    }
    return text.len;
}

static size_t find_words(vb_str text, const struct timed_word *words, size_t count,
                         struct cuts *cuts)
{
    size_t from = 0, missing = 0;
    for (size_t i = 0; i < count; i++) {
        vb_str word = str_trim(words[i].text);
        size_t at = find_word(text, from, word);
        if (at == STR_NOT_FOUND) {
            missing += word.len > 0;
            continue;
        }
        from = at + word.len;
        vec_push(&cuts->items, (struct cut){at, next_word(text, from), &words[i]});
    }
    return missing;
}

/* Bytes from … until of the piece, as a piece. One that was escaped is never cut. */
static struct piece part(const struct piece *piece, size_t from, size_t until)
{
    struct piece cut = *piece;
    bool exact = piece->text.len == piece->span.len;
    cut.text = str_cut(piece->text, from, until);
    if (exact)
        cut.span = (struct vb_span){piece->span.at + (uint32_t)from, (uint32_t)(until - from)};
    if (from)
        cut.marks &= (uint16_t)~VB_NEW_LINE;
    return cut;
}

static void state(struct piece *piece, const struct timed_word *word)
{
    if (!word)
        return;
    piece->start = word->start;
    piece->end = word->end;
    piece->sure = word->sure;
}

size_t words_cut(const struct pieces *text, const struct timed_word *words, size_t count,
                 struct pieces *into)
{
    struct buf flat = {0};
    struct cuts cuts = {0};
    for (size_t i = 0; i < text->count; i++) {
        if (text->items[i].marks & VB_NEW_LINE)
            buf_putc(&flat, '\n');
        buf_add(&flat, text->items[i].text);
    }
    size_t missing = find_words(buf_str(&flat), words, count, &cuts);
    const struct cut *word = NULL;
    size_t next = 0, at = 0;
    for (size_t i = 0; i < text->count; i++) {
        const struct piece *piece = &text->items[i];
        at += (piece->marks & VB_NEW_LINE) != 0;
        for (size_t from = 0; from < piece->text.len;) {
            for (; next < cuts.items.count && cuts.items.items[next].at <= at + from; next++)
                word = &cuts.items.items[next];
            if (word && at + from >= word->until)
                word = NULL;
            size_t until = piece->text.len;
            if (next < cuts.items.count && cuts.items.items[next].at < at + until)
                until = cuts.items.items[next].at - at;
            if (word && word->until < at + until)
                until = word->until - at;
            struct piece cut = part(piece, from, until);
            state(&cut, word ? word->word : NULL);
            vec_push(into, cut);
            from = until;
        }
        at += piece->text.len;
    }
    free(cuts.items.items);
    buf_free(&flat);
    return missing;
}
