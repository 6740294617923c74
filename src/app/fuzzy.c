/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a few letters fit a text.
 *
 * Every letter of a query's word is found from left to right; letters side by side and letters
 * that begin a word count more.  Of all the ways to find them the best is taken, by the usual
 * table of letters against places. */
#include "app/fuzzy.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "transcript/fold.h"

enum { LETTER = 1, BESIDE = 4, BEGINS_WORD = 5, BEGINS_TEXT = 2, WHOLE = 10, TEXT_MAX = 160 };

static bool begins_word(vb_str text, size_t at)
{
    return at == 0 || text.data[at - 1] == ' ' || text.data[at - 1] == '-' ||
           text.data[at - 1] == '\'';
}

static int place_value(vb_str text, size_t at)
{
    return LETTER + (begins_word(text, at) ? BEGINS_WORD : 0) + (at == 0 ? BEGINS_TEXT : 0);
}

/* best[at]: the letters so far, the last of them at `at`; below 0: not possible. */
static int score_word(vb_str text, vb_str word)
{
    int best[TEXT_MAX], next[TEXT_MAX];
    size_t len = text.len < TEXT_MAX ? text.len : TEXT_MAX;
    for (size_t at = 0; at < len; at++)
        best[at] = text.data[at] == word.data[0] ? place_value(text, at) : FUZZY_NO;
    for (size_t letter = 1; letter < word.len; letter++) {
        int before = FUZZY_NO; /* the best that ends anywhere further left */
        for (size_t at = 0; at < len; at++) {
            int beside = at > 0 && best[at - 1] >= 0 ? best[at - 1] + BESIDE : FUZZY_NO;
            int from = beside > before ? beside : before;
            bool fits = text.data[at] == word.data[letter] && from >= 0;
            next[at] = fits ? from + place_value(text, at) : FUZZY_NO;
            before = at > 0 && best[at - 1] > before ? best[at - 1] : before;
        }
        for (size_t at = 0; at < len; at++)
            best[at] = next[at];
    }
    int most = FUZZY_NO;
    for (size_t at = 0; at < len; at++)
        most = best[at] > most ? best[at] : most;
    return most;
}

/* Stands it there as it was typed, from the beginning of a word? */
static bool stands_there(vb_str text, vb_str word)
{
    for (size_t at = 0; at + word.len <= text.len; at++)
        if (begins_word(text, at) && str_is(str_cut(text, at, at + word.len), word))
            return true;
    return false;
}

static int score_words(vb_str text, vb_str query)
{
    int sum = 0;
    for (size_t at = 0; at < query.len; at++) {
        size_t from = at;
        while (at < query.len && query.data[at] != ' ')
            at++;
        if (at == from)
            continue;
        vb_str word = str_cut(query, from, at);
        int score = score_word(text, word);
        if (score == FUZZY_NO)
            return FUZZY_NO;
        sum += score + (stands_there(text, word) ? WHOLE : 0);
    }
    return sum;
}

int fuzzy_score(vb_str text, vb_str query)
{
    struct folds *folds = mem_new(sizeof *folds);
    struct buf folded_text = {0}, folded_query = {0};
    fold_text(folds, text, &folded_text);
    fold_text(folds, str_cut(query, 0, TEXT_MAX), &folded_query);
    int score = score_words(buf_str(&folded_text), buf_str(&folded_query));
    buf_free(&folded_text);
    buf_free(&folded_query);
    free(folds);
    return score;
}
