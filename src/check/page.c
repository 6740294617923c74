/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's words as the checks see them: without the punctuation around them, folded. */
#include "check/page.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#include "base/str.h"
#include "transcript/bare.h"

void page_words(struct page *page)
{
    page->count = vb_word_count(page->t);
    vb_str *bare = arena_new(page->arena, (page->count + 1) * sizeof *bare);
    vb_str *folded = arena_new(page->arena, (page->count + 1) * sizeof *folded);
    for (uint32_t i = 0; i < page->count; i++) {
        bare[i] = word_bare(vb_word_text(page->t, i));
        folded[i] = word_folded(page->arena, bare[i]);
    }
    page->bare = bare;
    page->folded = folded;
}

bool word_is(const struct page *page, uint32_t word, const char *list)
{
    vb_str folded = page->folded[word];
    for (const char *at = list; folded.len && *at;) {
        size_t len = strcspn(at, " ");
        if (len == folded.len && memcmp(at, folded.data, len) == 0)
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

bool is_spoken(const struct page *page, uint32_t word)
{
    return word < page->count && !(vb_word_marks(page->t, word) & VB_UNSPOKEN);
}

static bool has_sign_behind(const struct page *page, uint32_t word, const char *signs)
{
    vb_str text = vb_word_text(page->t, word), bare = page->bare[word];
    vb_str behind = str_from(text, (size_t)(bare.data - text.data) + bare.len);
    for (size_t at = 0; at < behind.len;) {
        uint32_t c = str_next(behind, &at);
        if (c == 0x2026 || (c < 0x80 && strchr(signs, (int)c)))
            return true;
    }
    return false;
}

bool ends_with_sign(const struct page *page, uint32_t word)
{
    vb_str text = vb_word_text(page->t, word), bare = page->bare[word];
    return (size_t)(bare.data - text.data) + bare.len < text.len;
}

bool begins_sentence(const struct page *page, uint32_t word)
{
    return word == 0 ||
           vb_paragraph_of_word(page->t, word) != vb_paragraph_of_word(page->t, word - 1) ||
           has_sign_behind(page, word - 1, ".!?:");
}

bool begins_upper(vb_str word)
{
    size_t at = 0;
    uint32_t c = str_next(word, &at);
    return uc_tolower(c) != c;
}

bool begins_lower(vb_str word)
{
    size_t at = 0;
    uint32_t c = str_next(word, &at);
    return uc_toupper(c) != c;
}

bool are_neighbours(const struct page *page, uint32_t word)
{
    return word + 1 < page->count && !ends_with_sign(page, word) &&
           !(vb_word_marks(page->t, word + 1) & VB_GLUED) &&
           vb_paragraph_of_word(page->t, word) == vb_paragraph_of_word(page->t, word + 1) &&
           vb_word_text(page->t, word + 1).data == page->bare[word + 1].data;
}

uint32_t times_on_page(const struct page *page, vb_str folded)
{
    uint32_t times = 0;
    for (uint32_t i = 0; i < page->count; i++)
        times += str_is(page->folded[i], folded);
    return times;
}
