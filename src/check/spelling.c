/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words in no dictionary, by hunspell where it was there when this was built.
 *
 * A transcript is full of names and of words that no dictionary has: so a word is only told
 * when it begins with a small letter, stands on the page no more than twice, and a known word
 * is one letter away. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"
#include "check/page.h"

#ifdef HAVE_HUNSPELL
#include <hunspell/hunspell.h>

#include "base/library.h"

#define HUNSPELL_FUNCTIONS(X)                                                                  \
    X(Hunspell_create)                                                                         \
    X(Hunspell_destroy)                                                                        \
    X(Hunspell_free_list)                                                                      \
    X(Hunspell_spell)                                                                          \
    X(Hunspell_suggest)

static struct {
    HUNSPELL_FUNCTIONS(LIBRARY_POINTER)
} hunspell;

static bool hunspell_is_there(void)
{
    static const struct library_function functions[] = {
#define X(function) {LIBRARY_NAME(function), &hunspell.function},
        HUNSPELL_FUNCTIONS(X)
#undef X
    };
    static struct library library = {HUNSPELL_LIBRARY, functions, COUNT(functions), false,
                                     false};
    return library_there(&library);
}

struct speller {
    Hunhandle *hunspell;
    struct buf words; /* the dictionary's path */
    struct buf word;  /* NUL-terminated, for the library */
};

/* A dictionary takes longer to read than a page to look through: the last one stays open for
 * the next time the page is read. */
static _Atomic(struct speller *) resting;

/* "fr" has its dictionary under the name of a country. */
static bool find_dictionary(const char *language, struct buf *affixes, struct buf *words)
{
    static const char *const folders[] = {"/usr/share/hunspell", "/usr/share/myspell/dicts",
                                          "/usr/local/share/hunspell",
                                          "/opt/homebrew/share/hunspell"};
    static const char *const endings[] = {"", "_FR", "_US", "_GB", "_DE", "_ES", "_IT"};
    size_t len = strcspn(language, "-_");
    for (size_t i = 0; i < COUNT(folders) * COUNT(endings); i++) {
        buf_clear(affixes), buf_clear(words);
        buf_printf(affixes, "%s/%.*s%s.aff", folders[i / COUNT(endings)], (int)len, language,
                   endings[i % COUNT(endings)]);
        buf_printf(words, "%.*s.dic", (int)affixes->len - 4, affixes->data);
        if (access(affixes->data, R_OK) == 0 && access(words->data, R_OK) == 0)
            return true;
    }
    return false;
}

static void speller_free(struct speller *s)
{
    if (!s)
        return;
    hunspell.Hunspell_destroy(s->hunspell);
    buf_free(&s->words);
    buf_free(&s->word);
    free(s);
}

static struct speller *open_dictionary(const char *affixes, const char *words)
{
    struct speller *s = atomic_exchange(&resting, NULL);
    if (s && str_eq(buf_str(&s->words), words))
        return s;
    speller_free(s);
    s = mem_new(sizeof *s);
    buf_puts(&s->words, words);
    s->hunspell = hunspell.Hunspell_create(affixes, words);
    return s;
}

struct speller *speller_open(const char *language)
{
    struct buf affixes = {0}, words = {0};
    struct speller *s = NULL;
    if (language && *language && find_dictionary(language, &affixes, &words) &&
        hunspell_is_there())
        s = open_dictionary(affixes.data, words.data);
    buf_free(&affixes);
    buf_free(&words);
    return s;
}

static const char *as_word(struct speller *s, vb_str word)
{
    buf_clear(&s->word);
    buf_add(&s->word, word);
    return s->word.data;
}

bool speller_knows(struct speller *s, vb_str word)
{
    return word.len == 0 || hunspell.Hunspell_spell(s->hunspell, as_word(s, word)) != 0;
}

bool speller_suggest(struct speller *s, vb_str word, struct buf *into)
{
    char **list = NULL;
    int count = hunspell.Hunspell_suggest(s->hunspell, &list, as_word(s, word));
    bool near = false;
    for (int i = 0; i < count && !near; i++) {
        near = edit_distance(word, str_of(list[i]), 1) == 1;
        if (near)
            buf_puts(into, list[i]);
    }
    hunspell.Hunspell_free_list(s->hunspell, &list, count);
    return near;
}

void speller_close(struct speller *s)
{
    if (s)
        speller_free(atomic_exchange(&resting, s));
}

#else

struct speller *speller_open(const char *language)
{
    (void)language;
    return NULL;
}

bool speller_knows(struct speller *s, vb_str word)
{
    (void)s, (void)word;
    return true;
}

bool speller_suggest(struct speller *s, vb_str word, struct buf *into)
{
    (void)s, (void)word, (void)into;
    return false;
}

void speller_close(struct speller *s)
{
    (void)s;
}

#endif

bool vb_can_spell(const char *language)
{
    struct speller *s = speller_open(language);
    speller_close(s);
    return s != NULL;
}

/* Letters only, and one hyphen at most: no number, no address, no inclusive points. */
static bool is_ordinary(vb_str word)
{
    size_t letters = 0;
    for (size_t at = 0; at < word.len;) {
        uint32_t c = str_next(word, &at);
        if (c >= '0' && c <= '9')
            return false;
        if (c == '-' || c == '.' || c == 0xB7 || c == '_' || c == '@' || c == '/')
            return false;
        letters++;
    }
    return letters >= 4;
}

/* Behind "l’" and the like. */
static vb_str behind_elision(vb_str word)
{
    for (size_t at = 0; at < word.len && at < 8;) {
        uint32_t c = str_next(word, &at);
        if (c == '\'' || c == 0x2019)
            return str_from(word, at);
    }
    return word;
}

/* Of a word that stands twice the first is enough. */
static bool is_first(const struct page *page, uint32_t word)
{
    for (uint32_t i = 0; i < word; i++)
        if (str_is(page->folded[i], page->folded[word]))
            return false;
    return true;
}

void check_spelling(struct page *page)
{
    struct speller *s = speller_open(page->language);
    struct buf nearest = {0};
    for (uint32_t i = 0; s && i < page->count; i++) {
        vb_str word = behind_elision(page->bare[i]);
        if (!is_spoken(page, i) || !is_ordinary(word) || !begins_lower(word) ||
            vb_word_marks(page->t, i) & VB_EMPHASIS || speller_knows(s, word))
            continue;
        buf_clear(&nearest);
        if (is_first(page, i) && times_on_page(page, page->folded[i]) <= 2 &&
            speller_suggest(s, word, &nearest))
            found_words(page, i, 1, NULL, _("“%.*s” is in no dictionary: “%s”?"), (int)word.len,
                        word.data, nearest.data);
    }
    buf_free(&nearest);
    speller_close(s);
}
