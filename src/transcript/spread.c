/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long what is said takes.
 *
 * Not bytes (an é is no longer than an e), nor letters alone: "2030" is said in four syllables,
 * "GPT" letter by letter, and a full stop is a breath.  The constants are an ordinary pace of
 * read French, about 165 words a minute; only their ratios matter, since known times set the
 * scale.  They were weighed on recordings of four languages (tests/bench/bench_estimate.c). */
#include "transcript/spread.h"

#include <unictype.h>

#include "base/str.h"

enum {
    WORD_US = 25000, /* a word's own share: onset, junction */
    LETTER_US = 52000,
    SYLLABLE_US = 210000, /* of a number or a sign said in full */
    SPELLED_US = 170000,  /* a capital of an acronym */
    WIDE_US = 180000,     /* a Chinese character, a Japanese or Korean syllable */
};

struct tally {
    uint32_t letters, spelled, wide;
    uint32_t tenths; /* of syllables: numbers and signs */
    uint32_t pause_us;
};

static bool is_wide(uint32_t c)
{
    return (c >= 0x3040 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0) ||
           (c >= 0x20000 && c < 0x32000);
}

static uint32_t pause_of(uint32_t c)
{
    switch (c) {
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x3001: /* 、 */
    case 0x60C:  /* ، */
        return SPREAD_COMMA_US;
    case '.':
    case '!':
    case '?':
    case 0x2026: /* … */
    case 0x3002: /* 。 */
    case 0x61F:  /* ؟ */
    case 0x964:  /* । */
        return SPREAD_STOP_US;
    default:
        return 0;
    }
}

/* ---- numbers ---- */

/* "vingt-quatre", "zwanzig", "noventa": what a digit adds at its place, in tenths of a
 * syllable, as it is about the same in the languages around us. */
enum {
    UNIT = 11,
    TEEN = 16, /* ten and its unit in one */
    TENS = 18,
    HUNDRED = 12, /* the word; 200 has its two before it */
    THOUSAND = 13,
    MILLION = 20,
    BY_DIGIT = 12, /* "zéro six" */
};

/* Three digits or fewer, up to thousands, millions …: `place` 0, 1, 2. */
static uint32_t tenths_of_group(vb_str digits, size_t place)
{
    uint32_t tenths = 0, value = 0;
    bool teen = false;
    for (size_t i = 0; i < digits.len; i++) {
        uint32_t digit = (uint32_t)(digits.data[i] - '0');
        size_t column = digits.len - 1 - i;
        value = value * 10 + digit;
        if (digit && column == 2)
            tenths += HUNDRED + (digit > 1 ? UNIT : 0);
        else if (digit && column == 1)
            tenths += digit == 1 ? TEEN : TENS;
        else if (digit && !teen)
            tenths += UNIT;
        teen = column == 1 && digit == 1;
    }
    if (!value || !place)
        return tenths;
    return place == 1 ? (value == 1 ? THOUSAND : tenths + THOUSAND) : tenths + MILLION;
}

static uint32_t tenths_of_number(vb_str digits)
{
    if (str_eq(digits, "000")) /* the end of "5 000" */
        return THOUSAND;
    if (digits.len > 12 || (digits.len > 1 && digits.data[0] == '0'))
        return (uint32_t)digits.len * BY_DIGIT;
    uint32_t tenths = 0;
    for (size_t until = digits.len, place = 0; until > 0; place++) {
        size_t from = until > 3 ? until - 3 : 0;
        tenths += tenths_of_group(str_cut(digits, from, until), place);
        until = from;
    }
    return tenths ? tenths : BY_DIGIT;
}

/* ---- runs of a kind ---- */

static size_t run_of(vb_str word, size_t at, char least, char most)
{
    while (at < word.len && word.data[at] >= least && word.data[at] <= most)
        at++;
    return at;
}

/* "GPT" and "IA" letter by letter; "UNESCO", and what is merely set in capitals, as words. */
static bool is_spelled(vb_str capitals)
{
    bool has_vowel = false;
    for (size_t i = 0; i < capitals.len; i++)
        has_vowel = has_vowel || str_find_char(VB_STR("AEIOUY"), capitals.data[i]) < 6;
    return capitals.len >= 2 && (capitals.len <= 3 || !has_vowel);
}

static size_t take_capitals(struct tally *tally, vb_str word, size_t at)
{
    vb_str run = str_cut(word, at, run_of(word, at, 'A', 'Z'));
    if (is_spelled(run))
        tally->spelled += (uint32_t)run.len;
    else
        tally->letters += (uint32_t)run.len;
    return at + run.len;
}

static size_t take_digits(struct tally *tally, vb_str word, size_t at)
{
    vb_str run = str_cut(word, at, run_of(word, at, '0', '9'));
    bool goes_on = tally->pause_us && at >= 2 && is_digit(word.data[at - 2]);
    tally->tenths += tenths_of_number(run) + (goes_on ? TENS : 0); /* "virgule", "heures" */
    return at + run.len;
}

/* Signs that are said: "pour cent", "euros", "plus". */
static bool is_said(uint32_t c)
{
    return c == '%' || c == '&' || c == '+' || c == '=' || c == '@' || c == '$' || c == 0xA3 ||
           c == 0xB0 || c == 0x20AC;
}

/* Latin letters lie together; the punctuation of the world has few. */
static bool is_letter(uint32_t c)
{
    if (c < 0x250)
        return (c >= 'a' && c <= 'z') || (c >= 0xC0 && c != 0xD7 && c != 0xF7) || c == 0xAA ||
               c == 0xB5 || c == 0xBA;
    return !(c >= 0x2000 && c < 0x2070) &&
           uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

static void take_other(struct tally *tally, uint32_t c)
{
    if (is_wide(c))
        tally->wide++;
    else if (is_letter(c))
        tally->letters++;
    else if (is_said(c))
        tally->tenths += TENS;
}

/* The stop of an initial is none: "Arthur C. Clarke". */
static bool is_initial(vb_str word)
{
    return word.len == 2 && word.data[1] == '.' && word.data[0] >= 'A' && word.data[0] <= 'Z';
}

struct natural spread_natural(vb_str word)
{
    struct tally tally = {0};
    for (size_t at = 0; at < word.len;) {
        size_t next = at;
        uint32_t c = str_next(word, &next);
        if (c >= 'A' && c <= 'Z')
            next = take_capitals(&tally, word, at);
        else if (c < 0x80 && is_digit((char)c))
            next = take_digits(&tally, word, at);
        else
            take_other(&tally, c);
        uint32_t pause = pause_of(c);
        if (is_letter_or_digit(c)) /* "3.5", "12:30": no pause inside */
            tally.pause_us = 0;
        else if (pause > tally.pause_us)
            tally.pause_us = pause;
        at = next;
    }
    uint32_t speech = WORD_US + tally.letters * LETTER_US + tally.spelled * SPELLED_US +
                      tally.wide * WIDE_US + tally.tenths * (SYLLABLE_US / 10);
    return (struct natural){speech, is_initial(word) ? 0 : tally.pause_us};
}
