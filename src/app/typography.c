/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help with French signs while typing. */
#include "app/typography.h"

#include "app/session.h"
#include "base/mem.h"
#include "base/str.h"

enum { NO_BREAK = 0xA0, NARROW = 0x202F, CURLY = 0x2019, OPENING = 0xAB, CLOSING = 0xBB };

/* ---- how the page does it ---- */

static bool is_high_sign(uint32_t c)
{
    return c == ';' || c == '?' || c == '!';
}

static bool is_letter_at(vb_str text, size_t at)
{
    return at < text.len && is_letter_or_digit(str_next(text, &at));
}

static void look_at(struct typography *t, vb_str text)
{
    size_t straight = 0, curly = 0, wide = 0, narrow = 0;
    uint32_t before = 0;
    for (size_t at = 0; at < text.len;) {
        if ((unsigned char)text.data[at] < 0x80 && text.data[at] != '\'' &&
            !is_high_sign((unsigned char)text.data[at])) {
            before = (unsigned char)text.data[at++];
            continue;
        }
        uint32_t c = str_next(text, &at);
        bool elides =
            (c == '\'' || c == CURLY) && is_letter_or_digit(before) && is_letter_at(text, at);
        straight += elides && c == '\'';
        curly += elides && c == CURLY;
        wide += is_high_sign(c) && before == NO_BREAK;
        narrow += is_high_sign(c) && before == NARROW;
        before = c;
    }
    t->curly = curly >= straight;
    t->before_high = wide > narrow ? NO_BREAK : NARROW;
}

/* Once a document: it is as it is mostly written. */
static const struct typography *style_of(struct session *s)
{
    struct typography *t = &s->typography;
    if (t->of == s->document)
        return t;
    *t = (struct typography){.of = s->document};
    t->french = str_starts(str_of(vb_guess_language(s->transcript)), "fr");
    t->wiki = str_eq(vb_variant(s->transcript), "wikitext");
    look_at(t, vb_document_text(s->document));
    return t;
}

/* ---- one sign ---- */

/* What stands before it back to the last white space. */
static vb_str token_before(vb_str before)
{
    size_t from = before.len;
    while (from > 0 && !is_space((unsigned char)before.data[from - 1]))
        from--;
    return str_from(before, from);
}

/* An address, a clock, a sign of the markup: nothing of French. */
static bool is_no_prose(vb_str token, uint32_t sign)
{
    static const char *const schemes[] = {"http", "https", "ftp", "mailto"};
    if (str_find(token, VB_STR("://")) != STR_NOT_FOUND || str_starts(token, "www."))
        return true;
    if (sign == ';' && str_find_char(token, '&') != STR_NOT_FOUND)
        return true;
    for (size_t i = 0; i < COUNT(schemes) && sign == ':'; i++)
        if (str_ends(token, schemes[i]))
            return true;
    return sign == ':' && token.len && is_digit(token.data[token.len - 1]);
}

/* Behind which a sign wants a space. */
static bool wants_space(uint32_t before)
{
    static const uint32_t closers[] = {')', ']', '"', CURLY, 0x201D, CLOSING, 0x2026, '%', '.'};
    for (size_t i = 0; i < COUNT(closers); i++)
        if (before == closers[i])
            return true;
    return is_letter_or_digit(before);
}

static size_t space_before(const struct typography *t, vb_str before, uint32_t sign,
                           struct buf *into)
{
    uint32_t last = str_before(before, before.len);
    uint32_t space = is_high_sign(sign) ? t->before_high : NO_BREAK;
    bool plain = last == ' ';
    if (is_no_prose(token_before(before), sign))
        return 0;
    if ((plain && t->wiki) || (!plain && !wants_space(last)))
        return 0;
    buf_char(into, t->wiki ? ' ' : space);
    buf_char(into, sign);
    return plain ? 1 : 0;
}

static size_t apostrophe(const struct typography *t, vb_str before, struct buf *into)
{
    uint32_t last = str_before(before, before.len);
    if (t->wiki && last == CURLY) { /* two of them are italics */
        buf_puts(into, "''");
        return 3;
    }
    if (t->curly && is_letter_or_digit(last))
        buf_char(into, CURLY);
    return 0;
}

/* The space of the hand, where the help has set one already. */
static size_t space(vb_str before, struct buf *into)
{
    if (!str_ends(before, "\xC2\xAB\xC2\xA0"))
        return 0;
    buf_char(into, NO_BREAK);
    return 2;
}

size_t typography_of(struct session *s, vb_str before, vb_str typed, struct buf *into)
{
    size_t at = 0;
    uint32_t sign = str_next(typed, &at);
    if (!s->settings.typography || at != typed.len)
        return 0;
    const struct typography *t = style_of(s);
    if (!t->french)
        return 0;
    if (is_high_sign(sign) || sign == ':' || sign == CLOSING)
        return space_before(t, before, sign, into);
    if (sign == '\'')
        return apostrophe(t, before, into);
    if (sign == ' ')
        return space(before, into);
    if (sign == OPENING && !t->wiki) {
        buf_char(into, OPENING);
        buf_char(into, NO_BREAK);
    }
    return 0;
}
