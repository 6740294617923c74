/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/spaceless.h"

#include <string.h>
#include <unigbrk.h>
#include <unilbrk.h>

#include "base/mem.h"
#include "base/str.h"

/* ---- which scripts ---- */

enum script { WITH_SPACES, IDEOGRAPHS, SYLLABLES };

struct script_range {
    uint32_t first, last;
    enum script script;
};

/* In order. */
static const struct script_range ranges[] = {
    {0x0E00,  0x0EFF,  SYLLABLES }, /* Thai, Lao */
    {0x1000,  0x109F,  SYLLABLES }, /* Burmese */
    {0x1780,  0x17FF,  SYLLABLES }, /* Khmer */
    {0x19E0,  0x19FF,  SYLLABLES },
    {0x2E80,  0xA4CF,  IDEOGRAPHS}, /* Han, kana, bopomofo, Yi, their signs */
    {0xA9E0,  0xA9FF,  SYLLABLES }, /* Burmese */
    {0xAA60,  0xAA7F,  SYLLABLES },
    {0xF900,  0xFAFF,  IDEOGRAPHS},
    {0xFF00,  0xFFBF,  IDEOGRAPHS}, /* forms of full and half width */
    {0x20000, 0x3FFFF, IDEOGRAPHS},
};

static enum script script_of(uint32_t c)
{
    if (c < ranges[0].first)
        return WITH_SPACES;
    for (size_t i = 0; i < COUNT(ranges); i++)
        if (c <= ranges[i].last)
            return c >= ranges[i].first ? ranges[i].script : WITH_SPACES;
    return WITH_SPACES;
}

/* The scripts of it. Most text holds none of their bytes. */
static bool has_script(vb_str text, bool ideographs_alone)
{
    for (size_t at = 0; at < text.len;) {
        if ((unsigned char)text.data[at] < 0xE0) {
            at++;
            continue;
        }
        enum script script = script_of(str_next(text, &at));
        if (script == IDEOGRAPHS || (script == SYLLABLES && !ideographs_alone))
            return true;
    }
    return false;
}

bool is_spaceless(uint32_t c)
{
    return script_of(c) != WITH_SPACES;
}

bool has_spaceless(vb_str text)
{
    return has_script(text, false);
}

bool has_ideographs(vb_str text)
{
    return has_script(text, true);
}

/* ---- words, by ICU's dictionaries ---- */

#ifdef HAVE_ICU

#include <pthread.h>
#include <unicode/ubrk.h>

#include "base/library.h"

#define ICU_FUNCTIONS(X)                                                                       \
    X(ubrk_first)                                                                              \
    X(ubrk_next)                                                                               \
    X(ubrk_open)                                                                               \
    X(ubrk_setUText)                                                                           \
    X(utext_close)                                                                             \
    X(utext_openUTF8)

static struct {
    ICU_FUNCTIONS(LIBRARY_POINTER)
} icu;

static bool icu_is_there(void)
{
    static const struct library_function functions[] = {
#define X(function) {LIBRARY_NAME(function), &icu.function},
        ICU_FUNCTIONS(X)
#undef X
    };
    static struct library library = {ICU_LIBRARY, functions, COUNT(functions), false, false};
    return library_there(&library);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The one that all share, opened when it is first asked for; NULL: it can't be. */
static UBreakIterator *dictionary(void)
{
    static UBreakIterator *opened;
    static bool was_tried;
    UErrorCode trouble = U_ZERO_ERROR;
    if (!was_tried && icu_is_there())
        opened = icu.ubrk_open(UBRK_WORD, "", NULL, 0, &trouble);
    was_tried = true;
    return U_FAILURE(trouble) ? NULL : opened;
}

static void mark_words(UBreakIterator *words, vb_str text, char *starts)
{
    UErrorCode trouble = U_ZERO_ERROR;
    UText source = UTEXT_INITIALIZER;
    icu.utext_openUTF8(&source, text.data, (int64_t)text.len, &trouble);
    icu.ubrk_setUText(words, &source, &trouble);
    if (!U_FAILURE(trouble))
        for (int32_t at = icu.ubrk_first(words); at >= 0 && (size_t)at < text.len;
             at = icu.ubrk_next(words))
            starts[at] = 1;
    icu.utext_close(&source);
}

void spaceless_words(vb_str text, char *starts)
{
    memset(starts, 0, text.len);
    pthread_mutex_lock(&lock);
    UBreakIterator *words = dictionary();
    if (words)
        mark_words(words, text, starts);
    pthread_mutex_unlock(&lock);
}

#else

void spaceless_words(vb_str text, char *starts)
{
    memset(starts, 0, text.len);
}

#endif

/* ---- lines ---- */

static size_t end_of_syllables(vb_str text, size_t at)
{
    for (size_t next = at; at < text.len; at = next)
        if (script_of(str_next(text, &next)) != SYLLABLES)
            break;
    return at;
}

/* UAX 14 leaves the inside of such a stretch to a dictionary. No line is longer than what is
 * looked at of one. */
enum { LOOKED_AT = 1024 };

static void break_syllables(vb_str text, size_t from, size_t until, char *breaks)
{
    char starts[LOOKED_AT];
    vb_str stretch = str_cut(text, from, until < from + LOOKED_AT ? until : from + LOOKED_AT);
    spaceless_words(stretch, starts);
    for (size_t at = 1; at < stretch.len; at++)
        if (starts[at])
            breaks[from + at] = UC_BREAK_POSSIBLE;
}

void line_breaks(vb_str text, char *breaks)
{
    u8_possible_linebreaks((const uint8_t *)text.data, text.len, "UTF-8", breaks);
    for (size_t at = 0, next = 0; at < text.len; at = next) {
        if (script_of(str_next(text, &next)) != SYLLABLES)
            continue;
        next = end_of_syllables(text, at);
        break_syllables(text, at, next, breaks);
    }
}

bool line_breaks_between(vb_str before, vb_str text)
{
    char joined[8], breaks[8];
    size_t next = 0;
    uint32_t last = str_before(before, before.len), first = str_next(text, &next);
    enum script left = script_of(last), right = script_of(first);
    if (left == WITH_SPACES && right == WITH_SPACES)
        return true;
    if (left == SYLLABLES && right == SYLLABLES) /* its words were parted there */
        return uc_is_grapheme_break(last, first);
    size_t len = utf8_put(joined, last);
    next = len + utf8_put(joined + len, first);
    line_breaks((vb_str){joined, next}, breaks);
    return breaks[len] == UC_BREAK_POSSIBLE;
}
