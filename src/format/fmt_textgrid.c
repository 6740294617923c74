/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Praat's TextGrid, long and short: one grammar, in which only free-standing numbers, "strings"
 * and <flags> count.
 *
 * A tier is a speaker, unless its name says what it holds ("words", "phones").  Intervals of
 * all tiers are put in the order of their times; those without text are silence. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/textgrid.h"
#include "format/timed_words.h"

enum { TIERS_MAX = 1000 };

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_FLAG };

struct token {
    enum token_kind kind;
    struct vb_span span; /* a text's without its quotes */
};

enum tier_is { TIER_SPEAKER, TIER_NOBODY, TIER_WORDS, TIER_SHOWN };

struct tier {
    vb_str name; /* as in the file, quotes doubled */
    vb_str speaker;
    enum tier_is is;
    uint32_t words_of; /* the tier whose words these are; VB_NONE */
    size_t first, count;
};

struct interval {
    vb_time start, end;
    struct vb_span text;
    uint32_t tier;
};

struct textgrid {
    vb_str source;
    size_t at;
    struct cues cues;
    VEC(struct tier) tiers;
    VEC(struct interval) intervals;
    VEC(struct interval) order;
    VEC(struct timed_word) words;
    struct pieces pieces, cut;
    struct buf scratch;
    struct vb_error *error;
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

static vb_str text_of(const struct textgrid *r, struct vb_span span)
{
    return str_cut(r->source, span.at, (size_t)span.at + span.len);
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
    if (!take(r, TOKEN_NUMBER, &span) || !clock_number(text_of(r, span), VB_SECOND, time))
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
    if (!take(r, TOKEN_NUMBER, &span) || !clock_number(text_of(r, span), 1, &number) ||
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

/* Names that say what a tier holds. */
static const struct {
    const char *name;
    enum tier_is is;
} known_names[] = {
    {"token",         TIER_NOBODY},
    {"tokens",        TIER_NOBODY},
    {"text",          TIER_NOBODY},
    {"default",       TIER_NOBODY},
    {"phrase",        TIER_NOBODY},
    {"phrases",       TIER_NOBODY},
    {"sentence",      TIER_NOBODY},
    {"sentences",     TIER_NOBODY},
    {"utterance",     TIER_NOBODY},
    {"utterances",    TIER_NOBODY},
    {"transcript",    TIER_NOBODY},
    {"transcription", TIER_NOBODY},
    {"word",          TIER_WORDS },
    {"words",         TIER_WORDS },
    {"\"\"word\"\"",  TIER_WORDS },
    {"phone",         TIER_SHOWN },
    {"phones",        TIER_SHOWN },
    {"phoneme",       TIER_SHOWN },
    {"phonemes",      TIER_SHOWN },
    {"syllable",      TIER_SHOWN },
    {"syllables",     TIER_SHOWN },
};

static enum tier_is what_tier_is(vb_str name, bool points)
{
    if (points || !str_trim(name).len)
        return points ? TIER_SHOWN : TIER_NOBODY;
    for (size_t i = 0; i < COUNT(known_names); i++)
        if (name.len == strlen(known_names[i].name) &&
            strncasecmp(name.data, known_names[i].name, name.len) == 0)
            return known_names[i].is;
    return TIER_SPEAKER;
}

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
    bool points = str_eq(text_of(r, class), "TextTier");
    vec_push(&r->tiers, (struct tier){.name = text_of(r, name),
                                      .is = what_tier_is(text_of(r, name), points),
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

/* ---- what the tiers mean together ---- */

static uint32_t tier_named(const struct textgrid *r, vb_str name)
{
    for (uint32_t i = 0; i < r->tiers.count; i++)
        if (str_is(r->tiers.items[i].name, name))
            return i;
    return VB_NONE;
}

/* "Anne-words" has the words of "Anne"; "words" those of the only tier of phrases. */
static uint32_t whose_words(const struct textgrid *r, const struct tier *words)
{
    if (str_ends(words->name, "-words"))
        return tier_named(r, str_cut(words->name, 0, words->name.len - 6));
    if (words->is != TIER_WORDS)
        return VB_NONE;
    uint32_t only = VB_NONE, others = 0;
    for (uint32_t i = 0; i < r->tiers.count; i++)
        if (r->tiers.items[i].is == TIER_NOBODY || r->tiers.items[i].is == TIER_SPEAKER) {
            only = i;
            others++;
        }
    return others == 1 ? only : VB_NONE;
}

/* A second tier "Anne (2)" takes what "Anne" says while she is speaking. */
static vb_str speaker_of(const struct textgrid *r, const struct tier *tier)
{
    vb_str name = tier->name;
    size_t open = name.len;
    if (tier->is != TIER_SPEAKER)
        return VB_STR("");
    while (open > 0 && name.data[open - 1] != '(')
        open--;
    if (str_ends(name, ")") && open > 2 &&
        is_digit(byte_at(r, (size_t)(name.data - r->source.data) + open)) &&
        tier_named(r, str_cut(name, 0, open - 2)) != VB_NONE)
        name = str_cut(name, 0, open - 2);
    return what_tier_is(name, false) == TIER_SPEAKER ? name : VB_STR("");
}

/* The doubled quotes of a name, single. */
static void undouble(vb_str text, struct buf *into)
{
    buf_clear(into);
    for (size_t i = 0; i < text.len; i++) {
        buf_putc(into, text.data[i]);
        i += text.data[i] == '"' && i + 1 < text.len && text.data[i + 1] == '"';
    }
}

static void understand_tiers(struct textgrid *r)
{
    for (uint32_t i = 0; i < r->tiers.count; i++) {
        struct tier *tier = &r->tiers.items[i];
        tier->words_of = whose_words(r, tier);
        tier->speaker = speaker_of(r, tier);
    }
    for (uint32_t i = 0; i < r->tiers.count; i++)
        if (r->tiers.items[i].words_of == i)
            r->tiers.items[i].words_of = VB_NONE;
}

static int by_time(const void *a, const void *b)
{
    const struct interval *left = a, *right = b;
    if (left->start != right->start)
        return (left->start > right->start) - (left->start < right->start);
    if (left->tier != right->tier)
        return (left->tier > right->tier) - (left->tier < right->tier);
    return (left->text.at > right->text.at) - (left->text.at < right->text.at);
}

/* ---- to cues ---- */

/* One piece a line; of a doubled quote the second is passed over. */
static void take_pieces(struct textgrid *r, struct vb_span text, uint16_t marks)
{
    vb_str shown = text_of(r, text);
    size_t from = 0;
    uint16_t line = 0;
    r->pieces.count = 0;
    for (size_t i = 0; i <= shown.len; i++) {
        bool end = i == shown.len || shown.data[i] == '\n' || shown.data[i] == '\r';
        bool quote = !end && shown.data[i] == '"';
        if (!end && !quote)
            continue;
        size_t until = i + quote;
        if (until > from)
            vec_push(&r->pieces,
                     (struct piece){
                         .text = str_cut(shown, from, until),
                         .span = {text.at + (uint32_t)from, (uint32_t)(until - from)},
                         .marks = (uint16_t)(marks | line),
                         .start = VB_NO_TIME,
                         .end = VB_NO_TIME
            });
        line = end ? VB_NEW_LINE : 0;
        i += quote && i + 1 < shown.len && shown.data[i + 1] == '"';
        from = i + 1;
    }
}

/* The intervals of the tier of words that lie in this one. */
static void take_words(struct textgrid *r, const struct interval *interval, size_t *cursor)
{
    uint32_t words = VB_NONE;
    r->words.count = 0;
    for (uint32_t i = 0; i < r->tiers.count && words == VB_NONE; i++)
        if (r->tiers.items[i].words_of == interval->tier)
            words = i;
    if (words == VB_NONE)
        return;
    const struct tier *tier = &r->tiers.items[words];
    for (size_t *i = &cursor[words]; *i < tier->count; (*i)++) {
        const struct interval *w = &r->intervals.items[tier->first + *i];
        if (interval->end != VB_NO_TIME && w->start >= interval->end)
            return;
        if (w->start >= interval->start && w->text.len)
            vec_push(&r->words, (struct timed_word){text_of(r, w->text), w->start, w->end, 0});
    }
}

static bool add_cue(struct textgrid *r, const struct interval *interval, size_t *cursor)
{
    const struct tier *tier = &r->tiers.items[interval->tier];
    if (!str_trim(text_of(r, interval->text)).len || tier->words_of != VB_NONE)
        return true;
    take_pieces(r, interval->text, tier->is == TIER_SHOWN ? VB_UNSPOKEN : 0);
    take_words(r, interval, cursor);
    r->cut.count = 0;
    size_t missing = words_cut(&r->pieces, r->words.items, r->words.count, &r->cut);
    if (missing)
        builder_note(r->cues.b, VB_INFO, interval->text,
                     P_("%zu word with a time does not stand in the text of its interval",
                        "%zu words with a time do not stand in the text of their interval",
                        missing),
                     missing);
    undouble(tier->speaker, &r->scratch);
    vb_str speaker = str_trim(buf_str(&r->scratch));
    struct cue cue = {
        .start = interval->start,
        .end = interval->end,
        .span = interval->text,
        .speakers = &speaker,
        .speaker_count = speaker.len > 0,
        .label = speaker,
        .pieces = r->cut.items,
        .piece_count = r->cut.count,
    };
    return cues_add(&r->cues, &cue, r->error);
}

static bool add_cues(struct textgrid *r)
{
    size_t cursor[TIERS_MAX] = {0};
    for (size_t i = 0; i < r->intervals.count; i++)
        vec_push(&r->order, r->intervals.items[i]);
    if (r->order.count)
        qsort(r->order.items, r->order.count, sizeof *r->order.items, by_time);
    for (size_t i = 0; i < r->order.count; i++)
        if (!add_cue(r, &r->order.items[i], cursor))
            return false;
    return true;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct vb_error own = {0};
    struct textgrid r = {.source = text, .cues.b = into, .error = error ? error : &own};
    r.error->text[0] = '\0';
    bool done = take_grid(&r);
    if (done) {
        understand_tiers(&r);
        done = add_cues(&r);
    }
    cues_end(&r.cues);
    free(r.tiers.items);
    free(r.intervals.items);
    free(r.order.items);
    free(r.words.items);
    free(r.pieces.items);
    free(r.cut.items);
    buf_free(&r.scratch);
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
