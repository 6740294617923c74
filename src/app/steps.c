/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a caret. */
#include "app/steps.h"

#include <unigbrk.h>

#include "base/spaceless.h"
#include "base/str.h"

static const uint8_t *bytes(vb_str text)
{
    return (const uint8_t *)text.data;
}

size_t step_grapheme_before(vb_str text, size_t at)
{
    const uint8_t *before = at ? u8_grapheme_prev(bytes(text) + at, bytes(text)) : NULL;
    return before ? (size_t)(before - bytes(text)) : 0;
}

size_t step_grapheme_after(vb_str text, size_t at)
{
    if (at >= text.len)
        return text.len;
    const uint8_t *after = u8_grapheme_next(bytes(text) + at, bytes(text) + text.len);
    return after ? (size_t)(after - bytes(text)) : text.len;
}

static bool is_in_word(vb_str text, size_t at)
{
    return at < text.len && is_letter_or_digit(str_next(text, &at));
}

/* ---- words ---- */

/* All around `at` that is letters and digits. */
static void run_around(vb_str text, size_t at, size_t *from, size_t *until)
{
    *from = *until = at;
    while (is_in_word(text, *until))
        *until = step_grapheme_after(text, *until);
    while (*from && is_in_word(text, step_grapheme_before(text, *from)))
        *from = step_grapheme_before(text, *from);
}

/* In a script without spaces, the one word of the run. */
static void word_in_run(vb_str text, size_t at, size_t *from, size_t *until)
{
    enum { BEFORE = 256, NEAR = 512 }; /* bytes: no word of any language is longer */
    char starts[NEAR];
    size_t near = at > *from + BEFORE ? step_grapheme_before(text, at - BEFORE) : *from;
    vb_str run = str_cut(text, near, *until < near + NEAR ? *until : near + NEAR);
    if (!has_spaceless(run))
        return;
    spaceless_words(run, starts);
    for (size_t i = 1; i < run.len; i++)
        if (starts[i] && near + i <= at) {
            *from = near + i;
        } else if (starts[i]) {
            *until = near + i;
            return;
        }
}

static void word_around(vb_str text, size_t at, size_t *from, size_t *until)
{
    run_around(text, at, from, until);
    word_in_run(text, at, from, until);
}

size_t step_word_before(vb_str text, size_t at)
{
    size_t until;
    while (at && !is_in_word(text, step_grapheme_before(text, at)))
        at = step_grapheme_before(text, at);
    if (at)
        word_around(text, step_grapheme_before(text, at), &at, &until);
    return at;
}

size_t step_word_after(vb_str text, size_t at)
{
    size_t from;
    while (at < text.len && !is_in_word(text, at))
        at = step_grapheme_after(text, at);
    if (at < text.len)
        word_around(text, at, &from, &at);
    return at;
}

void step_word_around(vb_str text, size_t at, size_t *from, size_t *until)
{
    word_around(text, at, from, until);
    if (*from == *until)
        *until = step_grapheme_after(text, at);
}
