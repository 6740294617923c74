/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Punctuation and what was left to fill in. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "check/page.h"

/* ---- pairs ---- */

enum { OPEN_MAX = 16 };

struct open_sign {
    uint32_t closes;
    uint32_t word;
    char shown[5];
};

struct pairs {
    struct page *page;
    struct open_sign open[OPEN_MAX];
    size_t count;
};

static uint32_t closing_of(uint32_t c)
{
    static const uint32_t both[][2] = {
        {0xAB,   0xBB  },
        {0x201C, 0x201D},
        {'(',    ')'   },
        {'[',    ']'   },
    };
    for (size_t i = 0; i < COUNT(both); i++)
        if (both[i][0] == c)
            return both[i][1];
    return 0;
}

static bool is_closing(uint32_t c)
{
    return c == 0xBB || c == 0x201D || c == ')' || c == ']';
}

static void close_sign(struct pairs *p, uint32_t c, uint32_t word)
{
    char shown[5] = {0};
    utf8_put(shown, c);
    if (p->count && p->open[p->count - 1].closes == c)
        p->count--;
    else
        found_words(p->page, word, 1, NULL, _("%s closes what was not opened"), shown);
}

/* A quotation that runs over paragraphs is opened anew at each: « once more is no fault. */
static void open_sign(struct pairs *p, uint32_t c, uint32_t word)
{
    bool again = p->count && p->open[p->count - 1].closes == closing_of(c) && c == 0xAB;
    if (again || p->count == OPEN_MAX)
        return;
    struct open_sign *sign = &p->open[p->count++];
    *sign = (struct open_sign){closing_of(c), word, {0}};
    utf8_put(sign->shown, c);
}

/* "1)" and ":)" open nothing. */
static bool is_list_sign(vb_str text, size_t at, uint32_t c)
{
    if (c != ')' || at < 2)
        return false;
    char before = text.data[at - 2];
    bool smiles = before == ':' || before == ';' || before == '-';
    bool counts = is_digit(before) || (before >= 'a' && before <= 'z');
    return smiles || (at <= 3 && counts);
}

static void read_signs(struct pairs *p, uint32_t word)
{
    vb_str text = vb_word_text(p->page->t, word);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        if (closing_of(c))
            open_sign(p, c, word);
        else if (is_closing(c) && !(is_list_sign(text, at, c) && !p->count))
            close_sign(p, c, word);
    }
}

void check_pairs(struct page *page)
{
    struct pairs p = {.page = page};
    for (uint32_t i = 0; i < page->count; i++) {
        read_signs(&p, i);
        bool turn_ends = i + 1 == page->count ||
                         vb_turn_of_word(page->t, i) != vb_turn_of_word(page->t, i + 1);
        while (turn_ends && p.count) {
            const struct open_sign *left = &p.open[--p.count];
            found_words(page, left->word, 1, NULL, _("%s is not closed"), left->shown);
        }
    }
}

/* ---- apostrophes ---- */

void check_apostrophes(struct page *page)
{
    uint32_t straight = 0, curly = 0;
    for (uint32_t i = 0; i < page->count; i++)
        for (size_t at = 0; at < page->bare[i].len;) {
            uint32_t c = str_next(page->bare[i], &at);
            straight += c == '\'';
            curly += c == 0x2019;
        }
    if (straight && curly)
        found_at(page, (struct vb_span){0, 0}, NULL,
                 _("two kinds of apostrophes: %u straight, %u curly"), straight, curly);
}

/* ---- spaces ---- */

/* Is the sign glued to a letter? ":" and ";" stand in times and addresses, too. */
static bool is_glued(vb_str text, size_t at, uint32_t c)
{
    uint32_t before = str_before(text, at), after;
    size_t next = at;
    str_next(text, &next);
    after = next < text.len ? str_next(text, &next) : 0;
    if (c == 0xAB)
        return after && is_letter_or_digit(after);
    if (c != '!' && c != '?' && c != ';' && c != ':' && c != 0xBB)
        return false;
    bool ends = !after || !is_letter_or_digit(after);
    return ends && before && is_letter_or_digit(before) && after != '/' && after != '/';
}

static bool has_glued_sign(vb_str text)
{
    if (str_find(text, VB_STR("://")) != STR_NOT_FOUND ||
        str_find(text, VB_STR("http")) != STR_NOT_FOUND)
        return false;
    for (size_t at = 0; at < text.len;) {
        size_t here = at;
        uint32_t c = str_next(text, &at);
        if (is_glued(text, here, c))
            return true;
    }
    return false;
}

/* Plain spaces become no-break ones by themselves on a wiki: only where none stands at all. */
void check_spaces(struct page *page)
{
    uint32_t count = 0, first = 0;
    for (uint32_t i = 0; page->french && i < page->count; i++)
        if (has_glued_sign(vb_word_text(page->t, i))) {
            first = count++ ? first : i;
        }
    if (!count)
        return;
    vb_str text = vb_word_text(page->t, first);
    found_words(
        page, first, 1, NULL,
        P_("no space before or after the sign of “%.*s”",
           "no space before or after the sign of “%.*s” and, with it, of %u words in all",
           count),
        (int)text.len, text.data, count);
}

/* ---- left to fill in ---- */

/* "XX", "YY", "xx", "???", "[à compléter]" */
static bool is_blank_form(vb_str text)
{
    static const char *const forms[] = {"XX", "YY", "XXX", "xx", "yy", "???", "TODO", "FIXME"};
    for (size_t i = 0; i < COUNT(forms); i++)
        if (str_eq(text, forms[i]))
            return true;
    return str_find(text, VB_STR("???")) != STR_NOT_FOUND;
}

static bool is_unfilled_text(vb_str text)
{
    static const char *const forms[] = {"XX min",    "YY min",      "min YY",
                                        "XX h",      "à compléter", "À compléter",
                                        "à prévoir", "À prévoir",   "TODO"};
    for (size_t i = 0; i < COUNT(forms); i++)
        if (str_find(text, str_of(forms[i])) != STR_NOT_FOUND)
            return true;
    return is_blank_form(str_trim(text));
}

void check_unfilled(struct page *page)
{
    for (uint32_t i = 0; i < page->count; i++) {
        vb_str text = vb_word_text(page->t, i);
        if (is_blank_form(page->bare[i]) || is_blank_form(text))
            found_words(page, i, 1, NULL, _("“%.*s” is left to fill in"), (int)text.len,
                        text.data);
    }
    for (uint32_t i = 0; i < vb_section_count(page->t); i++) {
        const struct vb_section *s = vb_section(page->t, i);
        if (is_unfilled_text(s->title))
            found_at(page, s->span, NULL, _("“%.*s” is left to fill in"), (int)s->title.len,
                     s->title.data);
    }
}

void check_header(struct page *page)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(page->t, &count);
    for (size_t i = 0; i < count; i++) {
        int len = (int)meta[i].label.len;
        if (!str_trim(meta[i].value).len)
            found_at(page, meta[i].span, NULL, _("“%.*s” is empty"), len, meta[i].label.data);
        else if (is_unfilled_text(meta[i].value))
            found_at(page, meta[i].span, NULL, _("“%.*s” is not filled in: “%.*s”"), len,
                     meta[i].label.data, (int)meta[i].value.len, meta[i].value.data);
    }
}
