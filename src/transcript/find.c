/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding text in a transcript.
 *
 * The whole text is kept folded, words and headings in reading order, one space between words
 * and a line end between turns.  A search is then a scan of bytes, eight at a time: a place can
 * only match where both the first and the last byte of what is looked for stand (an idea of
 * Wojciech Muła's, "SIMD-friendly algorithms for substring searching").  What is kept of a
 * match is its place in the folded text, a bit for each byte of that; words and bytes are
 * worked out when they are asked for. */
#include "verbatim/find.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "transcript/fold.h"
#include "transcript/places.h"

struct range {
    uint32_t from, until;
};

struct vb_find {
    const struct vb_transcript *transcript;
    struct folds folds;
    struct buf text;
    struct starts words; /* where each begins in `text`; and one past the last */
    struct range *heads; /* of each section */

    struct places hits;
    uint32_t length; /* of each; 0: each is a first word of a turn */
    bool *heard;     /* the speakers looked for, of the query at hand */
    struct buf needle;
};

/* ---- folding the text ---- */

static void fold_headings(struct vb_find *f, uint32_t *section, uint32_t until_word)
{
    const struct vb_transcript *t = f->transcript;
    for (; *section < vb_section_count(t); ++*section) {
        const struct vb_section *s = vb_section(t, *section);
        if (s->first_word > until_word)
            return;
        buf_putc(&f->text, '\n');
        f->heads[*section].from = (uint32_t)f->text.len;
        fold_text(&f->folds, s->title, &f->text);
        f->heads[*section].until = (uint32_t)f->text.len;
        buf_putc(&f->text, '\n');
    }
}

/* Folded text is about as long as the file up to its last word: memory that is grown into bit by
 * bit leaves as much behind, and some of that stays. */
static void reserve_text(struct vb_find *f)
{
    uint32_t count = vb_word_count(f->transcript);
    struct vb_span last = count ? vb_word(f->transcript, count - 1).span : (struct vb_span){0};
    buf_reserve(&f->text, (size_t)last.at + last.len);
}

static void fold_words(struct vb_find *f)
{
    const struct vb_transcript *t = f->transcript;
    uint32_t count = vb_word_count(t), section = 0, turn = VB_NONE;
    for (uint32_t word = 0; word < count; word++) {
        uint32_t next_turn = turn == VB_NONE ? 0 : turn + 1;
        bool begins_turn =
            next_turn < vb_turn_count(t) && vb_turn(t, next_turn)->first_word <= word;
        if (begins_turn)
            turn = vb_turn_of_word(t, word) == VB_NONE ? next_turn : vb_turn_of_word(t, word);
        if (begins_turn)
            buf_putc(&f->text, '\n');
        else if (word && !(vb_word_marks(t, word) & VB_GLUED))
            buf_putc(&f->text, ' ');
        fold_headings(f, &section, word);
        starts_add(&f->words, word, (uint32_t)f->text.len);
        fold_text(&f->folds, vb_word_text(t, word), &f->text);
    }
    fold_headings(f, &section, UINT32_MAX);
    buf_putc(&f->text, '\n');
    starts_add(&f->words, count, (uint32_t)f->text.len);
}

struct vb_find *vb_find_new(const struct vb_transcript *t)
{
    struct vb_find *f = mem_new(sizeof *f);
    f->transcript = vb_transcript_ref(t);
    starts_init(&f->words, vb_word_count(t) + 1);
    f->heads = mem_new((vb_section_count(t) + 1) * sizeof *f->heads);
    f->heard = mem_new(vb_speaker_count(t) + 1);
    reserve_text(f);
    fold_words(f);
    buf_fit(&f->text);
    places_init(&f->hits, (uint32_t)f->text.len);
    return f;
}

void vb_find_free(struct vb_find *f)
{
    if (!f)
        return;
    vb_transcript_unref(f->transcript);
    buf_free(&f->text);
    buf_free(&f->needle);
    starts_free(&f->words);
    free(f->heads);
    places_free(&f->hits);
    free(f->heard);
    free(f);
}

/* ---- scanning ---- */

static uint64_t eight_bytes(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, 8);
    return le64toh(bytes);
}

static uint64_t eight_times(char c)
{
    return 0x0101010101010101u * (unsigned char)c;
}

/* The high bit of each byte that is zero. */
static uint64_t zero_bytes(uint64_t v)
{
    const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
    return ~(((v & low) + low) | v | low);
}

static void scan(struct vb_find *f, struct range in, vb_str needle)
{
    const char *text = f->text.data;
    const size_t len = needle.len;
    const uint64_t first = eight_times(needle.data[0]);
    const uint64_t last = eight_times(needle.data[len - 1]);
    size_t at = in.from, free_from = in.from; /* matches don't overlap */
    for (; at + len + 7 <= in.until; at += 8) {
        uint64_t found = zero_bytes((eight_bytes(text + at) ^ first) |
                                    (eight_bytes(text + at + len - 1) ^ last));
        for (; found; found &= found - 1) {
            size_t here = at + ((size_t)__builtin_ctzll(found) >> 3);
            if (here < free_from || (len > 2 && memcmp(text + here, needle.data, len)))
                continue;
            places_add(&f->hits, (uint32_t)here);
            free_from = here + len;
        }
    }
    for (; at + len <= in.until; at++)
        if (at >= free_from && !memcmp(text + at, needle.data, len)) {
            places_add(&f->hits, (uint32_t)at);
            free_from = at + len;
        }
}

/* ---- queries ---- */

/* Runs of spaces count as one, and none at the ends. */
static void fold_query(struct folds *folds, vb_str query, struct buf *out)
{
    struct buf folded = {0};
    fold_text(folds, query, &folded);
    buf_clear(out);
    for (size_t i = 0; i < folded.len; i++)
        if (folded.data[i] != ' ' || (out->len && out->data[out->len - 1] != ' '))
            buf_putc(out, folded.data[i]);
    while (out->len && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    buf_free(&folded);
}

static bool holds(struct folds *folds, vb_str text, vb_str folded_part)
{
    struct buf folded = {0};
    fold_query(folds, text, &folded);
    bool found = folded.len && str_find(buf_str(&folded), folded_part) != STR_NOT_FOUND;
    buf_free(&folded);
    return found;
}

bool vb_find_holds(vb_str text, vb_str part)
{
    struct folds *folds = mem_new(sizeof *folds);
    struct buf folded = {0};
    fold_query(folds, part, &folded);
    bool found = !folded.len || holds(folds, text, buf_str(&folded));
    buf_free(&folded);
    free(folds);
    return found;
}

/* "casilli: travail": marks whose voices are meant and leaves the rest in the needle. */
static bool take_voice(struct vb_find *f)
{
    const struct vb_transcript *t = f->transcript;
    vb_str query = buf_str(&f->needle);
    size_t colon = str_find_char(query, ':');
    vb_str name = colon == STR_NOT_FOUND ? VB_STR("") : str_trim(str_cut(query, 0, colon));
    bool any = false;
    for (uint32_t i = 0; i < vb_speaker_count(t) && name.len; i++) {
        const struct vb_speaker *speaker = vb_speaker(t, i);
        f->heard[i] =
            holds(&f->folds, speaker->name, name) || holds(&f->folds, speaker->alias, name);
        any = any || f->heard[i];
    }
    if (!any)
        return false;
    struct buf rest = {0};
    buf_add(&rest, str_trim(str_from(query, colon + 1)));
    buf_free(&f->needle);
    f->needle = rest;
    return true;
}

static bool is_heard_in(const struct vb_find *f, uint32_t turn)
{
    for (uint32_t i = 0; i < vb_turn(f->transcript, turn)->speaker_count; i++)
        if (f->heard[vb_turn_speaker(f->transcript, turn, i)])
            return true;
    return false;
}

/* From a turn's first word to the line end behind its last. */
static struct range range_of(const struct vb_find *f, const struct vb_turn *turn)
{
    uint32_t last = starts_of(&f->words, turn->first_word + turn->word_count - 1);
    const char *end = memchr(f->text.data + last, '\n', f->text.len - last);
    return (struct range){starts_of(&f->words, turn->first_word),
                          (uint32_t)(end - f->text.data)};
}

static void search_turns(struct vb_find *f)
{
    for (uint32_t i = 0; i < vb_turn_count(f->transcript); i++) {
        const struct vb_turn *turn = vb_turn(f->transcript, i);
        if (!turn->word_count || !is_heard_in(f, i))
            continue;
        if (f->needle.len)
            scan(f, range_of(f, turn), buf_str(&f->needle));
        else
            places_add(&f->hits, starts_of(&f->words, turn->first_word));
    }
}

size_t vb_find_all(struct vb_find *f, vb_str query)
{
    places_clear(&f->hits);
    fold_query(&f->folds, query, &f->needle);
    bool one_voice = f->needle.len && take_voice(f);
    f->length = (uint32_t)f->needle.len;
    if (one_voice)
        search_turns(f);
    else if (f->needle.len)
        scan(f, (struct range){0, (uint32_t)f->text.len}, buf_str(&f->needle));
    places_number(&f->hits);
    return f->hits.count;
}

/* ---- from places to words ---- */

size_t vb_find_count(const struct vb_find *f)
{
    return f->hits.count;
}

static uint32_t section_at(const struct vb_find *f, uint32_t place)
{
    uint32_t low = 0, high = vb_section_count(f->transcript);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (f->heads[middle].until <= place)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < vb_section_count(f->transcript) && f->heads[low].from <= place;
    return inside ? low : VB_NONE;
}

/* Bytes of its title. */
static struct vb_match in_heading(const struct vb_find *f, uint32_t place, uint32_t section,
                                  uint32_t word)
{
    struct folds *folds = (struct folds *)&f->folds; /* a cache */
    vb_str title = vb_section(f->transcript, section)->title;
    uint32_t from = place - f->heads[section].from;
    size_t first = fold_back(folds, title, from, false);
    size_t last = fold_back(folds, title, from + f->length, true);
    return (struct vb_match){.first = word,
                             .last = word,
                             .from = first < UINT16_MAX ? (uint16_t)first : UINT16_MAX,
                             .until = last < UINT16_MAX ? (uint16_t)last : UINT16_MAX,
                             .section = section};
}

static struct vb_match match_at(const struct vb_find *f, uint32_t from)
{
    const struct vb_transcript *t = f->transcript;
    struct folds *folds = (struct folds *)&f->folds; /* a cache */
    uint32_t section = section_at(f, from);
    if (section != VB_NONE) {
        uint32_t word = vb_section(t, section)->first_word, count = vb_word_count(t);
        word = word < count ? word : count ? count - 1 : VB_NONE;
        return in_heading(f, from, section, word);
    }
    struct vb_match match = {.first = starts_find(&f->words, from), .section = VB_NONE};
    vb_str text = vb_word_text(t, match.first);
    match.from =
        (uint16_t)fold_back(folds, text, from - starts_of(&f->words, match.first), false);
    if (!f->length) {
        match.last = match.first;
        match.until = (uint16_t)text.len;
        return match;
    }
    uint32_t until = from + f->length;
    match.last = starts_find(&f->words, until - 1);
    match.until = (uint16_t)fold_back(folds, vb_word_text(t, match.last),
                                      until - starts_of(&f->words, match.last), true);
    return match;
}

struct vb_match vb_find_match(const struct vb_find *f, size_t i)
{
    return match_at(f, places_nth(&f->hits, i));
}

size_t vb_find_from(const struct vb_find *f, uint32_t word)
{
    uint32_t length = f->length ? f->length : 1;
    if (word >= vb_word_count(f->transcript))
        return f->hits.count;
    uint32_t start = starts_of(&f->words, word);
    return start < length ? 0 : places_before(&f->hits, start - length + 1);
}

/* ---- as it is written ---- */

/* The words of a match with one space between them, compared as they come. */
static bool is_written_so(const struct vb_find *f, const struct vb_match *match, vb_str query)
{
    size_t at = 0;
    for (uint32_t word = match->first; word <= match->last; word++) {
        vb_str text = vb_word_text(f->transcript, word);
        size_t until = word == match->last ? match->until : text.len;
        vb_str part = str_cut(text, word == match->first ? match->from : 0, until);
        if (word > match->first && at < query.len && query.data[at] == ' ')
            at++;
        if (!str_is(str_cut(query, at, at + part.len), part))
            return false;
        at += part.len;
    }
    return at == query.len;
}

size_t vb_find_keep_exact(struct vb_find *f, vb_str query)
{
    struct places all = f->hits;
    places_init(&f->hits, (uint32_t)f->text.len);
    for (size_t i = 0; i < all.count; i++) {
        uint32_t place = places_nth(&all, i);
        struct vb_match match = match_at(f, place);
        bool fits = match.section != VB_NONE
                        ? str_is(str_cut(vb_section(f->transcript, match.section)->title,
                                         match.from, match.until),
                                 query)
                        : is_written_so(f, &match, query);
        if (fits)
            places_add(&f->hits, place);
    }
    places_free(&all);
    places_number(&f->hits);
    return f->hits.count;
}
