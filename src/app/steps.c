/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a caret. */
#include "app/steps.h"

#include <unigbrk.h>

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

size_t step_word_before(vb_str text, size_t at)
{
    while (at && !is_in_word(text, step_grapheme_before(text, at)))
        at = step_grapheme_before(text, at);
    while (at && is_in_word(text, step_grapheme_before(text, at)))
        at = step_grapheme_before(text, at);
    return at;
}

size_t step_word_after(vb_str text, size_t at)
{
    while (at < text.len && !is_in_word(text, at))
        at = step_grapheme_after(text, at);
    while (at < text.len && is_in_word(text, at))
        at = step_grapheme_after(text, at);
    return at;
}

void step_word_around(vb_str text, size_t at, size_t *from, size_t *until)
{
    *from = *until = at;
    while (is_in_word(text, *until))
        *until = step_grapheme_after(text, *until);
    while (*from && is_in_word(text, step_grapheme_before(text, *from)))
        *from = step_grapheme_before(text, *from);
    if (*from == *until)
        *until = step_grapheme_after(text, at);
}
