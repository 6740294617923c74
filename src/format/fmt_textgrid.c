/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Praat's TextGrid, long and short: one grammar, in which only free-standing numbers, "strings"
 * and <flags> count.  What its tiers mean is for textgrid_cues.c. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/format.h"
#include "format/textgrid.h"

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_FLAG };

struct token {
    enum token_kind kind;
    struct vb_span span; /* a text's without its quotes */
};

static int probe(vb_str text)
{
    text = str_cut(text, 0, 512);
    return str_find(text, VB_STR("ooTextFile")) != STR_NOT_FOUND &&
                   str_find(text, VB_STR("TextGrid")) != STR_NOT_FOUND
               ? 96
               : 0;
}

/* ---- tokens ---- */

static char byte_at(const struct textgrid *r, size_t at)
{
    return at < r->source.len ? r->source.data[at] : ' ';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The quote that ends the string; a doubled one is text. */
static struct token take_text(struct textgrid *r)
{
    size_t from = ++r->at;
    while (r->at < r->source.len) {
        if (r->source.data[r->at] == '"' && byte_at(r, r->at + 1) != '"')
            break;
        r->at += r->source.data[r->at] == '"' ? 2 : 1;
    }
    size_t until = r->at < r->source.len ? r->at : r->source.len;
    if (r->at >= r->source.len)
        builder_note(r->cues.b, VB_WARNING, (struct vb_span){(uint32_t)from - 1, 1},
                     _("this quote is never closed"));
    r->at = until + 1;
    return (struct token){
        TOKEN_TEXT, {(uint32_t)from, (uint32_t)(until - from)}
    };
}

/* Passes over what is only there for people: "xmin =", "item [1]:", "! remarks". */
static struct token next_token(struct textgrid *r)
{
    for (; r->at < r->source.len; r->at++) {
        char c = r->source.data[r->at];
        size_t from = r->at;
        if (is_blank(c))
            continue;
        if (c == '"')
            return take_text(r);
        if (c == '!')
            while (r->at < r->source.len && r->source.data[r->at] != '\n')
                r->at++;
        else
            while (!is_blank(byte_at(r, r->at)) && byte_at(r, r->at) != '"')
                r->at++;
        struct vb_span span = {(uint32_t)from, (uint32_t)(r->at - from)};
        vb_str word = str_cut(r->source, from, r->at);
        vb_time ignored;
        if (c == '<' && str_ends(word, ">"))
            return (struct token){TOKEN_FLAG, span};
        if (clock_number(word, VB_SECOND, &ignored) ||
            (is_digit(c) && clock_number(word, 1, &ignored)))
            return (struct token){TOKEN_NUMBER, span};
        r->at--;
    }
    return (struct token){
        TOKEN_END, {(uint32_t)r->source.len, 0}
    };
}

/* The next token of a kind; false: another stands there, or none. */
static bool take(struct textgrid *r, enum token_kind kind, struct vb_span *span)
{
    size_t before = r->at;
    struct token token = next_token(r);
    *span = token.span;
    if (token.kind == kind)
        return true;
    r->at = before;
    return false;
}

static bool take_time(struct textgrid *r, vb_time *time)
{
    struct vb_span span;
    if (!take(r, TOKEN_NUMBER, &span) || !clock_number(textgrid_text(r, span), VB_SECOND, time))
        return false;
    if (*time < 0) {
        builder_note(r->cues.b, VB_WARNING, span,
                     _("a time before the recording; it is read as "
                       "unknown"));
        *time = VB_NO_TIME;
    }
    return true;
}

static bool take_size(struct textgrid *r, size_t *size)
{
    struct vb_span span;
    vb_time number;
    if (!take(r, TOKEN_NUMBER, &span) || !clock_number(textgrid_text(r, span), 1, &number) ||
        number < 0)
        return false;
    *size = (size_t)number;
    return true;
}

static void breaks_off(struct textgrid *r, size_t missing)
{
    size_t at = r->at < r->source.len ? r->at : r->source.len - 1;
    builder_note(r->cues.b, VB_WARNING, (struct vb_span){(uint32_t)at, 1},
                 P_("%zu more entry is announced than stands here",
                    "%zu more entries are announced than stand here", missing),
                 missing);
}

/* ---- tiers ---- */

static bool take_intervals(struct textgrid *r, bool points, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        struct interval interval = {.end = VB_NO_TIME, .tier = (uint32_t)r->tiers.count - 1};
        size_t before = r->at;
        if (!take_time(r, &interval.start) || (!points && !take_time(r, &interval.end)) ||
            !take(r, TOKEN_TEXT, &interval.text)) {
            r->at = before;
            breaks_off(r, size - i);
            return false;
        }
        if (r->intervals.count >= CUES_MAX)
            return err_set(r->error, VB_UNSUPPORTED,
                           _("more than %d intervals; split the file"), CUES_MAX);
        vec_push(&r->intervals, interval);
        r->tiers.items[interval.tier].count++;
    }
    return true;
}

/* False: no tier stands here. */
static bool take_tier(struct textgrid *r)
{
    struct vb_span class, name;
    vb_time from, until;
    size_t size;
    if (!take(r, TOKEN_TEXT, &class) || !take(r, TOKEN_TEXT, &name) || !take_time(r, &from) ||
        !take_time(r, &until) || !take_size(r, &size))
        return false;
    bool points = str_eq(textgrid_text(r, class), "TextTier");
    vec_push(&r->tiers, (struct tier){.name = textgrid_text(r, name),
                                      .is = textgrid_tier_is(textgrid_text(r, name), points),
                                      .words_of = VB_NONE,
                                      .first = r->intervals.count});
    return take_intervals(r, points, size);
}

static bool take_grid(struct textgrid *r)
{
    struct vb_span span;
    vb_time from, until;
    size_t tiers = 0;
    if (!take(r, TOKEN_TEXT, &span) || !take(r, TOKEN_TEXT, &span) || !take_time(r, &from) ||
        !take_time(r, &until))
        return err_set(r->error, VB_BAD_FORMAT,
                       _("this TextGrid has no beginning and no end; is it whole?"));
    if (until > 0)
        builder_duration(r->cues.b, until);
    take(r, TOKEN_FLAG, &span);
    if (!take_size(r, &tiers))
        return true;
    for (size_t i = 0; i < tiers; i++) {
        if (r->tiers.count >= TIERS_MAX)
            return err_set(r->error, VB_UNSUPPORTED, _("more than %d tiers; split the file"),
                           TIERS_MAX);
        if (!take_tier(r)) {
            if (r->error && r->error->text[0])
                return false;
            if (r->tiers.count <= i)
                breaks_off(r, tiers - i);
            return true;
        }
    }
    return true;
}

/* ---- the whole ---- */

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct vb_error own = {0};
    struct textgrid r = {.source = text, .cues.b = into, .error = error ? error : &own};
    r.error->text[0] = '\0';
    bool done = take_grid(&r) && textgrid_add_cues(&r);
    cues_end(&r.cues);
    free(r.tiers.items);
    free(r.intervals.items);
    free(r.order.items);
    free(r.words.items);
    free(r.pieces.items);
    free(r.cut.items);
    arena_free(&r.names);
    return done;
}

const struct vb_format fmt_textgrid = {
    .name = "textgrid",
    .extensions = "TextGrid",
    .summary = N_("Praat"),
    .probe = probe,
    .read = read,
    .write = textgrid_write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_STAGE | VB_LOSES_METADATA |
              VB_LOSES_JOINT,
    .kept_with_words = VB_LOSES_WORD_TIMES,
};
