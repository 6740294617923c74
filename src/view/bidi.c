/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels and the order of a line. */
#include "view/bidi.h"

#include <fribidi/fribidi.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* Of the two or three bytes at `s`, which begin with 0xE2: U+200E, U+200F, U+202A … U+202E,
 * U+2066 … U+2069. */
static bool is_control_at(const unsigned char *s, size_t left)
{
    if (left < 3)
        return false;
    if (s[1] == 0x80)
        return s[2] == 0x8E || s[2] == 0x8F || (s[2] >= 0xAA && s[2] <= 0xAE);
    return s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9;
}

/* Does the character that begins with these bytes stand in a block of right-to-left letters? */
static bool is_right_to_left_at(const unsigned char *s, size_t left)
{
    if (s[0] >= 0xD6 && s[0] <= 0xDF) /* U+0590 … U+07FF, and a few of Armenian */
        return s[0] != 0xD6 || (left > 1 && s[1] >= 0x90);
    if (left < 2)
        return false;
    switch (s[0]) {
    case 0xE0: /* U+0800 … U+08FF */
        return s[1] <= 0xA3;
    case 0xE2:
        return is_control_at(s, left);
    case 0xEF: /* U+FB1D … U+FDFF, U+FE70 … U+FEFF */
        return s[1] == 0xAC || s[1] == 0xAD || s[1] == 0xAE || s[1] == 0xAF ||
               (s[1] >= 0xB0 && s[1] <= 0xB7) || s[1] == 0xB9 || s[1] == 0xBA || s[1] == 0xBB;
    case 0xF0: /* U+10800 … U+10FFF, U+1E800 … U+1EFFF */
        return (s[1] == 0x90 && left > 2 && s[2] >= 0xA0) ||
               (s[1] == 0x9E && left > 2 && s[2] >= 0xA0);
    default:
        return false;
    }
}

bool bidi_is_needed(vb_str text)
{
    const unsigned char *s = (const unsigned char *)text.data;
    for (size_t i = 0; i < text.len; i++)
        if (s[i] >= 0xD6 && is_right_to_left_at(s + i, text.len - i))
            return true;
    return false;
}

enum direction bidi_direction_of(vb_str text)
{
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte < 0x80) {
            if ((byte | 32) >= 'a' && (byte | 32) <= 'z')
                return DIRECTION_LEFT_TO_RIGHT;
            at++;
            continue;
        }
        FriBidiCharType type = fribidi_get_bidi_type(str_next(text, &at));
        if (FRIBIDI_IS_STRONG(type) && !FRIBIDI_IS_EXPLICIT(type))
            return FRIBIDI_IS_RTL(type) ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT;
    }
    return DIRECTION_AUTO;
}

static const FriBidiParType bases[] = {
    [DIRECTION_AUTO] = FRIBIDI_PAR_ON,
    [DIRECTION_LEFT_TO_RIGHT] = FRIBIDI_PAR_LTR,
    [DIRECTION_RIGHT_TO_LEFT] = FRIBIDI_PAR_RTL,
};

/* Everything fribidi wants of a paragraph, in one piece of memory. */
struct paragraph {
    FriBidiChar *text;
    FriBidiCharType *types;
    FriBidiBracketType *brackets;
    FriBidiLevel *levels;
    FriBidiStrIndex count;
};

static struct paragraph paragraph_of(vb_str text)
{
    struct paragraph p = {0};
    size_t most = text.len + 1;
    p.text = mem_new(
        most * (sizeof *p.text + sizeof *p.types + sizeof *p.brackets + sizeof *p.levels));
    p.types = (FriBidiCharType *)(void *)(p.text + most);
    p.brackets = (FriBidiBracketType *)(void *)(p.types + most);
    p.levels = (FriBidiLevel *)(void *)(p.brackets + most);
    for (size_t at = 0; at < text.len;)
        p.text[p.count++] = str_next(text, &at);
    return p;
}

void bidi_levels(vb_str text, enum direction base, uint8_t *levels)
{
    struct paragraph p = paragraph_of(text);
    FriBidiParType kind = bases[base];
    fribidi_get_bidi_types(p.text, p.count, p.types);
    fribidi_get_bracket_types(p.text, p.count, p.types, p.brackets);
    if (!fribidi_get_par_embedding_levels_ex(p.types, p.brackets, p.count, &kind, p.levels))
        memset(p.levels, 0, (size_t)p.count * sizeof *p.levels); /* no memory: as it is read */
    size_t at = 0;
    for (FriBidiStrIndex i = 0; at < text.len; i++) {
        size_t from = at;
        str_next(text, &at);
        int level = p.levels[i] > 0 ? p.levels[i] : 0;
        memset(levels + from, level, at - from);
    }
    free(p.text);
}

static void reverse(uint32_t *order, size_t from, size_t until)
{
    for (; from + 1 < until; from++, until--) {
        uint32_t swap = order[from];
        order[from] = order[until - 1];
        order[until - 1] = swap;
    }
}

/* Rule L2: from the highest level down to 1, each run of that level or higher is turned round.
 * Levels belong to the things, not to their places: they are looked up by what stands there. */
void bidi_order(const uint8_t *levels, size_t count, uint32_t *order)
{
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (uint8_t level = highest; level > 0; level--)
        for (size_t i = 0; i < count;) {
            size_t from = i;
            while (i < count && levels[order[i]] >= level)
                i++;
            reverse(order, from, i);
            i += i == from;
        }
}
