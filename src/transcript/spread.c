/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long what is said takes.
 *
 * Not bytes (an é is no longer than an e), nor letters alone: "2030" is said in four words,
 * "GPT" letter by letter, and a full stop is a breath.  The constants are the ordinary pace of
 * read French, about 160 words a minute; only their ratios matter, since known times set the
 * scale. */
#include "transcript/spread.h"

#include <unictype.h>

#include "base/str.h"

enum {
    WORD_US = 45000, /* a word's own share: onset, junction */
    LETTER_US = 52000,
    DIGIT_US = 260000,   /* "trente", "deux mille" */
    SPELLED_US = 210000, /* a capital of an acronym */
    WIDE_US = 180000,    /* a Chinese character, a Japanese or Korean syllable */
    COMMA_US = 180000,
    STOP_US = 480000,
};

struct tally {
    uint32_t letters, digits, capitals, wide;
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
        return COMMA_US;
    case '.':
    case '!':
    case '?':
    case 0x2026: /* … */
    case 0x3002: /* 。 */
    case 0x61F:  /* ؟ */
    case 0x964:  /* । */
        return STOP_US;
    default:
        return 0;
    }
}

static void count(struct tally *tally, uint32_t c)
{
    uint32_t pause = pause_of(c);
    if (c < 0x80 && is_digit((char)c))
        tally->digits++;
    else if (is_wide(c))
        tally->wide++;
    else if (c >= 'A' && c <= 'Z')
        tally->capitals++;
    else if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L))
        tally->letters++;
    if (is_letter_or_digit(c)) /* "3.5", "12:30": no pause inside */
        tally->pause_us = 0;
    else if (pause > tally->pause_us)
        tally->pause_us = pause;
}

struct natural spread_natural(vb_str word)
{
    struct tally tally = {0};
    for (size_t at = 0; at < word.len;)
        count(&tally, str_next(word, &at));
    bool acronym = tally.capitals >= 2 && tally.capitals > tally.letters;
    uint32_t spelled = acronym ? tally.capitals : 0;
    uint32_t letters = tally.letters + tally.capitals - spelled;
    uint32_t speech = WORD_US + letters * LETTER_US + tally.digits * DIGIT_US +
                      spelled * SPELLED_US + tally.wide * WIDE_US;
    return (struct natural){speech, tally.pause_us};
}
