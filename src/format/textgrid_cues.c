/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tiers of a TextGrid mean: a tier is a speaker, unless its name says what it holds
 * ("words", "phones").  Intervals of all tiers are put in the order of their times; those
 * without text are silence. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/textgrid.h"

vb_str textgrid_text(const struct textgrid *r, struct vb_span span)
{
    return str_cut(r->source, span.at, (size_t)span.at + span.len);
}

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

enum tier_is textgrid_tier_is(vb_str name, bool points)
{
    if (points || !str_trim(name).len)
        return points ? TIER_SHOWN : TIER_NOBODY;
    for (size_t i = 0; i < COUNT(known_names); i++)
        if (name.len == strlen(known_names[i].name) &&
            strncasecmp(name.data, known_names[i].name, name.len) == 0)
            return known_names[i].is;
    return TIER_SPEAKER;
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
    if (str_ends(name, ")") && open > 2 && is_digit(name.data[open]) &&
        tier_named(r, str_cut(name, 0, open - 2)) != VB_NONE)
        name = str_cut(name, 0, open - 2);
    return textgrid_tier_is(name, false) == TIER_SPEAKER ? name : VB_STR("");
}

/* The doubled quotes of a name, single. */
static vb_str undoubled(struct textgrid *r, vb_str text)
{
    struct buf plain = {0};
    for (size_t i = 0; i < text.len; i++) {
        buf_putc(&plain, text.data[i]);
        i += text.data[i] == '"' && i + 1 < text.len && text.data[i + 1] == '"';
    }
    vb_str kept = arena_str(&r->names, str_trim(buf_str(&plain)));
    buf_free(&plain);
    return kept;
}

static void understand_tiers(struct textgrid *r)
{
    for (uint32_t i = 0; i < r->tiers.count; i++) {
        struct tier *tier = &r->tiers.items[i];
        tier->words_of = whose_words(r, tier);
        tier->speaker = undoubled(r, speaker_of(r, tier));
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
    vb_str shown = textgrid_text(r, text);
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
            vec_push(&r->words,
                     (struct timed_word){textgrid_text(r, w->text), w->start, w->end, 0});
    }
}

static bool add_cue(struct textgrid *r, const struct interval *interval, size_t *cursor)
{
    const struct tier *tier = &r->tiers.items[interval->tier];
    if (!str_trim(textgrid_text(r, interval->text)).len || tier->words_of != VB_NONE)
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
    struct cue cue = {
        .start = interval->start,
        .end = interval->end,
        .span = interval->text,
        .speakers = &tier->speaker,
        .speaker_count = tier->speaker.len > 0,
        .label = tier->speaker,
        .pieces = r->cut.items,
        .piece_count = r->cut.count,
    };
    return cues_add(&r->cues, &cue, r->error);
}

bool textgrid_add_cues(struct textgrid *r)
{
    size_t cursor[TIERS_MAX] = {0};
    understand_tiers(r);
    for (size_t i = 0; i < r->intervals.count; i++)
        vec_push(&r->order, r->intervals.items[i]);
    if (r->order.count)
        qsort(r->order.items, r->order.count, sizeof *r->order.items, by_time);
    for (size_t i = 0; i < r->order.count; i++)
        if (!add_cue(r, &r->order.items[i], cursor))
            return false;
    return true;
}
