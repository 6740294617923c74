/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips of the hand among the words: doubled, split, misread. */
#include <stdlib.h>
#include <string.h>

#include "base/diff.h"
#include "base/i18n.h"
#include "base/str.h"
#include "check/page.h"

/* ---- doubled ---- */

/* Twice in a row and right: "nous nous levons", "had had", "faire faire"; a number, a name. */
static bool may_be_doubled(const struct page *page, uint32_t word)
{
    return word_is(
               page, word,
               "nous vous had that bye bla oui non si très vraiment beaucoup ha ah oh hé no "
               "yes very really well so") ||
           is_digit(page->bare[word].data[0]) || begins_upper(page->bare[word]);
}

/* "ce que ce qui": begun again with another word. Only little words, whose order is bound. */
static bool is_begun_again(const struct page *page, uint32_t word)
{
    static const char hinges[] = "que qui dont où de à en the of to that which who";
    static const char starts[] = "ce celui celle ceux celles le la les du des au aux dans pour "
                                 "par avec sur je tu il elle ils elles on";
    if (word + 3 >= page->count || !word_is(page, word, starts) ||
        !word_is(page, word + 1, hinges) || !str_is(page->folded[word], page->folded[word + 2]))
        return false;
    /* "ce que ce livre dit" and "il y a" are sentences; "ce que ce qui" is none */
    return word_is(page, word + 3, hinges) && are_neighbours(page, word) &&
           are_neighbours(page, word + 1) && are_neighbours(page, word + 2);
}

void check_doubled_words(struct page *page)
{
    for (uint32_t i = 0; i + 1 < page->count; i++) {
        if (!is_spoken(page, i) || !page->folded[i].len)
            continue;
        vb_str word = page->bare[i];
        if (str_is(page->folded[i], page->folded[i + 1]) && are_neighbours(page, i) &&
            is_spoken(page, i + 1) && !may_be_doubled(page, i))
            found_words(page, i, 2, NULL, _("“%.*s” stands twice"), (int)word.len, word.data);
        else if (is_begun_again(page, i))
            found_words(page, i, 4, NULL, _("begun twice: “%.*s %.*s” and “%.*s %.*s”"),
                        (int)word.len, word.data, (int)page->bare[i + 1].len,
                        page->bare[i + 1].data, (int)page->bare[i + 2].len,
                        page->bare[i + 2].data, (int)page->bare[i + 3].len,
                        page->bare[i + 3].data);
    }
}

/* ---- a sentence that stands twice ---- */

enum { SENTENCE_WORDS = 9 };

struct sentence {
    uint32_t first, count, number;
};

static int by_number(const void *x, const void *y)
{
    const struct sentence *a = x, *b = y;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

static vb_str joined(const struct page *page, uint32_t first, uint32_t count)
{
    struct buf text = {0};
    for (uint32_t i = first; i < first + count; i++) {
        buf_add(&text, page->folded[i]);
        buf_putc(&text, ' ');
    }
    vb_str kept = arena_str(page->arena, buf_str(&text));
    buf_free(&text);
    return kept;
}

void check_repeated_sentences(struct page *page)
{
    VEC(struct sentence) list = {0};
    struct numbering *numbering = numbering_new();
    for (uint32_t i = 0, end; i < page->count; i = end) {
        for (end = i + 1; end < page->count && !begins_sentence(page, end);)
            end++;
        if (end - i >= SENTENCE_WORDS)
            vec_push(&list, (struct sentence){
                                i, end - i, numbering_of(numbering, joined(page, i, end - i))});
    }
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, by_number);
    for (size_t i = 1; i < list.count; i++)
        if (list.items[i].number == list.items[i - 1].number)
            found_words(page, list.items[i].first, list.items[i].count, NULL, "%s",
                        _("the same sentence stands further up"));
    numbering_free(numbering);
    free(list.items);
}

/* ---- split ---- */

/* The two together, when they stand on the page or in the dictionary as one word. */
static bool joins(const struct page *page, struct speller *speller, uint32_t word,
                  struct buf *into)
{
    buf_clear(into);
    buf_add(into, page->folded[word]);
    buf_add(into, page->folded[word + 1]);
    return times_on_page(page, buf_str(into)) > 0 ||
           (speller && speller_knows(speller, buf_str(into)));
}

/* Never a word by itself in French; the others only where the whole is known. */
static bool is_prefix(const struct page *page, uint32_t word, bool *alone)
{
    *alone = page->french && word_is(page, word, "re ré");
    return *alone ||
           (page->french && word_is(page, word,
                                    "dé dés pré in im ir mé anti auto co inter intra "
                                    "hyper ultra micro macro multi télé néo sur sous"));
}

void check_split_words(struct page *page)
{
    struct speller *speller = page->french ? speller_open(page->language) : NULL;
    struct buf whole = {0};
    for (uint32_t i = 0; i + 1 < page->count; i++) {
        bool alone;
        if (!is_spoken(page, i) || !is_prefix(page, i, &alone) || !are_neighbours(page, i) ||
            !begins_lower(page->bare[i]) || !begins_lower(page->bare[i + 1]) ||
            page->folded[i + 1].len < 4)
            continue;
        bool known = joins(page, speller, i, &whole);
        bool is_word_too = word_is(page, i, "sur sous dés auto micro macro télé");
        if (alone || (known && !is_word_too))
            found_words(page, i, 2, known ? whole.data : NULL,
                        _("“%.*s %.*s”: one word, “%s”?"), (int)page->bare[i].len,
                        page->bare[i].data, (int)page->bare[i + 1].len, page->bare[i + 1].data,
                        whole.data);
    }
    buf_free(&whole);
    speller_close(speller);
}

/* ---- misread ---- */

/* "II a écrit": but "Jean-Paul II a écrit" is a pope. */
void check_roman_il(struct page *page)
{
    for (uint32_t i = 0; page->french && i + 1 < page->count; i++) {
        bool looks = str_eq(page->bare[i], "II") || str_eq(page->bare[i], "lI") ||
                     str_eq(page->bare[i], "Ii");
        bool name_before =
            i > 0 && begins_upper(page->bare[i - 1]) && !begins_sentence(page, i);
        if (looks && is_spoken(page, i) && !name_before && begins_lower(page->bare[i + 1]))
            found_words(page, i, 1, "Il",
                        _("“%.*s” looks like “Il”, a capital i and a small L"),
                        (int)page->bare[i].len, page->bare[i].data);
    }
}
